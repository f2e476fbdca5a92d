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
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Indexes and searches the same transcripts embedded and in a cluster. */
@Command(
    name = "cluster",
    description = {
      "What a cluster of OpenSearch costs beside the embedded index: indexing, bytes and documents",
      "a shard, heap of the nodes, and searches. Start the cluster first; the index that is named",
      "must not be there yet, and is deleted afterwards."
    })
final class ClusterCommand implements Callable<Integer> {
  @Mixin private BenchOptions options = new BenchOptions();
  @Mixin private CorpusOptions corpus = new CorpusOptions();

  @Option(
      names = "--opensearch",
      required = true,
      split = ",",
      paramLabel = "URL",
      description = "The nodes of the cluster: http(s)://HOST:PORT/NAME, commas between.")
  private List<String> addresses = List.of();

  @Option(
      names = "--searches",
      defaultValue = "40",
      description = "How many searches of each kind (default: ${DEFAULT-VALUE}).")
  private int searches = 40;

  @Override
  public Integer call() throws IOException {
    OpenSearchSettings settings;
    try {
      settings = OpenSearchSettings.of(addresses);
    } catch (IllegalArgumentException e) {
      throw options.wrong(String.valueOf(e.getMessage()));
    }
    Report report = new Report();
    try (Workspace workspace = Workspace.create();
        OpenSearchClient client = OpenSearchClient.open(settings)) {
      if (isThere(client)) {
        throw options.wrong(
            "there is an index "
                + settings.index()
                + " at "
                + settings.addresses()
                + " already; name one that is not there: http://HOST:PORT/NAME");
      }
      Path folder = corpus.folder(options);
      Path embedded = workspace.folder("earmark");
      Report.Table indexing = report.table("Indexing", "moments", "words", "seconds", "words/s");
      options.say("indexing, embedded");
      index(indexing, "embedded", LuceneIndexSink.open(embedded), folder);
      options.say("indexing, cluster");
      index(indexing, "cluster", OpenSearchIndexSink.open(settings), folder);
      String name = OpenSearchIndex.forReading(client).name();
      try {
        shards(report, client, name);
        search(report, embedded, settings);
      } finally {
        var unused = client.ask("DELETE", "/" + name, null);
      }
    }
    options.print(report);
    return 0;
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

  private static void index(Report.Table table, String name, IndexSink sink, Path folder)
      throws IOException {
    Stopwatch watch = Stopwatch.start();
    IndexSummary summary;
    try (sink) {
      summary = new Indexer(sink, (id, done, of, words) -> {}).run(List.of(folder));
    }
    double seconds = watch.seconds();
    table.row(
        name,
        (double) summary.moments(),
        (double) summary.words(),
        seconds,
        Math.rint(summary.words() / seconds));
  }

  private static void shards(Report report, OpenSearchClient client, String index) {
    Report.Table table = report.table("Shards", "documents", "bytes", "bytes a document");
    String path = "/_cat/shards/" + index + "?format=json&bytes=b&h=shard,prirep,docs,store,node";
    for (JsonNode shard : client.ask("GET", path, null)) {
      double documents = shard.path("docs").asDouble();
      double bytes = shard.path("store").asDouble();
      String kind = shard.path("prirep").asText().equals("p") ? "" : ", copy";
      String name = shard.path("shard").asText() + kind + " on " + shard.path("node").asText();
      table.row(name, documents, bytes, bytes / documents);
    }
    Report.Table heap = report.table("Nodes", "heap used, %", "heap at most, MB");
    String nodes = "/_cat/nodes?format=json&bytes=mb&h=name,heap.percent,heap.max";
    for (JsonNode node : client.ask("GET", nodes, null)) {
      heap.row(
          node.path("name").asText(),
          node.path("heap.percent").asDouble(),
          node.path("heap.max").asDouble());
    }
  }

  private void search(Report report, Path index, OpenSearchSettings settings) throws IOException {
    Report.Table table =
        report.table(
            "Searching, ms",
            "embedded p50",
            "p99",
            "hits",
            "cluster p50",
            "p99 cluster",
            "hits cluster",
            "p50 cluster / embedded");
    try (EarmarkContender embedded = EarmarkContender.open(index);
        Contender cluster = new EarmarkContender(OpenSearchEngine.open(settings))) {
      Map<Ask.Kind, List<Ask>> asks = Workload.of(embedded.engine(), searches);
      for (Map.Entry<Ask.Kind, List<Ask>> kind : asks.entrySet()) {
        options.say("searching, " + kind.getKey().title);
        Latencies one = Latencies.warm(embedded, kind.getValue());
        Latencies other = Latencies.warm(cluster, kind.getValue());
        table.row(
            kind.getKey().title,
            one.p50(),
            one.p99(),
            one.hits(),
            other.p50(),
            other.p99(),
            other.hits(),
            other.p50() / one.p50());
      }
    }
  }
}
