package dev.earmark.search.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earmark.cluster.ClusterCorpus;
import dev.earmark.cluster.OpenSearchCluster;
import dev.earmark.cluster.Talks;
import dev.earmark.index.IndexException;
import dev.earmark.search.SearchRequest;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that has not the memory to count facets says so, and what would help. */
@Tag("cluster")
class LittleMemoryTest {
  @TempDir Path folder;
  private final OpenSearchCluster cluster = OpenSearchCluster.shared();

  @Test
  void isTold() throws IOException {
    Talks.write(folder, 2, 10);
    ClusterCorpus corpus = ClusterCorpus.in(cluster);
    corpus.index(folder);
    try (OpenSearchEngine engine = OpenSearchEngine.open(corpus.settings())) {
      limit("1");
      try {
        assertThatThrownBy(() -> engine.search(SearchRequest.of("compute")))
            .isInstanceOf(IndexException.class)
            .hasMessageContaining("has too little memory for this search")
            .hasMessageContaining("give its nodes more heap");
      } finally {
        limit("null");
      }
      assertThat(engine.search(SearchRequest.of("compute")).total()).isPositive();
    }
  }

  /** How many values of facets the nodes have room for. */
  private void limit(String values) throws IOException {
    String settings = "{\"transient\":{\"search.max_buckets\":" + values + "}}";
    assertThat(cluster.ask("PUT", "/_cluster/settings", settings).has("error")).isFalse();
  }
}
