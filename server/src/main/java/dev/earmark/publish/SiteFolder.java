package dev.earmark.publish;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The folder of a site. It is written beside the one that is there and then put in its place as a
 * whole, so that a site is never half there; what was there is kept until then.
 *
 * <p>A list in {@value #LIST} says which files are ours. A folder with any other is refused:
 * nothing of anybody else is ever removed. Not thread-safe.
 */
final class SiteFolder implements AutoCloseable {
  /** Names every file of the site, a line each. */
  static final String LIST = "earmark-files.txt";

  private final Path folder;
  private final Path fresh;
  private final Path old;
  private final Map<String, Long> sizes = new TreeMap<>();

  private SiteFolder(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
    String name = this.folder.getFileName().toString();
    fresh = this.folder.resolveSibling("." + name + ".publishing");
    old = this.folder.resolveSibling("." + name + ".before");
  }

  /**
   * Begins a site.
   *
   * @throws PublishException if the folder has files that are not of a site of ours, or cannot be
   *     written
   */
  static SiteFolder begin(Path folder) throws IOException {
    if (folder.toAbsolutePath().normalize().getFileName() == null) {
      throw new PublishException("a site cannot be published to " + folder + "; name a folder");
    }
    SiteFolder site = new SiteFolder(folder);
    site.mustBeOurs(site.folder);
    // What a run that was cut off has left.
    if (Files.isDirectory(site.old) && !Files.exists(site.folder)) {
      Files.move(site.old, site.folder);
    }
    site.removeLeftover(site.fresh);
    site.removeLeftover(site.old);
    try {
      Files.createDirectories(site.fresh);
      Files.writeString(site.fresh.resolve(LIST), "");
    } catch (IOException e) {
      throw new PublishException(
          "the site cannot be written: "
              + (e instanceof AccessDeniedException ? "no permission for " : "cannot make ")
              + site.fresh
              + ", which is to become "
              + site.folder
              + "; choose a folder in one that you may write to");
    }
    return site;
  }

  private void removeLeftover(Path leftover) throws IOException {
    if (Files.exists(leftover)) {
      if (!Files.exists(leftover.resolve(LIST))) {
        throw new PublishException(
            leftover + " is in the way and not written by publish; move it elsewhere");
      }
      remove(leftover);
    }
  }

  private void mustBeOurs(Path there) throws IOException {
    if (!Files.exists(there)) {
      return;
    }
    if (!Files.isDirectory(there)) {
      throw new PublishException(there + " is a file; name a folder for the site");
    }
    Path list = there.resolve(LIST);
    Set<String> ours = new HashSet<>(Set.of(LIST));
    if (Files.exists(list)) {
      ours.addAll(Files.readAllLines(list));
    }
    try (Stream<Path> all = Files.walk(there)) {
      String foreign =
          all.filter(file -> !Files.isDirectory(file))
              .map(file -> name(there, file))
              .filter(name -> !ours.contains(name))
              .sorted()
              .findFirst()
              .orElse(null);
      if (foreign != null) {
        throw new PublishException(
            there
                + " has a file that publish did not write: "
                + foreign
                + "; move it elsewhere or choose another folder (nothing was changed)");
      }
    }
  }

  private static String name(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  /** Writes a file of the site. */
  void write(String name, byte[] content) throws IOException {
    Path file = place(name);
    Files.write(file, content);
    sizes.put(name, (long) content.length);
  }

  void write(String name, String text) throws IOException {
    write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Copies a file into the site, or links to the same file if {@code link}. */
  void add(String name, Path original, boolean link) throws IOException {
    Path file = place(name);
    if (link) {
      Files.createLink(file, original);
    } else {
      Files.copy(original, file, StandardCopyOption.REPLACE_EXISTING);
    }
    sizes.put(name, Files.size(original));
  }

  private Path place(String name) throws IOException {
    if (sizes.containsKey(name)) {
      throw new IllegalStateException("two pages are called " + name);
    }
    Path file = fresh.resolve(name).normalize();
    if (!file.startsWith(fresh)) {
      throw new IllegalArgumentException("a file of a site lies in its folder, not at " + name);
    }
    Files.createDirectories(file.getParent());
    return file;
  }

  /** The files written so far, in order. */
  List<String> files() {
    return List.copyOf(sizes.keySet());
  }

  /** How many bytes those have whose names begin so. */
  long bytes(String beginning) {
    return sizes.entrySet().stream()
        .filter(file -> file.getKey().startsWith(beginning))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Puts the site in its place. */
  void finish() throws IOException {
    Files.writeString(fresh.resolve(LIST), String.join("\n", sizes.keySet()) + "\n");
    // Somebody may have put a file there meanwhile.
    mustBeOurs(folder);
    boolean replaced = Files.exists(folder);
    if (replaced) {
      Files.move(folder, old, StandardCopyOption.ATOMIC_MOVE);
    }
    try {
      Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (replaced) {
        Files.move(old, folder, StandardCopyOption.ATOMIC_MOVE);
      }
      throw e;
    }
    if (replaced) {
      remove(old);
    }
  }

  /** Removes what was written if it was not put in its place. */
  @Override
  public void close() throws IOException {
    if (Files.exists(fresh)) {
      remove(fresh);
    }
  }

  private static void remove(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            // The list goes last: it says that all of this is ours.
            if (!file.equals(folder.resolve(LIST))) {
              Files.delete(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path there, IOException problem)
              throws IOException {
            if (there.equals(folder)) {
              Files.deleteIfExists(folder.resolve(LIST));
            }
            Files.delete(there);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
