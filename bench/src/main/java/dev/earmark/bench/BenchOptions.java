package dev.earmark.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all measurements take. */
final class BenchOptions {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--corpora",
      paramLabel = "FOLDER",
      defaultValue = "${env:EARMARK_CORPORA:-../shared/corpora}",
      description = "The transcripts to measure on (default: ${DEFAULT-VALUE}).")
  private Path corpora = Path.of("../shared/corpora");

  @Option(names = "--json", description = "Print JSON instead of tables.")
  private boolean json;

  Path corpora() throws IOException {
    if (!Files.isDirectory(corpora) && command != null) {
      throw new ParameterException(
          command.commandLine(),
          "there are no corpora in " + corpora + "; name their folder with --corpora FOLDER");
    }
    return corpora;
  }

  void print(Report report) {
    if (command != null) {
      command.commandLine().getOut().print(json ? report.json() : report.text());
      command.commandLine().getOut().flush();
    }
  }
}
