package dev.earmark.page;

import dev.earmark.model.Timestamp;
import dev.earmark.search.Outline;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A recording drawn small, with all that was found in it: a few paths, however much that is.
 *
 * <p>Paths are drawn in a box of {@value #WIDTH} by {@value #HEIGHT} that is stretched to the width
 * of the page.
 *
 * @param shades every second chapter; empty if there are none
 * @param ticks what was found, once for each place that can be told from its neighbours
 * @param best the strongest hit; empty if it has no time
 * @param seconds when the ticks are, for the script, as whole seconds with spaces between
 * @param lengthMs how long the recording is
 */
public record Strip(
    String shades, String ticks, String best, String seconds, long lengthMs) {
  private static final int WIDTH = 1_000;
  private static final int HEIGHT = 16;

  /**
   * Draws a strip.
   *
   * @param durationMs the length of the recording; null if it is not known, it then ends where what
   *     is known of it does
   * @param bestMs where the strongest hit is; null if it has no time
   * @return null if there is nothing to see
   */
  static @Nullable Strip of(@Nullable Long durationMs, Outline outline, @Nullable Long bestMs) {
    long length = durationMs == null || durationMs <= 0 ? outline.lastMs() : durationMs;
    if (length <= 0 || (outline.hits().isEmpty() && bestMs == null)) {
      return null;
    }
    StringBuilder ticks = new StringBuilder();
    List<Long> seconds = new ArrayList<>();
    long lastPlace = Long.MIN_VALUE;
    for (long at : outline.hits()) {
      long place = 2 * WIDTH * at / length;
      if (at <= length && place != lastPlace) {
        lastPlace = place;
        ticks.append(tick(at, length));
        seconds.add(new Timestamp(at).wholeSeconds());
      }
    }
    return new Strip(
        shades(outline.chapters(), length),
        ticks.toString(),
        bestMs == null || bestMs > length ? "" : tick(bestMs, length),
        seconds.stream().map(String::valueOf).collect(Collectors.joining(" ")),
        length);
  }

  private static String shades(List<Outline.Chapter> chapters, long length) {
    StringBuilder shades = new StringBuilder();
    for (int i = 1; i < chapters.size(); i += 2) {
      long from = chapters.get(i).startMs();
      long to = i + 1 < chapters.size() ? chapters.get(i + 1).startMs() : length;
      if (from < Math.min(to, length)) {
        shades.append('M').append(place(from, length)).append(" 0H");
        shades.append(place(Math.min(to, length), length)).append('V').append(HEIGHT);
        shades.append('H').append(place(from, length)).append('Z');
      }
    }
    return shades.toString();
  }

  private static String tick(long atMs, long length) {
    return "M" + place(atMs, length) + " 0V" + HEIGHT;
  }

  private static String place(long atMs, long length) {
    String place = String.format(Locale.ROOT, "%.1f", (double) WIDTH * atMs / length);
    return place.endsWith(".0") ? place.substring(0, place.length() - 2) : place;
  }
}
