package dev.earmark.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what an installed Earmark has beside it, made from the commands themselves. */
@Command(
    name = "generate",
    hidden = true,
    description = "Print the manual page, or completion for bash and zsh",
    mixinStandardHelpOptions = true)
final class GenerateCommand implements Callable<Integer> {

  /** What can be generated. */
  enum What {
    MAN,
    COMPLETION
  }

  @Parameters(paramLabel = "man|completion", description = "what to print")
  private @Nullable What what;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine root = Objects.requireNonNull(spec).root().commandLine();
    System.out.print(
        what == What.MAN ? ManPage.of(root) : AutoComplete.bash(root.getCommandName(), root));
    return 0;
  }
}
