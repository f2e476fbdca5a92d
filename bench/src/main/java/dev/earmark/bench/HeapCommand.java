package dev.earmark.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks for the smallest heap in which an index can be served. */
@Command(
    name = "heap",
    description = {
      "The smallest heap in which serve answers all kinds of searches, several at once.",
      "Halves the distance between what is enough and what is not; each try is a new process."
    })
final class HeapCommand implements Callable<Integer> {
  private static final int CLIENTS = 2 * Runtime.getRuntime().availableProcessors();

  @Mixin private BenchOptions options = new BenchOptions();
  @Mixin private CorpusOptions corpus = new CorpusOptions();
  @Mixin private LauncherOptions start = new LauncherOptions();

  @Option(
      names = "--most",
      paramLabel = "MB",
      defaultValue = "512",
      description = "The heap to begin with, in megabytes (default: ${DEFAULT-VALUE}).")
  private int most = 512;

  @Option(
      names = "--step",
      paramLabel = "MB",
      defaultValue = "32",
      description = "How exactly to know, in megabytes (default: ${DEFAULT-VALUE}).")
  private int step = 32;

  @Option(
      names = "--searches",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many searches of each kind (default: ${DEFAULT-VALUE}).")
  private int searches = 20;

  @Override
  public Integer call() throws IOException {
    Launcher launcher = start.launcher(options);
    Report report = new Report();
    Report.Table table =
        report.table("Serving in a heap of", "MB", "enough", "p50 ms", "p99 ms", "a second");
    try (Workspace workspace = Workspace.create()) {
      Path index = start.index(options, corpus, workspace);
      List<Ask> asks;
      int moments;
      try (EarmarkContender earmark = EarmarkContender.open(index)) {
        moments = earmark.engine().status().moments();
        Map<Ask.Kind, List<Ask>> byKind = Workload.of(earmark.engine(), searches);
        asks = byKind.values().stream().flatMap(List::stream).toList();
      }
      int tooLittle = 0;
      int enough = most;
      if (!serves(launcher, index, asks, most, table)) {
        tooLittle = most;
        enough = 0;
      }
      while (enough - tooLittle > step) {
        int middle = (tooLittle + enough) / 2 / step * step;
        int tried = middle == tooLittle ? middle + step : middle;
        if (serves(launcher, index, asks, tried, table)) {
          enough = tried;
        } else {
          tooLittle = tried;
        }
      }
      report
          .table("Smallest heap", "moments", "MB")
          .row("serve", moments, enough == 0 ? Double.NaN : enough);
    }
    options.print(report);
    return 0;
  }

  private boolean serves(
      Launcher launcher, Path index, List<Ask> asks, int megabytes, Report.Table table) {
    options.say("serving in " + megabytes + " MB");
    String flags = "-Xmx" + megabytes + "m -XX:+ExitOnOutOfMemoryError";
    try (Launcher.Serving serving = launcher.serve(index, flags);
        HttpContender client = HttpContender.ofApi(serving.address())) {
      Latencies times = Latencies.once(client, asks);
      double rate = Latencies.throughput(client, asks, CLIENTS);
      table.row(megabytes + " MB", megabytes, 1, times.p50(), times.p99(), rate);
      return true;
    } catch (IOException e) {
      table.row(megabytes + " MB", megabytes, 0, Double.NaN, Double.NaN, Double.NaN);
      return false;
    }
  }
}
