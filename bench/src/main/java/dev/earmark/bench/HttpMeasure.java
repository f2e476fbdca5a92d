package dev.earmark.bench;

import dev.earmark.http.EarmarkServer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Searches over HTTP on this machine, client and server in one process, beside bare Lucene behind
 * the same kind of server, which answers with as many bytes: what was never asked before, and the
 * same again, which ours has kept.
 */
final class HttpMeasure {
  /** Enough that no core waits for a client. */
  private static final int CLIENTS = 2 * Runtime.getRuntime().availableProcessors();

  /** The row of the worst figure of each column. */
  static final String WORST = "the worst of each";

  private HttpMeasure() {}

  /** Asks all and adds the tables. */
  static void measure(Report report, Indexes indexes, Map<Ask.Kind, List<Ask>> asks)
      throws IOException {
    Report.Table first = table(report, "Over HTTP");
    Report.Table again = table(report, "Asked again over HTTP");
    try (EarmarkContender earmark = indexes.openEarmark();
        EarmarkServer server = EarmarkServer.start(earmark.engine(), 0);
        HttpContender ours = HttpContender.ofApi("http://127.0.0.1:" + server.port());
        HttpContender repeating = HttpContender.ofApiAgain("http://127.0.0.1:" + server.port())) {
      Map<Ask, Long> sizes = new HashMap<>();
      for (List<Ask> ofKind : asks.values()) {
        for (Ask ask : ofKind) {
          sizes.put(ask, ours.search(ask));
        }
      }
      List<Ask> all = List.copyOf(sizes.keySet());
      Map<Ask, Integer> numbers = new HashMap<>();
      all.forEach(ask -> numbers.put(ask, numbers.size()));
      try (Contender lucene = indexes.openFloor();
          FloorServer floorServer =
              FloorServer.start(lucene, all, sizes, ours.get(all.getFirst()).headers());
          HttpContender floor =
              HttpContender.of(floorServer.address(), ask -> "/" + numbers.get(ask))) {
        for (Map.Entry<Ask.Kind, List<Ask>> kind : asks.entrySet()) {
          row(first, kind.getKey().title, ours, floor, kind.getValue());
          row(again, kind.getKey().title, repeating, floor, kind.getValue());
        }
        worst(first);
        worst(again);
      }
    }
  }

  private static Report.Table table(Report report, String title) {
    return report.table(
        title,
        "p50 ms",
        "p99 ms",
        "a second",
        "bytes",
        "floor p50 ms",
        "floor p99 ms",
        "floor a second",
        "a second / floor");
  }

  private static void worst(Report.Table table) {
    double[] worst = new double[table.columns().size()];
    for (int i = 0; i < worst.length; i++) {
      int column = i;
      // Times and bytes are worse the more, rates and their ratio the less.
      boolean rate = table.columns().get(i).contains("a second");
      var figures = table.rows().values().stream().mapToDouble(row -> row.get(column));
      worst[i] = (rate ? figures.min() : figures.max()).orElse(Double.NaN);
    }
    table.row(WORST, worst);
  }

  private static void row(
      Report.Table table, String name, Contender ours, Contender floor, List<Ask> asks)
      throws IOException {
    Latencies a = Latencies.warm(ours, asks);
    Latencies b = Latencies.warm(floor, asks);
    double rate = Latencies.throughput(ours, asks, CLIENTS);
    double floorRate = Latencies.throughput(floor, asks, CLIENTS);
    table.row(
        name, a.p50(), a.p99(), rate, a.hits(), b.p50(), b.p99(), floorRate, rate / floorRate);
  }
}
