package dev.earmark.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures from typing a command to its first answer. */
@Command(
    name = "start",
    description = {
      "How long it takes from a command to its first answer: the launcher, Java and Earmark.",
      "Every run is a new process; files are in the system's cache after the first.",
      "Version: the launcher, Java and the command line, and nothing else."
    })
final class StartCommand implements Callable<Integer> {
  static final String SEARCH = "search, a phrase";

  @Mixin private BenchOptions options = new BenchOptions();
  @Mixin private CorpusOptions corpus = new CorpusOptions();
  @Mixin private LauncherOptions start = new LauncherOptions();

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "9",
      description = "How often each is started (default: ${DEFAULT-VALUE}).")
  private int runs = 9;

  /** One start, in milliseconds. */
  private interface Start {
    double milliseconds(Ask ask) throws IOException;
  }

  @Override
  public Integer call() throws IOException {
    Launcher launcher = start.launcher(options);
    Report report = new Report();
    Report.Table table = report.table("Start, ms", "median", "least", "most");
    try (Workspace workspace = Workspace.create()) {
      Path index = start.index(options, corpus, workspace);
      Map<Ask.Kind, List<Ask>> asks;
      try (EarmarkContender earmark = EarmarkContender.open(index)) {
        asks = Workload.of(earmark.engine(), runs);
      }
      options.say("starting");
      List<Ask> phrases = asks.getOrDefault(Ask.Kind.PHRASE, List.of());
      List<Ask> words = asks.getOrDefault(Ask.Kind.ANY_OF_FOUR, List.of());
      row(table, "version", phrases, ask -> launcher.milliseconds("--version"));
      row(table, SEARCH, phrases, ask -> search(launcher, index, ask));
      row(table, "search, any of four", words, ask -> search(launcher, index, ask));
      row(table, "serve, to its first answer", phrases, ask -> firstAnswer(launcher, index, ask));
    }
    options.print(report);
    return 0;
  }

  private static double search(Launcher launcher, Path index, Ask ask) throws IOException {
    return launcher.milliseconds(
        "search", EarmarkContender.query(ask), "--index", index.toString());
  }

  private static double firstAnswer(Launcher launcher, Path index, Ask ask) throws IOException {
    long begin = System.nanoTime();
    try (Launcher.Serving serving = launcher.serve(index, "");
        HttpContender client = HttpContender.ofApi(serving.address())) {
      var unused = client.search(ask);
      return (System.nanoTime() - begin) / 1e6;
    }
  }

  private static void row(Report.Table table, String name, List<Ask> asks, Start start)
      throws IOException {
    double[] milliseconds = new double[asks.size()];
    for (int i = 0; i < milliseconds.length; i++) {
      milliseconds[i] = start.milliseconds(asks.get(i));
    }
    Arrays.sort(milliseconds);
    table.row(
        name,
        milliseconds[milliseconds.length / 2],
        milliseconds[0],
        milliseconds[milliseconds.length - 1]);
  }
}
