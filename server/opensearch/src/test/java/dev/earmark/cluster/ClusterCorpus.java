package dev.earmark.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earmark.index.IndexSummary;
import dev.earmark.index.Indexer;
import dev.earmark.index.opensearch.OpenSearchIndexSink;
import dev.earmark.index.opensearch.OpenSearchSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** An index of a test's own in a cluster that tests share. */
public final class ClusterCorpus {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final OpenSearchCluster cluster;
  private final OpenSearchSettings settings;

  private ClusterCorpus(OpenSearchCluster cluster, OpenSearchSettings settings) {
    this.cluster = cluster;
    this.settings = settings;
  }

  /** A name of which there is no index yet. */
  public static ClusterCorpus in(OpenSearchCluster cluster) {
    String name = "/test" + NUMBER.incrementAndGet();
    return new ClusterCorpus(
        cluster,
        OpenSearchSettings.of(
            cluster.addresses().stream().map(address -> address + name).toList()));
  }

  public OpenSearchSettings settings() {
    return settings;
  }

  /** Its name. */
  public String name() {
    return settings.index();
  }

  /** Indexes some paths. */
  public IndexSummary index(Path... paths) throws IOException {
    return index((id, done, of, words) -> {}, paths);
  }

  private IndexSummary index(Indexer.Progress progress, Path... paths) throws IOException {
    try (OpenSearchIndexSink sink = OpenSearchIndexSink.open(settings)) {
      return new Indexer(sink, progress).run(List.of(paths));
    }
  }

  /** Begins to index some paths, and returns when a number of their episodes is done. */
  public CompletableFuture<IndexSummary> indexBeyond(int episodes, Path... paths)
      throws InterruptedException {
    CountDownLatch reached = new CountDownLatch(episodes);
    CompletableFuture<IndexSummary> summary = new CompletableFuture<>();
    Thread.ofPlatform()
        .name("indexing " + settings.index())
        .start(() -> {
          try {
            summary.complete(index((id, done, of, words) -> reached.countDown(), paths));
          } catch (IOException | RuntimeException e) {
            summary.completeExceptionally(e);
          }
        });
    summary.whenComplete((done, failed) -> {
      while (reached.getCount() > 0) {
        reached.countDown();
      }
    });
    reached.await();
    return summary;
  }

  /** How many documents of a kind a search finds: those that have the field. */
  public long count(String field) throws IOException {
    return count(settings.index(), "{\"query\":{\"exists\":{\"field\":\"%s\"}}}".formatted(field));
  }

  /** How many documents of an index match. */
  public long count(String index, String query) throws IOException {
    JsonNode answer = cluster.ask("GET", "/" + index + "/_count", query);
    if (!answer.has("count")) {
      throw new IOException(answer.toString());
    }
    return answer.get("count").asLong();
  }
}
