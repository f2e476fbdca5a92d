package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earmark.index.StoredMoment;
import dev.earmark.index.opensearch.Mapping;
import dev.earmark.schema.Schema;
import dev.earmark.search.spoken.MatchFinder;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The moments a search has read, and those that continue them. Not thread-safe. */
final class Texts {
  /** How many are read at once where a text runs on. */
  static final int AHEAD = 8;

  private final Session session;
  private final Map<String, StoredMoment> read = new HashMap<>();
  private final Set<String> absent = new HashSet<>();
  private final Map<String, Passed> passed = new HashMap<>();

  /** A moment whose text was not read, since it has nothing that is looked for. */
  private record Passed(String source, int words) {}

  Texts(Session session) {
    this.session = session;
  }

  /** Takes a moment that was read otherwise. */
  void add(StoredMoment moment) {
    read.put(Session.id(moment.episodeId(), moment.ordinal()), moment);
  }

  /** Forgets all. */
  void clear() {
    read.clear();
    absent.clear();
    passed.clear();
  }

  /** Reads moments, by their ids. */
  void read(Collection<String> ids) {
    List<String> wanted =
        ids.stream()
            .filter(id -> !read.containsKey(id) && !absent.contains(id))
            .distinct()
            .toList();
    if (!wanted.isEmpty()) {
      Map<String, StoredMoment> found = session.moments(wanted);
      read.putAll(found);
      wanted.stream().filter(id -> !found.containsKey(id)).forEach(absent::add);
    }
  }

  /**
   * Reads hits and what comes after them, and asks something else in the same request.
   *
   * @param ahead the moments after hits, by their ids
   * @param having what moments after hits are read for; null to read all of them
   * @param more what else is asked; null for nothing
   * @return the answer to that
   */
  JsonNode read(
      Set<String> hits, Set<String> ahead, @Nullable ObjectNode having, @Nullable ObjectNode more) {
    Set<String> all = new LinkedHashSet<>(hits);
    all.addAll(ahead);
    List<ObjectNode> searches = new ArrayList<>();
    boolean passing = having != null && !ahead.isEmpty();
    if (passing) {
      searches.add(passing(ahead));
    }
    if (!all.isEmpty()) {
      ObjectNode reading = Session.reading(all);
      if (passing) {
        // To read a text is what takes the time, and of most of these none is needed.
        reading.set(
            "query",
            Dsl.any(
                List.of(
                    Dsl.all(List.of(Dsl.documents(hits))),
                    Dsl.all(List.of(Dsl.documents(ahead), having)))));
      }
      searches.add(reading);
    }
    if (more != null) {
      searches.add(more);
    }
    List<JsonNode> answers = searches.isEmpty() ? List.of() : session.askAll(searches);
    if (!all.isEmpty()) {
      read.putAll(session.moments(answers.get(passing ? 1 : 0)));
    }
    if (passing) {
      answers.getFirst().at("/hits/hits").forEach(this::pass);
    } else {
      all.stream().filter(id -> !read.containsKey(id)).forEach(absent::add);
    }
    return more == null ? Json.object() : answers.getLast();
  }

  /** Asks for moments without their texts. */
  private static ObjectNode passing(Set<String> ids) {
    return Json.object(
        "size",
        ids.size(),
        "track_total_hits",
        false,
        "query",
        Dsl.documents(ids),
        "stored_fields",
        "_none_",
        "docvalue_fields",
        Json.array(Schema.SOURCE, Mapping.WORDS),
        "sort",
        Session.byPlace());
  }

  private void pass(JsonNode hit) {
    JsonNode place = hit.path("sort");
    JsonNode fields = hit.path("fields");
    passed.put(
        Session.id(place.path(0).asText(), place.path(1).asInt()),
        new Passed(
            fields.path(Schema.SOURCE).path(0).asText(),
            fields.path(Mapping.WORDS).path(0).asInt()));
  }

  /** The moment of an id; null if there is none. */
  @Nullable StoredMoment get(String id) {
    return read.get(id);
  }

  /** The moment of the next number, read if need be. */
  private @Nullable StoredMoment next(StoredMoment moment) {
    return at(moment.episodeId(), moment.ordinal() + 1);
  }

  private @Nullable StoredMoment at(String episode, int ordinal) {
    String id = Session.id(episode, ordinal);
    if (!read.containsKey(id) && !absent.contains(id)) {
      List<String> some = new ArrayList<>();
      for (int i = 0; i < AHEAD; i++) {
        some.add(Session.id(episode, ordinal + i));
      }
      read(some);
    }
    return read.get(id);
  }

  /** Gives the moment that goes on where another's text ends. */
  MatchFinder.Following following() {
    return moment -> {
      StoredMoment next = next(moment);
      return next != null && next.source().equals(moment.source()) && next.moment().continues()
          ? next
          : null;
    };
  }

  /**
   * Gives the moments after another in its source, without those that were passed over. Where some
   * were, all that may be looked at have been read or passed over.
   */
  MatchFinder.Later later() {
    return moment -> {
      int moments = 0;
      int words = 0;
      int ordinal = moment.ordinal() + 1;
      String id = Session.id(moment.episodeId(), ordinal);
      for (Passed over = passed.get(id);
          over != null && !read.containsKey(id);
          over = passed.get(id)) {
        if (!over.source().equals(Schema.label(moment.source()))) {
          return null;
        }
        moments++;
        words += over.words();
        id = Session.id(moment.episodeId(), ++ordinal);
      }
      StoredMoment next = passed.isEmpty() ? at(moment.episodeId(), ordinal) : read.get(id);
      return next != null && next.source().equals(moment.source())
          ? new MatchFinder.Ahead(next, moments, words)
          : null;
    };
  }

  /** Gives the moment whose words have the numbers after another's. */
  MatchFinder.Following numbered() {
    return moment -> {
      StoredMoment next = next(moment);
      long end = moment.position() + Words.of(moment.moment().text()).count();
      return next != null && next.position() == end ? next : null;
    };
  }
}
