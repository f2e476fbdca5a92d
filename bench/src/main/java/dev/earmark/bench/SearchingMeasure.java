package dev.earmark.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Searches in process with each contender: one search after another, after all were asked once,
 * Earmark and bare Lucene in turn; first searches of an index just opened, with its files in the
 * system's cache and the code compiled; and as many threads as cores that ask without a pause.
 */
final class SearchingMeasure {
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  private static final int WARM_UP_ROUNDS = 2;

  private SearchingMeasure() {}

  /** Asks all and adds the tables. */
  static void measure(Report report, Indexes indexes, Map<Ask.Kind, List<Ask>> asks)
      throws IOException {
    Report.Table times =
        report.table(
            "Searching, ms",
            "Earmark p50",
            "p99",
            "cold",
            "floor p50",
            "p99 floor",
            "cold floor",
            "FTS5 p50",
            "p99 FTS5",
            "cold FTS5",
            "p50 Earmark / floor",
            "p50 FTS5 / Earmark");
    Report.Table rates =
        report.table(
            "Searches a second on " + CORES + " cores",
            "Earmark",
            "floor",
            "FTS5",
            "Earmark / floor",
            "hits Earmark",
            "hits floor",
            "hits FTS5");
    try (Contender earmark = indexes.openEarmark();
        Contender floor = indexes.openFloor();
        Contender captions = indexes.openCaptions()) {
      for (List<Ask> ofKind : asks.values()) {
        // The kind that is asked first must not pay for the compiler.
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
          Latencies.warm(earmark, ofKind);
          Latencies.warm(floor, ofKind);
        }
      }
      for (Map.Entry<Ask.Kind, List<Ask>> kind : asks.entrySet()) {
        List<Ask> ofKind = kind.getValue();
        List<Latencies> inTurn = Latencies.inTurn(earmark, floor, ofKind);
        Latencies a = inTurn.getFirst();
        Latencies b = inTurn.getLast();
        Latencies c = Latencies.warm(captions, ofKind);
        times.row(
            kind.getKey().title,
            a.p50(),
            a.p99(),
            Latencies.cold(indexes::openEarmark, ofKind).p50(),
            b.p50(),
            b.p99(),
            Latencies.cold(indexes::openFloor, ofKind).p50(),
            c.p50(),
            c.p99(),
            Latencies.cold(indexes::openCaptions, ofKind).p50(),
            a.p50() / b.p50(),
            c.p50() / a.p50());
        double ours = Latencies.throughput(earmark, ofKind, CORES);
        double bare = Latencies.throughput(floor, ofKind, CORES);
        rates.row(
            kind.getKey().title,
            ours,
            bare,
            Latencies.throughput(captions, ofKind, CORES),
            ours / bare,
            a.hits(),
            b.hits(),
            c.hits());
      }
    }
  }
}
