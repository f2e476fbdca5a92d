package dev.earmark.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page of a command line, as {@code man(7)} macros. */
final class ManPage {
  private final StringBuilder page = new StringBuilder();

  private ManPage() {}

  /** The page of a command and all its subcommands that are not hidden. */
  static String of(CommandLine line) {
    ManPage page = new ManPage();
    page.write(line);
    return page.page.toString();
  }

  private void write(CommandLine line) {
    CommandSpec root = line.getCommandSpec();
    List<CommandSpec> commands =
        line.getSubcommands().values().stream()
            .map(CommandLine::getCommandSpec)
            .filter(command -> !command.usageMessage().hidden())
            .toList();
    String name = root.name();
    macro(".TH " + name.toUpperCase(Locale.ROOT) + " 1 \"\" \"" + root.version()[0] + "\"");
    macro(".SH NAME");
    text(name + " - " + String.join(" ", root.usageMessage().description()));
    macro(".SH SYNOPSIS");
    for (CommandSpec command : commands) {
      synopsis(name, command);
    }
    macro(".SH COMMANDS");
    for (CommandSpec command : commands) {
      macro(".SS " + escape(name + " " + command.name()));
      text(String.join(" ", command.usageMessage().description()));
      command.positionalParameters().forEach(this::parameter);
      command.options().stream().filter(option -> !option.hidden()).forEach(this::option);
    }
    macro(".SH EXIT STATUS");
    for (String row :
        List.of("0|done", "1|failed", "2|wrong usage", "3|the format is not supported")) {
      String[] parts = row.split("\\|", 2);
      item(parts[0], parts[1]);
    }
    macro(".SH FILES");
    item(
        ".earmark",
        "the indexes of what was served without --index, in the working folder; the only one is read where none is named");
    macro(".SH ENVIRONMENT");
    item("EARMARK_ADMIN_TOKEN", "the token of those who may bring the index up to date");
    item("EARMARK_JAVA_FLAGS", "flags for the Java runtime, such as -Xmx2g");
  }

  private void synopsis(String name, CommandSpec command) {
    StringBuilder line = new StringBuilder();
    line.append("\\fB").append(escape(name + " " + command.name())).append("\\fR");
    if (!command.options().isEmpty()) {
      line.append(" [\\fIOPTION\\fR]...");
    }
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      line.append(" \\fI").append(escape(parameter.paramLabel())).append("\\fR");
      if (parameter.typeInfo().isMultiValue()) {
        line.append("...");
      }
    }
    macro(line.toString());
    macro(".br");
  }

  private void parameter(PositionalParamSpec parameter) {
    item(parameter.paramLabel(), description(parameter));
  }

  private void option(OptionSpec option) {
    String names = String.join(", ", option.names());
    boolean takesValue = option.arity().max() > 0;
    item(takesValue ? names + " " + option.paramLabel() : names, description(option));
  }

  private static String description(CommandLine.Model.ArgSpec argument) {
    String text = String.join(" ", argument.description());
    // A default comes from the environment of whoever builds the page, unless it is a constant.
    return text.replaceAll("; default: *$", "").strip();
  }

  private void item(String term, String description) {
    macro(".TP");
    macro("\\fB" + escape(term) + "\\fR");
    text(description);
  }

  private void macro(String line) {
    page.append(line).append('\n');
  }

  private void text(String line) {
    // A line that begins with a dot or an apostrophe would be a macro.
    String escaped = escape(line);
    page.append(escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" : "")
        .append(escaped)
        .append('\n');
  }

  private static String escape(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-").replaceAll("\\s+", " ");
  }
}
