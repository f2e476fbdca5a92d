package dev.earmark.search.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.earmark.search.Explanation;
import dev.earmark.search.rank.SecondLook.Candidate;
import dev.earmark.search.rank.SecondLook.Scored;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
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

        @Override
        public boolean hasAll() {
          return true;
        }

        @Override
        public int parts() {
          return 0;
        }

        @Override
        public double coverage(List<Integer> hits) {
          return 1;
        }
      };

  @Test
  void theExampleOfThePageScoresAsItSays() throws IOException {
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
  void tiersGoBeforeScores() throws IOException {
    List<Scored<Integer>> scored =
        LOOK.order(
            List.of(new Candidate<>(1, 0, false, 0, 0.9f), new Candidate<>(2, 1, true, 3, 0.1f)),
            APART);
    assertThat(scored).extracting(Scored::hit).containsExactly(2, 1);
  }

  @Test
  void theExplanationAddsUp() throws IOException {
    Scored<Integer> scored =
        LOOK.order(List.of(new Candidate<>(1, 0, true, 20, 0.1f)), APART).getFirst();
    Explanation explanation = SecondLook.explain(scored, Explanation.of(20, "words"));
    assertThat(explanation.value()).isEqualTo(scored.score());
    assertThat(explanation.details().stream().mapToDouble(Explanation::value).sum())
        .isCloseTo(explanation.value(), within(1e-4));
    assertThat(explanation.toText()).contains("cosine of its meaning 0.100");
  }

  /** Moments of one episode; a hit is its time in seconds, and below 0 it has no place. */
  private record OneEpisode(boolean isQuestion, int parts, double share)
      implements SecondLook.Surroundings<Integer> {
    @Override
    public Comparator<Integer> inOrder() {
      return Comparator.naturalOrder();
    }

    @Override
    public Diversifier.Place place(Integer hit) {
      return new Diversifier.Place("one", hit >= 0, Math.abs(hit) * 1_000L);
    }

    @Override
    public boolean hasAll() {
      return parts <= 3;
    }

    @Override
    public double coverage(List<Integer> hits) {
      return share;
    }
  }

  @Test
  void theExampleInsideOneEpisodeScoresAsThePageSays() throws IOException {
    SecondLook look =
        new SecondLook(
            RankingParameters.DEFAULT
                .with("headOfOne", 1)
                .with("wordsPower", 4)
                .with("wordsAroundMs", 60_000)
                .with("meaningAround", 0.6));
    List<Scored<Integer>> scored =
        look.order(
            List.of(
                new Candidate<>(0, 0, true, 20, Float.NaN),
                new Candidate<>(60, 0, true, 10, Float.NaN)),
            new OneEpisode(false, 0, 1));
    assertThat(scored).extracting(Scored::hit).containsExactly(0, 60);
    assertThat(scored.getFirst().score()).isEqualTo(20 * (1 + 0.6f + 1), within(1e-3f));
    assertThat(scored.getLast().score() / 20).isEqualTo(0.421f, within(1e-3f));
  }

  @Test
  void wordsOfAPoorCoverageCountAsThePageSays() throws IOException {
    SecondLook look =
        new SecondLook(
            RankingParameters.DEFAULT
                .with("headOfOne", 1)
                .with("coverageEnough", 0.5)
                .with("coveragePower", 2)
                .with("meaningAround", 0.6));
    List<Scored<Integer>> scored =
        look.order(List.of(new Candidate<>(0, 1, true, 20, 0.2f)), new OneEpisode(false, 3, 0.2));
    assertThat(scored.getFirst().score()).isEqualTo(20 * (1 + 0.6f + 0.16f), within(1e-3f));
    assertThat(scored.getFirst().group()).isEqualTo(1);
  }

  @Test
  void whereWordsMatchByChanceMeaningGoesFirst() throws IOException {
    List<Candidate<Integer>> candidates = new ArrayList<>();
    candidates.add(new Candidate<>(0, 1, true, 20, 0.1f));
    candidates.add(new Candidate<>(4_000, 0, false, 0, 0.9f));
    for (int at = 1_000; at < 2_000; at += 50) {
      candidates.add(new Candidate<>(at, 0, false, 0, 0.1f));
    }
    SecondLook look = new SecondLook(RankingParameters.DEFAULT);
    assertThat(look.order(candidates, new OneEpisode(true, 4, 0.1)).getFirst().hit())
        .isEqualTo(4_000);
    assertThat(look.order(candidates, new OneEpisode(true, 4, 0.5)).getFirst().hit()).isZero();
  }

  @Test
  void whatAsksForMuchIsReadLikeAQuestion() throws IOException {
    SecondLook look =
        new SecondLook(
            RankingParameters.DEFAULT
                .with("headOfOne", 3)
                .with("headOfQuestion", 1)
                .with("partsOfQuestion", 5));
    List<Candidate<Integer>> candidates =
        List.of(
            new Candidate<>(0, 0, true, 20, 0.1f),
            new Candidate<>(9_000, 0, true, 10, 0.1f),
            new Candidate<>(18_000, 0, true, 5, 0.1f));
    assertThat(look.order(candidates, new OneEpisode(false, 4, 1)))
        .extracting(Scored::group)
        .containsExactly(1, 1, 1);
    assertThat(look.order(candidates, new OneEpisode(false, 5, 1)))
        .extracting(Scored::group)
        .containsExactly(1, 0, 0);
    List<Candidate<Integer>> byWords =
        candidates.stream()
            .map(each -> new Candidate<>(each.hit(), 0, true, each.words(), Float.NaN))
            .toList();
    assertThat(look.order(byWords, new OneEpisode(false, 5, 1)))
        .extracting(Scored::group)
        .containsExactly(1, 1, 1);
  }

  /** Which of some hits by words are among the first of a question. */
  private static List<Integer> head(RankingParameters parameters, int[]... hits)
      throws IOException {
    List<Candidate<Integer>> candidates = new ArrayList<>();
    for (int[] hit : hits) {
      candidates.add(new Candidate<>(hit[0], 0, true, hit[1], Float.NaN));
    }
    return new SecondLook(parameters)
        .order(candidates, new OneEpisode(true, 4, 1)).stream()
            .filter(each -> each.group() == 1)
            .map(Scored::hit)
            .toList();
  }

  @Test
  void theFirstOfAQuestionAreNearlyAsGoodAsTheBest() throws IOException {
    RankingParameters parameters =
        RankingParameters.DEFAULT
            .with("headOfQuestion", 3)
            .with("headLeast", 0.75)
            .with("headAround", 0)
            .with("stretchMs", 75_000);
    // That at 70 s is of the stretch of the best, and that at 18,000 s has half of its score.
    int[][] hits = {{0, 20}, {70, 19}, {9_000, 16}, {18_000, 10}};
    assertThat(head(parameters, hits)).containsExactly(0, 9_000);
    assertThat(head(parameters.with("headLeast", 0.4), hits)).containsExactly(0, 9_000, 18_000);
    assertThat(head(parameters.with("headOfQuestion", 1), hits)).containsExactly(0);
    assertThat(head(parameters.with("stretchMs", 60_000), hits)).containsExactly(0, 70, 9_000);
  }

  @Test
  void theFirstOfAQuestionStandWhereItIsSpokenOf() throws IOException {
    RankingParameters parameters =
        RankingParameters.DEFAULT
            .with("headLeast", 0.5)
            .with("headAround", 0.6)
            .with("wordsPower", 1)
            .with("wordsAroundMs", 60_000);
    int[][] hits = {{0, 18}, {30, 17}, {60, 18}, {9_000, 20}, {18_000, 19}};
    // The best comes first wherever it stands, and of the others only what has some around it.
    assertThat(head(parameters, hits)).containsExactly(9_000, 0);
    assertThat(head(parameters.with("headAround", 0.2), hits)).containsExactly(9_000, 18_000, 0);
  }

  @Test
  void insideOneEpisodeWhatAnswersGoesFirst() throws IOException {
    List<Candidate<Integer>> candidates =
        List.of(
            new Candidate<>(0, 0, false, 0, 0.9f, 0.1f),
            new Candidate<>(9_001, 0, false, 0, 0.3f, 0.6f));
    assertThat(LOOK.order(candidates, new OneEpisode(true, 2, 1)))
        .extracting(Scored::hit)
        .containsExactly(9_001, 0);
    assertThat(LOOK.order(candidates, APART)).extracting(Scored::hit).containsExactly(0, 9_001);
  }

  @Test
  void behindTheHeadWhatIsSaidAroundGoesBeforeTiers() throws IOException {
    SecondLook look = new SecondLook(RankingParameters.DEFAULT.with("headOfOne", 1));
    List<Scored<Integer>> scored =
        look.order(
            List.of(
                new Candidate<>(0, 1, true, 20, 0.2f),
                new Candidate<>(10, 0, false, 0, 0.4f),
                new Candidate<>(9_000, 1, true, 2, 0.1f)),
            new OneEpisode(false, 0, 1));
    assertThat(scored).extracting(Scored::hit).containsExactly(0, 10, 9_000);
  }

  @Test
  void amongWordsAloneWhatHasAllGoesFirst() throws IOException {
    SecondLook look =
        new SecondLook(RankingParameters.DEFAULT.with("headOfOne", 1).with("headOfQuestion", 1));
    List<Candidate<Integer>> candidates =
        List.of(
            new Candidate<>(0, 1, true, 20, Float.NaN),
            new Candidate<>(10, 0, true, 19, Float.NaN),
            new Candidate<>(9_000, 1, true, 2, Float.NaN));
    assertThat(look.order(candidates, new OneEpisode(false, 3, 1)))
        .extracting(Scored::hit)
        .containsExactly(0, 9_000, 10);
    // Of four things what is in a higher tier has only much.
    assertThat(look.order(candidates, new OneEpisode(false, 4, 1)))
        .extracting(Scored::hit)
        .containsExactly(0, 10, 9_000);
  }

  @Test
  void anExplanationSaysWhetherAHitIsAmongTheFirst() throws IOException {
    SecondLook look = new SecondLook(RankingParameters.DEFAULT.with("headOfOne", 1));
    List<Scored<Integer>> scored =
        look.order(
            List.of(
                new Candidate<>(0, 0, true, 20, Float.NaN),
                new Candidate<>(60, 0, true, 10, Float.NaN)),
            new OneEpisode(false, 0, 1));
    for (Scored<Integer> each : scored) {
      Explanation explanation =
          SecondLook.explain(each, Explanation.of(each.candidate().words(), "words"));
      assertThat(explanation.value()).isEqualTo(each.score());
      assertThat(explanation.details().stream().mapToDouble(Explanation::value).sum())
          .isCloseTo(explanation.value(), within(1e-4));
      assertThat(explanation.toText())
          .contains(each == scored.getFirst() ? "by what it says itself" : "said around it")
          .doesNotContain("meaning");
    }
  }

  /** The definition, by looking at all others. */
  private static double[] parts(double[] evidence, List<Integer> hits, double timeMs) {
    double[] sums = new double[evidence.length];
    for (int i = 0; i < sums.length; i++) {
      for (int j = 0; j < sums.length; j++) {
        if (hits.get(i) >= 0 == hits.get(j) >= 0) {
          long apartMs = 1_000L * Math.abs(Math.abs(hits.get(i)) - Math.abs(hits.get(j)));
          sums[i] += evidence[j] * Math.exp(-apartMs / timeMs);
        }
      }
    }
    double most = Arrays.stream(sums).max().orElse(0);
    return Arrays.stream(sums).map(sum -> most == 0 ? 0 : sum / most).toArray();
  }

  @Test
  void insideOneEpisodeItIsTheDefinition() throws IOException {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      RankingParameters parameters =
          RankingParameters.DEFAULT.with("headOfOne", 3).with("headOfQuestion", 1);
      OneEpisode episode = new OneEpisode(random.nextBoolean(), 0, random.nextDouble());
      int head = episode.isQuestion() ? 1 : 3;
      List<Integer> hits =
          random.ints(-200, 2_000).distinct().limit(2 + random.nextInt(40)).boxed().toList();
      int listed = 1 + random.nextInt(hits.size());
      List<Candidate<Integer>> all = new ArrayList<>();
      for (int i = 0; i < hits.size(); i++) {
        boolean matched = i < listed && random.nextBoolean();
        float words = matched ? 1 + 20 * random.nextFloat() : 0;
        float cosine = random.nextInt(10) == 0 ? Float.NaN : random.nextFloat() - 0.2f;
        all.add(new Candidate<>(hits.get(i), 0, matched, words, cosine));
      }
      double best = all.stream().mapToDouble(Candidate::words).max().orElse(0);
      best = best == 0 ? 1 : best;
      double[] cosines =
          all.stream().mapToDouble(Candidate::cosine).filter(c -> !Double.isNaN(c)).toArray();
      double mean = Arrays.stream(cosines).average().orElse(0);
      double deviation =
          Math.sqrt(Arrays.stream(cosines).map(c -> (c - mean) * (c - mean)).average().orElse(0));
      double[] z = new double[all.size()];
      double[] words = new double[all.size()];
      double[] meaning = new double[all.size()];
      for (int i = 0; i < z.length; i++) {
        float cosine = all.get(i).cosine();
        z[i] = Float.isNaN(cosine) || deviation < 1e-9 ? 0 : (cosine - mean) / deviation;
        words[i] = Math.pow(all.get(i).words() / best, parameters.wordsPower());
        meaning[i] = Math.max(0, z[i] - parameters.standsOut());
      }
      double covered = Math.min(1, episode.share() / parameters.coverageEnough());
      boolean hasWords = all.subList(0, listed).stream().anyMatch(Candidate::matched);
      boolean onlyWords = cosines.length == 0 && listed == all.size();
      double trust = hasWords && !onlyWords ? Math.pow(covered, parameters.coveragePower()) : 1;
      double[] byWords = parts(words, hits, parameters.wordsAroundMs());
      double[] byMeaning = parts(meaning, hits, parameters.meaningAroundMs());
      List<Scored<Integer>> scored =
          new SecondLook(parameters)
              .order(all.subList(0, listed), all.subList(listed, all.size()), episode);
      assertThat(scored).as("seed %d", seed).hasSize(listed);
      for (int rank = 0; rank < listed; rank++) {
        int i = hits.indexOf(scored.get(rank).hit());
        double own = trust * all.get(i).words() / best + parameters.meaningLift() * z[i];
        double expected =
            rank < head
                ? 1 + parameters.meaningAround() + Math.max(0, own)
                : trust * byWords[i] + parameters.meaningAround() * byMeaning[i];
        assertThat((double) scored.get(rank).score())
            .as("seed %d, round %d, rank %d", seed, round, rank)
            .isCloseTo(best * expected, within(1e-3 * best));
      }
    }
  }
}
