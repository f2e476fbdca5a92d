package dev.earmark.vector;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What a model was given, in 16 bytes: the first half of its SHA-256. Of the same words the same,
 * wherever they stand, so that they need a vector but once.
 */
public record ContentHash(long high, long low) {
  /** How many bytes it is written in. */
  static final int BYTES = 16;

  /** The hash of a text. */
  public static ContentHash of(String text) {
    try {
      ByteBuffer digest =
          ByteBuffer.wrap(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
      return new ContentHash(digest.getLong(), digest.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
