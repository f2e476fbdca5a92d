package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.earmark.index.EntryJson;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.IndexException;
import dev.earmark.index.opensearch.Mapping;
import dev.earmark.index.opensearch.OpenSearchClient;
import dev.earmark.schema.Schema;
import dev.earmark.search.SpeakerProfile;
import dev.earmark.search.spoken.Compounds;
import dev.earmark.search.spoken.Deadline;
import dev.earmark.search.spoken.IndexStatistics;
import dev.earmark.search.spoken.NearWords;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One state of the index, held by the cluster as a point in time, and what was found out about it.
 * Thread-safe.
 */
final class Snapshot {
  static final String KEEP_ALIVE = OpenSearchEngine.CURSOR_SECONDS + "s";

  private static final int EPISODES_KEPT = 5_000;
  private static final int FACTS_KEPT = 50_000;
  private static final int RANKINGS_KEPT = 64;

  private final OpenSearchClient client;
  private final String index;
  private final String id;
  private final String key;
  private final Instant opened = Instant.now();
  private final EpisodeEntries episodes = new EpisodeEntries(EPISODES_KEPT);
  private final Cache<Object, Object> facts =
      Caffeine.newBuilder().executor(Runnable::run).maximumSize(FACTS_KEPT).build();
  private final Map<String, Optional<SpeakerProfile>> speakers = new ConcurrentHashMap<>();
  private final NearWords near;
  private final Compounds compounds;
  private final Cache<String, Ranking> rankings =
      Caffeine.newBuilder().executor(Runnable::run).maximumSize(RANKINGS_KEPT).build();
  private volatile @Nullable Vocabulary vocabulary;
  private volatile boolean listed;

  /** How many searches run on it, the engine itself counted. */
  private int users = 1;

  /**
   * @param key says which state it is
   */
  private Snapshot(OpenSearchClient client, String index, String id, String key) {
    this.client = client;
    this.index = index;
    this.id = id;
    this.key = key;
    // Searches share these, each on a thread of its own.
    OpenSearchIndexStatistics speech =
        new OpenSearchIndexStatistics(() -> new Session(this, Deadline.NONE, false), Dsl::new);
    this.near = new NearWords(speech);
    this.compounds = new Compounds(speech);
  }

  /** Opens the state of an index as it is now. */
  static Snapshot open(
      OpenSearchClient client, String index, String key, OpenSearchClient.Patience patience) {
    JsonNode answer =
        client.ask(
            "POST",
            "/" + index + "/_search/point_in_time?keep_alive=" + KEEP_ALIVE,
            null,
            patience);
    return new Snapshot(client, index, answer.path("pit_id").asText(), key);
  }

  /** The state that a cursor names. */
  static Snapshot of(OpenSearchClient client, String index, String id) {
    Snapshot snapshot = new Snapshot(client, index, id, id);
    snapshot.listed = true;
    return snapshot;
  }

  OpenSearchClient client() {
    return client;
  }

  String index() {
    return index;
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

  NearWords near() {
    return near;
  }

  Compounds compounds() {
    return compounds;
  }

  /** Takes note that somebody holds a cursor to it. */
  void listed() {
    listed = true;
  }

  boolean isListed() {
    return listed;
  }

  synchronized void use() {
    users++;
  }

  /** Whether nobody uses it any more. */
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

  /** All words of this state, read when they are first needed. */
  Vocabulary vocabulary() throws IOException {
    Vocabulary known = vocabulary;
    if (known == null) {
      synchronized (near) {
        known = vocabulary;
        if (known == null) {
          known = Vocabulary.read(new Session(this, Deadline.NONE, false));
          vocabulary = known;
        }
      }
    }
    return known;
  }

  /** How many moments hold a word, if all words were read; null if they were not. */
  @Nullable Integer frequency(String word) {
    Vocabulary known = vocabulary;
    return known == null ? null : known.moments(word);
  }

  /** Something that was found out, or is now. */
  <T> T fact(Session session, Object name, Class<T> type, Supplier<T> reader) {
    Object known = facts.getIfPresent(name);
    if (known != null) {
      return type.cast(known);
    }
    T read = reader.get();
    if (!session.isLate() && session.missing() == null) {
      remember(name, read);
    }
    return read;
  }

  void remember(Object name, Object fact) {
    facts.put(name, fact);
  }

  /** What was remembered under a name, or null. */
  @Nullable Object known(Object name) {
    return facts.getIfPresent(name);
  }

  @Nullable Ranking ranking(String search) {
    return rankings.getIfPresent(search);
  }

  void remember(String search, Ranking ranking) {
    rankings.put(search, ranking);
  }

  Map<String, Optional<SpeakerProfile>> speakers() {
    return speakers;
  }

  /** The entries of some episodes, by id. */
  Map<String, EpisodeEntry> entries(Session session, Set<String> ids) {
    return episodes.of(ids, unknown -> read(session, unknown));
  }

  private static List<EpisodeEntry> read(Session session, List<String> ids) {
    List<EpisodeEntry> read = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += Session.CHUNK) {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + Session.CHUNK));
      ObjectNode search =
          Json.object(
              "size",
              some.size(),
              "_source",
              Json.array(Mapping.ENTRY_JSON),
              "query",
              Dsl.terms(Mapping.ENTRY, some));
      for (JsonNode hit : session.ask(search).at("/hits/hits")) {
        read.add(entry(hit));
      }
    }
    return read;
  }

  /** All episodes, in the order of their ids, but at most so many. */
  List<EpisodeEntry> episodes(Session session, long most) {
    List<EpisodeEntry> all = new ArrayList<>();
    session.each(
        Json.object(
            "_source",
            Json.array(Mapping.ENTRY_JSON),
            "query",
            Json.object("exists", Json.object("field", Mapping.ENTRY)),
            "sort",
            Json.array(Json.object(Mapping.ENTRY, "asc"))),
        most,
        hit -> all.add(entry(hit)));
    return all;
  }

  private static EpisodeEntry entry(JsonNode hit) {
    return EntryJson.read(hit.at("/_source/" + Mapping.ENTRY_JSON).asText());
  }

  /** The size of a field in the whole index. */
  IndexStatistics.FieldSize size(Session session, String field) {
    return fact(
        session,
        "size of " + field,
        IndexStatistics.FieldSize.class,
        () -> {
          boolean text = field.equals(Schema.TEXT_FIELD);
          boolean context = field.equals(Schema.CONTEXT_FIELD);
          String counted = text ? Mapping.TERMS : context ? Mapping.CONTEXT_TERMS : field;
          ObjectNode having =
              text || context
                  ? Dsl.range(counted, 1, Long.MAX_VALUE)
                  : Json.object("exists", Json.object("field", field));
          ObjectNode search = Session.counting(having);
          search.set(
              "aggs",
              Json.object(
                  "terms",
                  Json.object(
                      text || context ? "sum" : "value_count", Json.object("field", counted))));
          JsonNode answer = session.ask(search);
          return new IndexStatistics.FieldSize(
              Session.total(answer), answer.at("/aggregations/terms/value").asLong());
        });
  }
}
