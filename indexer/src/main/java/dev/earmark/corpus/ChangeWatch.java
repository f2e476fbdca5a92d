package dev.earmark.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;

/**
 * Notices that files under some paths were changed, made, moved or deleted.
 *
 * <p>Each look walks the folders and sums up names, sizes and times. That is slower than asking the
 * system to be told, but it works alike on every file system, over networks too, and has no limit
 * to the number of folders. Hidden folders are not looked at, as they are not indexed. For one
 * thread.
 */
public final class ChangeWatch {
  private final List<Path> paths;
  private final Path except;
  private long seen;

  /**
   * Begins to watch the paths as they are now.
   *
   * @param except a folder that is not looked at: that of the index
   */
  public ChangeWatch(List<Path> paths, Path except) {
    this.paths = List.copyOf(paths);
    this.except = except.toAbsolutePath().normalize();
    this.seen = sum();
  }

  /** Whether anything has changed since the last look. */
  public boolean changed() {
    long now = sum();
    boolean changed = now != seen;
    seen = now;
    return changed;
  }

  /** The same for the same files, whatever order the system lists them in. */
  private long sum() {
    Summing summing = new Summing();
    for (Path path : paths) {
      try {
        Files.walkFileTree(
            path, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, summing);
      } catch (IOException e) {
        throw new UncheckedIOException("unreachable: every failure is taken by the visitor", e);
      }
    }
    return summing.sum;
  }

  private final class Summing extends SimpleFileVisitor<Path> {
    private long sum;

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      boolean hidden = !paths.contains(folder) && folder.getFileName().toString().startsWith(".");
      return hidden || folder.toAbsolutePath().normalize().equals(except)
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      sum +=
          mix(
              mix(file.toString().hashCode() * 31L + attributes.size())
                  + attributes.lastModifiedTime().to(java.util.concurrent.TimeUnit.NANOSECONDS));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      sum += mix(file.toString().hashCode());
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(
        Path folder, @org.jspecify.annotations.Nullable IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }

  /** The finalizer of MurmurHash3: neighbouring values get unlike ones. */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
