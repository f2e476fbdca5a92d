package dev.earmark.search.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.cluster.ClusterCorpus;
import dev.earmark.cluster.OpenSearchCluster;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.StoredMoment;
import dev.earmark.search.MadeTalks;
import dev.earmark.search.SearchRequest;
import dev.earmark.text.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster is asked once for a phrase that is asked for the first time. Some need more, such as
 * one that goes on in the next moment, and others look for changes meanwhile; so the fewest of
 * several are counted.
 */
@Tag("cluster")
class FewRequestsTest {
  private static final long SEED = 20_261_130;
  private static final int SEARCHES = 20;

  @TempDir Path folder;

  private static long fewest(OpenSearchEngine engine, List<String> queries) throws IOException {
    long fewest = Long.MAX_VALUE;
    for (String query : queries) {
      long before = engine.requests();
      assertThat(engine.search(SearchRequest.of(query)).total()).as(query).isPositive();
      fewest = Math.min(fewest, engine.requests() - before);
    }
    return fewest;
  }

  @Test
  void oneForAPhrase() throws IOException {
    Random random = new Random(SEED);
    Path made = folder.resolve("made");
    new MadeTalks(SEED).write(made, "Made", 4, 3_000);
    ClusterCorpus corpus = ClusterCorpus.in(OpenSearchCluster.shared());
    corpus.index(made);
    try (OpenSearchEngine engine = OpenSearchEngine.open(corpus.settings())) {
      List<String> phrases = new ArrayList<>();
      List<StoredMoment> moments = new ArrayList<>();
      for (EpisodeEntry entry : engine.episodes()) {
        moments.addAll(engine.moments(entry.episode().id()));
      }
      while (phrases.size() < SEARCHES) {
        StoredMoment moment = moments.get(random.nextInt(moments.size()));
        List<String> said = List.of(Words.of(moment.moment().text()).folded());
        int at = random.nextInt(Math.max(1, said.size() - 2));
        if (said.size() > at + 2) {
          phrases.add("\"%s\"".formatted(String.join(" ", said.subList(at, at + 3))));
        }
      }
      // What a state has, and its episodes, is read with the first.
      var unused = fewest(engine, List.of("the"));
      assertThat(fewest(engine, phrases)).isEqualTo(1);
    }
  }
}
