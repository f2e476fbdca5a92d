package dev.earmark.corpus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The boxes of an MP4 file that say how long it is ({@code moov/mvhd}) and what it is called
 * ({@code moov/udta/meta/ilst}).
 *
 * @see <a href="https://www.iso.org/standard/83102.html">ISO/IEC 14496-12</a>
 */
final class Mp4File {
  private static final int MOST_BOXES = 10_000;

  private final FileBytes file;
  private final Map<String, String> tags;
  private double seconds;
  private int boxes;

  private Mp4File(FileBytes file, Map<String, String> tags) {
    this.file = file;
    this.tags = tags;
  }

  /** The length in seconds; 0 if it does not say. */
  static double seconds(FileBytes file, Map<String, String> tags) throws IOException {
    Mp4File mp4 = new Mp4File(file, tags);
    mp4.walk(0, file.size(), "");
    return mp4.seconds;
  }

  private void walk(long from, long to, String within) throws IOException {
    long at = from;
    while (at + 8 <= to && boxes++ < MOST_BOXES) {
      ByteBuffer head = file.at(at, 8);
      long size = Integer.toUnsignedLong(head.getInt());
      String type = FileBytes.ascii(head);
      long body = at + 8;
      if (size == 1) {
        size = file.at(body, 8).getLong();
        body += 8;
      } else if (size == 0) {
        size = to - at;
      }
      // Compared without a sum, which could overflow.
      if (size < body - at || size > to - at) {
        return;
      }
      box(within, type, body, at + size);
      at += size;
    }
  }

  private void box(String within, String type, long body, long end) throws IOException {
    switch (within + "/" + type) {
      case "/moov", "/moov/udta", "/moov/udta/meta/ilst" -> walk(body, end, within + "/" + type);
      // The metadata box has a version before its boxes.
      case "/moov/udta/meta" -> walk(body + 4, end, within + "/" + type);
      case "/moov/mvhd" -> seconds = header(body);
      default -> {
        String name = within.endsWith("/ilst") ? name(type) : "";
        if (!name.isEmpty() && end - body > 16 && file.hasAt(body + 4, "data")) {
          value(name, body + 16, end);
        }
      }
    }
  }

  private double header(long body) throws IOException {
    boolean wide = file.at(body, 1).get() == 1;
    ByteBuffer values = file.at(body + (wide ? 20 : 12), wide ? 12 : 8);
    long scale = Integer.toUnsignedLong(values.getInt());
    long length = wide ? values.getLong() : Integer.toUnsignedLong(values.getInt());
    return scale == 0 || length == 0xFFFFFFFFL ? 0 : length / (double) scale;
  }

  private void value(String name, long from, long end) throws IOException {
    ByteBuffer bytes = file.upTo(from, Math.min(end - from, 4_000));
    RecordingFile.tag(
        tags,
        name,
        name.equals("track")
            ? (bytes.remaining() >= 4 ? Integer.toString(bytes.getShort(2)) : "")
            : StandardCharsets.UTF_8.decode(bytes).toString());
  }

  private static String name(String type) {
    return switch (type) {
      case "\u00a9nam" -> "title";
      case "\u00a9alb" -> "album";
      case "\u00a9day" -> "date";
      case "trkn" -> "track";
      default -> "";
    };
  }
}
