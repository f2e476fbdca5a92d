package dev.earmark.search.rank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.search.Hit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order in which hits are shown. */
class RerankerTest {
  private record Hit(int document, int tier, float score, String episode, long ms, float pairs) {}

  private static List<Integer> order(int wanted, Hit... byScore) throws IOException {
    Reranker.Features<Hit> features =
        new Reranker.Features<>() {
          @Override
          public Comparator<Hit> inOrder() {
            return Comparator.comparingInt(Hit::document);
          }

          @Override
          public int tier(Hit hit) {
            return hit.tier();
          }

          @Override
          public float score(Hit hit) {
            return hit.score();
          }

          @Override
          public Diversifier.Place place(Hit hit) {
            return new Diversifier.Place(hit.episode(), true, hit.ms());
          }

          @Override
          public double prior(Hit hit) {
            return 1;
          }

          @Override
          public boolean hasMore() {
            return true;
          }

          @Override
          public float proximity(Hit hit) {
            return hit.pairs();
          }

          @Override
          public boolean named(Hit hit) {
            return false;
          }

          @Override
          public boolean isQuestion() {
            return false;
          }

          @Override
          public boolean comparable() {
            return false;
          }
        };
    List<Integer> order = new ArrayList<>();
    for (Reranker.Ranked<Hit> one :
        RankingModel.DEFAULT.reranker().rerank(List.of(byScore), features, wanted)) {
      order.add(one.hit().document());
    }
    return order;
  }

  @Test
  void wordsTogetherLiftAHit() throws IOException {
    assertThat(order(2, new Hit(1, 0, 5, "a", 0, 0), new Hit(2, 0, 4, "b", 0, 2)))
        .containsExactly(2, 1);
  }

  @Test
  void noSumOfScoresPassesATier() throws IOException {
    assertThat(order(2, new Hit(1, 1, 1, "a", 0, 0), new Hit(2, 0, 1_000, "b", 0, 1_000)))
        .containsExactly(1, 2);
  }

  @Test
  void aStretchGivesWayOnlyWithinItsTier() throws IOException {
    assertThat(
            order(
                4,
                new Hit(1, 1, 5, "a", 0, 0),
                new Hit(2, 1, 4, "a", 1_000, 0),
                new Hit(3, 0, 9, "b", 0, 0),
                new Hit(4, 0, 8, "b", 1_000, 0),
                new Hit(5, 0, 1, "c", 0, 0)))
        .containsExactly(1, 2, 3, 5, 4);
  }

  @Test
  void equalScoresKeepTheOrderOfTheIndex() throws IOException {
    assertThat(order(3, new Hit(3, 0, 5, "c", 0, 0), new Hit(1, 0, 5, "a", 0, 0)))
        .containsExactly(1, 3);
  }
}
