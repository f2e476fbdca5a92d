package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import dev.earmark.index.IndexException;
import dev.earmark.index.opensearch.OpenSearchClient;
import dev.earmark.index.opensearch.OpenSearchIndex;
import dev.earmark.search.spoken.Footprint;
import dev.earmark.search.spoken.Once;
import dev.earmark.search.spoken.SnapshotParts;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The index at one point in time, held by the cluster, with cached answers about it. What is
 * computed from several answers is kept with {@link #once}. Thread-safe.
 */
final class Snapshot {
  /** How long the cluster keeps a snapshot that is not asked. */
  static final int CURSOR_SECONDS = 900;

  static final String KEEP_ALIVE = CURSOR_SECONDS + "s";

  private static final long FACTS_BYTES = 8 << 20;

  private final OpenSearchClient client;
  private final String indices;

  /** Indices that belong to it and are closed. */
  private final List<String> closed;

  private final String id;
  private final String key;
  private final Shards shards;
  private final Instant opened = Instant.now();
  private final Cache<Object, Object> facts = Footprint.cache(FACTS_BYTES);
  private final SnapshotParts parts = new SnapshotParts();
  private volatile boolean listed;

  /** How many searches run on it, the engine itself counted. */
  private int users = 1;

  /**
   * The shards it is of.
   *
   * @param all how many the indices have
   * @param missing how many of them are not in it
   * @param why what the cluster said of the first that is missing
   */
  record Shards(int all, int missing, String why) {
    private static final Shards WHOLE = new Shards(0, 0, "");

    private static Shards of(JsonNode counts) {
      return new Shards(
          counts.path("total").asInt(),
          counts.path("failed").asInt(),
          counts.path("failures").path(0).path("reason").path("reason").asText("no reason given"));
    }
  }

  /**
   * @param key says which state it is
   */
  private Snapshot(
      OpenSearchClient client,
      String indices,
      List<String> closed,
      String id,
      String key,
      Shards shards) {
    this.client = client;
    this.indices = indices;
    this.closed = closed;
    this.id = id;
    this.key = key;
    this.shards = shards;
  }

  /** Opens the state of some indices as it is now. */
  static Snapshot open(
      OpenSearchClient client,
      OpenSearchIndex.Read read,
      String key,
      OpenSearchClient.Patience patience) {
    String indices = String.join(",", read.open());
    JsonNode answer =
        client.ask(
            "POST",
            "/" + indices + "/_search/point_in_time?keep_alive=" + KEEP_ALIVE,
            null,
            patience);
    return new Snapshot(
        client,
        indices,
        read.closed(),
        answer.path("pit_id").asText(),
        key,
        Shards.of(answer.path("_shards")));
  }

  /** The state that a cursor names. */
  static Snapshot of(OpenSearchClient client, String index, String id) {
    Snapshot snapshot = new Snapshot(client, index, List.of(), id, id, Shards.WHOLE);
    snapshot.listed = true;
    return snapshot;
  }

  OpenSearchClient client() {
    return client;
  }

  /** What it is of, with commas between. */
  String indices() {
    return indices;
  }

  /** Indices that belong to it and are closed, so that nothing of them is found. */
  List<String> closed() {
    return closed;
  }

  /** The shards it is of; some may be missing, since a node keeps so many states and no more. */
  Shards shards() {
    return shards;
  }

  boolean isWhole() {
    return shards.missing() == 0;
  }

  /** What the cluster calls it. */
  String id() {
    return id;
  }

  /** Says which state it is. */
  String key() {
    return key;
  }

  Instant opened() {
    return opened;
  }

  /** Notes that a cursor refers to this snapshot. */
  void listed() {
    listed = true;
  }

  boolean isListed() {
    return listed;
  }

  synchronized void use() {
    users++;
  }

  /** Whether more than one uses it. */
  synchronized boolean isShared() {
    return users > 1;
  }

  /** Releases one use; whether it was the last. */
  synchronized boolean release() {
    return --users == 0;
  }

  /** Lets the cluster forget it. */
  void close() {
    try {
      client.ask("DELETE", "/_search/point_in_time", Json.object("pit_id", Json.array(id)));
    } catch (IndexException e) {
      // It goes by itself when its time is up.
    }
  }

  /** The one object of a class that belongs to this snapshot; see {@link SnapshotParts#once}. */
  <T> T once(Class<T> type, Once.Maker<T> maker) throws IOException {
    return parts.once(type, maker);
  }

  /** The same if it was made already. */
  <T> @Nullable T known(Class<T> type) {
    return parts.known(type);
  }

  /** Forgets what was found out; what is asked for is found out again. */
  void forget() {
    parts.forget();
    facts.invalidateAll();
  }

  void remember(Object name, Object fact) {
    facts.put(name, fact);
  }

  /** What was remembered under a name, or null. */
  @Nullable Object known(Object name) {
    return facts.getIfPresent(name);
  }
}
