package dev.earmark.model;

import java.util.regex.Pattern;

/**
 * A picture of an episode or a show as an index keeps it: small, and of a known size, so that a
 * page can leave room for it before it is there.
 *
 * @param id names the picture in the index and in addresses: 32 hexadecimal digits that its content
 *     gives, so that the same picture is kept once and an address always means the same bytes
 * @param width in pixels
 * @param height in pixels
 */
public record Artwork(String id, int width, int height) {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

  /** Whether a text has the form of an id. */
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }
}
