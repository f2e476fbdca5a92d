package dev.earmark.model;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The media types of recordings, by the endings of their names, and of pictures. */
public final class MediaType {
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

  private MediaType() {}

  /** The type of a file by its name or address; empty if its ending is that of no recording. */
  public static Optional<String> of(String name) {
    String path = name.replaceAll("[?#].*", "").toLowerCase(Locale.ROOT);
    return Optional.ofNullable(TYPES.get(path.substring(path.lastIndexOf('.') + 1)));
  }

  /** The type of a picture that is kept in an index: WebP or JPEG. */
  public static String ofPicture(byte[] bytes) {
    return bytes[0] == 'R' ? "image/webp" : "image/jpeg";
  }
}
