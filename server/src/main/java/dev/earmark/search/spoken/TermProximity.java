package dev.earmark.search.spoken;

import java.util.List;

/**
 * What moments are worth more for saying the words of a query side by side as it has them, or near
 * each other (sequential dependence: D. Metzler, W. B. Croft, <i>A Markov random field model for
 * term dependencies</i>, 2005).
 *
 * <p>For every two words that follow each other in the query, in any of their forms:
 *
 * <pre>
 *   weight = sqrt(importance of the one times that of the other) times the sum of their idfs
 *   weight (0.3 sat(in a row) + 0.1 sat(within 8 words))
 *   sat(x) = x / (x + 0.6)
 * </pre>
 *
 * <p>So "what did they" in a row says as little as the words of it that make a question.
 */
public final class TermProximity {
  /** Later pairs of a long query are not looked at. */
  public static final int MOST_PAIRS = 12;

  private static final float PAIR = 0.3f;
  private static final float NEAR_PAIR = 0.1f;

  /** Two words are near if they and what stands between are at most so many. */
  private static final int NEAR = 8;

  private static final float K = 0.6f;

  private TermProximity() {}

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
   * @param words in the order of the query
   * @param idfs their inverse document frequencies
   */
  public static float[] weights(List<Forms> words, float[] idfs) {
    float[] weights = new float[Math.max(0, words.size() - 1)];
    for (int i = 0; i < weights.length; i++) {
      double importance = Math.sqrt(words.get(i).importance() * words.get(i + 1).importance());
      weights[i] = (float) importance * (idfs[i] + idfs[i + 1]);
    }
    return weights;
  }

  /**
   * What a pair is worth in a moment, for each unit of its weight.
   *
   * @param one where the first word stands, ascending; only the first {@code ones} count
   * @param other where the second stands, likewise
   */
  public static float worth(int[] one, int ones, int[] other, int others) {
    int inRow = 0;
    int near = 0;
    int from = 0;
    for (int i = 0; i < ones; i++) {
      int at = one[i];
      while (from < others && other[from] <= at - NEAR) {
        from++;
      }
      boolean isNear = false;
      for (int j = from; j < others && other[j] < at + NEAR; j++) {
        isNear |= other[j] != at;
        inRow += other[j] == at + 1 ? 1 : 0;
      }
      near += isNear ? 1 : 0;
    }
    return PAIR * inRow / (inRow + K) + NEAR_PAIR * near / (near + K);
  }
}
