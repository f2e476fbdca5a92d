package dev.earmark.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.earmark.CheckingClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own, as a user starts one; what it says is kept in a file. */
final class Served implements AutoCloseable {
  private static final Pattern IS_AT = Pattern.compile("Earmark is at (http://[^\\s/]+)");
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final HttpClient CLIENT = CheckingClient.create();

  private final Process process;
  private final Path said;
  private final String address;
  private final long startedMs;

  private Served(List<String> command, Path said) throws IOException, InterruptedException {
    this.said = said;
    long start = System.nanoTime();
    process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(said.toFile())
            .start();
    await("the address", () -> IS_AT.matcher(said()).find() || !process.isAlive());
    startedMs = (System.nanoTime() - start) / 1_000_000;
    Matcher found = IS_AT.matcher(said());
    assertThat(found.find()).as(said()).isTrue();
    address = found.group(1);
  }

  /** Starts one on the index {@code index} of a folder, and waits until it listens. */
  static Served start(Path folder, String... arguments) throws IOException, InterruptedException {
    return startAfter("", folder, arguments);
  }

  /**
   * As above.
   *
   * @param shell what a shell does before it starts the server, such as to limit what it may use
   */
  static Served startAfter(String shell, Path folder, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (!shell.isEmpty()) {
      command.addAll(List.of("sh", "-c", shell + "; exec \"$@\"", "sh"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Files of its own counters could not be written where files may not grow.
    command.addAll(List.of("-Xmx256m", "-XX:-UsePerfData", "-cp"));
    command.addAll(List.of(System.getProperty("java.class.path"), Main.class.getName(), "serve"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--port", "0", "--index", folder.resolve("index").toString()));
    return new Served(command, Files.createTempFile(folder, "said", ".log"));
  }

  /** All that it has said until now. */
  String said() {
    try {
      return Files.readString(said, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Process process() {
    return process;
  }

  String address() {
    return address;
  }

  /** How long it took until it listened, in milliseconds. */
  long startedMs() {
    return startedMs;
  }

  void await(String what, BooleanSupplier until) throws InterruptedException {
    long start = System.nanoTime();
    while (!until.getAsBoolean()) {
      assertThat(System.nanoTime() - start).as("%s: %s", what, said()).isLessThan(PATIENCE_NANOS);
      process.waitFor(20, TimeUnit.MILLISECONDS);
    }
  }

  /** Asks until the answer is as wanted. */
  JsonNode until(String path, Predicate<JsonNode> wanted) throws InterruptedException {
    JsonNode[] answer = new JsonNode[1];
    await(
        path,
        () -> {
          answer[0] = json(path);
          return wanted.test(answer[0]);
        });
    return answer[0];
  }

  /** What is answered to a path, which must be 200. */
  String get(String path) {
    try {
      HttpResponse<String> response =
          CLIENT.send(
              HttpRequest.newBuilder(URI.create(address + path)).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).as("%s: %s", path, response.body()).isEqualTo(200);
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": " + said(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(path, e);
    }
  }

  JsonNode json(String path) {
    try {
      return new JsonMapper().readTree(get(path));
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  int episodes() {
    return json("/api/v1/status").path("episodes").asInt();
  }

  /** Kills it as nobody can refuse (SIGKILL). */
  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
