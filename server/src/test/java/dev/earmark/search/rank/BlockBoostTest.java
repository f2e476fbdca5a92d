package dev.earmark.search.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.earmark.search.rank.Diversifier.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What hits are worth more for the others of their conversation. */
class BlockBoostTest {
  private static final double TIME_MS = 100_000;

  /** Those of the worked figures, whatever is ranked with. */
  private static final BlockBoost BLOCKS =
      new BlockBoost(
          RankingParameters.DEFAULT
              .with("block", 1)
              .with("blockSaturation", 2)
              .with("blockMs", TIME_MS));

  private static Place at(Object episode, long ms) {
    return new Place(episode, true, ms);
  }

  @Test
  void isThatOfTheWorkedExample() {
    float[] worth = BLOCKS.worth(List.of(at("one", 0), at("one", 100_000)), new float[] {10, 5});
    assertThat(worth[0]).isCloseTo(3.72f, within(.005f));
    assertThat(worth[1]).isCloseTo(3.03f, within(.005f));
  }

  @Test
  void aConversationIsWorthMoreThanARemark() {
    float[] worth =
        BLOCKS.worth(
            List.of(at("talk", 0), at("talk", 20_000), at("talk", 40_000), at("remark", 20_000)),
            new float[] {6, 6, 6, 6});
    assertThat(worth[1]).isGreaterThan(2 * worth[3] - 1).isGreaterThan(worth[0]);
  }

  @Test
  void whatHasNoPlaceIsOfAnotherConversationThanWhatHas() {
    List<Place> apart = List.of(at("one", 0), new Place("one", false, 0));
    float[] alone = BLOCKS.worth(List.of(at("one", 0)), new float[] {4});
    assertThat(BLOCKS.worth(apart, new float[] {4, 4})).containsExactly(alone[0], alone[0]);
  }

  @Test
  void whatScoresNothingLiftsNothing() {
    assertThat(BLOCKS.worth(List.of(), new float[0])).isEmpty();
    assertThat(BLOCKS.worth(List.of(at("one", 0)), new float[] {0})).containsExactly(0);
  }

  @Test
  void oneLookOverAllIsWhatEachSeesAround() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      List<Place> places = new ArrayList<>();
      int episodes = 1 + random.nextInt(3);
      for (int i = random.nextInt(30); i > 0; i--) {
        places.add(
            new Place(
                "episode " + random.nextInt(episodes),
                random.nextBoolean(),
                random.nextInt(500) * 1_000L));
      }
      float[] scores = new float[places.size()];
      double best = 0;
      for (int i = 0; i < scores.length; i++) {
        scores[i] = random.nextInt(4) == 0 ? 0 : random.nextFloat() * 20;
        best = Math.max(best, scores[i]);
      }
      float[] worth = BLOCKS.worth(places, scores);
      for (int i = 0; i < worth.length; i++) {
        double sum = 0;
        for (int other = 0; other < worth.length; other++) {
          Place there = places.get(other);
          if (there.episode().equals(places.get(i).episode())
              && there.placed() == places.get(i).placed()) {
            double apart = Math.abs(there.startMs() - places.get(i).startMs());
            sum += best == 0 ? 0 : scores[other] / best * Math.exp(-apart / TIME_MS);
          }
        }
        assertThat((double) worth[i])
            .as("hit %d of round %d, -Dseed=%d", i, round, seed)
            .isCloseTo(best * sum / (sum + 2), within(1e-3));
      }
    }
  }
}
