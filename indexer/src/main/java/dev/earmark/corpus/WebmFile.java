package dev.earmark.corpus;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * WebM and Matroska: the {@code Duration} and {@code TimestampScale} of the {@code Info} element
 * (RFC 9559).
 */
final class WebmFile {
  private static final long SEGMENT = 0x18538067L;
  private static final long INFO = 0x1549A966L;
  private static final long SCALE = 0x2AD7B1L;
  private static final long DURATION = 0x4489L;
  private static final int MOST_ELEMENTS = 1_000;

  private final FileBytes file;
  private double scale = 1_000_000;
  private double duration;
  private int elements;

  private WebmFile(FileBytes file) {
    this.file = file;
  }

  /** The length in seconds; 0 if it does not say. */
  static double seconds(FileBytes file) throws IOException {
    WebmFile webm = new WebmFile(file);
    webm.walk(0, file.size());
    return webm.duration * webm.scale / 1e9;
  }

  private void walk(long from, long to) throws IOException {
    long at = from;
    while (at + 2 <= to && duration == 0 && elements++ < MOST_ELEMENTS) {
      ByteBuffer head = file.upTo(at, Math.min(12, to - at));
      int first = head.get(0) & 0xFF;
      int idLength = Integer.numberOfLeadingZeros(first) - 23;
      if (idLength > 4 || idLength >= head.limit()) {
        return;
      }
      long id = number(head, 0, idLength, false);
      int sizeLength = Integer.numberOfLeadingZeros(head.get(idLength) & 0xFF) - 23;
      if (sizeLength > 8 || idLength + sizeLength > head.limit()) {
        return;
      }
      long size = number(head, idLength, sizeLength, true);
      long body = at + idLength + sizeLength;
      boolean unknown = size == (1L << (7 * sizeLength)) - 1;
      long end = unknown || size > to - body ? to : body + size;
      if (id == SEGMENT || id == INFO) {
        walk(body, end);
      } else if (id == SCALE && size <= 8) {
        scale = number(file.at(body, size), 0, (int) size, false);
      } else if (id == DURATION && (size == 4 || size == 8)) {
        ByteBuffer value = file.at(body, size);
        duration = size == 4 ? value.getFloat() : value.getDouble();
      }
      at = end;
    }
  }

  private static long number(ByteBuffer bytes, int from, int length, boolean dropMarker) {
    long value = 0;
    for (int i = 0; i < length; i++) {
      value = value << 8 | (bytes.get(from + i) & 0xFF);
    }
    return dropMarker ? value & (1L << (7 * length)) - 1 : value;
  }
}
