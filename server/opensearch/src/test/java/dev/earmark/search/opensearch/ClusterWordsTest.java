package dev.earmark.search.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.cluster.ClusterCorpus;
import dev.earmark.cluster.OpenSearchCluster;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.StoredMoment;
import dev.earmark.index.opensearch.OpenSearchClient;
import dev.earmark.index.opensearch.OpenSearchIndex;
import dev.earmark.search.MadeTalks;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.spoken.Deadline;
import dev.earmark.search.spoken.WordList;
import dev.earmark.text.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words are found in a cluster as in a list of all of them. */
@Tag("cluster")
class ClusterWordsTest {
  private static final long SEED = 20_261_129;
  private static final int WORDS = 40;
  private static final OpenSearchClient.Patience PATIENCE =
      new OpenSearchClient.Patience(Duration.ofSeconds(30), Duration.ofSeconds(30));

  @TempDir Path folder;

  @Test
  void areThoseOfAListOfAll() throws IOException {
    long seed = Long.getLong("seed", SEED);
    Random random = new Random(seed);
    ClusterCorpus corpus = ClusterCorpus.in(OpenSearchCluster.shared());
    Path made = folder.resolve("made");
    new MadeTalks(seed).write(made, "Made", 2, 3_000);
    corpus.index(made);
    Map<String, Integer> moments = new TreeMap<>();
    int documents = 0;
    try (OpenSearchEngine engine = OpenSearchEngine.open(corpus.settings())) {
      for (EpisodeEntry entry : engine.episodes()) {
        documents++;
        for (StoredMoment moment : engine.moments(entry.episode().id())) {
          documents++;
          String[] said = Words.of(moment.moment().text()).folded();
          new HashSet<>(List.of(said)).forEach(word -> moments.merge(word, 1, Integer::sum));
        }
      }
    }
    WordList.Builder list = new WordList.Builder();
    moments.forEach(list::add);
    WordList model = list.build(documents);
    List<String> all = new ArrayList<>(moments.keySet());
    all.removeIf(word -> !WordList.isPlain(word));
    try (OpenSearchClient client = OpenSearchClient.open(corpus.settings())) {
      Snapshot snapshot =
          Snapshot.open(client, OpenSearchIndex.allForReading(client, PATIENCE), "key", PATIENCE);
      ClusterWords words =
          new OpenSearchIndexStatistics(new Session(snapshot, Deadline.NONE, true), new Dsl())
              .words();
      for (int i = 0; i < WORDS; i++) {
        String word = mistaken(all.get(random.nextInt(all.size())), random);
        String what = "seed " + seed + ": " + word;
        assertThat(words.alike(word, WordList.LEAST_LIKENESS, 20))
            .as(what)
            .isEqualTo(model.alike(word, WordList.LEAST_LIKENESS, 20));
        assertThat(words.spelledLike(word, 5)).as(what).isEqualTo(model.spelledLike(word, 5));
        String beginning = word.substring(0, 2);
        assertThat(words.startingWith(beginning, 8))
            .as(what)
            .isEqualTo(model.startingWith(beginning, 8));
      }
      snapshot.close();
    }
  }

  private static String mistaken(String word, Random random) {
    StringBuilder letters = new StringBuilder(word);
    letters.setCharAt(random.nextInt(word.length()), (char) ('a' + random.nextInt(26)));
    return letters.toString();
  }

  @Test
  void areNotOfferedWhenNobodySaysThemAnyMore() throws IOException {
    Path talks = Files.createDirectories(folder.resolve("talks"));
    Path talk = talks.resolve("talk.vtt");
    Files.writeString(talk, said("the zeppelin rises"));
    ClusterCorpus corpus = ClusterCorpus.in(OpenSearchCluster.shared());
    corpus.index(talks);
    try (OpenSearchEngine engine = OpenSearchEngine.open(corpus.settings())) {
      SearchRequest mistyped = SearchRequest.of("zepelin").withNear(SearchRequest.Near.FALSE);
      assertThat(engine.search(mistyped).didYouMean()).isEqualTo("zeppelin");
      Files.writeString(talk, said("the airship rises"));
      corpus.index(talks);
      engine.refresh();
      assertThat(engine.search(mistyped).didYouMean()).isNull();
      assertThat(engine.search(SearchRequest.of("airshp")).didYouMean()).isEqualTo("airship");
    }
  }

  private static String said(String words) {
    return "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n" + words + "\n";
  }
}
