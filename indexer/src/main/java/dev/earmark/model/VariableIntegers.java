package dev.earmark.model;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Integers of variable length: seven bits a byte, the lowest first, the highest bit set where more
 * follow. Signed ones are folded so that small numbers of either sign are short.
 */
public final class VariableIntegers {
  private VariableIntegers() {}

  public static void write(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  public static void writeSigned(ByteArrayOutputStream out, long value) {
    write(out, (value << 1) ^ (value >> 63));
  }

  /** Reads them back, one after the other. Not thread-safe. */
  public static final class Reader {
    private final byte[] bytes;
    private int at;

    public Reader(byte[] bytes) {
      this.bytes = bytes;
    }

    public boolean atEnd() {
      return at == bytes.length;
    }

    public long next() {
      long value = 0;
      for (int shift = 0; shift < 64; shift += 7) {
        if (at == bytes.length) {
          throw new IllegalArgumentException("the bytes end early, after " + at);
        }
        byte b = bytes[at++];
        value |= (b & 0x7FL) << shift;
        if (b >= 0) {
          return value;
        }
      }
      throw new IllegalArgumentException("a number has more than 64 bits");
    }

    public long nextSigned() {
      long folded = next();
      return (folded >>> 1) ^ -(folded & 1);
    }

    /** So many bytes as the number before them says. */
    public byte[] nextBytes() {
      long length = next();
      if (length < 0 || length > bytes.length - at) {
        throw new IllegalArgumentException("the bytes end early, after " + at);
      }
      byte[] next = Arrays.copyOfRange(bytes, at, at + (int) length);
      at += (int) length;
      return next;
    }
  }
}
