package dev.earmark.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs Earmark as people do: its launcher, in a process of its own. */
record Launcher(Path program) {
  private static final Pattern ADDRESS = Pattern.compile("Earmark is at (http://\\S+)");
  private static final long PATIENCE_SECONDS = 60;

  private ProcessBuilder process(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    return new ProcessBuilder(command);
  }

  /** Runs a command to its end and gives how long that took, in milliseconds. */
  double milliseconds(String... arguments) throws IOException {
    long start = System.nanoTime();
    Process process =
        process(List.of(arguments))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("earmark " + List.of(arguments) + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("waiting was interrupted", e);
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new IOException(
          "earmark " + List.of(arguments) + " failed with " + process.exitValue());
    }
    return (System.nanoTime() - start) / 1e6;
  }

  /**
   * Starts to serve an index on any free port.
   *
   * @param javaFlags for the virtual machine
   * @throws IOException if it ends before it listens
   */
  Serving serve(Path index, String javaFlags) throws IOException {
    ProcessBuilder builder =
        process(List.of("serve", "--index", index.toString(), "--port", "0"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("EARMARK_JAVA_FLAGS", javaFlags);
    Process process = builder.start();
    // Stays open: what the server says later must go somewhere, and it says little.
    BufferedReader said = process.errorReader(StandardCharsets.UTF_8);
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      Matcher address = ADDRESS.matcher(line);
      if (address.find()) {
        return new Serving(process, address.group(1));
      }
    }
    process.destroyForcibly();
    throw new IOException("earmark serve ended before it listened");
  }

  /**
   * A server that runs.
   *
   * @param address such as http://127.0.0.1:7070
   */
  record Serving(Process process, String address) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      process.destroy();
      try {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
        throw new IOException("waiting was interrupted", e);
      }
    }
  }
}
