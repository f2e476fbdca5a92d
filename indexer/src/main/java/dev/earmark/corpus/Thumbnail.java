package dev.earmark.corpus;

import dev.earmark.model.Artwork;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A picture as it is kept and sent.
 *
 * @param artwork its name and size
 * @param bytes JPEG, or WebP as it was found; not to be changed
 */
public record Thumbnail(Artwork artwork, byte[] bytes) {

  static Thumbnail of(byte[] bytes, int width, int height) {
    return new Thumbnail(new Artwork(digest(bytes).substring(0, 32), width, height), bytes);
  }

  /** SHA-256 in hexadecimal digits. */
  static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Thumbnail thumbnail
        && artwork.equals(thumbnail.artwork)
        && Arrays.equals(bytes, thumbnail.bytes);
  }

  @Override
  public int hashCode() {
    return artwork.hashCode();
  }
}
