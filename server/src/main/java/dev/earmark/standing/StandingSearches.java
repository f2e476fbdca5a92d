package dev.earmark.standing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * The standing searches of an index, in a file beside it that people can read and edit. It holds
 * secrets, so only its owner may read it. Each change is one step: the old file or the new one is
 * there, whole. Not thread-safe.
 */
public final class StandingSearches {
  private static final String FOLDER = "standing";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path folder;

  private StandingSearches(Path folder) {
    this.folder = folder;
  }

  /** Those of the index whose files lie in a folder. */
  public static StandingSearches beside(Path files) {
    return new StandingSearches(files.resolve(FOLDER));
  }

  /** Where what belongs to them lies. */
  public Path folder() {
    return folder;
  }

  private Path file() {
    return folder.resolve("searches.json");
  }

  /** Whether there may be some. */
  public boolean mayBeThere() {
    return Files.exists(file());
  }

  /**
   * All of them, in the order in which they were added.
   *
   * @throws StandingException if the file cannot be understood; says where
   */
  public List<StandingSearch> all() throws IOException {
    if (!mayBeThere()) {
      return List.of();
    }
    try {
      return JSON.readValue(Files.readAllBytes(file()), new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      String line = e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNr();
      throw new StandingException(
          file()
              + " cannot be understood"
              + line
              + ": "
              + e.getOriginalMessage()
              + "; correct it, nothing was changed");
    }
  }

  /**
   * Sees whether a search can be added.
   *
   * @throws StandingException if not; says why
   */
  void mayAdd(StandingSearch search) throws IOException {
    if (!search.name().matches("[a-z0-9][a-z0-9-]{0,63}")) {
      throw new StandingException(
          "a standing search is called by small letters, digits and hyphens, got \""
              + search.name()
              + "\"");
    }
    if (all().stream().anyMatch(other -> other.name().equals(search.name()))) {
      throw new StandingException(
          "there is a standing search \"" + search.name() + "\" already; remove it first");
    }
    var unused = search.request();
  }

  void add(StandingSearch search) throws IOException {
    mayAdd(search);
    List<StandingSearch> all = new ArrayList<>(all());
    all.add(search);
    write(all);
  }

  /** Takes one out; whether it was there. */
  public boolean remove(String name) throws IOException {
    List<StandingSearch> all = new ArrayList<>(all());
    boolean was = all.removeIf(search -> search.name().equals(name));
    if (was) {
      write(all);
    }
    return was;
  }

  private void write(List<StandingSearch> all) throws IOException {
    Files.createDirectories(folder);
    Path fresh = folder.resolve("searches.json.new");
    Files.deleteIfExists(fresh);
    if (fresh.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.write(fresh, JSON.writeValueAsBytes(all));
    try (FileChannel written = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
