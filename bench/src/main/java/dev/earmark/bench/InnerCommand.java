package dev.earmark.bench;

import dev.earmark.source.Formats;
import dev.earmark.source.SourceFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the inner loops with JMH. */
@Command(
    name = "inner",
    description = {
      "How long the inner loops take: looking up times, marking, counting facets, each parser.",
      "Parsers read the largest golden file of their format, which is small.",
      "Short by default, which tells a half from a whole; --full tells a tenth.",
      "Two versions are compared by --json FILE in one and --against FILE in the other."
    })
final class InnerCommand implements Callable<Integer> {
  @Mixin private BenchOptions options = new BenchOptions();
  @Mixin private CorpusOptions corpus = new CorpusOptions();

  @Option(
      names = "--golden",
      paramLabel = "FOLDER",
      defaultValue = "${env:EARMARK_GOLDEN:-indexer/src/test/resources/golden}",
      description = "Files to parse, in a folder a format (default: ${DEFAULT-VALUE}).")
  private Path golden = Path.of("indexer/src/test/resources/golden");

  @Option(
      names = "--moments",
      paramLabel = "N",
      defaultValue = "20000",
      description = "About how many moments the index has (default: ${DEFAULT-VALUE}).")
  private long moments = 20_000;

  @Option(names = "--only", paramLabel = "REGEX", description = "Measure only what has it.")
  private Pattern only = Pattern.compile("");

  @Option(names = "--full", description = "Take ten times as long, in several processes.")
  private boolean full;

  @Option(
      names = "--against",
      paramLabel = "FILE",
      description = "Print how many times as long it takes as in FILE, which --json wrote.")
  private @Nullable Path against;

  @Override
  public Integer call() throws IOException {
    Report report = new Report();
    try (Workspace workspace = Workspace.create()) {
      if (isWanted(InnerLoops.class)) {
        Path input = workspace.folder("episodes");
        var unused = CorpusOptions.generate(corpus.maker(options), input, moments);
        Path index = Indexes.in(workspace).earmark();
        var unusedToo = Searches.index(index, List.of(input));
        options.say("measuring inner loops");
        loops(report, run(InnerLoops.class, new String[0], index));
      }
      if (isWanted(ParserLoops.class)) {
        String[] sources = sources();
        options.say("measuring " + sources.length + " parsers");
        parsers(report, run(ParserLoops.class, sources, Path.of("")));
      }
    }
    Path before = against;
    if (before != null) {
      report.compare(before, "microseconds");
    }
    options.print(report);
    return 0;
  }

  private boolean isWanted(Class<?> benchmark) {
    return Stream.of(benchmark.getMethods())
        .filter(method -> method.isAnnotationPresent(Benchmark.class))
        .anyMatch(method -> only.matcher(benchmark.getName() + '.' + method.getName()).find());
  }

  private Collection<RunResult> run(Class<?> benchmark, String[] sources, Path index)
      throws IOException {
    ChainedOptionsBuilder run =
        new OptionsBuilder()
            .include("^(?=.*(?:" + only + "))" + Pattern.quote(benchmark.getName()) + "\\.")
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .forks(full ? 3 : 1)
            .warmupIterations(full ? 5 : 3)
            .warmupTime(TimeValue.milliseconds(full ? 1_000 : 500))
            .measurementIterations(full ? 5 : 3)
            .measurementTime(TimeValue.milliseconds(full ? 1_000 : 300))
            .jvmArgsAppend("-D" + InnerLoops.INDEX + "=" + index);
    if (sources.length > 0) {
      run.param("source", sources);
    }
    try {
      return new Runner(run.build()).run();
    } catch (RunnerException e) {
      throw new IOException("JMH could not measure: " + e.getMessage(), e);
    }
  }

  private static void loops(Report report, Collection<RunResult> results) {
    Report.Table table = report.table("Inner loops", "microseconds", "give or take");
    for (RunResult result : results) {
      Result<?> primary = result.getPrimaryResult();
      table.row(primary.getLabel(), primary.getScore(), primary.getScoreError());
    }
  }

  private static void parsers(Report report, Collection<RunResult> results) throws IOException {
    Report.Table table =
        report.table("Parsers", "KB", "microseconds", "give or take", "MB a second");
    for (RunResult result : results) {
      String[] source = result.getParams().getParam("source").split(" ", 2);
      double bytes = Files.size(Path.of(source[1]));
      double score = result.getPrimaryResult().getScore();
      table.row(
          source[0], bytes / 1e3, score, result.getPrimaryResult().getScoreError(), bytes / score);
    }
  }

  /** The largest file of every format, each behind the format's id. */
  private String[] sources() throws IOException {
    if (!Files.isDirectory(golden)) {
      throw options.wrong("there is no folder " + golden + "; name one with --golden FOLDER");
    }
    List<String> sources = new ArrayList<>();
    for (SourceFormat format : Formats.all()) {
      Path folder = golden.resolve(format.id());
      if (Files.isDirectory(folder)) {
        largest(folder).ifPresent(file -> sources.add(format.id() + ' ' + file.toAbsolutePath()));
      }
    }
    return sources.toArray(String[]::new);
  }

  /** Files that say what is expected, and where else a source is, are no sources. */
  private static Optional<Path> largest(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> !file.toString().endsWith(".expected"))
          .filter(file -> !file.toString().endsWith(".path"))
          .max(Comparator.comparingLong(file -> file.toFile().length()));
    }
  }
}
