package dev.earmark.search.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Words that stand close together. */
class TermProximityTest {
  private static final TermProximity PROXIMITY = RankingModel.DEFAULT.proximity();

  private static double worth(int[] one, int[] other) {
    return PROXIMITY.worth(one, one.length, other, other.length);
  }

  @Test
  void aRowCountsAsARowAndAsNear() {
    assertThat(worth(new int[] {3}, new int[] {4})).isCloseTo(0.3 / 1.6 + 0.1 / 1.6, within(1e-6));
  }

  @Test
  void theWindowIsEightWordsWide() {
    assertThat(worth(new int[] {10}, new int[] {3})).isCloseTo(0.1 / 1.6, within(1e-6));
    assertThat(worth(new int[] {10}, new int[] {2})).isZero();
  }

  @Test
  void aPairWeighsWhatItsWordsDo() {
    float[] weights = TermProximity.weights(new float[] {1, 1, 0.04f}, new float[] {2, 3, 4});
    assertThat(weights[0]).isEqualTo(5);
    assertThat((double) weights[1]).isCloseTo(0.2 * 7, within(1e-5));
    assertThat(TermProximity.weights(new float[] {1}, new float[] {1})).isEmpty();
  }
}
