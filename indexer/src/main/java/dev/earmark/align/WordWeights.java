package dev.earmark.align;

/**
 * The weight of a shared word: its inverse frequency in the episode, scaled to at most 1, after K.
 * Spärck Jones, <i>A statistical interpretation of term specificity</i>, 1972. Immutable.
 */
final class WordWeights {
  private static final double LEAST = 0.1;

  private final double[] weights;

  /**
   * @param counts how often each word of the vocabulary is spoken
   */
  WordWeights(int[] counts) {
    long all = 1;
    for (int count : counts) {
      all += count;
    }
    weights = new double[counts.length];
    double most = Math.log(all + 1.0);
    for (int word = 0; word < counts.length; word++) {
      double rarity = Math.log((all + 1.0) / (counts[word] + 0.5)) / most;
      weights[word] = Math.max(LEAST, Math.min(1, rarity * rarity));
    }
  }

  /** The weight of a word, {@value #LEAST} to 1; that of one that is never spoken is 1. */
  double of(int word) {
    return word < weights.length ? weights[word] : 1;
  }
}
