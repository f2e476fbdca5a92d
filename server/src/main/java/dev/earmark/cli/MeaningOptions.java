package dev.earmark.cli;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says whether moments are found by what they mean, and with which model. */
final class MeaningOptions {
  @Option(
      names = "--meaning",
      paramLabel = "MODEL",
      description =
          "find moments by what they mean as well: en for the English model that comes along, a"
              + " folder with another (docs/meaning.md), or off; default: as the index was made")
  private @Nullable String model;

  /** What finds meanings in an index; where that is not possible, a person is told why. */
  Meaning of(IndexPlace place, PrintStream err) {
    return Meaning.of(model, place, err);
  }
}
