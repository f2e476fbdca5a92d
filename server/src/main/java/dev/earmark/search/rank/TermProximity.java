package dev.earmark.search.rank;

/**
 * Scores pairs of query words that stand side by side, or near each other (sequential dependence:
 * D. Metzler, W. B. Croft, <i>A Markov random field model for term dependencies</i>, 2005).
 *
 * <p>For every two consecutive words of the query, in any of their forms:
 *
 * <pre>
 *   weight = sqrt(product of their importances) times the sum of their idfs
 *   weight (ORDERED sat(in a row) + UNORDERED sat(within WINDOW words))
 *   sat(x) = x / (x + K)
 * </pre>
 *
 * <p>So "what did they" in a row counts as little as its words. Constants are in {@link
 * RankingParameters}. Immutable and thread-safe.
 */
public final class TermProximity {
  private final float ordered;
  private final float unordered;
  private final int window;
  private final float saturation;
  private final int mostPairs;

  public TermProximity(RankingParameters parameters) {
    ordered = (float) parameters.orderedPair();
    unordered = (float) parameters.unorderedPair();
    window = (int) parameters.pairWindow();
    saturation = (float) parameters.pairSaturation();
    mostPairs = (int) parameters.mostPairs();
  }

  /** How many words of a query are looked at; later ones are not. */
  public int mostWords() {
    return mostPairs + 1;
  }

  /**
   * The inverse document frequency of a word.
   *
   * @param moments how many moments have its commonest form
   * @param documents how many documents the index has
   */
  public static float idf(long moments, long documents) {
    return (float) Math.log(1 + Math.max(0, documents - moments + 0.5) / (moments + 0.5));
  }

  /**
   * What each word of a query weighs with the one after it.
   *
   * @param importances how much each word counts, in the order of the query
   * @param idfs their inverse document frequencies
   */
  public static float[] weights(float[] importances, float[] idfs) {
    float[] weights = new float[Math.max(0, importances.length - 1)];
    for (int i = 0; i < weights.length; i++) {
      double importance = Math.sqrt(importances[i] * importances[i + 1]);
      weights[i] = (float) importance * (idfs[i] + idfs[i + 1]);
    }
    return weights;
  }

  /**
   * The score of a pair in a moment, per unit of its weight.
   *
   * @param one where the first word stands, ascending; only the first {@code ones} count
   * @param other where the second stands, likewise
   */
  public float worth(int[] one, int ones, int[] other, int others) {
    int inRow = 0;
    int near = 0;
    int from = 0;
    for (int i = 0; i < ones; i++) {
      int at = one[i];
      while (from < others && other[from] <= at - window) {
        from++;
      }
      boolean isNear = false;
      for (int j = from; j < others && other[j] < at + window; j++) {
        isNear |= other[j] != at;
        inRow += other[j] == at + 1 ? 1 : 0;
      }
      near += isNear ? 1 : 0;
    }
    return ordered * inRow / (inRow + saturation) + unordered * near / (near + saturation);
  }
}
