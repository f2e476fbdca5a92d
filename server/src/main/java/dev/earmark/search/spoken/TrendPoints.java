package dev.earmark.search.spoken;

import dev.earmark.search.Trend;
import dev.earmark.search.Trend.Point;
import dev.earmark.text.SpokenTerms;
import dev.earmark.text.Words;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Builds a trend from counts. */
public final class TrendPoints {
  private static final int MOST_POINTS = 100;

  private TrendPoints() {}

  /** The words of a phrase as they stand in the index. */
  public static List<String> phrase(String text) {
    return Arrays.stream(Words.of(text).folded()).map(SpokenTerms::bounded).toList();
  }

  /**
   * The trend, still without its first mention.
   *
   * @param all everything that was counted by, also where the phrase is not said
   * @param unplaced how many occurrences are in none of them
   */
  public static Trend trend(
      String phrase,
      Trend.By by,
      long count,
      long words,
      int moments,
      List<Point> all,
      long unplaced) {
    List<Point> points =
        all.stream()
            .filter(point -> point.words() > 0 && (point.count() > 0 || by == Trend.By.MONTH))
            .sorted(
                by == Trend.By.MONTH
                    ? Comparator.comparing(Point::key)
                    : Comparator.comparingLong(Point::count).reversed().thenComparing(Point::key))
            .toList();
    long inNone = unplaced;
    if (by != Trend.By.MONTH && points.size() > MOST_POINTS) {
      inNone += points.subList(MOST_POINTS, points.size()).stream().mapToLong(Point::count).sum();
      points = points.subList(0, MOST_POINTS);
    }
    return new Trend(phrase, by, count, words, moments, points, inNone, null);
  }
}
