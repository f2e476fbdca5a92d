package dev.earmark.search.rank;

import dev.earmark.search.Explanation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Boosts the best hits by the others of them that are of the same conversation.
 *
 * <p>{@link PassageScore} reads how often each word is said in the block around a moment. An engine
 * that knows only its best hits, such as a cluster, can still tell a conversation from a remark: it
 * has many of them. Their scores stand in for the words of the block:
 *
 * <pre>
 *   boost = BLOCK best sat(sum of score / best of all hits of the timeline, K_BLOCK)
 *   sat(x, k) = x / (x + k)
 * </pre>
 *
 * <p>where hits count less with distance, 1/e after the time constant of the block, a hit counts in
 * its own, and <i>best</i> is the highest score of all. With hits that score 10 and 5 a time
 * constant apart, the first has a sum of 1 + .5/e = 1.184 and the second of .5 + 1/e = .868; with a
 * weight of 1 and a K of 2 they gain 10 · .372 = 3.72 and 10 · .303 = 3.03. Constants are in {@link
 * RankingParameters}. Immutable and thread-safe.
 */
public final class BlockBoost {
  private final double weight;
  private final double saturation;
  private final double timeMs;

  BlockBoost(RankingParameters parameters) {
    weight = parameters.block();
    saturation = parameters.blockSaturation();
    timeMs = parameters.blockMs();
  }

  /**
   * The boosts of hits, in the order given, which may be any.
   *
   * @param scores what each scores so far, 0 or more
   */
  public float[] worth(List<Diversifier.Place> places, float[] scores) {
    int size = scores.length;
    float[] worth = new float[size];
    float best = 0;
    for (float score : scores) {
      best = Math.max(best, score);
    }
    if (best == 0) {
      return worth;
    }
    List<Integer> timelines = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      timelines.add(i);
    }
    timelines.sort(
        Comparator.<Integer, String>comparing(i -> places.get(i).episode().toString())
            .thenComparing(i -> places.get(i).placed())
            .thenComparingLong(i -> places.get(i).startMs()));
    double[] sums = new double[size];
    double[] left = new double[size];
    for (int i = 0; i < size; i++) {
      int hit = timelines.get(i);
      sums[i] = scores[hit] / best;
      left[i] = i == 0 ? 0 : places.get(hit).left(places.get(timelines.get(i - 1)), timeMs);
    }
    DecayedSums.sumAround(sums, left);
    for (int i = 0; i < size; i++) {
      worth[timelines.get(i)] = (float) (weight * best * sums[i] / (sums[i] + saturation));
    }
    return worth;
  }

  /** Explains a boost. */
  public static Explanation explain(float boost) {
    return Explanation.of(boost, "other hits of the same conversation, the less the farther off");
  }
}
