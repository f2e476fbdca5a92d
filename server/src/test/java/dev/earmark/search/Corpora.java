package dev.earmark.search;

import dev.earmark.index.IndexSummary;
import dev.earmark.index.Indexer;
import dev.earmark.index.lucene.LuceneIndexSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Indexes real input for tests. */
public final class Corpora {
  /** The root of the repository. */
  public static final Path ROOT = root();

  public static final Path SEEDS = ROOT.resolve("seeds");

  /** Real transcripts beside the checkout; tests that need them skip where they are absent. */
  public static final Path SHARED = ROOT.resolveSibling("shared");

  private Corpora() {}

  /** Tests run in the folder of their module, which may lie in that of another. */
  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isExecutable(folder.resolve("earmark"))) {
      folder = Objects.requireNonNull(folder.getParent(), "the tests run outside the repository");
    }
    return folder;
  }

  public static IndexSummary index(Path index, Path... paths) throws IOException {
    try (LuceneIndexSink sink = LuceneIndexSink.open(index)) {
      return new Indexer(sink, (id, done, of, words) -> {}).run(List.of(paths));
    }
  }
}
