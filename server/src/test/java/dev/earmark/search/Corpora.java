package dev.earmark.search;

import dev.earmark.index.IndexSummary;
import dev.earmark.index.Indexer;
import dev.earmark.index.lucene.LuceneIndexSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Indexes real input for tests. */
public final class Corpora {
  /** The root of the repository. */
  public static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  public static final Path SEEDS = ROOT.resolve("seeds");

  /** Real transcripts beside the checkout; tests that need them skip where they are absent. */
  public static final Path SHARED = ROOT.resolveSibling("shared");

  private Corpora() {}

  public static IndexSummary index(Path index, Path... paths) throws IOException {
    try (LuceneIndexSink sink = LuceneIndexSink.open(index)) {
      return new Indexer(sink, (id, done, of, words) -> {}).run(List.of(paths));
    }
  }
}
