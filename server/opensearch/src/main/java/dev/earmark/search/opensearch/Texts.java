package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earmark.index.StoredMoment;
import dev.earmark.search.spoken.MatchFinder;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
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

  /** Reads moments, by their ids, and asks something else in the same request. */
  JsonNode read(Collection<String> ids, ObjectNode more) {
    List<String> wanted = ids.stream().filter(id -> !read.containsKey(id)).distinct().toList();
    List<JsonNode> answers = session.askAll(List.of(more, Session.reading(wanted)));
    read.putAll(session.moments(answers.getLast()));
    wanted.stream().filter(id -> !read.containsKey(id)).forEach(absent::add);
    return answers.getFirst();
  }

  /** The moment of an id; null if there is none. */
  @Nullable StoredMoment get(String id) {
    return read.get(id);
  }

  /** The moment of the next number, read if need be. */
  private @Nullable StoredMoment next(StoredMoment moment) {
    String id = Session.id(moment.episodeId(), moment.ordinal() + 1);
    if (!read.containsKey(id) && !absent.contains(id)) {
      List<String> some = new ArrayList<>();
      for (int i = 1; i <= AHEAD; i++) {
        some.add(Session.id(moment.episodeId(), moment.ordinal() + i));
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

  /** Gives the moment after another in its source. */
  MatchFinder.Following after() {
    return moment -> {
      StoredMoment next = next(moment);
      return next != null && next.source().equals(moment.source()) ? next : null;
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
