package dev.earmark.cli;

import dev.earmark.index.IndexException;
import dev.earmark.search.BadRequestException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands of Earmark. */
@Command(
    name = "earmark",
    description = "Search what was said, and land on the second it was said.",
    mixinStandardHelpOptions = true,
    version = "earmark 0.1.0")
public final class Main implements Runnable {
  static final int FAILED = 1;
  static final int WRONG_USAGE = 2;
  static final int UNSUPPORTED_FORMAT = 3;

  /** For those who package Earmark; no help lists it. */
  private static final String GENERATE = "generate";

  /** By their names, in the order in which help lists them. */
  private static final Map<String, Class<?>> COMMANDS = commands();

  @Spec private @Nullable CommandSpec spec;

  private Main() {}

  private static Map<String, Class<?>> commands() {
    Map<String, Class<?>> commands = new LinkedHashMap<>();
    commands.put("serve", ServeCommand.class);
    commands.put("index", IndexCommand.class);
    commands.put("search", SearchCommand.class);
    commands.put("parse", ParseCommand.class);
    commands.put("lint", LintCommand.class);
    commands.put("formats", FormatsCommand.class);
    commands.put("export", ExportCommand.class);
    commands.put("clip", ClipCommand.class);
    commands.put("publish", PublishCommand.class);
    commands.put("standing", StandingCommand.class);
    commands.put("check", CheckCommand.class);
    commands.put("snapshot", SnapshotCommand.class);
    commands.put("mcp", McpCommand.class);
    return commands;
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new CommandLine.ParameterException(spec.commandLine(), "a command is needed");
    }
  }

  /**
   * Lucene recommends an incubating module through this logger; text search gains nothing by it.
   */
  private static final Logger VECTORS =
      Logger.getLogger("org.apache.lucene.internal.vectorization.VectorizationProvider");

  public static void main(String[] args) {
    VECTORS.setLevel(Level.SEVERE);
    // Pictures are made small here, never shown: no window system is asked for.
    System.setProperty("java.awt.headless", "true");
    // Text is UTF-8 whatever the terminal's locale says: titles and speech are in every language.
    System.setOut(new PrintStream(System.out, false, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(System.err, true, StandardCharsets.UTF_8));
    int status = run(args);
    System.out.flush();
    System.exit(status);
  }

  /** Runs a command and gives its exit status. */
  static int run(String... args) {
    CommandLine line = new CommandLine(new Main());
    // Reading what the others take would cost the one that is wanted a part of its start.
    String wanted = args.length == 0 ? "" : args[0];
    COMMANDS.forEach((name, command) -> {
      if (name.equals(wanted) || !COMMANDS.containsKey(wanted)) {
        line.addSubcommand(name, command);
      }
    });
    if (wanted.equals(GENERATE)) {
      line.addSubcommand(GENERATE, GenerateCommand.class);
    }
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler((e, command, parsed) -> {
      String reason = String.valueOf(e.getMessage());
      switch (e) {
        case BadRequestException bad -> {
          command.getErr().println("earmark: " + reason);
          return WRONG_USAGE;
        }
        case IndexException index -> command.getErr().println("earmark: " + reason);
        case CommandFailedException failed -> {
          command.getErr().println("earmark: " + reason);
          return failed.status();
        }
        case IOException io -> command.getErr().println("earmark: " + describe(io));
        default -> throw e;
      }
      return FAILED;
    });
    return line.execute(args);
  }

  private static String describe(IOException e) {
    return switch (e) {
      case java.nio.file.AccessDeniedException denied -> "no permission for " + denied.getFile();
      case java.nio.file.NoSuchFileException missing -> "there is no " + missing.getFile();
      default -> String.valueOf(e.getMessage());
    };
  }
}
