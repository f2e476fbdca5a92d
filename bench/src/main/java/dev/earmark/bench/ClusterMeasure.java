package dev.earmark.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.earmark.index.IndexException;
import dev.earmark.index.IndexSink;
import dev.earmark.index.IndexSummary;
import dev.earmark.index.Indexer;
import dev.earmark.index.lucene.LuceneIndexSink;
import dev.earmark.index.opensearch.OpenSearchClient;
import dev.earmark.index.opensearch.OpenSearchIndex;
import dev.earmark.index.opensearch.OpenSearchIndexSink;
import dev.earmark.index.opensearch.OpenSearchSettings;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.opensearch.OpenSearchEngine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Makes an index of the same transcripts in a folder and in clusters, and asks both the same.
 *
 * <p>A cluster remembers the order of the hits of a search and how often words come, so what is
 * asked for the first time and again is told apart: half of the searches warm everybody up, the
 * other half are asked by the clock, twice. Not thread-safe.
 */
final class ClusterMeasure {
  private static final String EMBEDDED = "embedded";
  private static final OpenSearchClient.Patience MERGING =
      new OpenSearchClient.Patience(Duration.ofMinutes(10), Duration.ofMinutes(10));

  private static final long NODES_LOOK_NANOS = 1_100_000_000L;
  private static final Duration MOST_TO_SETTLE = Duration.ofSeconds(100);

  private final Report.Table indexing;
  private final Report.Table shards;
  private final Report.Table nodes;
  private final Report report;
  private final BenchOptions options;
  private final Path folder;
  private final Path embedded;
  private final int searches;
  private final int indices;
  private final IndexSummary embeddedSummary;

  /**
   * Indexes the transcripts of a folder embedded, as what clusters are measured beside.
   *
   * @param indices among how many indices under one alias they are divided, too; 0 for none
   */
  ClusterMeasure(
      Report report, BenchOptions options, Path folder, Path embedded, int searches, int indices)
      throws IOException {
    this.report = report;
    this.options = options;
    this.folder = folder;
    this.embedded = embedded;
    this.searches = searches;
    this.indices = indices;
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
    embeddedSummary = made.summary;
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

    /** The same once nodes tell what was spent until now: they look at it every second. */
    default double settled() {
      LockSupport.parkNanos(NODES_LOOK_NANOS);
      return milliseconds();
    }

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

  /** Done with a cluster after the searches, such as killing a node of it. */
  interface Then {
    void with(OpenSearchSettings settings, List<Ask> asks) throws IOException;
  }

  /**
   * Indexes into a cluster, as Earmark does and plainly, searches there, and takes both away.
   *
   * @param settled has the nodes collect their garbage, if it can
   */
  void cluster(String name, OpenSearchSettings settings, Runnable settled, Then then)
      throws IOException {
    try (OpenSearchClient client = OpenSearchClient.open(settings)) {
      if (isThere(client)) {
        throw options.wrong(
            "there is an index "
                + settings.index()
                + " at "
                + settings.addresses()
                + " already; name one that is not there: http://HOST:PORT/NAME");
      }
      Processors processors = Processors.with(client);
      try (PlainIndex plain = plain(name, settings, client, processors)) {
        Indexed made = index(name, OpenSearchIndexSink.open(settings), processors);
        String index = OpenSearchIndex.forReading(client).name();
        try {
          row(name, made, shards(name, client, index));
          search(name, settings, processors, plain);
          settled.run();
          heap(name, client);
          if (indices > 0) {
            searchAlias(name, settings, client);
          }
          try (EarmarkContender here = EarmarkContender.open(embedded)) {
            List<Ask> asks = new java.util.ArrayList<>();
            Workload.of(here.engine(), searches).values().forEach(asks::addAll);
            then.with(settings, asks);
          }
        } finally {
          var unused = client.ask("DELETE", "/" + index, null);
        }
      }
    } catch (IndexException e) {
      throw options.wrong(String.valueOf(e.getMessage()));
    }
  }

  private PlainIndex plain(
      String name, OpenSearchSettings settings, OpenSearchClient client, Processors processors)
      throws IOException {
    Integer wanted = settings.shards();
    String index = settings.index() + "-plain";
    options.say("indexing plainly, " + name);
    PlainIndex plain =
        PlainIndex.make(client, index, wanted == null ? OpenSearchSettings.DEFAULT_SHARDS : wanted);
    try (EarmarkContender here = EarmarkContender.open(embedded)) {
      double before = processors.milliseconds();
      Stopwatch watch = Stopwatch.start();
      plain.fill(here.engine());
      double seconds = watch.seconds();
      double processor = (processors.milliseconds() - before) / 1e3;
      row(
          name + ", plain",
          new Indexed(embeddedSummary, seconds, processor),
          shards(name + ", plain", client, index));
      return plain;
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

  /**
   * Adds the shards, and gives the bytes of those that are no copies: when they are merged, since
   * before that OpenSearch keeps each document twice.
   */
  private double shards(String cluster, OpenSearchClient client, String index) {
    var unusedFlush = client.ask("POST", "/" + index + "/_flush", null);
    settle(client, index);
    var unusedMerge =
        client.ask("POST", "/" + index + "/_forcemerge?max_num_segments=1", null, MERGING);
    // Who searches holds what was merged until it is shown anew, and it would be counted twice.
    var unusedRefresh = client.ask("POST", "/" + index + "/_refresh", null);
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

  /**
   * Waits until no copy may ask for what was written: until then OpenSearch keeps the source of
   * each document twice, also when it merges. It looks every half minute.
   */
  private static void settle(OpenSearchClient client, String index) {
    long end = System.nanoTime() + MOST_TO_SETTLE.toNanos();
    while (System.nanoTime() < end) {
      boolean needed = false;
      JsonNode found = client.ask("GET", "/" + index + "/_stats/docs?level=shards", null);
      for (JsonNode one : found.path("indices")) {
        for (JsonNode shard : one.path("shards")) {
          for (JsonNode copy : shard) {
            long highest = copy.at("/seq_no/max_seq_no").asLong();
            for (JsonNode lease : copy.at("/retention_leases/leases")) {
              needed |= lease.path("retaining_seq_no").asLong() <= highest;
            }
          }
        }
      }
      if (!needed) {
        return;
      }
      LockSupport.parkNanos(500_000_000L);
    }
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

  /**
   * Asks each question of the embedded index, the plain one and the cluster's, one after another.
   */
  private void search(
      String name, OpenSearchSettings settings, Processors processors, PlainIndex plain)
      throws IOException {
    Report.Table table =
        report.table(
            "Searching, ms, " + name,
            "hits",
            "embedded p50",
            "plain p50",
            "cluster p50",
            "p99 plain",
            "p99 cluster",
            "times plain",
            "times embedded",
            "processor plain",
            "processor cluster",
            "times plain's",
            "requests",
            "again p50");
    try (EarmarkContender here = EarmarkContender.open(embedded);
        OpenSearchEngine engine = OpenSearchEngine.open(settings)) {
      Contender there = new EarmarkContender(engine);
      Map<Ask.Kind, List<Ask>> asks = Workload.of(here.engine(), 2 * searches);
      for (Map.Entry<Ask.Kind, List<Ask>> kind : asks.entrySet()) {
        options.say("searching, " + name + ", " + kind.getKey().title);
        int half = kind.getValue().size() / 2;
        List<Ask> first = kind.getValue().subList(0, half);
        List<Ask> second = kind.getValue().subList(half, kind.getValue().size());
        var unusedHere = Latencies.once(here, first);
        var unusedPlain = Latencies.once(plain, first);
        var unusedThere = Latencies.once(there, first);
        Timed one = new Timed(here, second.size());
        Timed two = new Timed(plain, second.size());
        Timed three = new Timed(there, second.size());
        long requests = engine.requests();
        for (Ask ask : second) {
          one.ask(ask);
          two.ask(ask);
          three.ask(ask);
        }
        double sent = (double) (engine.requests() - requests) / second.size();
        // Few enough for what a cluster remembers, and asked just now.
        List<Ask> last = second.subList(Math.max(0, second.size() - 40), second.size());
        Latencies again = Latencies.once(there, last);
        double ofPlain = processor(plain, second, processors);
        double ofCluster;
        // One that remembers nothing of what was asked just now.
        try (OpenSearchEngine fresh = OpenSearchEngine.open(settings)) {
          ofCluster = processor(new EarmarkContender(fresh), second, processors);
        }
        Latencies ours = one.latencies();
        Latencies theirs = two.latencies();
        Latencies cluster = three.latencies();
        table.row(
            kind.getKey().title,
            cluster.hits(),
            ours.p50(),
            theirs.p50(),
            cluster.p50(),
            theirs.p99(),
            cluster.p99(),
            cluster.p50() / theirs.p50(),
            cluster.p50() / ours.p50(),
            ofPlain,
            ofCluster,
            ofCluster / ofPlain,
            sent,
            again.p50());
      }
    }
  }

  /** The milliseconds of processors that a search takes, as the mean of some. */
  private static double processor(Contender contender, List<Ask> asks, Processors processors)
      throws IOException {
    double before = processors.settled();
    for (Ask ask : asks) {
      var unused = contender.search(ask);
    }
    return (processors.settled() - before) / asks.size();
  }

  /**
   * Puts the episodes into many indices as well, and asks the alias over them and the one index the
   * same by turns.
   */
  private void searchAlias(String name, OpenSearchSettings settings, OpenSearchClient client)
      throws IOException {
    String alias = settings.index() + "-all";
    try {
      List<Path> files;
      try (Stream<Path> all = Files.list(folder)) {
        files = all.sorted().toList();
      }
      for (int i = 0; i < indices; i++) {
        options.say("indexing, " + name + ", index " + (i + 1) + " of " + indices);
        OpenSearchSettings part = named(settings, settings.index() + "-part" + i);
        List<Path> some =
            files.subList(files.size() * i / indices, files.size() * (i + 1) / indices);
        try (IndexSink sink = OpenSearchIndexSink.open(part)) {
          var unused = new Indexer(sink, (id, done, of, words) -> {}).run(some);
        }
        var unusedAlias =
            client.ask(
                "POST",
                "/" + part.index() + "-*/_alias/" + alias,
                JsonNodeFactory.instance.objectNode());
      }
      searchAlias(name, settings, named(settings, alias));
    } finally {
      var unused = client.ask("DELETE", "/" + settings.index() + "-part*", null);
    }
  }

  private static OpenSearchSettings named(OpenSearchSettings settings, String index) {
    return OpenSearchSettings.of(settings.hosts().stream().map(host -> host + "/" + index).toList())
        .withLogin(settings.login())
        .withAuthority(settings.authority())
        .withShards(settings.shards());
  }

  private void searchAlias(String name, OpenSearchSettings settings, OpenSearchSettings alias)
      throws IOException {
    Report.Table table =
        report.table(
            "Searching " + indices + " indices, ms, " + name,
            "hits, one index",
            "hits, alias",
            "one index p50",
            "alias p50",
            "p99 one index",
            "p99 alias",
            "times one index");
    try (EarmarkContender here = EarmarkContender.open(embedded);
        OpenSearchEngine one = OpenSearchEngine.open(settings);
        OpenSearchEngine many = OpenSearchEngine.open(alias)) {
      Map<Ask.Kind, List<Ask>> asks = Workload.of(here.engine(), 2 * searches);
      for (Map.Entry<Ask.Kind, List<Ask>> kind : asks.entrySet()) {
        options.say("searching an alias, " + name + ", " + kind.getKey().title);
        int half = kind.getValue().size() / 2;
        List<Ask> second = kind.getValue().subList(half, kind.getValue().size());
        Timed single = new Timed(new EarmarkContender(one), second.size());
        Timed several = new Timed(new EarmarkContender(many), second.size());
        for (Ask ask : kind.getValue().subList(0, half)) {
          var unusedOne = new EarmarkContender(one).search(ask);
          var unusedMany = new EarmarkContender(many).search(ask);
        }
        for (Ask ask : second) {
          single.ask(ask);
          several.ask(ask);
        }
        Latencies ours = single.latencies();
        Latencies theirs = several.latencies();
        if (ours.hits() != theirs.hits()) {
          options.say("NOT THE SAME HITS, " + kind.getKey().title);
        }
        table.row(
            kind.getKey().title,
            ours.hits(),
            theirs.hits(),
            ours.p50(),
            theirs.p50(),
            ours.p99(),
            theirs.p99(),
            theirs.p50() / ours.p50());
      }
    }
  }

  /** How many searches are asked while a node is killed. */
  private static final int WHILE_KILLED = 200;

  /** Asks while a node is killed: each is answered, or said to be of a part. */
  void killed(String name, OpenSearchSettings settings, List<Ask> asks, Runnable kill)
      throws IOException {
    options.say("searching while a node is killed, " + name);
    Report.Table table =
        report.table("A node is killed", "searches", "whole", "said to be partial", "failed");
    double whole = 0;
    double partial = 0;
    double failed = 0;
    try (OpenSearchEngine engine = OpenSearchEngine.open(settings)) {
      for (int i = 0; i < WHILE_KILLED; i++) {
        if (i == WHILE_KILLED / 4) {
          Thread.ofPlatform().start(kill);
        }
        String query = EarmarkContender.query(asks.get(i % asks.size()));
        try {
          SearchPage page = engine.search(SearchRequest.of(query));
          if (page.notUnderstood().isEmpty()) {
            whole++;
          } else {
            partial++;
          }
        } catch (IOException | RuntimeException e) {
          options.say("failed: " + e.getMessage());
          failed++;
        }
      }
    }
    table.row(name, WHILE_KILLED, whole, partial, failed);
  }

  /** Asks one contender by the clock. Not thread-safe. */
  private static final class Timed {
    private final Contender contender;
    private final long[] nanos;
    private int asked;
    private double hits;

    Timed(Contender contender, int asks) {
      this.contender = contender;
      this.nanos = new long[asks];
    }

    void ask(Ask ask) throws IOException {
      long start = System.nanoTime();
      hits += contender.search(ask);
      nanos[asked++] = System.nanoTime() - start;
    }

    Latencies latencies() {
      long[] sorted = java.util.Arrays.copyOf(nanos, asked);
      java.util.Arrays.sort(sorted);
      return new Latencies(sorted, hits / asked);
    }
  }
}
