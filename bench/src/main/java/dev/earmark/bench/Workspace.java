package dev.earmark.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for one run, gone when it is closed. */
record Workspace(Path root) implements AutoCloseable {
  static Workspace create() throws IOException {
    return new Workspace(Files.createTempDirectory("earmark-bench"));
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
    List<Path> all;
    try (Stream<Path> walk = Files.walk(root)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}
