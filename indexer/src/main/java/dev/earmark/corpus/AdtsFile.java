package dev.earmark.corpus;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * AAC as a bare stream (ADTS, ISO/IEC 13818-7): its frames are counted. What an ID3 tag before them
 * says is read as in MPEG audio.
 */
final class AdtsFile {
  private static final int[] HERTZ = {
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
    7_350
  };
  private static final int SAMPLES = 1_024;
  private static final int WINDOW = 1 << 16;
  private static final int HEAD = 7;

  private AdtsFile() {}

  /** The length in seconds; 0 if this is no such stream. */
  static double seconds(FileBytes file, long start) throws IOException {
    long at = start;
    long samples = 0;
    int hertz = 0;
    ByteBuffer window = ByteBuffer.allocate(0);
    long windowAt = start;
    while (at + HEAD <= file.size()) {
      if (at < windowAt || at + HEAD > windowAt + window.limit()) {
        window = file.upTo(at, WINDOW);
        windowAt = at;
      }
      int offset = (int) (at - windowAt);
      int head = window.getInt(offset);
      int rate = head >>> 10 & 15;
      int length = (head & 3) << 11 | (window.getShort(offset + 4) & 0xFFFF) >>> 5;
      if (head >>> 20 != 0xFFF || (head >>> 17 & 3) != 0 || rate >= HERTZ.length || length < HEAD) {
        break;
      }
      hertz = HERTZ[rate];
      samples += (long) SAMPLES * (1 + (window.get(offset + 6) & 3));
      at += length;
    }
    // One frame may be chance; several that follow each other are not.
    return samples < 3 * SAMPLES ? 0 : samples / (double) hertz;
  }
}
