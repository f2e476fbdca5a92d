package dev.earmark.corpus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** RIFF WAVE: the size of its data and how many bytes of it make a second. */
final class WaveFile {
  private static final int MOST_CHUNKS = 1_000;

  private WaveFile() {}

  /** The length in seconds; 0 if it does not say. */
  static double seconds(FileBytes file) throws IOException {
    long perSecond = 0;
    long at = 12;
    for (int chunk = 0; chunk < MOST_CHUNKS && at + 8 <= file.size(); chunk++) {
      ByteBuffer head = file.littleEndianAt(at, 8);
      long size = Integer.toUnsignedLong(head.order(ByteOrder.LITTLE_ENDIAN).getInt(4));
      if (file.hasAt(at, "fmt ") && size >= 16) {
        perSecond = Integer.toUnsignedLong(file.littleEndianAt(at + 16, 4).getInt());
      } else if (file.hasAt(at, "data")) {
        // A recorder that was cut off leaves the size as zero or as the largest there is.
        long rest = file.size() - at - 8;
        long data = size == 0 || size > rest ? rest : size;
        return perSecond == 0 ? 0 : data / (double) perSecond;
      }
      at += 8 + size + (size & 1);
    }
    return 0;
  }
}
