package dev.earmark.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures what the dearest requests cost a server. */
@Command(
    name = "hostile",
    description = {
      "The processor time of the dearest requests, asked of a server in a process of its own.",
      "Each is asked twice, the second time so that it is not answered from memory. Counted is",
      "all that the process takes until it is answered, compiler and collector included.",
      "Then all moments with \"the\" are fetched as a table, up to a million rows."
    })
final class HostileCommand implements Callable<Integer> {
  static final String DEAREST = "the dearest of all";
  private static final Duration QUIET = Duration.ofMillis(500);
  private static final double QUIET_SECONDS = 0.02;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @Mixin private BenchOptions options = new BenchOptions();
  @Mixin private CorpusOptions corpus = new CorpusOptions();
  @Mixin private LauncherOptions start = new LauncherOptions();

  @Option(
      names = "--heap",
      paramLabel = "MB",
      defaultValue = "1024",
      description = "The heap of the server, in megabytes (default: ${DEFAULT-VALUE}).")
  private int heap = 1024;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "How many rows of the table to take before hanging up (${DEFAULT-VALUE}).")
  private int rows = 1_000_000;

  /** A server that is measured. */
  private record Measured(Launcher.Serving serving) {
    private static final ObjectMapper JSON = new ObjectMapper();

    HttpURLConnection open(String path) throws IOException {
      return (HttpURLConnection) URI.create(serving.address() + path).toURL().openConnection();
    }

    JsonNode json(String path) throws IOException {
      return JSON.readTree(open(path).getInputStream());
    }

    /** The processor time it has taken since it started, in seconds. */
    double seconds() throws IOException {
      return serving
              .process()
              .toHandle()
              .info()
              .totalCpuDuration()
              .orElseThrow(() -> new IOException("this system does not tell processor times"))
              .toNanos()
          / 1e9;
    }

    /** The most memory it has had, in megabytes; not a number where the system does not say. */
    double peakMegabytes() throws IOException {
      Path status = Path.of("/proc/" + serving.process().pid() + "/status");
      if (!Files.isReadable(status)) {
        return Double.NaN;
      }
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(Double.NaN);
    }

    /** Waits until it has prepared what it prepares, and gives what that took. */
    double settle() throws IOException {
      long until = System.nanoTime() + PATIENCE.toNanos();
      double before = seconds();
      while (System.nanoTime() < until) {
        try {
          Thread.sleep(QUIET);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IOException("waiting was interrupted", e);
        }
        double now = seconds();
        if (now - before < QUIET_SECONDS) {
          return now;
        }
        before = now;
      }
      throw new IOException("the server does not come to rest");
    }
  }

  /** One answer. */
  private record Cost(double seconds, double waited, int status, int bytes, boolean cut) {}

  private static Cost ask(Measured server, String path) throws IOException {
    double before = server.seconds();
    long start = System.nanoTime();
    HttpURLConnection asked = server.open(path);
    int status = asked.getResponseCode();
    byte[] body =
        status >= 400
            ? asked.getErrorStream().readAllBytes()
            : asked.getInputStream().readAllBytes();
    double waited = (System.nanoTime() - start) / 1e9;
    String text = new String(body, StandardCharsets.UTF_8);
    boolean cut = text.contains("\"partial\":true") || text.contains("a search may take") || text.contains("ms of a processor");
    return new Cost(server.seconds() - before, waited, status, body.length, cut);
  }

  @Override
  public Integer call() throws IOException {
    Launcher launcher = start.launcher(options);
    Report report = new Report();
    try (Workspace workspace = Workspace.create()) {
      Path index = start.index(options, corpus, workspace);
      options.say("starting");
      String flags = "-Xmx" + heap + "m -XX:+ExitOnOutOfMemoryError";
      try (Launcher.Serving serving = launcher.serve(index, flags)) {
        Measured server = new Measured(serving);
        double prepared = server.settle();
        JsonNode status = server.json("/api/v1/status");
        report
            .table("Served", "episodes", "moments", "seconds to prepare", "heap MB")
            .row(
                index.toString(),
                status.path("episodes").asInt(),
                status.path("moments").asInt(),
                prepared,
                heap);
        requests(report, server);
        table(report, server);
      }
    }
    options.print(report);
    return 0;
  }

  private void requests(Report report, Measured server) throws IOException {
    Report.Table table =
        report.table(
            "The dearest requests", "first s", "again s", "waited s", "status", "kB", "cut");
    Cost dearest = new Cost(0, 0, 0, 0, false);
    for (Map.Entry<String, String> request : HostileRequests.of(server::json).entrySet()) {
      options.say(request.getKey());
      Cost first = ask(server, request.getValue());
      Cost again = ask(server, request.getValue() + "%20");
      table.row(
          request.getKey(),
          first.seconds(),
          again.seconds(),
          Math.max(first.waited(), again.waited()),
          Math.max(first.status(), again.status()),
          Math.rint(first.bytes() / 1e3),
          first.cut() || again.cut() ? 1 : 0);
      dearest =
          new Cost(
              Math.max(dearest.seconds(), Math.max(first.seconds(), again.seconds())),
              Math.max(dearest.waited(), Math.max(first.waited(), again.waited())),
              Math.max(dearest.status(), Math.max(first.status(), again.status())),
              0,
              false);
    }
    table.row(
        DEAREST,
        dearest.seconds(),
        Double.NaN,
        dearest.waited(),
        dearest.status(),
        Double.NaN,
        Double.NaN);
  }

  /** Takes rows as they come, then hangs up, as somebody does who closes a window. */
  private void table(Report report, Measured server) throws IOException {
    options.say("a table of " + rows + " rows");
    double peak = server.peakMegabytes();
    double before = server.seconds();
    long start = System.nanoTime();
    HttpURLConnection asked = server.open("/api/v1/lines.jsonl?q=the");
    int taken = 0;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(asked.getInputStream(), StandardCharsets.UTF_8))) {
      while (taken < rows && lines.readLine() != null) {
        taken++;
      }
      asked.disconnect();
    }
    double waited = (System.nanoTime() - start) / 1e9;
    double seconds = server.seconds() - before;
    double atEnd = server.seconds();
    double after = server.settle() - atEnd;
    report
        .table(
            "A table, then hung up",
            "rows",
            "seconds",
            "processor s",
            "after it, s",
            "peak MB before",
            "peak MB")
        .row("lines.jsonl of \"the\"", taken, waited, seconds, after, peak, server.peakMegabytes());
  }
}
