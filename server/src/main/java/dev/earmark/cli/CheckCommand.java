package dev.earmark.cli;

import dev.earmark.index.lucene.IndexCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Verifies an index. */
@Command(
    name = "check",
    description = "Verify an index: its files, and that every episode is there whole and once.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Option(
      names = "--index",
      required = true,
      paramLabel = "DIR",
      description = "where the index is")
  private Path index = Path.of("");

  @Override
  public Integer call() throws IOException {
    IndexCheck.Result result = IndexCheck.of(index);
    List<String> faults = result.faults();
    faults.forEach(System.out::println);
    System.err.println(
        Count.of(result.episodes(), "episode")
            + ", "
            + Count.of(result.moments(), "moment")
            + ": "
            + (faults.isEmpty() ? "sound" : Count.of(faults.size(), "fault")));
    return faults.isEmpty() ? 0 : Main.FAILED;
  }
}
