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
    return order(wanted, List.of(byScore), List.of());
  }

  private static List<Integer> order(int wanted, List<Hit> byScore, List<Hit> company)
      throws IOException {
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
          public List<Hit> company(List<Hit> hits) {
            return company;
          }
        };
    List<Integer> order = new ArrayList<>();
    for (Reranker.Ranked<Hit> one :
        RankingModel.DEFAULT.reranker().rerank(byScore, features, wanted)) {
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
  void theCompanyOfAHitLiftsItAndIsNotListed() throws IOException {
    Hit alone = new Hit(1, 0, 5, "a", 0, 0);
    Hit discussed = new Hit(5, 0, 4.8f, "a", 900_000, 0);
    List<Hit> smallTalk =
        List.of(new Hit(2, 0, 0.5f, "a", 5_000, 0), new Hit(3, 0, 1, "a", 9_000, 0));
    List<Hit> around = new ArrayList<>(smallTalk);
    around.add(new Hit(4, 0, 4.7f, "a", 895_000, 0));
    around.add(new Hit(6, 0, 4.6f, "a", 905_000, 0));
    assertThat(order(2, List.of(alone, discussed), List.of())).containsExactly(1, 5);
    assertThat(order(2, List.of(alone, discussed), around)).containsExactly(5, 1);
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
