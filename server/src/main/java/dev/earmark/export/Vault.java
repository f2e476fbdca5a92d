package dev.earmark.export;

import dev.earmark.model.Episode;
import dev.earmark.search.Hit;
import dev.earmark.search.PageReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A folder of notes in Markdown, to which quotations are added.
 *
 * <p>What stands in a file is never changed: a quotation whose block id is not in the note yet is
 * put at its end, all others are left as they are, whatever a hand made of them. A note is found
 * again by the key {@link VaultNote#KEY} of its front matter, under whatever name in whichever
 * folder of the vault; a file without the key is somebody else's and is not touched. A note is
 * written beside its file and then put in its place, so that nobody ever sees half of one.
 *
 * <p>Not thread-safe. A note that somebody else changes while it is added to is left as they made
 * it, and that fails.
 */
public final class Vault {
  private static final String ENDING = ".md";
  private static final int LONGEST_HEAD = 64 << 10;
  private static final long LARGEST_NOTE = 32 << 20;

  /** In bytes; file systems take 255, of which the ending and a number need some. */
  private static final int LONGEST_NAME = 220;

  private static final int LONGEST_DISTINCTION = 90;

  /** The key, and its value in whichever quotation marks it was left. */
  private static final Pattern KEY_LINE =
      Pattern.compile("(?m)^" + VaultNote.KEY + ":[ \\t]*([\"']?)(/[^\\s\"']*)\\1[ \\t]*\\r?$");

  private static final Pattern BLOCK_LINE =
      Pattern.compile("(?m)(?:^|[ \\t])\\^(" + VaultNote.BLOCK + "[0-9a-f]{12})[ \\t]*\\r?$");

  /** What neither a file system nor a link of a note takes in a name. */
  private static final Pattern FORBIDDEN =
      Pattern.compile("[\\p{Cntrl}\\p{Cs}\\u2028\\u2029\\uFEFF*\"\\\\/<>:|?#^\\[\\]\\s]+");

  private static final Pattern RESERVED =
      Pattern.compile("(?i)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\\..*)?");

  /** What Windows drops from the end of a name, and what hides a file. */
  private static final Pattern AT_EDGES = Pattern.compile("^[. ]+|[. ]+$");

  private final Path folder;

  /** Our notes, by what they are of. */
  private final Map<String, Path> ours = new HashMap<>();

  /** The names of all notes and of those to come, in lower case. */
  private final Set<String> taken = new HashSet<>();

  /** What the notes of episodes that have none would be called. */
  private final Map<String, String> toCome = new HashMap<>();

  private Vault(Path folder) {
    this.folder = folder;
  }

  /** What came of an export: quotations added to a note, and those that were there already. */
  public record Written(Path file, int added, int there) {}

  /**
   * Opens a vault; a folder that is not there is made when something is written.
   *
   * @throws IOException if it cannot be read
   */
  public static Vault open(Path folder) throws IOException {
    Vault vault = new Vault(folder);
    if (Files.isDirectory(folder)) {
      vault.look();
    }
    return vault;
  }

  private void look() throws IOException {
    // In an order of its own, so that of two copies of a note it is always the same one.
    Map<String, Path> notes = new TreeMap<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
            boolean hidden = !each.equals(folder) && name(each).startsWith(".");
            return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && name(each).endsWith(ENDING)) {
              notes.put(folder.relativize(each).toString(), each);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path each, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
    for (Path note : notes.values()) {
      taken.add(key(name(note)));
      String address = address(note);
      if (address != null) {
        ours.putIfAbsent(address, note);
      }
    }
  }

  /** What the front matter of a file says it is of; null if it is not ours. */
  private static @Nullable String address(Path file) {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(4);
      if (!text(head).startsWith("---") && !text(head).equals("\u00EF\u00BB\u00BF-")) {
        return null;
      }
      byte[] rest = in.readNBytes(LONGEST_HEAD);
      head = Arrays.copyOf(head, head.length + rest.length);
      System.arraycopy(rest, 0, head, head.length - rest.length, rest.length);
    } catch (IOException e) {
      // Who cannot read it cannot add to it either.
      return null;
    }
    String text = text(head);
    int end = text.indexOf("\n---", 3);
    Matcher key = KEY_LINE.matcher(end < 0 ? "" : text.substring(0, end + 1));
    return key.find() ? key.group(2) : null;
  }

  /** Bytes as characters, one each, whatever they stand for. */
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /**
   * Adds what is found in an episode to its note.
   *
   * @throws IOException if it cannot be read or written, or has changed in the meantime
   */
  public Written addEpisode(Episode episode, Asked asked, PageReader hits) throws IOException {
    return add(VaultNote.ofEpisode(asked, episode), episode.id(), hits);
  }

  /**
   * Adds what a search finds to its note.
   *
   * @throws IOException if it cannot be read or written, or has changed in the meantime
   */
  public Written addSearch(Asked asked, PageReader hits) throws IOException {
    return add(VaultNote.ofSearch(asked, this::nameOf), "search", hits);
  }

  /** How the note of an episode is called, if there is none how it would be. */
  private String nameOf(Episode episode) {
    String address = VaultNote.address(episode);
    Path note = ours.get(address);
    if (note != null) {
      return withoutEnding(note);
    }
    return toCome.computeIfAbsent(
        address,
        each -> {
          String name = withoutEnding(free(episode.title(), episode.id()));
          taken.add(key(name + ENDING));
          return name;
        });
  }

  private static String withoutEnding(Path note) {
    return name(note).substring(0, name(note).length() - ENDING.length());
  }

  private Written add(VaultNote note, String distinction, PageReader hits) throws IOException {
    Path there = ours.get(note.address());
    Path file = there == null ? free(note.title(), distinction) : there;
    byte[] before = there == null ? new byte[0] : read(there);
    String written = text(before);
    Set<String> ids = new HashSet<>();
    BLOCK_LINE.matcher(written).results().forEach(result -> ids.add(result.group(1)));
    boolean crlf = written.indexOf('\n') > 0 && written.charAt(written.indexOf('\n') - 1) == '\r';
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path part = file.resolveSibling("." + UUID.randomUUID() + ".part");
    int added = 0;
    int known = 0;
    try {
      try (OutputStream out =
          new BufferedOutputStream(
              Files.newOutputStream(
                  part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
        out.write(before);
        if (there == null) {
          out.write(note.begin().getBytes(StandardCharsets.UTF_8));
        } else if (before.length > 0 && before[before.length - 1] != '\n') {
          out.write((crlf ? "\r\n" : "\n").getBytes(StandardCharsets.UTF_8));
        }
        while (hits.hasNext()) {
          for (Hit hit : hits.next().hits()) {
            if (ids.add(VaultNote.blockId(hit))) {
              String block = note.hit(hit);
              out.write(
                  (crlf ? block.replace("\n", "\r\n") : block).getBytes(StandardCharsets.UTF_8));
              added++;
            } else {
              known++;
            }
          }
        }
      }
      if (there == null && added > 0) {
        // Fails where somebody has made a file of this name.
        Files.move(part, file);
      } else if (added > 0) {
        replace(file, before, part);
      }
    } catch (FileAlreadyExistsException e) {
      throw new IOException(file + " has just been made by somebody else; export again", e);
    } finally {
      Files.deleteIfExists(part);
    }
    return new Written(file, added, known);
  }

  private static byte[] read(Path note) throws IOException {
    if (Files.size(note) > LARGEST_NOTE) {
      throw new IOException(
          note
              + " is larger than "
              + (LARGEST_NOTE >> 20)
              + " MB; move it out of the vault, and a new note is begun");
    }
    return Files.readAllBytes(note);
  }

  private static void replace(Path file, byte[] before, Path part) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(part, PosixFileAttributeView.class);
    if (view != null) {
      view.setPermissions(Files.getPosixFilePermissions(file));
    }
    if (!Arrays.equals(before, read(file))) {
      throw new IOException(file + " was changed while it was being added to; export again");
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** A file that is not there, called as the title is, and by what tells it from its namesakes. */
  private Path free(String title, String distinction) {
    String name = fileName(title);
    for (int number = 1; isTaken(name); number++) {
      String more = cut(distinction, LONGEST_DISTINCTION) + (number == 1 ? "" : " " + number);
      name = fileName(cut(title, LONGEST_NAME - LONGEST_DISTINCTION) + " (" + more + ")");
    }
    return folder.resolve(name + ENDING);
  }

  /** Also by a file elsewhere in the vault: links go by the name alone, whatever its case. */
  private boolean isTaken(String name) {
    return taken.contains(key(name + ENDING))
        || Files.exists(folder.resolve(name + ENDING), LinkOption.NOFOLLOW_LINKS);
  }

  private static String key(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  /** A title as the name of a file, without an ending, that every system and link takes. */
  static String fileName(String title) {
    String clean = FORBIDDEN.matcher(title).replaceAll(" ").strip();
    String name = cut(Normalizer.normalize(clean, Normalizer.Form.NFC), LONGEST_NAME);
    name = AT_EDGES.matcher(name).replaceAll("");
    return name.isEmpty() || RESERVED.matcher(name).matches() ? ("Note " + name).strip() : name;
  }

  /** As much of a text as takes so many bytes in UTF-8. */
  private static String cut(String text, int mostBytes) {
    int bytes = 0;
    int end = 0;
    while (end < text.length()) {
      String sign = Character.toString(text.codePointAt(end));
      bytes += sign.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > mostBytes) {
        break;
      }
      end += sign.length();
    }
    return text.substring(0, end);
  }

  private static String name(Path path) {
    Path name = path.getFileName();
    return name == null ? "" : name.toString();
  }
}
