package dev.earmark.align;

import java.util.Arrays;

/**
 * Finds where each run of n words begins in a sequence.
 *
 * <p>Runs are identified by a 31-bit hash. If two share one, both are found, and the caller has to
 * look. Eight bytes a word. Immutable and thread-safe.
 */
final class NgramIndex {
  private final int length;
  private final long[] entries;

  /**
   * Indexes every run of {@code length} words that has no {@link SpokenTimeline#BREAK} in it.
   *
   * @param words the row
   * @param size how much of it
   */
  NgramIndex(int[] words, int size, int length) {
    this.length = length;
    long[] all = new long[Math.max(0, size - length + 1)];
    int count = 0;
    for (int at = 0; at + length <= size; at++) {
      int hash = hash(words, at, length);
      if (hash >= 0) {
        all[count++] = ((long) hash << 32) | at;
      }
    }
    entries = Arrays.copyOf(all, count);
    Arrays.sort(entries);
  }

  int length() {
    return length;
  }

  /** The first entry for the run that begins at a place of some row; that row may be another. */
  int first(int[] row, int at) {
    if (at + length > row.length) {
      return entries.length;
    }
    int hash = hash(row, at, length);
    return hash < 0 ? entries.length : lowerBound((long) hash << 32);
  }

  /** How many entries, up to {@code most}, the run that begins at a place of some row has. */
  int count(int[] row, int at, int first, int most) {
    if (first == entries.length) {
      return 0;
    }
    int hash = hash(row, at, length);
    int count = 0;
    while (count < most
        && first + count < entries.length
        && (int) (entries[first + count] >>> 32) == hash) {
      count++;
    }
    return count;
  }

  /** The place an entry stands for. */
  int place(int entry) {
    return (int) entries[entry];
  }

  private int lowerBound(long key) {
    int found = Arrays.binarySearch(entries, key);
    return found >= 0 ? found : -found - 1;
  }

  private static int hash(int[] words, int at, int length) {
    int hash = 0;
    for (int i = at; i < at + length; i++) {
      if (words[i] == SpokenTimeline.BREAK) {
        return -1;
      }
      hash = (hash ^ words[i]) * 0x9E3779B1;
      hash ^= hash >>> 15;
    }
    return hash & 0x7FFFFFFF;
  }
}
