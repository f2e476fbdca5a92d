package dev.earmark.corpus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;

/**
 * Windows Media (WMA, WMV): the properties, the description and the further descriptions of its
 * header (Microsoft, <i>Advanced Systems Format Specification</i>, 2004, sections 3.2, 3.10, 3.11).
 */
final class AsfFile {
  /** What each object of the header begins with: a GUID, as it stands in the file. */
  static final String HEADER = "3026b2758e66cf11a6d900aa0062ce6c";

  private static final String PROPERTIES = "a1dcab8c47a9cf118ee400c00c205365";
  private static final String DESCRIPTION = "3326b2758e66cf11a6d900aa0062ce6c";
  private static final String FURTHER = "40a4d0d207e3d21197f000a0c95ea850";

  private static final Map<String, String> TAGS =
      Map.of(
          "WM/AlbumTitle", "album", "WM/TrackNumber", "track", "WM/Year", "date", "date", "date");

  private static final int GUID = 16;
  private static final int MOST_OBJECTS = 1_000;
  private static final int LONGEST_TEXT = 2_000;
  private static final double UNITS_A_SECOND = 1e7;

  private AsfFile() {}

  /** The length in seconds; 0 if it does not say. */
  static double seconds(FileBytes file, RecordingTags tags) throws IOException {
    double seconds = 0;
    long end = Math.min(file.size(), file.littleEndianAt(GUID, 8).getLong());
    long at = 30;
    for (int object = 0; object < MOST_OBJECTS && at + 24 <= end; object++) {
      long size = file.littleEndianAt(at + GUID, 8).getLong();
      if (size < 24) {
        break;
      }
      switch (guid(file, at)) {
        case PROPERTIES -> {
          ByteBuffer times = file.littleEndianAt(at + 64, 24);
          // What is read before it plays counts in the length.
          seconds = times.getLong(0) / UNITS_A_SECOND - times.getLong(16) / 1000.0;
        }
        case DESCRIPTION -> {
          int length = Short.toUnsignedInt(file.littleEndianAt(at + 24, 2).getShort());
          tags.put("title", text(file.upTo(at + 34, Math.min(length, LONGEST_TEXT))));
        }
        case FURTHER -> further(file.upTo(at + 24, size - 24), tags);
        default -> {
          // Says nothing of the recording as a whole.
        }
      }
      at += size;
    }
    return Math.max(0, seconds);
  }

  static String guid(FileBytes file, long at) throws IOException {
    return HexFormat.of().formatHex(file.at(at, GUID).array());
  }

  private static void further(ByteBuffer bytes, RecordingTags tags) {
    ByteBuffer in = bytes.order(java.nio.ByteOrder.LITTLE_ENDIAN);
    for (int left = Short.toUnsignedInt(in.getShort()); left > 0; left--) {
      String name = text(take(in));
      int type = in.getShort();
      ByteBuffer value = take(in);
      String tag = TAGS.get(name);
      if (tag != null && type == 0) {
        tags.put(tag, text(value));
      }
    }
  }

  /** Bytes with their number before them. */
  private static ByteBuffer take(ByteBuffer in) {
    int length = Short.toUnsignedInt(in.getShort());
    if (length > in.remaining()) {
      throw new java.nio.BufferUnderflowException();
    }
    ByteBuffer part = in.slice(in.position(), length);
    in.position(in.position() + length);
    return part;
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_16LE.decode(bytes).toString().replace("\0", "");
  }
}
