package dev.earmark.search.opensearch;

import dev.earmark.cluster.ClusterCorpus;
import dev.earmark.cluster.OpenSearchCluster;
import dev.earmark.search.ContractCorpus;
import dev.earmark.search.Corpora;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.SearchEngineContract;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** A cluster keeps the contract. */
@Tag("cluster")
class OpenSearchContractTest implements SearchEngineContract {
  @TempDir static Path folder;
  private static OpenSearchEngine engine;

  @BeforeAll
  static void index() throws IOException {
    ClusterCorpus corpus = ClusterCorpus.in(OpenSearchCluster.shared());
    corpus.index(Corpora.SEEDS, ContractCorpus.write(folder.resolve("corpus")));
    // The machine that runs the tests may be slow; an answer in part would not be the contract's.
    engine = OpenSearchEngine.open(corpus.settings(), Duration.ofSeconds(60));
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  @Override
  public SearchEngine engine() {
    return engine;
  }
}
