package dev.earmark.corpus;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/**
 * Bytes of a file at any position, never more than {@value #MOST} at once, of a picture {@value
 * ThumbnailMaker#MOST_BYTES}. Not thread-safe.
 *
 * @param channel the open file
 * @param size its length in bytes
 */
record FileBytes(FileChannel channel, long size) {
  /** More than any header or tag that is read here needs. */
  static final int MOST = 1 << 20;

  static FileBytes of(FileChannel channel) throws IOException {
    return new FileBytes(channel, channel.size());
  }

  /**
   * So many bytes, big-endian.
   *
   * @throws EOFException if the file does not have them
   */
  ByteBuffer at(long position, long length) throws IOException {
    return at(position, length, MOST);
  }

  /** As {@link #at}, of a picture. */
  ByteBuffer pictureAt(long position, long length) throws IOException {
    return at(position, length, ThumbnailMaker.MOST_BYTES);
  }

  private ByteBuffer at(long position, long length, int most) throws IOException {
    if (length < 0 || length > most || position < 0 || position + length > size) {
      throw new EOFException("it ends early, or a length in it is wrong");
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw new EOFException("it ends early");
      }
    }
    return bytes.flip();
  }

  /** As {@link #at}, but as many bytes as there are up to that length. */
  ByteBuffer upTo(long position, long length) throws IOException {
    return at(position, Math.max(0, Math.min(Math.min(length, MOST), size - position)));
  }

  ByteBuffer littleEndianAt(long position, long length) throws IOException {
    return at(position, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Whether the file has this ASCII text at a position. */
  boolean hasAt(long position, String ascii) throws IOException {
    return position >= 0
        && position + ascii.length() <= size
        && ascii(at(position, ascii.length())).equals(ascii);
  }

  static String ascii(ByteBuffer bytes) {
    return StandardCharsets.ISO_8859_1.decode(bytes).toString();
  }
}
