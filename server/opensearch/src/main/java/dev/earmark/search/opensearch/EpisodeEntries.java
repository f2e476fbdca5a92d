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
import java.util.function.Function;

/**
 * Reads the entries of episodes, and caches them.
 *
 * <p>Callers get what was read even if another thread evicts it from the cache meanwhile.
 * Thread-safe.
 */
final class EpisodeEntries {
  private static final long BYTES_KEPT = 16 << 20;

  private final Cache<String, EpisodeEntry> known;

  /**
   * @param bytes how much is remembered
   */
  EpisodeEntries(long bytes) {
    known = Footprint.cache(bytes);
  }

  /** The entries of some episodes, by id; those that are not there are left out. */
  static Map<String, EpisodeEntry> of(Session session, Set<String> ids) throws IOException {
    return session
        .snapshot()
        .once(EpisodeEntries.class, () -> new EpisodeEntries(BYTES_KEPT))
        .of(ids, unknown -> read(session, unknown));
  }

  /** Asks something together with other things. */
  interface Together {
    JsonNode ask(ObjectNode search);
  }

  /** The same; what is not known is asked for together with something else. */
  static Map<String, EpisodeEntry> of(Session session, Set<String> ids, Together together)
      throws IOException {
    return session
        .snapshot()
        .once(EpisodeEntries.class, () -> new EpisodeEntries(BYTES_KEPT))
        .of(
            ids,
            unknown ->
                unknown.size() > Session.CHUNK
                    ? read(session, unknown)
                    : entries(together.ask(search(unknown))));
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
            Json.object("exists", Json.object("field", Mapping.ENTRY)),
            "sort",
            Json.array(Json.object(Mapping.ENTRY, "asc"))),
        most,
        hit -> all.add(entry(hit)));
    return all;
  }

  private static EpisodeEntry entry(JsonNode hit) {
    return EntryJson.read(Mapping.stored(hit, Mapping.ENTRY_JSON).asText());
  }
}
