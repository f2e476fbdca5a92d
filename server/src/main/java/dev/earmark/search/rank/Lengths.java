package dev.earmark.search.rank;

/** Lengths and times of moments, in the precision that ranking uses. */
public final class Lengths {
  private static final long MS_PER_WORD = 400;
  private static final int TICK_MS = 100;
  private static final int EXACT = 24;
  private static final int KEPT_BITS = 4;

  private Lengths() {}

  /**
   * How many words a moment has, as Lucene keeps the length of a text: exact up to {@value #EXACT},
   * and of what is beyond the first {@value #KEPT_BITS} bits.
   */
  public static int kept(int words) {
    int beyond = words - EXACT;
    if (beyond <= 0) {
      return words;
    }
    int dropped = Math.max(0, Integer.SIZE - Integer.numberOfLeadingZeros(beyond) - KEPT_BITS);
    return EXACT + (beyond >>> dropped << dropped);
  }

  /** When a moment starts, to a tenth of a second. */
  public static long startMs(long ms) {
    return Math.min(ms / TICK_MS, Integer.MAX_VALUE / 2) * TICK_MS;
  }

  /**
   * When a moment that is not placed would start if its document were read out at {@value
   * #MS_PER_WORD} ms a word: enough to tell what stands near it in its own text.
   *
   * @param position the number of its first word
   */
  public static long readOutMs(long position) {
    return startMs(position * MS_PER_WORD);
  }
}
