package dev.earmark.index;

import dev.earmark.model.Media;
import dev.earmark.model.MediaType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A media file of an episode on this machine: one that the episode names, of a known type, and that
 * really lies in the folder the episode was found in or below it. Neither a path nor a link leads
 * out of there.
 *
 * @param mediaType such as {@code audio/mpeg}
 */
public record MediaFile(Path path, String mediaType) {
  /**
   * The file of an episode.
   *
   * @param name as the episode has it; null if it has none
   */
  public static Optional<MediaFile> of(EpisodeEntry entry, @Nullable String name) {
    if (name == null || Media.isRemote(name)) {
      return Optional.empty();
    }
    try {
      Path origin = Path.of(entry.origin());
      Path folder = Files.isDirectory(origin) ? origin : origin.resolveSibling("");
      Path root = folder.toRealPath();
      Path file = folder.resolve(name).toRealPath();
      String type = MediaType.of(file.getFileName().toString()).orElse(null);
      return type != null && file.startsWith(root) && Files.isRegularFile(file)
          ? Optional.of(new MediaFile(file, type))
          : Optional.empty();
    } catch (IOException | InvalidPathException notThere) {
      return Optional.empty();
    }
  }

  /** What its name ends with, in small letters, without the stop. */
  public String extension() {
    return extension(path);
  }

  private static String extension(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
