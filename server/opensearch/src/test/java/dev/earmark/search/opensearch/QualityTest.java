package dev.earmark.search.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.cluster.ClusterCorpus;
import dev.earmark.cluster.OpenSearchCluster;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.StoredMoment;
import dev.earmark.search.Corpora;
import dev.earmark.search.Hit;
import dev.earmark.search.MadeTalks;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.lucene.LuceneSearchEngine;
import dev.earmark.text.FunctionWords;
import dev.earmark.text.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The cluster's order does not fall far behind the embedded engine's, for who remembers a few words
 * of a moment and of what is said around it. A guard against what is broken, not a measure: how
 * good both are for questions that people wrote is printed by {@code ./earmark bench quality
 * --cluster}.
 */
@Tag("cluster")
class QualityTest {
  private static final long SEED = 20_261_129;
  private static final int QUESTIONS = 150;
  private static final int WORDS = 3;
  private static final long NEAR_MS = 30_000;
  private static final int DEPTH = 100;

  /** What the cluster may score less. */
  private static final double APART = .02;

  @TempDir Path folder;

  /** A moment, and words of it and of those beside it. */
  private record Question(StoredMoment moment, String text) {
    boolean isAnsweredBy(Hit hit) {
      Long start = startMs(hit.moment());
      Long wanted = startMs(moment);
      return hit.moment().episodeId().equals(moment.episodeId())
          && start != null
          && wanted != null
          && Math.abs(start - wanted) <= NEAR_MS;
    }

    private static Long startMs(StoredMoment moment) {
      return moment.moment().anchor().span().map(span -> span.startMs()).orElse(null);
    }
  }

  /** How good a list is: the mean of 1 / rank, and the share of answers among the first ten. */
  private record Quality(double reciprocalRank, double amongTen) {}

  @Test
  void isNotFarBehindThatOfTheEmbeddedEngine() throws IOException {
    Path talks = folder.resolve("talks");
    new MadeTalks(SEED).write(talks, "Made", 20, 3_000);
    Corpora.index(folder.resolve("index"), talks);
    ClusterCorpus inCluster = ClusterCorpus.in(OpenSearchCluster.shared());
    inCluster.index(talks);
    try (LuceneSearchEngine embedded = LuceneSearchEngine.open(folder.resolve("index"));
        OpenSearchEngine cluster =
            OpenSearchEngine.open(inCluster.settings(), Duration.ofSeconds(60))) {
      List<Question> questions = questions(embedded);
      Quality model = quality(embedded, questions);
      Quality quality = quality(cluster, questions);
      assertThat(quality.reciprocalRank())
          .as("mean reciprocal rank beside %s", model)
          .isGreaterThan(model.reciprocalRank() - APART);
      assertThat(quality.amongTen())
          .as("share among the first ten beside %s", model)
          .isGreaterThan(model.amongTen() - APART);
    }
  }

  private static List<Question> questions(SearchEngine engine) throws IOException {
    Random random = new Random(SEED);
    List<List<StoredMoment>> episodes = new ArrayList<>();
    for (EpisodeEntry entry : engine.episodes()) {
      episodes.add(engine.moments(entry.episode().id()));
    }
    List<Question> questions = new ArrayList<>();
    while (questions.size() < QUESTIONS) {
      List<StoredMoment> moments = episodes.get(random.nextInt(episodes.size()));
      int at = 1 + random.nextInt(moments.size() - 2);
      List<String> words = words(moments.get(at), WORDS, random);
      words.addAll(words(moments.get(at + (random.nextBoolean() ? 1 : -1)), 1, random));
      if (words.size() == WORDS + 1) {
        questions.add(new Question(moments.get(at), String.join(" ", words)));
      }
    }
    return questions;
  }

  private static List<String> words(StoredMoment moment, int count, Random random) {
    List<String> said = new ArrayList<>(List.of(Words.of(moment.moment().text()).folded()));
    said.removeIf(word -> word.length() < 3 || FunctionWords.of("en").contains(word));
    java.util.Collections.shuffle(said, random);
    return new ArrayList<>(said.stream().distinct().limit(count).toList());
  }

  private static Quality quality(SearchEngine engine, List<Question> questions) throws IOException {
    double reciprocal = 0;
    double amongTen = 0;
    for (Question question : questions) {
      List<Hit> hits = engine.search(SearchRequest.of(question.text()).withLimit(DEPTH)).hits();
      for (int i = 0; i < hits.size(); i++) {
        if (question.isAnsweredBy(hits.get(i))) {
          reciprocal += 1.0 / (i + 1);
          amongTen += i < 10 ? 1 : 0;
          break;
        }
      }
    }
    return new Quality(reciprocal / questions.size(), amongTen / questions.size());
  }
}
