package dev.earmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Readers of other people's making, which check what we write: the packages in {@code
 * src/test/foreign}, run by Node, and programs.
 *
 * <p>{@code read.mjs} takes the name of a reader and its input, and prints what it read as JSON.
 */
public final class Foreign {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Path FOLDER = Path.of("src/test/foreign");

  private Foreign() {}

  /** What a reader makes of a text; fails if the reader refuses it. */
  public static JsonNode read(String reader, String text) throws IOException, InterruptedException {
    assertThat(FOLDER.resolve("node_modules"))
        .as("the foreign readers; run: npm ci --prefix server/" + FOLDER)
        .isDirectory();
    return MAPPER.readTree(run(FOLDER, text, "node", "read.mjs", reader));
  }

  /**
   * What a program prints, run in a folder with a text as its input; fails if it ends with an error
   * or takes more than a minute. {@code .ci/test} installs the programs it lists where a test names
   * them.
   */
  public static String run(Path folder, String input, String... command)
      throws IOException, InterruptedException {
    Path errors = Files.createTempFile("foreign", ".txt");
    Path printed = Files.createTempFile("foreign", ".out");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(errors.toFile())
            .redirectOutput(printed.toFile());
    // Some are written in Java.
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    try (OutputStream out = process.getOutputStream()) {
      out.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It has stopped reading; its exit tells why.
    }
    boolean ended = process.waitFor(1, TimeUnit.MINUTES);
    if (!ended) {
      process.destroyForcibly();
    }
    String complaint = Files.readString(errors);
    String output = Files.readString(printed);
    Files.delete(errors);
    Files.delete(printed);
    assertThat(ended).as(List.of(command) + " does not end: " + complaint).isTrue();
    assertThat(process.exitValue())
        .as(List.of(command) + " refuses it: " + complaint + output)
        .isZero();
    return output;
  }
}
