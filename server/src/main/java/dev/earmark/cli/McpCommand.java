package dev.earmark.cli;

import dev.earmark.mcp.AssistantDoor;
import dev.earmark.search.SearchEngine;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lets an assistant search an index over standard input and output. */
@Command(
    name = "mcp",
    description =
        "Let an assistant search an index, by the Model Context Protocol over standard input and"
            + " output.",
    mixinStandardHelpOptions = true)
final class McpCommand implements Callable<Integer> {
  @Mixin private IndexOptions index = new IndexOptions();

  @Mixin private MeaningOptions meanings = new MeaningOptions();

  @Option(
      names = "--base",
      paramLabel = "URL",
      description = "the address that links begin with; default: ${DEFAULT-VALUE}")
  private String base = "http://127.0.0.1:7070";

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintStream out = System.out;
    // One stray line would break the protocol.
    System.setOut(System.err);
    IndexPlace place = index.required();
    Meaning meaning = meanings.of(place, System.err);
    try (SearchEngine engine = meaning.openForReading(place)) {
      new AssistantDoor(engine).serve(System.in, out, base.replaceAll("(?<!/)/+$", ""));
    } finally {
      System.setOut(out);
    }
    return 0;
  }
}
