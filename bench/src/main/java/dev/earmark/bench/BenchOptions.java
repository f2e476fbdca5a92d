package dev.earmark.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
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

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the tables to FILE as well, with the machine, the date and the command.")
  private @Nullable Path json;

  @Option(
      names = "--into",
      paramLabel = "DOCUMENT",
      description = "Put the tables into DOCUMENT, such as docs/quality.md, where it has them.")
  private @Nullable Path document;

  /** The folder of the transcripts, which must be there. */
  Path corpora() throws IOException {
    if (!Files.isDirectory(corpora)) {
      throw wrong(
          "there are no corpora in "
              + corpora
              + "; fetch them with ./earmark bench fetch NAME, or name their folder with"
              + " --corpora FOLDER");
    }
    return corpora;
  }

  /** The folder of the transcripts, which need not be there. */
  Path corporaIfThere() {
    return corpora;
  }

  /** That something given to the command cannot be used. */
  RuntimeException wrong(String message) {
    return command == null
        ? new IllegalArgumentException(message)
        : new ParameterException(command.commandLine(), message);
  }

  /** Tells who waits what is being done. */
  void say(String what) {
    if (command != null) {
      command.commandLine().getErr().println("bench: " + what + " …");
    }
  }

  /** Prints the tables with what was to be reached, and writes them to the file that was named. */
  void print(Report report) throws IOException {
    if (command == null) {
      return;
    }
    Goals.compare(report);
    CommandLine line = command.commandLine();
    CommandLine first = command.root().commandLine();
    Machine machine = Machine.here();
    String typed =
        command.root().qualifiedName()
            + ' '
            + String.join(" ", first.getParseResult().originalArgs());
    line.getOut().println(machine.describe() + "; " + typed + "\n");
    line.getOut().print(report.text());
    line.getOut().flush();
    if (json != null) {
      Files.writeString(json, report.json(machine, typed), StandardCharsets.UTF_8);
    }
    if (document != null) {
      // The same measurement, whatever it reads and writes.
      String measured = typed.replaceAll("^\\S+ | --(?:into|json|corpora|index|keep) \\S+", "");
      Set<String> written = Ledger.write(document, report, measured, machine.describe());
      if (written.isEmpty()) {
        throw wrong(
            document
                + " has no figures of this command; write \"<!-- figures: run "
                + measured
                + " -->\" and \"<!-- end of figures -->\", and the same with the title of each table");
      }
      say("wrote into " + document + ": " + String.join(", ", written));
    }
  }
}
