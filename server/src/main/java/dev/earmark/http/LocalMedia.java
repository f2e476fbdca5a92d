package dev.earmark.http;

import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.MediaFile;
import dev.earmark.model.Media;
import dev.earmark.search.SearchEngine;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Serves the media files that episodes declare, with ranges so that a player can seek.
 *
 * <p>Only what is a {@link MediaFile}. Thread-safe.
 */
final class LocalMedia {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");
  private static final long CHUNK = 1 << 20;

  private final SearchEngine engine;

  /** Whether a path is that of a media file: it is sent at the client's pace. */
  static boolean isAt(String path) {
    return path.startsWith("/media/") || path.matches("/iiif/[^/]+/media/[a-z]+");
  }

  LocalMedia(SearchEngine engine) {
    this.engine = engine;
  }

  void serve(Context context) throws IOException {
    String id = context.pathParam("id");
    EpisodeEntry entry = engine.episode(id).orElseThrow(() -> none(id));
    Media media = entry.episode().media();
    String name =
        switch (context.pathParam("type")) {
          case "audio" -> media.audio();
          case "video" -> media.video();
          default -> null;
        };
    MediaFile file = MediaFile.of(entry, name).orElseThrow(() -> none(id));
    context.header("Cache-Control", "private, max-age=3600");
    context.header("Accept-Ranges", "bytes");
    context.contentType(file.mediaType());
    send(context, file.path());
  }

  /** Sends the file, or the one range of it that was asked for (RFC 9110, section 14). */
  private static void send(Context context, Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      String asked = context.header("Range");
      long[] range = {0, size};
      if (asked != null) {
        range = range(asked, size);
        if (range.length == 0) {
          context.header("Content-Range", "bytes */" + size);
          context.status(416);
          return;
        }
        context.status(206);
        context.header("Content-Range", "bytes " + range[0] + "-" + (range[1] - 1) + "/" + size);
      }
      context.res().setContentLengthLong(range[1] - range[0]);
      WritableByteChannel out = Channels.newChannel(context.outputStream());
      long at = range[0];
      while (at < range[1]) {
        at += channel.transferTo(at, Math.min(CHUNK, range[1] - at), out);
      }
    }
  }

  /** From a byte to the one after the last; empty if the range cannot be satisfied. */
  private static long[] range(String asked, long size) {
    Matcher matcher = RANGE.matcher(asked.strip());
    if (!matcher.matches()) {
      // Several ranges, or none that is known: the whole file answers those too.
      return new long[] {0, size};
    }
    boolean suffix = matcher.group(1).isEmpty();
    boolean open = matcher.group(2).isEmpty();
    if (suffix && open) {
      return new long[0];
    }
    long last = open ? size - 1 : Long.parseLong(matcher.group(2));
    long from = suffix ? Math.max(0, size - last) : Long.parseLong(matcher.group(1));
    long to = suffix ? size : Math.min(size, last + 1);
    return from < to ? new long[] {from, to} : new long[0];
  }

  private static NotFoundResponse none(String id) {
    return new NotFoundResponse("there is no such media file of \"" + id + "\"");
  }
}
