package dev.earmark.search.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.cluster.ClusterCorpus;
import dev.earmark.cluster.OpenSearchCluster;
import dev.earmark.search.RandomSpeech;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.SearchRequest.Sort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lists of more hits than are ranked hold together: nothing is listed twice or left out, whatever
 * the pages. Run a failure again with {@code -Dseed=…}.
 */
@Tag("cluster")
class LongListTest {
  private static final int RANKED = 12;
  private static final long SEED = Long.getLong("seed", System.nanoTime());
  private static final List<String> QUERIES =
      List.of("the model", "run", "\"the\" OR \"of\"", "", "+data -run", "ba*", "\"the of\"");

  @TempDir static Path folder;
  private static OpenSearchEngine some;
  private static OpenSearchEngine all;

  @BeforeAll
  static void index() throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    RandomSpeech speech = new RandomSpeech(new Random(SEED));
    for (int i = 0; i < 25; i++) {
      Files.writeString(corpus.resolve("episode" + i + ".vtt"), speech.transcript());
      Files.writeString(
          corpus.resolve("episode" + i + ".yaml"), "date: 2025-01-" + (10 + i / 3) + "\n");
    }
    ClusterCorpus inCluster = ClusterCorpus.in(OpenSearchCluster.shared());
    inCluster.index(corpus);
    some = OpenSearchEngine.open(inCluster.settings(), Duration.ofSeconds(60), RANKED);
    all = OpenSearchEngine.open(inCluster.settings(), Duration.ofSeconds(60));
  }

  @AfterAll
  static void close() {
    some.close();
    all.close();
  }

  private static List<String> page(OpenSearchEngine engine, SearchRequest request)
      throws IOException {
    List<String> listed = new ArrayList<>();
    SearchPage page = engine.search(request);
    while (true) {
      page.hits().forEach(hit -> listed.add(hit.moment().id()));
      page.groups().forEach(group -> listed.add(group.episode().id() + " " + group.total()));
      if (page.next() == null) {
        return listed;
      }
      page = engine.search(request.withCursor(page.next()));
    }
  }

  @Test
  void pagesListEveryHitOnce() throws IOException {
    for (String query : QUERIES) {
      List<Sort> sorts =
          query.equals(QUERIES.getFirst()) ? List.of(Sort.values()) : List.of(Sort.RELEVANCE);
      for (Sort sort : sorts) {
        SearchRequest request = SearchRequest.of(query).withSort(sort);
        String what = "seed " + SEED + ": " + query + " " + sort;
        List<String> whole = page(some, request.withLimit(SearchRequest.MOST_AT_ONCE));
        assertThat(whole).as(what).doesNotHaveDuplicates();
        assertThat(whole).as(what).hasSize((int) some.search(request).total());
        assertThat(whole)
            .as(what)
            .containsExactlyInAnyOrderElementsOf(page(all, request.withLimit(100)));
        assertThat(page(some, request.withLimit(17))).as(what).isEqualTo(whole);
        assertThat(page(some, request.withLimit(100))).as(what).isEqualTo(whole);
      }
      SearchRequest grouped = SearchRequest.of(query).groupedByEpisode();
      assertThat(page(some, grouped.withLimit(4)))
          .as("seed " + SEED + ": " + query)
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(page(all, grouped.withLimit(100)));
    }
  }
}
