package dev.earmark.search.spoken;

import java.util.Arrays;

/**
 * Finds where parts of a query occur together in an episode, as {@link SpokenQuery.Together}
 * defines. One pass with a sliding window: it grows by a moment at the end and shrinks at the start
 * while it still has enough. Not thread-safe.
 */
public final class TogetherRuns {
  private final int[] weights;
  private final int least;
  private final int reach;
  private final boolean around;
  private final int[] counts;

  /** The hits, in the order of speech: which parts each has, and where it begins and ends. */
  private long[] parts = new long[64];

  private long[] begins = new long[64];
  private long[] ends = new long[64];
  private int size;

  /** Where a run begins, by the number of its first hit. */
  private int[] matches = new int[64];

  TogetherRuns(int[] weights, int least, int reach, boolean around) {
    this.reach = reach;
    this.around = around;
    this.weights = weights;
    this.least = least;
    this.counts = new int[weights.length];
  }

  /** Begins an episode. */
  public void clear() {
    size = 0;
  }

  /**
   * Adds the next moment that has any part.
   *
   * @param has a bit for each part it has
   * @param begin the number of its first word among those of the episode
   * @param end the number after that of its last
   */
  public void add(long has, long begin, long end) {
    if (size == parts.length) {
      parts = Arrays.copyOf(parts, 2 * size);
      begins = Arrays.copyOf(begins, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size);
    }
    parts[size] = has;
    begins[size] = begin;
    ends[size++] = end;
  }

  /**
   * The moments that match, by their numbers in the order in which they were added; the array is
   * used again.
   *
   * @return how many there are of {@link #matches}
   */
  public int find() {
    Arrays.fill(counts, 0);
    return around ? findAround() : findRuns();
  }

  private int findAround() {
    int found = 0;
    int weight = 0;
    int from = 0;
    int marked = 0;
    for (int to = 0; to < size; to++) {
      weight += enter(parts[to]);
      while (begins[to] - ends[from] > reach) {
        weight -= leave(parts[from++]);
      }
      if (weight >= least) {
        for (marked = Math.max(marked, from); marked <= to; marked++) {
          found = add(marked, found);
        }
      }
    }
    return found;
  }

  private int findRuns() {
    int found = 0;
    int weight = 0;
    int from = 0;
    for (int to = 0; to < size; to++) {
      weight += enter(parts[to]);
      int first = -1;
      while (weight >= least) {
        first = from;
        weight -= leave(parts[from++]);
      }
      if (first < 0 || begins[to] - ends[first] > reach) {
        continue;
      }
      found = add(first, found);
      // The next run shares no moment with this one.
      while (from <= to) {
        leave(parts[from++]);
      }
      weight = 0;
    }
    return found;
  }

  private int add(int match, int found) {
    matches = found == matches.length ? Arrays.copyOf(matches, 2 * found) : matches;
    matches[found] = match;
    return found + 1;
  }

  /** Which moments match, after {@link #find}; ascending. */
  public int match(int number) {
    return matches[number];
  }

  private int enter(long has) {
    int more = 0;
    for (long left = has; left != 0; left &= left - 1) {
      int part = Long.numberOfTrailingZeros(left);
      more += counts[part]++ == 0 ? weights[part] : 0;
    }
    return more;
  }

  private int leave(long has) {
    int less = 0;
    for (long left = has; left != 0; left &= left - 1) {
      int part = Long.numberOfTrailingZeros(left);
      less += --counts[part] == 0 ? weights[part] : 0;
    }
    return less;
  }
}
