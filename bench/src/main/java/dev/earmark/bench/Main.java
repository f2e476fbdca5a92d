package dev.earmark.bench;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The measurements, each a command. */
@Command(
    name = "earmark bench",
    description = "Measures Earmark on real transcripts.",
    footer = {"", "The transcripts themselves come by: ./earmark bench fetch NAME"},
    mixinStandardHelpOptions = true,
    subcommands = {
      QualityCommand.class,
      SpeedCommand.class,
      GrowthCommand.class,
      StartCommand.class,
      HeapCommand.class,
      HostileCommand.class,
      ClusterCommand.class,
      InnerCommand.class,
      MeaningCommand.class,
      LearnCommand.class,
      AlignCommand.class,
      GenerateCommand.class
    })
final class Main implements Runnable {
  private static final Logger VECTORS =
      Logger.getLogger("org.apache.lucene.internal.vectorization.VectorizationProvider");

  @Spec private @Nullable CommandSpec spec;

  private Main() {}

  @Override
  public void run() {
    if (spec != null) {
      throw new CommandLine.ParameterException(spec.commandLine(), "a measurement is needed");
    }
  }

  public static void main(String[] args) {
    // Lucene recommends an incubating module through this logger; text search gains nothing by it.
    VECTORS.setLevel(Level.SEVERE);
    System.setOut(new PrintStream(System.out, false, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(System.err, true, StandardCharsets.UTF_8));
    CommandLine line = new CommandLine(new Main());
    line.getSubcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .forEach(command -> command.mixinStandardHelpOptions(true));
    int status = line.execute(args);
    System.out.flush();
    System.exit(status);
  }
}
