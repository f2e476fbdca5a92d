package dev.earmark.cli;

import dev.earmark.corpus.CorpusLocation;
import dev.earmark.corpus.Fetcher;
import dev.earmark.index.IndexSummary;
import dev.earmark.index.Indexer;
import dev.earmark.index.IndexingProgress;
import dev.earmark.model.Problem;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs the indexer for a command: progress on a terminal, and a summary. */
final class Indexing {
  private static final int PROBLEMS_SHOWN = 20;

  private Indexing() {}

  /** What {@code --allow-private} does, for {@code --help}. */
  static final String ALLOW_PRIVATE = "fetch feeds from private and local addresses, too";

  /** Beside an index: what was fetched for it, so that it need not be sent again. */
  private static final String FETCHED = "fetched";

  /** Reads the paths and addresses that a person typed. */
  static List<CorpusLocation> locations(List<String> paths) {
    try {
      return paths.stream().map(CorpusLocation::of).toList();
    } catch (IllegalArgumentException e) {
      throw new CommandFailedException(Main.WRONG_USAGE, String.valueOf(e.getMessage()));
    }
  }

  /** What {@code --encoding} does, for {@code --help}. */
  static final String ENCODING =
      "encoding of texts that are not UTF-8, such as windows-1250; a manifest may state another;"
          + " default: detected";

  /**
   * Reads the paths and addresses that a person typed, and the encoding of the texts there.
   *
   * @param encoding null if none was said
   */
  static List<CorpusLocation> locations(List<String> paths, @Nullable String encoding) {
    Charset charset = charset(encoding);
    return locations(paths).stream().map(location -> location.in(charset)).toList();
  }

  /** The encoding of this name; null if none was said. */
  static @Nullable Charset charset(@Nullable String name) {
    try {
      return name == null ? null : Charset.forName(name);
    } catch (IllegalArgumentException unknown) {
      throw new CommandFailedException(
          Main.WRONG_USAGE,
          "there is no encoding \"" + name + "\"; windows-1250, KOI8-R and Big5 are examples");
    }
  }

  /** Runs the indexer once, telling how far it is in this form, and whoever asks. */
  static IndexSummary run(
      List<CorpusLocation> locations,
      IndexPlace index,
      Indexer.Prune prune,
      boolean allowPrivate,
      IndexingProgress progress,
      ProgressPrinter.Form form,
      Meaning meaning,
      PrintStream err)
      throws IOException {
    IndexSummary summary;
    try (Fetcher fetcher =
            Fetcher.keeping(index.files().resolve(FETCHED), allowPrivate, Fetcher.Limits.DEFAULT);
        ProgressPrinter printer = new ProgressPrinter(form, progress, err)) {
      summary =
          meaning.write(
              index, sink -> new Indexer(sink, printer, fetcher).update(locations, prune));
    }
    StandingCommand.afterIndexing(index, form == ProgressPrinter.Form.JSON);
    return summary;
  }

  /** Makes the vectors that moments lack, telling how far it is. */
  static void makeVectors(Meaning meaning, ProgressPrinter.Form form, PrintStream err)
      throws IOException {
    try (EmbeddingPrinter printer = new EmbeddingPrinter(form, meaning::progress, err)) {
      printer.begin();
      meaning.make(new ReentrantLock(), () -> false);
    }
  }

  static void print(IndexSummary summary, PrintStream err) {
    summary.problems().stream()
        .filter(problem ->
            problem.severity() != Problem.Severity.NOTICE
                || problem.code().equals("encoding-guessed"))
        .limit(PROBLEMS_SHOWN)
        .forEach(problem -> err.println(problem.describe()));
    double seconds = Math.max(0.001, summary.tookMs() / 1000.0);
    err.printf(
        Locale.ROOT,
        "episodes: %,d new, %,d changed, %,d unchanged%s; %s, %s in %.1f s (%,.0f words/s)%n",
        summary.added(),
        summary.changed(),
        summary.unchanged(),
        summary.removed() > 0 ? ", " + summary.removed() + " removed" : "",
        Count.of(summary.moments(), "moment"),
        Count.of(summary.words(), "word"),
        seconds,
        summary.words() / seconds);
    if (!summary.problemCounts().isEmpty()) {
      err.println(
          "problems: " + counts(summary.problemCounts()) + " (./earmark lint PATH tells where)");
    }
  }

  private static String counts(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }
}
