package dev.earmark.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for what a run makes.
 *
 * @param stays whether it is there after it was closed
 */
record Workspace(Path root, boolean stays) implements AutoCloseable {
  /** A folder that is gone when it is closed. */
  static Workspace create() throws IOException {
    return new Workspace(Files.createTempDirectory("earmark-bench"), false);
  }

  /** A folder that stays, with what a run before left in it. */
  static Workspace kept(Path folder) throws IOException {
    return new Workspace(Files.createDirectories(folder), true);
  }

  Path folder(String name) {
    return root.resolve(name);
  }

  /** How many bytes the files of a folder have. */
  static long bytes(Path folder) throws IOException {
    long bytes = 0;
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    if (stays) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(root)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}
