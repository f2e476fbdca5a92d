package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import dev.earmark.index.EntryJson;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.opensearch.Mapping;
import dev.earmark.search.spoken.Footprint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Reads the entries of episodes, and caches them.
 *
 * <p>Callers get what was read even if another thread evicts it from the cache meanwhile.
 * Thread-safe.
 */
final class EpisodeEntries {
  private static final long BYTES_KEPT = 16 << 20;

  /** Where there are no more episodes, the entries of all are read once somebody asks for one. */
  private static final int MOST_READ_AHEAD = 2_000;

  private final Cache<String, EpisodeEntry> known;
  private final AtomicBoolean readAhead = new AtomicBoolean();

  /**
   * @param bytes how much is remembered
   */
  EpisodeEntries(long bytes) {
    known = Footprint.cache(bytes);
  }

  private static EpisodeEntries of(Session session) throws IOException {
    return session.snapshot().once(EpisodeEntries.class, () -> new EpisodeEntries(BYTES_KEPT));
  }

  /** The entries of some episodes, by id; those that are not there are left out. */
  static Map<String, EpisodeEntry> of(Session session, Set<String> ids) throws IOException {
    return of(session).of(ids, unknown -> read(session, unknown));
  }

  /** Asks something together with other things. */
  interface Together {
    JsonNode ask(ObjectNode search);
  }

  /** The same; what is not known is asked for together with something else. */
  static Map<String, EpisodeEntry> of(Session session, Set<String> ids, Together together)
      throws IOException {
    EpisodeEntries entries = of(session);
    return entries.of(
        ids,
        unknown -> {
          entries.readAhead(session);
          return unknown.size() > Session.CHUNK
              ? read(session, unknown)
              : entries(together.ask(search(unknown)));
        });
  }

  /** Reads all entries in the background, once, where they are few; nobody waits for that. */
  private void readAhead(Session session) {
    if (readAhead.compareAndSet(false, true)) {
      var unused =
          session.beside(other -> {
            boolean few = other.count(there()) <= MOST_READ_AHEAD;
            List<EpisodeEntry> all = few ? all(other, MOST_READ_AHEAD) : List.of();
            all.forEach(entry -> known.put(entry.episode().id(), entry));
            return all.size();
          });
    }
  }

  /**
   * The entries of some episodes, by id.
   *
   * @param reader reads some that are not known
   */
  Map<String, EpisodeEntry> of(
      Set<String> ids, Function<List<String>, Collection<EpisodeEntry>> reader) {
    Map<String, EpisodeEntry> all = new LinkedHashMap<>(known.getAllPresent(ids));
    List<String> unknown = new ArrayList<>(ids);
    unknown.removeAll(all.keySet());
    if (!unknown.isEmpty()) {
      for (EpisodeEntry entry : reader.apply(unknown)) {
        all.put(entry.episode().id(), entry);
        known.put(entry.episode().id(), entry);
      }
    }
    Map<String, EpisodeEntry> inOrder = new LinkedHashMap<>();
    for (String id : ids) {
      EpisodeEntry entry = all.get(id);
      if (entry != null) {
        inOrder.put(id, entry);
      }
    }
    return inOrder;
  }

  private static List<EpisodeEntry> read(Session session, List<String> ids) {
    List<EpisodeEntry> read = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += Session.CHUNK) {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + Session.CHUNK));
      read.addAll(entries(session.ask(search(some))));
    }
    return read;
  }

  private static ObjectNode search(List<String> ids) {
    return Json.object(
        "size",
        ids.size(),
        "track_total_hits",
        false,
        "stored_fields",
        Json.array(Mapping.ENTRY_JSON),
        "query",
        Dsl.terms(Mapping.ENTRY, ids));
  }

  private static List<EpisodeEntry> entries(JsonNode answer) {
    List<EpisodeEntry> read = new ArrayList<>();
    answer.at("/hits/hits").forEach(hit -> read.add(entry(hit)));
    return read;
  }

  /** The ids of all episodes in the order in which they are listed. */
  private record Order(List<String> ids) {}

  /**
   * The ids of all episodes, the newest first, those without a date last; as many as there is time
   * to read. All entries are read once a snapshot for it, and their order is remembered.
   */
  static List<String> newestFirst(Session session) {
    return session
        .fact(
            Order.class,
            Order.class,
            () ->
                new Order(
                    all(session, Long.MAX_VALUE).stream()
                        .sorted(EpisodeEntry.NEWEST_FIRST)
                        .map(entry -> entry.episode().id())
                        .toList()))
        .ids();
  }

  /** All entries, in the order of their ids, but at most so many. */
  static List<EpisodeEntry> all(Session session, long most) {
    List<EpisodeEntry> all = new ArrayList<>();
    session.each(
        Json.object(
            "stored_fields",
            Json.array(Mapping.ENTRY_JSON),
            "query",
            there(),
            "sort",
            Json.array(Json.object(Mapping.ENTRY, "asc"))),
        most,
        hit -> all.add(entry(hit)));
    return all;
  }

  /** Finds the entries of all episodes. */
  private static ObjectNode there() {
    return Json.object("exists", Json.object("field", Mapping.ENTRY));
  }

  private static EpisodeEntry entry(JsonNode hit) {
    return EntryJson.read(Mapping.stored(hit, Mapping.ENTRY_JSON).asText());
  }
}
