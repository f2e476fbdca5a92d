package dev.earmark.corpus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * MPEG audio, layers 1 to 3, with ID3v2 tags (ID3v2.2 to 2.4) at its beginning.
 *
 * <p>The length comes from the Xing or VBRI header where there is one; else from the size, if the
 * first {@value #ALIKE} frames are of one rate; else every frame is counted.
 *
 * @see <a href="https://id3.org/id3v2.4.0-structure">ID3v2.4.0</a>
 */
final class Mp3File {
  private static final int ALIKE = 64;
  private static final int SYNC_SEARCH = 64 << 10;
  private static final int WINDOW = 1 << 16;

  private static final int[][] RATES = {
    {0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
    {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
    {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
  };
  private static final int[] HERTZ = {44_100, 48_000, 32_000};

  private Mp3File() {}

  /** One frame: how long it is in bytes, how many samples it holds, how many of them a second. */
  private record Frame(int bytes, int samples, int hertz, int kilobits, int xingAt) {}

  /** The length in seconds; 0 if this is no MPEG audio. */
  static double seconds(FileBytes file, Map<String, String> tags) throws IOException {
    long start = 0;
    if (file.hasAt(0, "ID3") && file.size() > 10) {
      start = id3(file, tags);
    }
    long end = file.hasAt(file.size() - 128, "TAG") ? file.size() - 128 : file.size();
    long at = firstFrame(file, start, end);
    if (at < 0) {
      return 0;
    }
    Frame first = frame(file.at(at, 4).getInt());
    if (first == null) {
      return 0;
    }
    long frames = statedFrames(file, at, first);
    if (frames > 0) {
      return frames * (double) first.samples / first.hertz;
    }
    return counted(file, at, end, first);
  }

  /** The number of frames that a Xing, Info or VBRI header gives; 0 if there is none. */
  private static long statedFrames(FileBytes file, long at, Frame first) throws IOException {
    long xing = at + first.xingAt;
    if ((file.hasAt(xing, "Xing") || file.hasAt(xing, "Info")) && xing + 12 <= file.size()) {
      ByteBuffer header = file.at(xing + 4, 8);
      return (header.getInt() & 1) == 0 ? 0 : Integer.toUnsignedLong(header.getInt());
    }
    return file.hasAt(at + 36, "VBRI") && at + 54 <= file.size()
        ? Integer.toUnsignedLong(file.at(at + 50, 4).getInt())
        : 0;
  }

  private static double counted(FileBytes file, long from, long end, Frame first)
      throws IOException {
    long at = from;
    long samples = 0;
    boolean alike = true;
    ByteBuffer window = ByteBuffer.allocate(0);
    long windowAt = from;
    for (int count = 0; at + 4 <= end; count++) {
      if (alike && count == ALIKE) {
        return (end - from) * 8.0 / (first.kilobits * 1000.0);
      }
      if (at < windowAt || at + 4 > windowAt + window.limit()) {
        window = file.upTo(at, WINDOW);
        windowAt = at;
      }
      Frame frame = frame(window.getInt((int) (at - windowAt)));
      if (frame == null) {
        break;
      }
      alike &= frame.kilobits == first.kilobits;
      samples += frame.samples;
      at += frame.bytes;
    }
    return samples / (double) first.hertz;
  }

  /** Where two frames follow each other, or one ends the file; -1 if nowhere near the start. */
  private static long firstFrame(FileBytes file, long start, long end) throws IOException {
    if (start >= end) {
      return -1;
    }
    ByteBuffer bytes = file.upTo(start, SYNC_SEARCH);
    for (int i = 0; i + 4 <= bytes.limit(); i++) {
      Frame frame = frame(bytes.getInt(i));
      if (frame == null) {
        continue;
      }
      long next = start + i + frame.bytes;
      if (next == end || (next + 4 <= end && frame(file.at(next, 4).getInt()) != null)) {
        return start + i;
      }
    }
    return -1;
  }

  private static @Nullable Frame frame(int header) {
    int version = header >>> 19 & 3;
    int layer = 4 - (header >>> 17 & 3);
    int rate = header >>> 12 & 15;
    int frequency = header >>> 10 & 3;
    boolean valid =
        header >>> 21 == 0x7FF
            && version != 1
            && layer != 4
            && rate != 0
            && rate != 15
            && frequency != 3;
    if (!valid) {
      return null;
    }
    boolean one = version == 3;
    int kilobits = RATES[one ? layer - 1 : layer == 1 ? 3 : 4][rate];
    int hertz = HERTZ[frequency] / (one ? 1 : version == 2 ? 2 : 4);
    int padding = header >>> 9 & 1;
    int samples = layer == 1 ? 384 : layer == 2 || one ? 1152 : 576;
    int bytes =
        layer == 1
            ? (12_000 * kilobits / hertz + padding) * 4
            : samples / 8 * 1000 * kilobits / hertz + padding;
    boolean mono = (header >>> 6 & 3) == 3;
    int side = one ? (mono ? 17 : 32) : (mono ? 9 : 17);
    return new Frame(bytes, samples, hertz, kilobits, 4 + side);
  }

  /** Reads the text frames of a tag; where the audio begins. */
  private static long id3(FileBytes file, Map<String, String> tags) throws IOException {
    ByteBuffer head = file.at(0, 10);
    int version = head.get(3);
    int flags = head.get(5);
    long size = synchsafe(head.getInt(6));
    long end = 10 + size + ((flags & 0x10) != 0 ? 10 : 0);
    ByteBuffer body = file.upTo(10, size);
    int headSize = version == 2 ? 6 : 10;
    if ((flags & 0x40) != 0 && version > 2 && body.remaining() > 4) {
      int extended = body.getInt(0);
      long skip = version == 4 ? synchsafe(extended) : extended + 4L;
      if (skip > 0 && skip < body.limit()) {
        body.position((int) skip);
      }
    }
    while (body.remaining() > headSize && body.get(body.position()) != 0) {
      byte[] id = new byte[version == 2 ? 3 : 4];
      body.get(id);
      long length;
      if (version == 2) {
        length = (long) (body.get() & 0xFF) << 16 | (body.get() & 0xFF) << 8 | (body.get() & 0xFF);
      } else {
        int stated = body.getInt();
        length = version == 4 ? synchsafe(stated) : Integer.toUnsignedLong(stated);
        body.getShort();
      }
      if (length < 0 || length > body.remaining()) {
        break;
      }
      byte[] value = new byte[(int) length];
      body.get(value);
      String name = name(new String(id, StandardCharsets.ISO_8859_1));
      if (!name.isEmpty() && value.length > 1) {
        RecordingFile.tag(tags, name, text(value));
      }
    }
    return end;
  }

  private static String name(String id) {
    return switch (id) {
      case "TIT2", "TT2" -> "title";
      case "TALB", "TAL" -> "album";
      case "TDRL", "TDRC" -> "date";
      case "TRCK", "TRK" -> "track";
      default -> "";
    };
  }

  private static String text(byte[] value) {
    Charset charset =
        switch (value[0]) {
          case 1 -> StandardCharsets.UTF_16;
          case 2 -> StandardCharsets.UTF_16BE;
          case 3 -> StandardCharsets.UTF_8;
          default -> Charset.forName("windows-1252");
        };
    return new String(value, 1, value.length - 1, charset);
  }

  private static long synchsafe(int stated) {
    return (long) (stated & 0x7F)
        | (stated >>> 8 & 0x7F) << 7
        | (stated >>> 16 & 0x7F) << 14
        | (stated >>> 24 & 0x7F) << 21;
  }
}
