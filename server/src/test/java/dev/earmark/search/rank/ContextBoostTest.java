package dev.earmark.search.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.earmark.search.Explanation;
import dev.earmark.search.rank.ContextBoost.Scored;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What hits are worth more for standing among others. */
class ContextBoostTest {
  /** Those of the worked figures below, whatever is ranked with. */
  private static final RankingParameters PARAMETERS =
      RankingParameters.DEFAULT
          .with("contextMs", 30_000)
          .with("contextHits", 0.5)
          .with("contextFloor", 0.5);

  private static Scored at(String episode, long ms, float score, boolean named) {
    return new Scored(new Diversifier.Place(episode, true, ms), score, 1, named);
  }

  @Test
  void whatStandsAloneIsInItsOwnCompany() throws IOException {
    assertThat(worth(List.of(at("one", 5_000, 4, false)))).containsExactly(2);
    assertThat(worth(List.of(at("one", 5_000, 4, true)))).containsExactly(5);
    assertThat(worth(List.of())).isEmpty();
  }

  private static float[] worth(List<Scored> hits) throws IOException {
    return new ContextBoost(PARAMETERS).worth(hits);
  }

  @Test
  void inOneEpisodeOneAmongGoodHitsIsWorthMoreThanOneAmongPoorOnes() throws IOException {
    float[] worth =
        worth(
            List.of(
                at("one", 0, 9, false),
                at("one", 10_000, 5, false),
                at("one", 900_000, 1, false),
                at("one", 910_000, 5, false)));
    assertThat(worth[1]).isGreaterThan(3);
    assertThat(worth[3]).isBetween(2f, 2.5f);
  }

  @Test
  void ofSeveralEpisodesOnlyWhoIsNamedCounts() throws IOException {
    List<Scored> hits =
        List.of(at("one", 0, 9, false), at("one", 10_000, 5, false), at("two", 0, 6, true));
    assertThat(worth(hits)).containsExactly(0, 0, 3);
  }

  @Test
  void whoIsNamedCountsMoreWhereHeHasTheFloor() throws IOException {
    List<Scored> hits = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      hits.add(at("his", i * 10_000, 5, true));
      hits.add(at("hers", i * 10_000, 5, i == 2));
    }
    float[] worth = worth(hits);
    assertThat(worth[4]).isGreaterThan(worth[5] + 1);
  }

  @Test
  void whatIsWorthLittleIsLiftedLittle() throws IOException {
    Scored good = at("one", 0, 10, false);
    Scored advertisement = new Scored(new Diversifier.Place("one", true, 1_000), 1, 0.1f, false);
    assertThat(worth(List.of(good, advertisement))[1]).isLessThan(0.6f);
  }

  @Test
  void whoInterruptsOnceHasNotTheFloor() throws IOException {
    Scored hers = at("one", 10_000, 6, true);
    List<Scored> withOthers =
        List.of(
            at("one", 0, 1, false), hers, at("one", 15_000, 1, false), at("one", 20_000, 2, false));
    assertThat(worth(withOthers)[1]).isLessThan(0.8f * worth(List.of(hers))[0]);
  }

  @Test
  void oneLookOverAllIsWhatEachSeesAround() throws IOException {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      List<Scored> hits = new ArrayList<>();
      int episodes = 1 + random.nextInt(3);
      for (int i = random.nextInt(30); i > 0; i--) {
        hits.add(
            new Scored(
                new Diversifier.Place(
                    random.nextInt(episodes), random.nextBoolean(), random.nextInt(200) * 1_000L),
                random.nextFloat() * 20,
                random.nextFloat(),
                random.nextInt(3) == 0));
      }
      float[] worth = worth(hits);
      for (int i = 0; i < worth.length; i++) {
        assertThat((double) worth[i])
            .as("hit %d of round %d, seed %d", i, round, seed)
            .isCloseTo(expected(hits, hits.get(i)), within(1e-3));
        Explanation why = new ContextBoost(PARAMETERS).company(hits).explain(i);
        assertThat(why.value()).isCloseTo(worth[i], within(1e-3));
        assertSums(why);
      }
    }
  }

  /** What stands below a value adds up to it. */
  private static void assertSums(Explanation why) {
    if (!why.details().isEmpty()) {
      double sum = why.details().stream().mapToDouble(Explanation::value).sum();
      assertThat(sum).as(why.toText()).isCloseTo(why.value(), within(1e-4 * (1 + sum)));
      why.details().forEach(ContextBoostTest::assertSums);
    }
  }

  @Test
  void eachHitAroundIsExplainedByItsTimeAndDistance() throws IOException {
    List<Scored> hits =
        List.of(at("one", 725_000, 9, true), at("one", 755_000, 3, false), at("one", 0, 3, false));
    assertThat(new ContextBoost(PARAMETERS).company(hits).explain(1).toText())
        .isEqualTo(
            """
            3.891  moments around it, and how much a named speaker has the floor, the sum of
              3.487  moments around it by their scores, less the farther off, the sum of
                2.678  the moment at 12:05, 30 s before, which scores 9.00
                0.8089  this moment itself, which scores 3.00
              0.4034  a named speaker has the floor: 27% of the moments around are theirs, near ones counting more
            """);
  }

  private static double expected(List<Scored> hits, Scored hit) {
    double score = 0;
    double square = 0;
    double named = 0;
    double all = 0;
    for (Scored other : hits) {
      if (other.place().episode().equals(hit.place().episode())
          && other.place().placed() == hit.place().placed()) {
        long apart = Math.abs(other.place().startMs() - hit.place().startMs());
        double left = Math.exp(-apart / 30_000.0);
        all += left;
        score += left * other.score();
        square += left * other.score() * other.score();
        named += other.named() ? left : 0;
      }
    }
    double floor = 0.5 * named / all;
    boolean one = hits.stream().map(other -> other.place().episode()).distinct().count() == 1;
    return (one ? 0.5 * hit.prior() : 0) * square / score * (1 + floor) + floor * hit.score();
  }
}
