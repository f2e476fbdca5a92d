package dev.earmark.cli;

import dev.earmark.source.Formats;
import dev.earmark.source.SourceFormat;
import picocli.CommandLine.Command;

/** Lists every format that can be read. */
@Command(
    name = "formats",
    description = "List every format: id, what it is, how it is recognised.",
    mixinStandardHelpOptions = true)
final class FormatsCommand implements Runnable {
  @Override
  public void run() {
    for (SourceFormat format : Formats.all()) {
      System.out.println(format.id());
      System.out.println("    " + format.descriptor().description());
      System.out.println("    recognised by: " + format.descriptor().recognisedBy());
    }
  }
}
