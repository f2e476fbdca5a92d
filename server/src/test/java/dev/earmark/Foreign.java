package dev.earmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Readers of other people's making, which check what we write: the packages in {@code
 * src/test/foreign}, run by Node.
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
    Path errors = Files.createTempFile("foreign", ".txt");
    List<String> command = new ArrayList<>(List.of("node", "read.mjs", reader));
    Process process =
        new ProcessBuilder(command)
            .directory(FOLDER.toFile())
            .redirectError(errors.toFile())
            .start();
    Thread.ofVirtual()
        .start(() -> {
          try (OutputStream out = process.getOutputStream()) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
          } catch (IOException e) {
            // It has stopped reading; its exit tells why.
          }
        });
    String read = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    String complaint = Files.readString(errors);
    Files.delete(errors);
    assertThat(exit).as(reader + " refuses it: " + complaint).isZero();
    return MAPPER.readTree(read);
  }
}
