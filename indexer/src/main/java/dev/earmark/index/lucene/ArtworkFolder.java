package dev.earmark.index.lucene;

import dev.earmark.corpus.Thumbnail;
import dev.earmark.model.Artwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The pictures of an index: a file each, named by its id, in the folder {@code artwork} of the
 * index. Beside Lucene's files rather than in them, since many episodes share one.
 *
 * <p>A file is there whole or not at all, and never changes. Thread-safe.
 */
public final class ArtworkFolder {
  private final Path folder;

  /** The pictures of the index in a folder. */
  public ArtworkFolder(Path index) {
    folder = index.resolve("artwork");
  }

  /** The bytes of a picture; empty if it is not there. */
  public Optional<byte[]> find(String id) throws IOException {
    if (!Artwork.isId(id)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readAllBytes(folder.resolve(id)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  void put(Thumbnail picture) throws IOException {
    Path file = folder.resolve(picture.artwork().id());
    if (Files.exists(file)) {
      return;
    }
    Files.createDirectories(folder);
    // Two threads may have the same picture; what they write is the same, too.
    Path part =
        folder.resolve(picture.artwork().id() + "." + Thread.currentThread().threadId() + ".part");
    Files.write(part, picture.bytes());
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Drops all pictures but these. */
  void keepOnly(Set<String> ids) throws IOException {
    for (Path file : files()) {
      if (!ids.contains(file.getFileName().toString())) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Copies the pictures to another index. */
  void copyTo(Path index) throws IOException {
    Path copies = index.resolve("artwork");
    for (Path file : files()) {
      String id = file.getFileName().toString();
      Optional<byte[]> bytes = find(id);
      if (bytes.isPresent()) {
        Files.createDirectories(copies);
        Files.write(copies.resolve(id), bytes.get());
      }
    }
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> list = Files.list(folder)) {
      return list.toList();
    }
  }
}
