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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures what the dearest requests cost a server. */
@Command(
    name = "hostile",
    description = {
      "The processor time of the most expensive requests to a server in its own process.",
      "All are asked, then all again, twice, so that none is answered from memory. Counted is all",
      "that the process takes until it is answered: the first time Java compiles most of it as",
      "well. Given are the first time and the lesser of the two others.",
      "Then all moments with \"the\" are fetched as a table, up to a million rows."
    })
final class HostileCommand implements Callable<Integer> {
  private static final Duration QUIET = Duration.ofMillis(200);
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

  @Option(
      names = "--most",
      paramLabel = "SECONDS",
      description = "Exit with 1 if a request asked again takes more, or is answered with 5xx.")
  private double most;

  private boolean failed;

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
  private record Cost(double seconds, double waited, int status, int bytes, boolean cut) {
    /** Of both what it takes at least, and the worst that was answered. */
    Cost or(Cost other) {
      return new Cost(
          Math.min(seconds, other.seconds),
          Math.min(waited, other.waited),
          Math.max(status, other.status),
          Math.max(bytes, other.bytes),
          cut || other.cut);
    }
  }

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
    boolean cut =
        text.contains("\"partial\":true")
            || text.contains("a search may take")
            || text.contains("ms of a processor");
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
    return failed ? 1 : 0;
  }

  private void requests(Report report, Measured server) throws IOException {
    Map<String, String> requests = HostileRequests.of(server::json);
    List<Cost> first = all("first", requests, "", server);
    List<Cost> second = all("again", requests, "%20", server);
    List<Cost> third = all("once more", requests, "%20%20", server);
    Report.Table table =
        report.table(
            "The dearest requests", "first s", "again s", "waited s", "status", "kB", "cut");
    List<String> names = List.copyOf(requests.keySet());
    for (int i = 0; i < names.size(); i++) {
      Cost one = first.get(i);
      Cost other = second.get(i).or(third.get(i));
      table.row(
          names.get(i),
          one.seconds(),
          other.seconds(),
          other.waited(),
          Math.max(one.status(), other.status()),
          Math.rint(other.bytes() / 1e3),
          other.cut() ? 1 : 0);
    }
    double[] worst = new double[table.columns().size()];
    for (int i = 0; i < worst.length; i++) {
      int column = i;
      worst[i] = table.rows().values().stream().mapToDouble(row -> row.get(column)).max().orElse(0);
    }
    table.row(HttpMeasure.WORST, worst);
    failed = most > 0 && (worst[3] >= 500 || worst[1] > most);
  }

  private List<Cost> all(String round, Map<String, String> requests, String added, Measured server)
      throws IOException {
    List<Cost> costs = new ArrayList<>();
    for (Map.Entry<String, String> request : requests.entrySet()) {
      options.say(round + ": " + request.getKey());
      costs.add(ask(server, request.getValue() + added));
      // What is compiled for one is not charged to the next.
      var unused = server.settle();
    }
    return costs;
  }

  /** Takes rows as they come, then hangs up, as somebody does who closes a window. */
  private void table(Report report, Measured server) throws IOException {
    options.say("a table of " + rows + " rows");
    double peak = server.peakMegabytes();
    double before = server.seconds();
    long start = System.nanoTime();
    HttpURLConnection asked = server.open("/api/v1/lines.jsonl?q=the");
    int taken = 0;
    boolean broken = false;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(asked.getInputStream(), StandardCharsets.UTF_8))) {
      while (taken < rows && lines.readLine() != null) {
        taken++;
      }
    } catch (IOException e) {
      // The server ends an answer so that it cannot go on with; nobody takes it for the whole.
      options.say("the table broke off: " + e.getMessage());
      broken = true;
    }
    asked.disconnect();
    double waited = (System.nanoTime() - start) / 1e9;
    double seconds = server.seconds() - before;
    failed |= broken && most > 0;
    double atEnd = server.seconds();
    double after = server.settle() - atEnd;
    report
        .table(
            "A table, then hung up",
            "rows",
            "broken off",
            "seconds",
            "processor s",
            "after it, s",
            "peak MB before",
            "peak MB")
        .row(
            "lines.jsonl of \"the\"",
            taken,
            broken ? 1 : 0,
            waited,
            seconds,
            after,
            peak,
            server.peakMegabytes());
  }
}
