package dev.earmark.corpus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** FLAC: the samples that its STREAMINFO counts, its comments and its picture (RFC 9639). */
final class FlacFile {
  private static final int STREAM_INFO = 0;
  private static final int COMMENTS = 4;
  private static final int PICTURE = 6;
  private static final int MOST_BLOCKS = 200;

  private FlacFile() {}

  /** The length in seconds; 0 if it does not say. */
  static double seconds(FileBytes file, RecordingTags tags) throws IOException {
    double seconds = 0;
    long at = 4;
    for (int block = 0; block < MOST_BLOCKS && at + 4 <= file.size(); block++) {
      int head = file.at(at, 4).getInt();
      int type = head >>> 24 & 0x7F;
      int size = head & 0xFFFFFF;
      if (type == STREAM_INFO && size >= 18) {
        long packed = file.at(at + 14, 8).getLong();
        long hertz = packed >>> 44;
        seconds = hertz == 0 ? 0 : (packed & 0xFFFFFFFFFL) / (double) hertz;
      } else if (type == COMMENTS) {
        OggFile.comments(file.upTo(at + 4, size).order(ByteOrder.LITTLE_ENDIAN), 0, 0, tags);
      }
      if (type == PICTURE && tags.wantsPicture() && size <= file.size() - at - 4) {
        picture(file.pictureAt(at + 4, Math.min(size, ThumbnailMaker.MOST_BYTES)), tags);
      }
      if (head < 0) {
        break;
      }
      at += 4L + size;
    }
    return seconds;
  }

  /**
   * A picture (RFC 9639, 8.8): its type, its media type and description behind their lengths, four
   * numbers, and the bytes behind theirs.
   */
  static void picture(ByteBuffer block, RecordingTags tags) {
    int type = block.getInt();
    for (int text = 0; text < 2; text++) {
      int length = block.getInt();
      if (length < 0 || length > block.remaining()) {
        return;
      }
      block.position(block.position() + length);
    }
    if (block.remaining() < 20) {
      return;
    }
    block.position(block.position() + 16);
    int length = block.getInt();
    if (length > 0 && length <= block.remaining()) {
      byte[] bytes = new byte[length];
      block.get(bytes);
      tags.picture(type, bytes);
    }
  }
}
