package dev.earmark.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earmark.index.IndexException;
import dev.earmark.index.IndexSink;
import dev.earmark.index.IndexSummary;
import dev.earmark.index.Indexer;
import dev.earmark.index.lucene.LuceneIndexSink;
import dev.earmark.index.opensearch.OpenSearchClient;
import dev.earmark.index.opensearch.OpenSearchIndex;
import dev.earmark.index.opensearch.OpenSearchIndexSink;
import dev.earmark.index.opensearch.OpenSearchSettings;
import dev.earmark.search.opensearch.OpenSearchEngine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Makes an index of the same transcripts in a folder and in clusters, and asks both the same.
 *
 * <p>A cluster remembers the order of the hits of a search and how often words come, so what is
 * asked for the first time and again is told apart: half of the searches warm everybody up, the
 * other half are asked by the clock, twice. Not thread-safe.
 */
final class ClusterMeasure {
  private static final String EMBEDDED = "embedded";

  private final Report.Table indexing;
  private final Report.Table shards;
  private final Report.Table nodes;
  private final Report report;
  private final BenchOptions options;
  private final Path folder;
  private final Path embedded;
  private final int searches;

  /** Indexes the transcripts of a folder embedded, as what clusters are measured beside. */
  ClusterMeasure(Report report, BenchOptions options, Path folder, Path embedded, int searches)
      throws IOException {
    this.report = report;
    this.options = options;
    this.folder = folder;
    this.embedded = embedded;
    this.searches = searches;
    this.indexing =
        report.table(
            "Indexing",
            "moments",
            "words",
            "seconds",
            "words/s",
            "times embedded",
            "processor s",
            "times embedded's",
            "bytes/word");
    this.shards = report.table("Shards", "documents", "bytes", "bytes a document");
    this.nodes = report.table("Nodes", "heap used, MB", "heap at most, MB");
    Indexed made = index(EMBEDDED, LuceneIndexSink.open(embedded), Processors.OURS);
    row(EMBEDDED, made, (double) Workspace.bytes(embedded));
  }

  /** What was indexed, in which time, by the clock and of the processors. */
  private record Indexed(IndexSummary summary, double seconds, double processor) {}

  /** The processors' time that was spent so far, which a busy machine does not stretch. */
  private interface Processors {
    /** Of this process. */
    Processors OURS =
        () ->
            ManagementFactory.getOperatingSystemMXBean()
                    instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime() / 1e6
                : Double.NaN;

    double milliseconds();

    /** Of this process and all nodes of a cluster. */
    static Processors with(OpenSearchClient client) {
      return () -> {
        double all = OURS.milliseconds();
        for (JsonNode node : client.ask("GET", "/_nodes/stats/process", null).path("nodes")) {
          all += node.at("/process/cpu/total_in_millis").asDouble();
        }
        return all;
      };
    }
  }

  private Indexed index(String name, IndexSink sink, Processors processors) throws IOException {
    options.say("indexing, " + name);
    double before = processors.milliseconds();
    Stopwatch watch = Stopwatch.start();
    IndexSummary summary;
    try (sink) {
      summary = new Indexer(sink, (id, done, of, words) -> {}).run(List.of(folder));
    }
    double seconds = watch.seconds();
    return new Indexed(summary, seconds, (processors.milliseconds() - before) / 1e3);
  }

  private void row(String name, Indexed made, double bytes) {
    double words = made.summary.words();
    indexing.row(
        name,
        (double) made.summary.moments(),
        words,
        made.seconds,
        Math.rint(words / made.seconds),
        made.seconds / indexing.figure(EMBEDDED, "seconds").orElse(made.seconds),
        made.processor,
        made.processor / indexing.figure(EMBEDDED, "processor s").orElse(made.processor),
        bytes / words);
  }

  /**
   * Indexes into a cluster, searches there, and takes the index away.
   *
   * @param settled has the nodes collect their garbage, if it can
   */
  void cluster(String name, OpenSearchSettings settings, Runnable settled) throws IOException {
    try (OpenSearchClient client = OpenSearchClient.open(settings)) {
      if (isThere(client)) {
        throw options.wrong(
            "there is an index "
                + settings.index()
                + " at "
                + settings.addresses()
                + " already; name one that is not there: http://HOST:PORT/NAME");
      }
      Indexed made = index(name, OpenSearchIndexSink.open(settings), Processors.with(client));
      String index = OpenSearchIndex.forReading(client).name();
      try {
        row(name, made, shards(name, client, index));
        search(name, settings, Processors.with(client));
        settled.run();
        heap(name, client);
      } finally {
        var unused = client.ask("DELETE", "/" + index, null);
      }
    } catch (IndexException e) {
      throw options.wrong(String.valueOf(e.getMessage()));
    }
  }

  private static boolean isThere(OpenSearchClient client) {
    try {
      var unused = OpenSearchIndex.forReading(client);
      return true;
    } catch (IndexException none) {
      // If there is another reason, writing to it says so.
      return false;
    }
  }

  /** Adds the shards, and gives the bytes of those that are no copies. */
  private double shards(String cluster, OpenSearchClient client, String index) {
    String path =
        "/_cat/shards/" + index + "?format=json&bytes=b&s=shard,prirep&h=shard,prirep,docs,store";
    double all = 0;
    for (JsonNode shard : client.ask("GET", path, null)) {
      double documents = shard.path("docs").asDouble();
      double bytes = shard.path("store").asDouble();
      boolean copy = !shard.path("prirep").asText().equals("p");
      all += copy ? 0 : bytes;
      shards.row(
          cluster + ", shard " + shard.path("shard").asText() + (copy ? ", copy" : ""),
          documents,
          bytes,
          bytes / documents);
    }
    return all;
  }

  private void heap(String cluster, OpenSearchClient client) {
    String path = "/_cat/nodes?format=json&bytes=b&s=name&h=name,heap.current,heap.max";
    for (JsonNode node : client.ask("GET", path, null)) {
      nodes.row(
          cluster + ", " + node.path("name").asText(),
          Math.rint(node.path("heap.current").asDouble() / (1 << 20)),
          Math.rint(node.path("heap.max").asDouble() / (1 << 20)));
    }
  }

  private void search(String name, OpenSearchSettings settings, Processors processors)
      throws IOException {
    Report.Table table =
        report.table(
            "Searching, ms, " + name,
            "hits",
            "embedded p50",
            "p99",
            "cluster p50",
            "p99 cluster",
            "again p50",
            "p50 cluster / embedded",
            "processor embedded",
            "processor cluster",
            "processor cluster / embedded",
            "hits in cluster");
    try (EarmarkContender here = EarmarkContender.open(embedded);
        Contender there = new EarmarkContender(OpenSearchEngine.open(settings))) {
      Map<Ask.Kind, List<Ask>> asks = Workload.of(here.engine(), 2 * searches);
      for (Map.Entry<Ask.Kind, List<Ask>> kind : asks.entrySet()) {
        options.say("searching, " + name + ", " + kind.getKey().title);
        int half = kind.getValue().size() / 2;
        List<Ask> first = kind.getValue().subList(0, half);
        List<Ask> second = kind.getValue().subList(half, kind.getValue().size());
        var unusedHere = Latencies.warm(here, first);
        var unusedThere = Latencies.once(there, first);
        double begun = Processors.OURS.milliseconds();
        Latencies one = Latencies.once(here, second);
        double ours = (Processors.OURS.milliseconds() - begun) / second.size();
        begun = processors.milliseconds();
        Latencies other = Latencies.once(there, second);
        double theirs = (processors.milliseconds() - begun) / second.size();
        // Few enough for what a cluster remembers, and asked just now.
        List<Ask> last = second.subList(Math.max(0, second.size() - 40), second.size());
        Latencies again = Latencies.once(there, last);
        table.row(
            kind.getKey().title,
            one.hits(),
            one.p50(),
            one.p99(),
            other.p50(),
            other.p99(),
            again.p50(),
            other.p50() / one.p50(),
            ours,
            theirs,
            theirs / ours,
            other.hits());
      }
    }
  }
}
