package dev.earmark.corpus;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One place that a source can be read from. Reading is the same for all of them: {@link #open}
 * gives the bytes, as often as it is asked.
 */
public sealed interface SourceRef {

  /** A file name, with an extension where one is known. */
  String name();

  /** The path or address that problems name. */
  String location();

  /**
   * The content from its beginning; the caller closes it.
   *
   * @throws IOException if it cannot be had, saying why
   */
  InputStream open(Fetcher fetcher) throws IOException;

  /** A file on disk. */
  record LocalFile(Path path) implements SourceRef {
    @Override
    public String name() {
      Path name = path.getFileName();
      return name == null ? "" : name.toString();
    }

    @Override
    public String location() {
      return path.toString();
    }

    @Override
    public InputStream open(Fetcher fetcher) throws IOException {
      return Files.newInputStream(path);
    }
  }

  /** Bytes that are at hand, such as an item of a feed. */
  record Given(String name, String location, byte[] bytes) implements SourceRef {
    @Override
    public InputStream open(Fetcher fetcher) {
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Given given
          && name.equals(given.name)
          && location.equals(given.location)
          && Arrays.equals(bytes, given.bytes);
    }

    @Override
    public int hashCode() {
      return name.hashCode() * 31 + Arrays.hashCode(bytes);
    }
  }

  /**
   * A document on the web.
   *
   * @param mediaType what whoever links to it says it is; empty if nothing
   */
  record Remote(URI address, String mediaType) implements SourceRef {
    @Override
    public String name() {
      String path = address.getPath() == null ? "" : address.getPath();
      String name = path.substring(path.lastIndexOf('/') + 1);
      name = name.isBlank() ? "document" : name;
      int dot = name.lastIndexOf('.');
      boolean extended = dot > 0 && name.length() - dot <= 6;
      return extended ? name : name + MediaTypes.extension(mediaType);
    }

    @Override
    public String location() {
      return address.toString();
    }

    @Override
    public InputStream open(Fetcher fetcher) throws IOException {
      return Files.newInputStream(fetcher.fetch(address).file());
    }
  }

  /** Whether the place is on this machine, so that looking there costs nothing. */
  default boolean isLocal() {
    return !(this instanceof Remote);
  }

  /** The media types that transcripts are said to be of, rightly or not. */
  final class MediaTypes {
    private MediaTypes() {}

    /** The extension that goes with a type, with its dot; empty if none is known. */
    static String extension(String mediaType) {
      int end = mediaType.indexOf(';');
      String type = (end < 0 ? mediaType : mediaType.substring(0, end)).strip();
      return switch (type.toLowerCase(Locale.ROOT)) {
        case "text/vtt", "text/webvtt", "application/vtt" -> ".vtt";
        case "application/srt",
            "application/x-subrip",
            "application/x-srt",
            "text/srt",
            "text/x-srt",
            "text/x-subrip" ->
            ".srt";
        case "application/json", "application/json+chapters", "text/json" -> ".json";
        case "application/ttml+xml", "application/ttaf+xml" -> ".ttml";
        case "text/html", "application/xhtml+xml" -> ".html";
        case "text/plain" -> ".txt";
        case "text/markdown" -> ".md";
        default -> "";
      };
    }
  }
}
