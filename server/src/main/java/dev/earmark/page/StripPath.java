package dev.earmark.page;

import java.util.Locale;

/**
 * Puts the path of a strip together: what lies where in a recording, as an SVG path in a box of
 * {@value #WIDTH} units that is stretched to the width of the page.
 *
 * <p>Not thread-safe.
 */
final class StripPath {
  static final int WIDTH = 1_000;

  private final StringBuilder path = new StringBuilder();
  private final long lengthMs;
  private final int height;

  /**
   * @param lengthMs the length of the recording, more than 0; what lies behind it is left out
   * @param height of the box
   */
  StripPath(long lengthMs, int height) {
    if (lengthMs <= 0) {
      throw new IllegalArgumentException("a strip needs a length > 0, got " + lengthMs);
    }
    this.lengthMs = lengthMs;
    this.height = height;
  }

  /** A line at an instant. */
  StripPath tick(long atMs) {
    if (atMs <= lengthMs) {
      path.append('M').append(place(atMs)).append(" 0V").append(height);
    }
    return this;
  }

  /** A box from one instant to another. */
  StripPath box(long fromMs, long toMs) {
    long end = Math.min(toMs, lengthMs);
    if (fromMs < end) {
      path.append('M').append(place(fromMs)).append(" 0H").append(place(end));
      path.append('V').append(height).append('H').append(place(fromMs)).append('Z');
    }
    return this;
  }

  private String place(long atMs) {
    String place = String.format(Locale.ROOT, "%.1f", (double) WIDTH * atMs / lengthMs);
    return place.endsWith(".0") ? place.substring(0, place.length() - 2) : place;
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
