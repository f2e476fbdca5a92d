package dev.earmark.corpus;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * MPEG audio, layers 1 to 3, with an {@link Id3Tag} at its beginning.
 *
 * <p>The length comes from the Xing or VBRI header where there is one; else from the size, if the
 * first {@value #ALIKE} frames are of one rate; else every frame is counted.
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
  static double seconds(FileBytes file, RecordingTags tags) throws IOException {
    long start = 0;
    if (file.hasAt(0, "ID3") && file.size() > 10) {
      start = Id3Tag.read(file, 0, tags);
    }
    long end = file.hasAt(file.size() - 128, "TAG") ? file.size() - 128 : file.size();
    long at = firstFrame(file, start, end);
    if (at < 0) {
      return AdtsFile.seconds(file, start);
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
}
