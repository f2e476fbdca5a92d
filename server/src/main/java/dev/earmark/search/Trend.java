package dev.earmark.search;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How often a phrase is said: altogether and by month, show or speaker.
 *
 * <p>Counted are occurrences, word for word, in what is spoken or summed up (moments of kind {@code
 * segment}), unless kinds are asked for: a quotation or a note repeats what stands there already.
 * The words it is compared with are those of the same moments.
 *
 * @param phrase its words as they are searched, with one space between
 * @param by what the points are
 * @param count how often it is said
 * @param words how many words are said altogether
 * @param moments how many moments it begins in
 * @param points by month from the first in which anything is said to the last, those without a word
 *     left out; by show and speaker the most frequent first, and only those who say it
 * @param unplaced how many of the occurrences are in no point, since the month, show or speaker is
 *     not known, or since there are too many points
 * @param first the first moment that has it, by date and time, of an episode without a date only if
 *     no other has it; null if it is not said
 */
public record Trend(
    String phrase,
    By by,
    long count,
    long words,
    int moments,
    List<Point> points,
    long unplaced,
    @Nullable Hit first) {

  /** What occurrences are counted by. */
  public enum By {
    MONTH,
    SHOW,
    SPEAKER;

    /** The name in the API. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The one of this name.
     *
     * @throws BadRequestException if there is none
     */
    public static By of(String id) {
      for (By by : values()) {
        if (by.id().equals(id)) {
          return by;
        }
      }
      throw new BadRequestException("by", "by must be month, show or speaker, got \"" + id + "\"");
    }
  }

  /**
   * How often a phrase is said in a month, in a show or by somebody.
   *
   * @param key the month, such as {@code 2026-02}, or the name
   * @param count how often it is said
   * @param words how many words are said
   */
  public record Point(String key, long count, long words) {
    /** How often it is said for every million words. */
    public double perMillion() {
      return words == 0 ? 0 : 1e6 * count / words;
    }
  }

  public Trend {
    points = List.copyOf(points);
  }

  /** The same with its first mention. */
  public Trend withFirst(Hit hit) {
    return new Trend(phrase, by, count, words, moments, points, unplaced, hit);
  }
}
