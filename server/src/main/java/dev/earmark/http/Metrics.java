package dev.earmark.http;

import dev.earmark.index.EpisodeEntry;
import dev.earmark.search.IndexStatus;
import dev.earmark.search.RequestBudget;
import dev.earmark.search.SearchEngine;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the server counts, in Prometheus' text format at {@code /metrics}: requests by place and
 * outcome with their times, searches by kind and outcome, and how large and how fresh the index is.
 * Thread-safe.
 */
final class Metrics {
  private static final Logger LOG = LoggerFactory.getLogger(Metrics.class);

  /** Seconds; the goal for a search is the third. */
  private static final double[] LIMITS = {.001, .0025, .01, .025, .1, .25, 1, 5};

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicInteger inWork = new AtomicInteger();
  private final MultiGauge problems =
      MultiGauge.builder("earmark.problems")
          .description("problems found in the sources, by the form of the source and their kind")
          .register(registry);
  private final Map<Outcome, Timer> timers = new ConcurrentHashMap<>();
  private final SearchEngine engine;
  private long countedGeneration = -1;

  Metrics(SearchEngine engine) {
    this.engine = engine;
    gauge("earmark.episodes", "recordings in the index", IndexStatus::episodes);
    gauge("earmark.moments", "moments in the index", IndexStatus::moments);
    gauge("earmark.index.bytes", "size of the index on disk", IndexStatus::bytes);
    gauge(
        "earmark.index.age.seconds",
        "how long ago the index was last changed",
        status -> Duration.between(status.changed(), Instant.now()).toMillis() / 1000.0);
    Gauge.builder("earmark.requests.active", inWork, AtomicInteger::get)
        .description("requests being answered or sent")
        .register(registry);
  }

  private record Outcome(String place, int status) {}

  private interface Value {
    double of(IndexStatus status);
  }

  private void gauge(String name, String description, Value value) {
    Gauge.builder(
            name,
            () -> {
              try {
                return value.of(engine.status());
              } catch (IOException e) {
                LOG.warn("{} cannot be told", name, e);
                return Double.NaN;
              }
            })
        .description(description)
        .register(registry);
  }

  void begin() {
    inWork.incrementAndGet();
  }

  /** Counts a request that has been answered. */
  void end(String path, int status, long tookNanos) {
    inWork.decrementAndGet();
    timers
        .computeIfAbsent(new Outcome(place(path), status), this::timer)
        .record(tookNanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Outcome outcome) {
    return Timer.builder("earmark.requests")
        .description("requests, by place and status")
        .tags("place", outcome.place(), "status", Integer.toString(outcome.status()))
        .serviceLevelObjectives(limits())
        .register(registry);
  }

  /** Counts a search. */
  void search(String kind, String outcome) {
    registry.counter("earmark.searches", Tags.of("kind", kind, "outcome", outcome)).increment();
  }

  /** Counts an answer that need not be worked out: it was in our memory, or in the client's. */
  void known(String where) {
    registry.counter("earmark.answers.known", Tags.of("where", where)).increment();
  }

  private static Duration[] limits() {
    Duration[] limits = new Duration[LIMITS.length];
    for (int i = 0; i < limits.length; i++) {
      limits[i] = Duration.ofNanos((long) (LIMITS[i] * 1e9));
    }
    return limits;
  }

  /** A few words for the many addresses, so that nobody can make up new ones. */
  private static String place(String path) {
    if (path.startsWith("/api/v1/")) {
      String rest = path.substring("/api/v1/".length());
      for (String name :
          new String[] {
            "search",
            "lines",
            "facets",
            "talk",
            "suggest",
            "episodes",
            "speakers",
            "shows",
            "trends",
            "index"
          }) {
        if (rest.startsWith(name)) {
          return "api-" + name;
        }
      }
      return "api";
    }
    for (String name : new String[] {"assets", "media", "e", "metrics", "healthz"}) {
      if (path.equals("/" + name) || path.startsWith("/" + name + "/")) {
        return name.equals("e") ? "episode" : name;
      }
    }
    return path.equals("/") ? "home" : "page";
  }

  void scrape(Context context) throws IOException {
    countProblems();
    context.contentType("text/plain; version=0.0.4; charset=utf-8").result(registry.scrape());
  }

  private synchronized void countProblems() throws IOException {
    long generation = engine.status().generation();
    if (generation == countedGeneration) {
      return;
    }
    Map<Tags, Integer> counts = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    for (EpisodeEntry entry : engine.episodes()) {
      long forms = entry.sources().stream().map(EpisodeEntry.Source::format).distinct().count();
      String form = forms == 1 ? entry.sources().get(0).format() : "several";
      entry
          .problems()
          .forEach((kind, count) ->
              counts.merge(Tags.of("format", form, "kind", kind), count, Integer::sum));
    }
    problems.register(
        counts.entrySet().stream()
            .<MultiGauge.Row<?>>map(entry -> MultiGauge.Row.of(entry.getKey(), entry.getValue()))
            .toList(),
        true);
    if (!RequestBudget.isCurrentCut()) {
      countedGeneration = generation;
    }
  }
}
