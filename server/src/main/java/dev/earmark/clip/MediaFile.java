package dev.earmark.clip;

import dev.earmark.index.EpisodeEntry;
import dev.earmark.model.Media;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A media file of an episode on this machine.
 *
 * <p>Only a file that an episode names, of a known type, and that really lies in the folder the
 * episode was found in or below it: neither a path nor a link leads out of there.
 *
 * @param path where it really lies
 * @param extension of its name, in lower case, such as {@code mp3}
 * @param mediaType such as {@code audio/mpeg}
 */
public record MediaFile(Path path, String extension, String mediaType) {
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

  /** The audio file of an episode; empty if none is here. */
  public static Optional<MediaFile> audio(EpisodeEntry entry) {
    return Optional.ofNullable(of(entry, entry.episode().media().audio()));
  }

  /** The video file of an episode; empty if none is here. */
  public static Optional<MediaFile> video(EpisodeEntry entry) {
    return Optional.ofNullable(of(entry, entry.episode().media().video()));
  }

  /** Whether it has a picture, by its name. */
  public boolean isVideo() {
    return mediaType.startsWith("video/");
  }

  private static @Nullable MediaFile of(EpisodeEntry entry, @Nullable String name) {
    Path path = name == null || Media.isRemote(name) ? null : inside(entry, name);
    String extension = path == null ? "" : extension(path);
    String type = TYPES.get(extension);
    return path == null || type == null ? null : new MediaFile(path, extension, type);
  }

  private static @Nullable Path inside(EpisodeEntry entry, String name) {
    try {
      Path origin = Path.of(entry.origin());
      Path folder = Files.isDirectory(origin) ? origin : origin.resolveSibling("");
      Path root = folder.toRealPath();
      Path file = folder.resolve(name).toRealPath();
      return file.startsWith(root) && Files.isRegularFile(file) ? file : null;
    } catch (IOException | InvalidPathException notThere) {
      return null;
    }
  }

  private static String extension(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
