package dev.earmark.page;

import dev.earmark.model.Timestamp;
import dev.earmark.search.Outline;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A recording drawn small, with all that was found in it: a few paths, however much that is.
 *
 * <p>Each path is a {@link StripPath}, {@value #HEIGHT} high.
 *
 * @param shades every second chapter; empty if there are none
 * @param ticks what was found, once for each place that can be told from its neighbours
 * @param best the strongest hit; empty if it has no time
 * @param seconds when the ticks are, for the script, as whole seconds with spaces between
 * @param lengthMs how long the recording is
 */
public record Strip(String shades, String ticks, String best, String seconds, long lengthMs) {
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
    StripPath ticks = new StripPath(length, HEIGHT);
    List<Long> seconds = new ArrayList<>();
    long lastPlace = Long.MIN_VALUE;
    for (long at : outline.hits()) {
      long place = 2L * StripPath.WIDTH * at / length;
      if (at <= length && place != lastPlace) {
        lastPlace = place;
        ticks.tick(at);
        seconds.add(new Timestamp(at).wholeSeconds());
      }
    }
    StripPath best = new StripPath(length, HEIGHT);
    return new Strip(
        shades(outline.chapters(), length),
        ticks.toString(),
        bestMs == null ? "" : best.tick(bestMs).toString(),
        seconds.stream().map(String::valueOf).collect(Collectors.joining(" ")),
        length);
  }

  private static String shades(List<Outline.Chapter> chapters, long length) {
    StripPath shades = new StripPath(length, HEIGHT);
    for (int i = 1; i < chapters.size(); i += 2) {
      long to = i + 1 < chapters.size() ? chapters.get(i + 1).startMs() : length;
      shades.box(chapters.get(i).startMs(), to);
    }
    return shades.toString();
  }
}
