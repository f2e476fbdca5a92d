package dev.earmark.search.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.earmark.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Words in and around a moment. */
class PassageScoreTest {
  private static final PassageScore SCORE = RankingModel.DEFAULT.passages();

  private static PassageScore.Heard heard(long startMs, float... frequencies) {
    return new PassageScore.Heard(true, startMs, 30, frequencies);
  }

  @Test
  void theExampleOfThePackagePage() {
    List<PassageScore.Heard> episode = List.of(heard(0, 2), heard(30_000, 1));
    float weight = SCORE.weight(1, 10, 1_000);
    assertThat((double) weight).isCloseTo(3.972, within(1e-3));
    PassageScore.Features features = SCORE.features(episode, 0, 0);
    assertThat(features.own()).isEqualTo(2);
    assertThat(features.near()).isCloseTo(2.368, within(1e-3));
    assertThat(features.block()).isCloseTo(2.819, within(1e-3));
    double norm = SCORE.norm(30, 30);
    assertThat(norm).isCloseTo(1.2, within(1e-6));
    double score = weight * SCORE.explain(features, norm).value();
    assertThat(score).isCloseTo(6.381, within(2e-3));
    assertThat(SCORE.explain(features, norm).toText())
        .contains(
            """
                  2.368  occurrences in and near it, less the farther off, the sum of
                    2.000  this moment itself, which has 2.00
                    0.3679  the moment at 0:30, 30 s after, which has 1.00
            """);
    assertThat((double) SCORE.of(episode, new float[] {weight}, 30)[0])
        .isCloseTo(score, within(2e-3));
  }

  @Test
  void onePassIsWhatTheDefinitionSays() {
    Seeds.each(
        100,
        random -> {
          PassageScore score =
              new PassageScore(
                  RankingParameters.DEFAULT.with("nearMs", 10_000 + random.nextInt(50_000)));
          int words = 1 + random.nextInt(3);
          List<PassageScore.Heard> episode = episode(random, words);
          float[] weights = new float[words];
          for (int word = 0; word < words; word++) {
            weights[word] = random.nextFloat() * 5;
          }
          float[] fast = score.of(episode, weights, 20);
          for (int at = 0; at < fast.length; at++) {
            double slow = 0;
            double norm = score.norm(episode.get(at).length(), 20);
            for (int word = 0; word < words; word++) {
              slow +=
                  weights[word] * score.explain(score.features(episode, at, word), norm).value();
            }
            assertThat((double) fast[at]).isCloseTo(slow, within(1e-3 * (1 + slow)));
          }
        });
  }

  private static List<PassageScore.Heard> episode(Random random, int words) {
    List<PassageScore.Heard> episode = new ArrayList<>();
    long startMs = 0;
    for (int i = random.nextInt(60); i >= 0; i--) {
      // Now and then another source begins.
      startMs = random.nextInt(20) == 0 ? 0 : startMs + random.nextInt(60) * 1_000L;
      float[] often = new float[words];
      for (int word = 0; word < words; word++) {
        often[word] = random.nextInt(3);
      }
      episode.add(
          new PassageScore.Heard(random.nextInt(10) > 0, startMs, 1 + random.nextInt(50), often));
    }
    return episode;
  }

  @Test
  void aRareWordWeighsMoreThanACommonOne() {
    assertThat(SCORE.weight(1, 2, 10_000)).isGreaterThan(2 * SCORE.weight(1, 500, 10_000));
    assertThat(SCORE.weight(0.5f, 2, 10_000)).isEqualTo(SCORE.weight(1, 2, 10_000) / 2);
  }
}
