package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earmark.index.IndexException;
import dev.earmark.index.MomentCodec;
import dev.earmark.index.StoredMoment;
import dev.earmark.index.opensearch.Mapping;
import dev.earmark.index.opensearch.OpenSearchClient;
import dev.earmark.index.opensearch.OpenSearchException;
import dev.earmark.schema.Schema;
import dev.earmark.search.spoken.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The requests that one search sends about one snapshot.
 *
 * <p>Each request carries the time left, and the cluster returns what it has by then. What did not
 * arrive in time, or not from all shards, is noted, so the answer can say so. Not thread-safe.
 */
final class Session {
  /** So many moments are kept at most. */
  private static final int KEPT = 1_000;

  /** How many documents come at a time where many are read. */
  static final int CHUNK = 5_000;

  /** The same without their texts; OpenSearch gives no more at once. */
  static final int MOST_WITHOUT_TEXT = 10_000;

  /**
   * How long one answer may take where the search has no end of its own. What all searches share is
   * read like that, and they wait for it: a node that does not answer must not hold them up.
   */
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);

  /** The way to the cluster and back takes time, too. */
  private static final Duration WAY = Duration.ofMillis(1_500);

  /** OpenSearch takes this beside a search, not in it. */
  private static final String TYPE = "search_type";

  private final Snapshot snapshot;
  private final Deadline deadline;

  /** Whether what is lost makes a search begin again rather than answer in part. */
  private final boolean strict;

  /** What was read lately: what is looked at to be ranked is mostly what is shown. */
  private final Map<String, StoredMoment> read = new HashMap<>();

  private int shardsMissing;
  private int shards;
  private boolean late;

  Session(Snapshot snapshot, Deadline deadline, boolean strict) {
    this.snapshot = snapshot;
    this.deadline = deadline;
    this.strict = strict;
  }

  /** A session for another thread, with the time that is left to this one. */
  private Session beside() {
    Deadline other =
        mustBeWhole() ? Deadline.NONE : Deadline.in(Duration.ofMillis(deadline.leftMs()));
    return new Session(snapshot, other, strict);
  }

  /** What is asked in another thread while a search runs. */
  interface Task<T> {
    T with(Session session) throws IOException;
  }

  /** An answer from another thread. It has to be waited for: what it lacks, the search lacks. */
  final class PendingAnswer<T> {
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private volatile @Nullable Session asked;

    private PendingAnswer(Task<T> task) {
      Thread.ofVirtual()
          .name("aside")
          .start(() -> {
            try {
              Session session = beside();
              asked = session;
              answer.complete(task.with(session));
            } catch (IOException | RuntimeException | Error e) {
              answer.completeExceptionally(e);
            }
          });
    }

    /** Waits for the answer. */
    T get() throws IOException {
      try {
        T told = answer.join();
        Session session = asked;
        if (session != null) {
          isLate(session.isLate());
          shardsMissing = Math.max(shardsMissing, session.shardsMissing);
          shards = Math.max(shards, session.shards);
        }
        return told;
      } catch (CompletionException e) {
        switch (e.getCause()) {
          case IOException io -> throw io;
          case RuntimeException other -> throw other;
          case null, default -> throw e;
        }
      }
    }
  }

  /** Asks something in another thread. */
  <T> PendingAnswer<T> beside(Task<T> task) {
    return new PendingAnswer<>(task);
  }

  Snapshot snapshot() {
    return snapshot;
  }

  Deadline deadline() {
    return deadline;
  }

  /** Asks one question; the answer may be a part of it. */
  JsonNode ask(ObjectNode search) {
    String path = "/_search?allow_partial_search_results=true";
    if (search.has(TYPE)) {
      path += "&" + TYPE + "=" + search.path(TYPE).asText();
    }
    return checked(post(path, prepared(search)));
  }

  /** Asks several questions at once. */
  List<JsonNode> askAll(List<ObjectNode> searches) {
    if (searches.size() == 1) {
      return List.of(ask(searches.getFirst()));
    }
    List<ObjectNode> lines = new ArrayList<>();
    for (ObjectNode search : searches) {
      ObjectNode header = Json.object("allow_partial_search_results", true);
      if (search.has(TYPE)) {
        header.set(TYPE, search.get(TYPE));
      }
      lines.add(header);
      lines.add(prepared(search));
    }
    List<JsonNode> answers = new ArrayList<>();
    JsonNode responses =
        guarded(() -> snapshot.client().searches(lines, patience())).path("responses");
    for (JsonNode response : responses) {
      if (isOutOfTime(response.path("error"))) {
        answers.add(outOfTime());
        continue;
      }
      if (response.has("error")) {
        throw failure(response.path("status").asInt(), response.path("error"));
      }
      answers.add(checked(response));
    }
    while (answers.size() < searches.size()) {
      // Nobody answered in time: nothing is known of what was asked.
      answers.add(outOfTime());
    }
    return answers;
  }

  /**
   * Has a search score by how rare terms are in the whole index. Each shard tells that first, which
   * takes a little longer; otherwise it takes what it holds for all there is.
   */
  static ObjectNode scoredByAll(ObjectNode search) {
    return search.put(TYPE, "dfs_query_then_fetch");
  }

  private ObjectNode prepared(ObjectNode search) {
    ObjectNode body = Json.object();
    body.setAll(search);
    body.remove(TYPE);
    body.set("pit", Json.object("id", snapshot.id(), "keep_alive", Snapshot.KEEP_ALIVE));
    return body.put("timeout", leftMs() + "ms");
  }

  private long leftMs() {
    return mustBeWhole() ? LONGEST_ANSWER.toMillis() : Math.max(1, deadline.leftMs());
  }

  private OpenSearchClient.Patience patience() {
    Duration left = Duration.ofMillis(leftMs()).plus(WAY);
    return new OpenSearchClient.Patience(
        left, mustBeWhole() ? snapshot.client().settings().patience() : left);
  }

  /** Whether a part is no answer, since what is made of it is remembered. */
  private boolean mustBeWhole() {
    return deadline == Deadline.NONE;
  }

  private JsonNode post(String path, ObjectNode body) {
    return guarded(() -> snapshot.client().ask("POST", path, body, patience()));
  }

  private interface Question {
    JsonNode ask();
  }

  private JsonNode guarded(Question question) {
    try {
      return question.ask();
    } catch (OpenSearchException e) {
      if (isLost(e.type(), e.status())) {
        throw new LostSnapshotException(String.valueOf(e.getMessage()), true);
      }
      if (isOutOfTime(e.error())) {
        return outOfTime();
      }
      if (e.isLostNode()) {
        throw new LostSnapshotException(String.valueOf(e.getMessage()), false);
      }
      if (isOutOfMemory(e.error())) {
        throw failure(e.status(), e.error());
      }
      throw e;
    } catch (IndexException e) {
      if (!deadline.hasPassed()) {
        throw e;
      }
      // Somebody answers too slowly; what was asked for is then missing, and the answer says so.
      return outOfTime();
    }
  }

  private JsonNode outOfTime() {
    isLate(true);
    return Json.object("timed_out", true);
  }

  /** Some of what OpenSearch does ends with an error, not with a part, when the time is up. */
  private static boolean isOutOfTime(JsonNode error) {
    return error.toString().contains("\"time_exceeded_exception\"");
  }

  private static boolean isLost(String type, int status) {
    return type.equals("search_context_missing_exception")
        || (status == 404 && !type.equals("index_not_found_exception"));
  }

  private RuntimeException failure(int status, JsonNode error) {
    String type = error.path("type").asText("");
    if (OpenSearchException.isLostNode(error)) {
      return new LostSnapshotException(error.toString(), false);
    }
    for (JsonNode cause : error.path("root_cause")) {
      if (isLost(cause.path("type").asText(""), 0)) {
        return new LostSnapshotException(cause.toString(), true);
      }
    }
    if (isOutOfMemory(error)) {
      return new IndexException(
          "OpenSearch at "
              + snapshot.client().settings().addresses()
              + " has too little memory for this search, whose facets have many values ("
              + error.path("root_cause").path(0).path("reason").asText(error.toString())
              + "); give its nodes more heap, or divide the index over more of them");
    }
    return isLost(type, status)
        ? new LostSnapshotException(error.toString(), true)
        : new IndexException(
            "OpenSearch at "
                + snapshot.client().settings().addresses()
                + " answers "
                + status
                + " to a search: "
                + error.path("root_cause").path(0).path("reason").asText(error.toString()));
  }

  private static boolean isOutOfMemory(JsonNode error) {
    String all = error.toString();
    return all.contains("\"circuit_breaking_exception\"")
        || all.contains("\"too_many_buckets_exception\"");
  }

  private JsonNode checked(JsonNode answer) {
    JsonNode counts = answer.path("_shards");
    int failed = counts.path("failed").asInt();
    if (failed > 0 && isOutOfTime(counts.path("failures"))) {
      isLate(true);
    } else if (failed > 0) {
      if (isOutOfMemory(counts.path("failures"))) {
        throw failure(0, counts.path("failures").path(0).path("reason"));
      }
      if (strict) {
        throw new LostSnapshotException(counts.path("failures").toString(), false);
      }
      shardsMissing = Math.max(shardsMissing, failed);
      shards = Math.max(shards, counts.path("total").asInt());
    }
    isLate(answer.path("timed_out").asBoolean());
    return answer;
  }

  private void isLate(boolean now) {
    if (now && mustBeWhole()) {
      throw new LostSnapshotException(
          "a part of the index did not answer within " + LONGEST_ANSWER.toSeconds() + " s", false);
    }
    if (now) {
      late = true;
      deadline.narrowed();
    }
  }

  /** Whether something may be missing because time was up. */
  boolean isLate() {
    return late || deadline.cutShort();
  }

  /** Whether nothing is known to be missing, so that what was read may be remembered. */
  boolean isWhole() {
    return !isLate() && shardsMissing == 0 && snapshot.isWhole();
  }

  /** What may be missing because a part of the cluster did not answer; null if nothing is. */
  @Nullable String missing() {
    if (!snapshot.closed().isEmpty()) {
      return "the index "
          + String.join(", ", snapshot.closed())
          + " is closed; there may be more than was found";
    }
    if (!snapshot.isWhole()) {
      return snapshot.shards().missing()
          + " of "
          + snapshot.shards().all()
          + " shards of the index could not be opened ("
          + snapshot.shards().why()
          + "); there may be more than was found";
    }
    return shardsMissing == 0
        ? null
        : shardsMissing
            + " of "
            + shards
            + " shards of the index did not answer; there may be more than was found";
  }

  /** Something that is known of the snapshot, or is found out now. */
  <T> T fact(Object name, Class<T> type, Supplier<T> reader) {
    Object known = snapshot.known(name);
    if (known != null) {
      return type.cast(known);
    }
    T read = reader.get();
    if (isWhole()) {
      snapshot.remember(name, read);
    }
    return read;
  }

  /** How many moments match. */
  long count(ObjectNode query) {
    return total(ask(counting(query)));
  }

  static ObjectNode counting(ObjectNode query) {
    return Json.object("size", 0, "track_total_hits", true, "query", query);
  }

  static long total(JsonNode answer) {
    return answer.at("/hits/total/value").asLong();
  }

  /**
   * Goes through all documents a search finds, in its order.
   *
   * @param search with a sort that tells any two documents apart; its size is how many come at a
   *     time
   */
  void each(ObjectNode search, Consumer<JsonNode> consumer) {
    each(search, Long.MAX_VALUE, consumer);
  }

  /** Goes through the first documents a search finds, at most so many. */
  void each(ObjectNode search, long most, Consumer<JsonNode> consumer) {
    search.put("track_total_hits", false);
    int together = search.path("size").asInt(CHUNK);
    long left = most;
    while (left > 0 && !deadline.hasPassed()) {
      int size = (int) Math.min(together, left);
      JsonNode hits = ask(search.put("size", size)).at("/hits/hits");
      hits.forEach(consumer);
      if (hits.size() < size) {
        return;
      }
      left -= size;
      search.set("search_after", hits.get(hits.size() - 1).get("sort"));
    }
  }

  /** The order of an episode's moments, and of episodes by their ids. */
  static ArrayNode byPlace() {
    return Json.array(ascending(Schema.EPISODE, "keyword"), ascending(Schema.ORDINAL, "long"));
  }

  /** The order of a field, also where an index under the alias does not have it. */
  static ObjectNode ascending(String field, String type) {
    return Json.object(field, Json.object("order", "asc", "unmapped_type", type));
  }

  /** The moments of an episode, in order. */
  List<StoredMoment> moments(String episodeId) throws IOException {
    List<StoredMoment> moments = new ArrayList<>();
    each(
        Json.object(
            "query",
            Dsl.all(List.of(Dsl.moments(), Dsl.term(Schema.EPISODE, episodeId))),
            "stored_fields",
            Json.array(Schema.BODY),
            "sort",
            byPlace()),
        hit -> moments.add(moment(hit)));
    return moments;
  }

  /** The bytes of a picture; empty if it is not there. */
  Optional<byte[]> picture(String id) throws IOException {
    JsonNode bytes =
        ask(Json.object(
                "size",
                1,
                "stored_fields",
                Json.array(Mapping.THUMBNAIL),
                "query",
                Dsl.term(Mapping.ARTWORK, id)))
            .at("/hits/hits/0/fields/" + Mapping.THUMBNAIL + "/0");
    return bytes.isMissingNode() ? Optional.empty() : Optional.of(bytes.binaryValue());
  }

  /** What is kept of an episode to be read, from its entry. */
  List<StoredMoment> alternatives(String episodeId) {
    ObjectNode search =
        Json.object(
            "size",
            1,
            "stored_fields",
            Json.array(Mapping.ALTERNATIVES),
            "query",
            Dsl.term(Mapping.ENTRY, episodeId));
    for (JsonNode hit : ask(search).at("/hits/hits")) {
      String packed = Mapping.stored(hit, Mapping.ALTERNATIVES).asText();
      byte[] bytes = Base64.getDecoder().decode(packed);
      return bytes.length == 0 ? List.of() : MomentCodec.decodeAll(bytes, 0, bytes.length);
    }
    return List.of();
  }

  /** The moments of some ids that are there, by id. */
  Map<String, StoredMoment> moments(Collection<String> ids) {
    Map<String, StoredMoment> moments = new HashMap<>();
    List<String> all = new ArrayList<>();
    for (String id : ids) {
      StoredMoment known = read.get(id);
      if (known == null) {
        all.add(id);
      } else {
        moments.put(id, known);
      }
    }
    for (int from = 0; from < all.size(); from += CHUNK) {
      List<String> some = all.subList(from, Math.min(all.size(), from + CHUNK));
      moments.putAll(moments(ask(reading(some))));
    }
    return moments;
  }

  /** A moment that was read lately; null if it has to be asked for. */
  @Nullable StoredMoment lately(String id) {
    return read.get(id);
  }

  /** Asks for moments, by their ids. */
  static ObjectNode reading(Collection<String> ids) {
    return Json.object(
        "size",
        ids.size(),
        "track_total_hits",
        false,
        "stored_fields",
        Json.array(Schema.BODY),
        "sort",
        Json.array("_doc"),
        "query",
        Dsl.documents(ids));
  }

  /** The moments of an answer, by their ids. */
  Map<String, StoredMoment> moments(JsonNode answer) {
    Map<String, StoredMoment> moments = new HashMap<>();
    for (JsonNode hit : answer.at("/hits/hits")) {
      String id = hit.path("_id").asText();
      StoredMoment moment = moment(hit);
      moments.put(id, moment);
      if (read.size() < KEPT) {
        read.put(id, moment);
      }
    }
    return moments;
  }

  /** The named parts of a query that a hit matches. */
  static Set<String> named(JsonNode hit) {
    JsonNode matched = hit.path("matched_queries");
    Set<String> named = new HashSet<>();
    if (matched.isArray()) {
      matched.forEach(name -> named.add(name.asText()));
    } else {
      // With what each scores, where that is asked for.
      matched.fieldNames().forEachRemaining(named::add);
    }
    return named;
  }

  /** The moment of a hit. */
  static StoredMoment moment(JsonNode hit) {
    byte[] bytes = Base64.getDecoder().decode(Mapping.stored(hit, Schema.BODY).asText());
    return MomentCodec.decode(bytes, 0, bytes.length);
  }

  /** What OpenSearch calls a moment. */
  static String id(String episode, int ordinal) {
    return Mapping.momentId(episode, ordinal);
  }
}
