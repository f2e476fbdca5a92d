package dev.earmark.bench;

import dev.earmark.index.IndexSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Indexes, searches and changes a corpus and one ten times its size. */
@Command(
    name = "growth",
    description = {
      "What indexing, searching and changing cost when the corpus grows to ten times its size.",
      "Both are generated, and the small one is the beginning of the large one.",
      "Ten times: linear; less: below linear. Searches are the same in both, made of the small one."
    })
final class GrowthCommand implements Callable<Integer> {
  private static final int TIMES = 10;

  @Mixin private BenchOptions options = new BenchOptions();
  @Mixin private CorpusOptions corpus = new CorpusOptions();

  @Option(
      names = "--moments",
      paramLabel = "N",
      defaultValue = "45000",
      description = "About how many moments the small corpus has (default: ${DEFAULT-VALUE}).")
  private long moments = 45_000;

  @Option(
      names = "--searches",
      paramLabel = "N",
      defaultValue = "200",
      description = "How many searches of each kind at most (default: ${DEFAULT-VALUE}).")
  private int searches = 200;

  /** One size: its row in the table of what was indexed, and its searches' times. */
  private record Size(Map<String, Double> indexing, Map<Ask.Kind, Latencies> times) {}

  @Override
  public Integer call() throws IOException {
    Report report = new Report();
    Report.Table indexing =
        report.table("Growing", "moments", "episodes", "words", "seconds", "bytes", "peak heap MB");
    Report.Table searching =
        report.table("Searching, p50 ms", "small", "large", "large / small", "hits large / small");
    try (Workspace small = Workspace.create();
        Workspace large = Workspace.create()) {
      Size one = measure(report, small, moments, Map.of());
      Size ten = measure(report, large, moments * TIMES, asks(small));
      indexing.row("small", values(one.indexing()));
      indexing.row("large", values(ten.indexing()));
      double[] ratios = new double[one.indexing().size()];
      int i = 0;
      for (String column : one.indexing().keySet()) {
        ratios[i++] =
            ten.indexing().getOrDefault(column, 0.0) / one.indexing().getOrDefault(column, 0.0);
      }
      indexing.row("large / small", ratios);
      one.times()
          .forEach((kind, times) -> {
            Latencies more = ten.times().getOrDefault(kind, times);
            searching.row(
                kind.title,
                times.p50(),
                more.p50(),
                more.p50() / times.p50(),
                more.hits() / times.hits());
          });
    }
    options.print(report);
    return 0;
  }

  private static double[] values(Map<String, Double> row) {
    return row.values().stream().mapToDouble(Double::doubleValue).toArray();
  }

  private Map<Ask.Kind, List<Ask>> asks(Workspace workspace) throws IOException {
    try (EarmarkContender earmark = Indexes.in(workspace).openEarmark()) {
      return Workload.of(earmark.engine(), searches);
    }
  }

  private Size measure(
      Report report, Workspace workspace, long size, Map<Ask.Kind, List<Ask>> known)
      throws IOException {
    Path input = workspace.folder("episodes");
    EpisodeMaker maker = corpus.maker(options);
    options.say("making about " + size + " moments");
    int episodes = CorpusOptions.generate(maker, input, size);
    Indexes indexes = Indexes.in(workspace);
    options.say("indexing them");
    Stopwatch watch = Stopwatch.start();
    IndexSummary summary = Searches.index(indexes.earmark(), List.of(input));
    Map<String, Double> row = new LinkedHashMap<>();
    row.put("moments", (double) summary.moments());
    row.put("episodes", (double) episodes);
    row.put("words", (double) summary.words());
    row.put("seconds", watch.seconds());
    row.put("bytes", (double) Workspace.bytes(indexes.earmark()));
    row.put("peak heap MB", Stopwatch.peakHeapMegabytes());
    options.say("searching and changing them");
    Map<Ask.Kind, List<Ask>> asks = known.isEmpty() ? asks(workspace) : known;
    Map<Ask.Kind, Latencies> times = new LinkedHashMap<>();
    try (Contender earmark = indexes.openEarmark()) {
      for (Map.Entry<Ask.Kind, List<Ask>> kind : asks.entrySet()) {
        times.put(kind.getKey(), Latencies.warm(earmark, kind.getValue()));
      }
    }
    Report.Table changes =
        report.table(
            "Changes in " + summary.moments() + " moments", "episodes looked at", "seconds");
    ChangeMeasure.measure(changes, maker, input, indexes, workspace);
    return new Size(row, times);
  }
}
