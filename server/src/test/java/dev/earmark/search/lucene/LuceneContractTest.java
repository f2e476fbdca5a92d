package dev.earmark.search.lucene;

import dev.earmark.search.ContractCorpus;
import dev.earmark.search.Corpora;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.SearchEngineContract;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The embedded engine keeps the contract, and is the model of it. */
class LuceneContractTest implements SearchEngineContract {
  @TempDir static Path folder;
  private static LuceneSearchEngine engine;

  @BeforeAll
  static void index() throws IOException {
    Corpora.index(
        folder.resolve("index"), Corpora.SEEDS, ContractCorpus.write(folder.resolve("corpus")));
    // The machine that runs the tests may be slow; an answer in part would not be the contract's.
    engine = LuceneSearchEngine.open(folder.resolve("index"), Duration.ofSeconds(60));
  }

  @AfterAll
  static void close() throws IOException {
    engine.close();
  }

  @Override
  public SearchEngine engine() {
    return engine;
  }

  @Override
  public boolean isModel() {
    return true;
  }
}
