package dev.earmark.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a corpus of any size. */
@Command(
    name = "generate",
    description = {
      "Write made-up episodes to measure on, as WebVTT with manifests,",
      "of words and phrases from the collections, or of invented words if there are none."
    })
final class GenerateCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private BenchOptions options = new BenchOptions();
  @Mixin private CorpusOptions corpus = new CorpusOptions();

  @Parameters(paramLabel = "FOLDER", description = "Where to write them; must not be there yet.")
  private Path folder = Path.of("");

  @Option(
      names = "--moments",
      defaultValue = "100000",
      description = "About how many moments they are to give (default: ${DEFAULT-VALUE}).")
  private long moments = 100_000;

  @Override
  public Integer call() throws IOException {
    if (Files.exists(folder) && spec != null) {
      throw new ParameterException(
          spec.commandLine(), folder + " is there already; name a folder that is not");
    }
    Stopwatch watch = Stopwatch.start();
    int episodes = CorpusOptions.generate(corpus.maker(options), folder, moments);
    Report report = new Report();
    report
        .table("Generated", "episodes", "MB", "seconds")
        .row(
            folder.toString(), episodes, Math.rint(Workspace.bytes(folder) / 1e6), watch.seconds());
    options.print(report);
    return 0;
  }
}
