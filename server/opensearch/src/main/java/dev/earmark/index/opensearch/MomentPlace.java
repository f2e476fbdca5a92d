package dev.earmark.index.opensearch;

import dev.earmark.schema.Evidence;
import dev.earmark.schema.IndexedMoment;
import dev.earmark.schema.Schema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a moment lies, with what else is asked of hits before they are read, in the one value of
 * {@link Mapping#PLACE}: to sort by several fields and to fetch them takes longer than to find the
 * hits.
 *
 * <p>It is the id of the episode and five numbers, with tabs between. The first has leading zeros,
 * so that values sort by episodes, and within one as its moments do. Immutable.
 *
 * @param ordinal the number of the moment within its episode
 * @param position the number of its first word
 * @param words how many words it has
 * @param startMs when it starts; null if it is not placed
 * @param evidence what says how far to trust it, as {@link Evidence#code} has it
 */
public record MomentPlace(
    String episode, int ordinal, long position, int words, @Nullable Long startMs, int evidence) {
  private static final char BETWEEN = '\t';
  private static final int NUMBERS = 5;
  private static final String NOT_PLACED = "-";

  /** As many digits as an ordinal may have. */
  private static final int DIGITS = 10;

  /** The value of a moment of so many words. */
  static String of(IndexedMoment indexed, int words) {
    String ordinal = Integer.toString(indexed.ordinal());
    Optional<String> start =
        indexed.moment().anchor().span().map(span -> Long.toString(span.startMs()));
    return Schema.label(indexed.episode().id())
        + BETWEEN
        + "0".repeat(DIGITS - ordinal.length())
        + ordinal
        + BETWEEN
        + indexed.position()
        + BETWEEN
        + words
        + BETWEEN
        + start.orElse(NOT_PLACED)
        + BETWEEN
        + Evidence.of(indexed).code();
  }

  /** Reads a value. */
  public static MomentPlace read(String value) {
    String[] numbers = new String[NUMBERS];
    int end = value.length();
    for (int i = NUMBERS - 1; i >= 0; i--) {
      int before = value.lastIndexOf(BETWEEN, end - 1);
      numbers[i] = value.substring(before + 1, end);
      end = before;
    }
    return new MomentPlace(
        value.substring(0, end),
        Integer.parseInt(numbers[0]),
        Long.parseLong(numbers[1]),
        Integer.parseInt(numbers[2]),
        numbers[3].equals(NOT_PLACED) ? null : Long.valueOf(numbers[3]),
        Integer.parseInt(numbers[4]));
  }
}
