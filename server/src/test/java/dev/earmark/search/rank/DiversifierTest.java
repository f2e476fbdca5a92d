package dev.earmark.search.rank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.search.Hit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** In which order hits are shown that lie close together. */
class DiversifierTest {
  private static final long MINUTE = 60_000;

  /** A hit: in which episode, and in which minute. */
  private record Hit(String episode, int minute) {}

  private static List<Hit> spread(List<Hit> byScore) throws IOException {
    return spread(byScore, byScore.size());
  }

  private static List<Hit> spread(List<Hit> byScore, int wanted) throws IOException {
    return Diversifier.spread(
        byScore,
        wanted,
        hit -> new Diversifier.Place(hit.episode(), true, hit.minute() * MINUTE),
        (long) RankingParameters.DEFAULT.stretchMs(),
        (int) RankingParameters.DEFAULT.stretchesOfOne());
  }

  private static List<Hit> inOne(int... minutes) {
    return java.util.Arrays.stream(minutes).mapToObj(minute -> new Hit("one", minute)).toList();
  }

  @Test
  void ofSeveralEpisodesEveryStretchShowsItsBestFirst() throws IOException {
    Hit other = new Hit("other", 1);
    List<Hit> byScore = List.of(inOne(1).getFirst(), inOne(2).getFirst(), other);
    assertThat(spread(byScore)).containsExactly(byScore.get(0), other, byScore.get(1));
  }

  @Test
  void ofOneEpisodeTheFirstFewAreSpreadAndTheOthersFollowByScore() throws IOException {
    // The minutes 10, 20, 30, 50 and 60 are five stretches; 40 is a sixth and waits its turn.
    assertThat(spread(inOne(10, 11, 9, 20, 10, 30, 50, 21, 60, 40, 12)))
        .isEqualTo(inOne(10, 20, 30, 50, 60, 11, 9, 10, 21, 40, 12));
  }

  @Test
  void theFirstFewAreThoseOfTheWholeList() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      List<Hit> byScore = new ArrayList<>();
      int episodes = 1 + random.nextInt(3);
      for (int i = random.nextInt(40); i > 0; i--) {
        byScore.add(new Hit("episode " + random.nextInt(episodes), random.nextInt(20)));
      }
      List<Hit> whole = spread(byScore);
      assertThat(whole).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(byScore);
      int wanted = random.nextInt(50);
      List<Hit> some = spread(byScore, wanted);
      int most = Math.min(wanted, byScore.size());
      assertThat(some.subList(0, most))
          .as("round %d, seed %d", round, seed)
          .isEqualTo(whole.subList(0, most));
    }
  }

  @Test
  void ofOneStretchNothingMoves() throws IOException {
    assertThat(spread(inOne(5, 6, 4, 5))).isEqualTo(inOne(5, 6, 4, 5));
    assertThat(spread(List.of())).isEmpty();
  }
}
