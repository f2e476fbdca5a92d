package dev.earmark.search.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earmark.cluster.ClusterCorpus;
import dev.earmark.cluster.OpenSearchCluster;
import dev.earmark.cluster.Talks;
import dev.earmark.index.IndexException;
import dev.earmark.index.Indexer;
import dev.earmark.index.opensearch.OpenSearchIndexSink;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that has not the memory for facets or for states says so, and what would help. */
@Tag("cluster")
class LittleMemoryTest {
  @TempDir Path folder;
  private final OpenSearchCluster cluster = OpenSearchCluster.shared();

  @Test
  void isToldOfFacets() throws IOException {
    Talks.write(folder, 2, 10);
    ClusterCorpus corpus = ClusterCorpus.in(cluster);
    corpus.index(folder);
    try (OpenSearchEngine engine = OpenSearchEngine.open(corpus.settings())) {
      limit("search.max_buckets", "1");
      try {
        assertThatThrownBy(() -> engine.search(SearchRequest.of("compute")))
            .isInstanceOf(IndexException.class)
            .hasMessageContaining("has too little memory for this search")
            .hasMessageContaining("give its nodes more heap");
      } finally {
        limit("search.max_buckets", "null");
      }
      assertThat(engine.search(SearchRequest.of("compute")).total()).isPositive();
    }
  }

  @Test
  void isToldOfStates() throws IOException {
    Talks.write(folder, 20, 10);
    ClusterCorpus corpus = ClusterCorpus.in(cluster);
    try (OpenSearchIndexSink sink = OpenSearchIndexSink.open(corpus.settings().withShards(20))) {
      var unused = new Indexer(sink, (id, done, of, words) -> {}).run(List.of(folder));
    }
    SearchRequest everything = SearchRequest.of("");
    // Other tests leave states behind; one node at least has room for a single one more.
    limit("search.max_open_pit_context", String.valueOf(statesOfFullestNode() + 1));
    try (OpenSearchEngine engine = OpenSearchEngine.open(corpus.settings())) {
      SearchPage partial = engine.search(everything);
      assertThat(partial.total()).isLessThan(200);
      assertThat(partial.notUnderstood())
          .singleElement()
          .satisfies(one ->
              assertThat(one.message())
                  .contains(" of 20 shards of the index could not be opened (")
                  .contains("search.max_open_pit_context")
                  .contains("there may be more than was found"));
      limit("search.max_open_pit_context", "null");
      engine.refresh();
      SearchPage whole = engine.search(everything);
      assertThat(whole.notUnderstood()).isEmpty();
      assertThat(whole.total()).isEqualTo(200);
    } finally {
      limit("search.max_open_pit_context", "null");
    }
  }

  private int statesOfFullestNode() throws IOException {
    int most = 0;
    for (JsonNode node : cluster.ask("GET", "/_nodes/stats/indices/search", "").path("nodes")) {
      most = Math.max(most, node.at("/indices/search/point_in_time_current").asInt());
    }
    return most;
  }

  private void limit(String setting, String value) throws IOException {
    String settings = "{\"transient\":{\"" + setting + "\":" + value + "}}";
    assertThat(cluster.ask("PUT", "/_cluster/settings", settings).has("error")).isFalse();
  }
}
