package dev.earmark.corpus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * AIFF and AIFF-C: how many frames of sound there are and how many make a second; its name, or an
 * ID3 tag (Apple, <i>Audio Interchange File Format</i>, 1989).
 */
final class AiffFile {
  private static final int MOST_CHUNKS = 1_000;
  private static final int LONGEST_TEXT = 2_000;

  /** The exponent of 1 in an 80-bit number, and the bits of its fraction. */
  private static final int BIAS = 16_383;

  private static final int FRACTION = 63;

  private AiffFile() {}

  /** The length in seconds; 0 if it does not say. */
  static double seconds(FileBytes file, RecordingTags tags) throws IOException {
    double seconds = 0;
    long at = 12;
    for (int chunk = 0; chunk < MOST_CHUNKS && at + 8 <= file.size(); chunk++) {
      long size = Integer.toUnsignedLong(file.at(at + 4, 4).getInt());
      if (file.hasAt(at, "COMM")) {
        ByteBuffer common = file.at(at + 8, 18);
        double rate =
            common.getLong(10) >>> 1 == 0
                ? 0
                : (common.getLong(10) >>> 1)
                    * Math.pow(2, (common.getShort(8) & 0x7FFF) - BIAS - FRACTION + 1);
        seconds = rate <= 0 ? 0 : Integer.toUnsignedLong(common.getInt(2)) / rate;
      } else if (file.hasAt(at, "NAME")) {
        ByteBuffer name = file.upTo(at + 8, Math.min(size, LONGEST_TEXT));
        tags.put("title", StandardCharsets.UTF_8.decode(name).toString());
      } else if (file.hasAt(at, "ID3 ") && file.hasAt(at + 8, "ID3")) {
        var unused = Id3Tag.read(file, at + 8, tags);
      }
      at += 8 + size + (size & 1);
    }
    return seconds;
  }
}
