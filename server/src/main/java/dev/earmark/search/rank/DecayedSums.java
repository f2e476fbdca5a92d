package dev.earmark.search.rank;

/** Sums over a timeline in which what is farther off counts less. Stateless. */
final class DecayedSums {
  private DecayedSums() {}

  /**
   * Puts in place of each value the sum of all, each times what is left of it there.
   *
   * @param values one for each place of the timeline, in order
   * @param left what is left of a value at the place after it, of all places between them the
   *     product; that of the first place is not used
   */
  static void sumAround(double[] values, double[] left) {
    double[] own = values.clone();
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum = sum * left[i] + own[i];
      values[i] = sum;
    }
    sum = 0;
    for (int i = values.length - 1; i > 0; i--) {
      sum = (sum + own[i]) * left[i];
      values[i - 1] += sum;
    }
  }
}
