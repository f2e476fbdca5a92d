package dev.earmark.search.spoken;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Against the definition, on random moments. Run a failure again with {@code -Dseed=…}. */
class TogetherRunsTest {
  private static final int REACH = 80;

  private record Hit(long has, long begin, long end) {}

  @RepeatedTest(20)
  void findsWhatTheDefinitionSays(RepetitionInfo repetition) {
    long seed = Long.getLong("seed", System.nanoTime() ^ (repetition.getCurrentRepetition() * 31L));
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      int[] weights = new int[1 + random.nextInt(5)];
      int all = 0;
      for (int i = 0; i < weights.length; i++) {
        weights[i] = 1 + random.nextInt(4);
        all += weights[i];
      }
      int least = 1 + random.nextInt(all);
      List<Hit> hits = new ArrayList<>();
      long at = 0;
      for (int i = random.nextInt(30); i > 0; i--) {
        long begin = at + random.nextInt(REACH);
        at = begin + 1 + random.nextInt(REACH);
        hits.add(new Hit(1 + random.nextInt((1 << weights.length) - 1), begin, at));
      }
      assertThat(found(hits, weights, least, false))
          .as("runs, seed " + seed)
          .isEqualTo(runs(hits, weights, least));
      assertThat(found(hits, weights, least, true))
          .as("around, seed " + seed)
          .isEqualTo(around(hits, weights, least));
    }
  }

  @Test
  void aPlaceIsFoundOnceWhereItBegins() {
    // One, both, the other: both are said in the second, and nothing else is needed.
    List<Hit> hits = List.of(new Hit(1, 0, 5), new Hit(3, 5, 10), new Hit(2, 10, 15));
    assertThat(found(hits, new int[] {1, 1}, 2, false)).containsExactly(1);
    // Too far apart.
    List<Hit> far = List.of(new Hit(1, 0, 5), new Hit(2, 6 + REACH, 90 + REACH));
    assertThat(found(far, new int[] {1, 1}, 2, false)).isEmpty();
    List<Hit> near = List.of(new Hit(1, 0, 5), new Hit(2, 5 + REACH, 90 + REACH));
    assertThat(found(near, new int[] {1, 1}, 2, false)).containsExactly(0);
  }

  private static List<Integer> found(List<Hit> hits, int[] weights, int least, boolean around) {
    TogetherRuns runs = new TogetherRuns(weights, least, REACH, around);
    runs.clear();
    hits.forEach(hit -> runs.add(hit.has(), hit.begin(), hit.end()));
    List<Integer> found = new ArrayList<>();
    int count = runs.find();
    for (int i = 0; i < count; i++) {
      found.add(runs.match(i));
    }
    return found;
  }

  private static List<Integer> runs(List<Hit> hits, int[] weights, int least) {
    List<Integer> found = new ArrayList<>();
    int free = 0;
    for (int from = 0; from < hits.size(); from++) {
      int to = from;
      while (to < hits.size() && weight(hits, from, to, weights) < least) {
        to++;
      }
      if (to < hits.size()
          && (from == to || weight(hits, from + 1, to, weights) < least)
          && hits.get(to).begin() - hits.get(from).end() <= REACH
          && from >= free) {
        found.add(from);
        free = to + 1;
      }
    }
    return found;
  }

  private static List<Integer> around(List<Hit> hits, int[] weights, int least) {
    List<Integer> found = new ArrayList<>();
    for (int hit = 0; hit < hits.size(); hit++) {
      boolean any = false;
      for (int from = 0; from <= hit; from++) {
        for (int to = hit; to < hits.size(); to++) {
          any |=
              hits.get(to).begin() - hits.get(from).end() <= REACH
                  && weight(hits, from, to, weights) >= least;
        }
      }
      if (any) {
        found.add(hit);
      }
    }
    return found;
  }

  private static int weight(List<Hit> hits, int from, int to, int[] weights) {
    long has = 0;
    for (int i = from; i <= to; i++) {
      has |= hits.get(i).has();
    }
    int weight = 0;
    for (int part = 0; part < weights.length; part++) {
      weight += (has >> part & 1) == 1 ? weights[part] : 0;
    }
    return weight;
  }
}
