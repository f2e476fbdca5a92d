package dev.earmark.search.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.earmark.search.Explanation;
import dev.earmark.search.rank.SecondLook.Candidate;
import dev.earmark.search.rank.SecondLook.Scored;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order of what words match and what is near in meaning. */
class SecondLookTest {
  private static final SecondLook LOOK =
      new SecondLook(RankingParameters.DEFAULT.with("meaningWeight", 2));

  private static final SecondLook.Surroundings<Integer> APART =
      new SecondLook.Surroundings<>() {
        @Override
        public Comparator<Integer> inOrder() {
          return Comparator.naturalOrder();
        }

        @Override
        public Diversifier.Place place(Integer hit) {
          return new Diversifier.Place(hit % 2, true, hit * 1_000_000L);
        }

        @Override
        public boolean isQuestion() {
          return false;
        }
      };

  @Test
  void theExampleOfThePageScoresAsItSays() {
    List<Scored<Integer>> scored =
        LOOK.order(
            List.of(
                new Candidate<>(1, 0, true, 20, 0.1f),
                new Candidate<>(2, 0, true, 10, 0.5f),
                new Candidate<>(3, 0, false, 0, 0.6f),
                new Candidate<>(4, 0, true, 5, Float.NaN),
                new Candidate<>(5, 0, true, 4, -0.3f)),
            APART);
    assertThat(scored).extracting(Scored::hit).containsExactly(2, 1, 3, 4, 5);
    assertThat(scored.getFirst().score()).isEqualTo(30, within(1e-4f));
    assertThat(scored.get(3).score()).isEqualTo(5);
    assertThat(scored.get(4).lift()).isZero();
  }

  @Test
  void tiersGoBeforeScores() {
    List<Scored<Integer>> scored =
        LOOK.order(
            List.of(new Candidate<>(1, 0, false, 0, 0.9f), new Candidate<>(2, 1, true, 3, 0.1f)),
            APART);
    assertThat(scored).extracting(Scored::hit).containsExactly(2, 1);
  }

  @Test
  void theExplanationAddsUp() {
    Scored<Integer> scored =
        LOOK.order(List.of(new Candidate<>(1, 0, true, 20, 0.1f)), APART).getFirst();
    Explanation explanation = SecondLook.explain(scored, Explanation.of(20, "words"));
    assertThat(explanation.value()).isEqualTo(scored.score());
    assertThat(explanation.details().stream().mapToDouble(Explanation::value).sum())
        .isCloseTo(explanation.value(), within(1e-4));
    assertThat(explanation.toText()).contains("near in meaning: cosine 0.100");
  }
}
