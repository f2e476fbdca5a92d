package dev.earmark.cli;

import dev.earmark.index.lucene.IndexCheck;
import dev.earmark.index.lucene.IndexCopy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies an index. */
@Command(
    name = "snapshot",
    description =
        "Copy an index to DIR, even while it is read and written. The copy is complete: serve it,"
            + " or move it back.",
    mixinStandardHelpOptions = true)
final class SnapshotCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "a folder that does not exist yet")
  private Path copy = Path.of("");

  @Option(
      names = "--index",
      required = true,
      paramLabel = "INDEX",
      description = "where the index is")
  private Path index = Path.of("");

  @Override
  public Integer call() throws IOException {
    IndexCheck.Result copied = IndexCopy.copy(index, copy);
    System.err.println(
        Count.of(copied.episodes(), "episode")
            + " and "
            + Count.of(copied.moments(), "moment")
            + " copied and checked");
    return 0;
  }
}
