package dev.earmark.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
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
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("mp3", "audio/mpeg"),
          Map.entry("m4a", "audio/mp4"),
          Map.entry("m4b", "audio/mp4"),
          Map.entry("mka", "audio/x-matroska"),
          Map.entry("weba", "audio/webm"),
          Map.entry("mov", "video/quicktime"),
          Map.entry("mkv", "video/x-matroska"),
          Map.entry("aac", "audio/aac"),
          Map.entry("ogg", "audio/ogg"),
          Map.entry("oga", "audio/ogg"),
          Map.entry("opus", "audio/ogg"),
          Map.entry("wav", "audio/wav"),
          Map.entry("flac", "audio/flac"),
          Map.entry("aif", "audio/aiff"),
          Map.entry("aiff", "audio/aiff"),
          Map.entry("aifc", "audio/aiff"),
          Map.entry("wma", "audio/x-ms-wma"),
          Map.entry("wmv", "video/x-ms-wmv"),
          Map.entry("avi", "video/x-msvideo"),
          Map.entry("mp4", "video/mp4"),
          Map.entry("m4v", "video/mp4"),
          Map.entry("webm", "video/webm"),
          Map.entry("ogv", "video/ogg"));

  /**
   * The file of an episode.
   *
   * @param name as the episode has it; null if it has none
   */
  public static Optional<MediaFile> of(EpisodeEntry entry, @Nullable String name) {
    if (name == null || dev.earmark.model.Media.isRemote(name)) {
      return Optional.empty();
    }
    try {
      Path origin = Path.of(entry.origin());
      Path folder = Files.isDirectory(origin) ? origin : origin.resolveSibling("");
      Path root = folder.toRealPath();
      Path file = folder.resolve(name).toRealPath();
      String type = TYPES.get(extension(file));
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
