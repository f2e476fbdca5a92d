package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earmark.index.opensearch.Mapping;
import dev.earmark.schema.Schema;
import dev.earmark.search.spoken.SpokenQuery.Together;
import dev.earmark.search.spoken.TogetherRuns;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the moments where parts of a query occur together and that do not have all of them. The
 * cluster says which parts each moment has and where it stands among the words of its episode; the
 * rest is computed here.
 *
 * <p>Where all parts are needed, only moments are read that have all of them around, which {@link
 * Mapping#AROUND} tells of words.
 */
final class Meetings {
  /**
   * Up to so many parts, each choice of them that is enough is asked for; of more parts, only that
   * enough of them are there.
   */
  private static final int MOST_CHOSEN_OF = 8;

  /**
   * The score of a moment says which of so many parts it has, a bit for each, as a float holds them
   * exactly. Further ones are told by their names, which takes longer.
   */
  private static final int TOLD_BY_SCORE = Float.PRECISION;

  /** So many numbers OpenSearch takes in a query, and more. */
  private static final int MOST_PLACES = 10_000;

  private final TogetherRuns runs;
  private final ObjectNode query;
  private final Set<String> found = new LinkedHashSet<>();

  /** The numbers of the first words of what was found. */
  private final Set<Long> foundAt = new LinkedHashSet<>();

  /** What was looked at in vain: the ids, and the numbers of the first words. */
  private final List<String> others = new ArrayList<>();

  private final List<Long> othersAt = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private final List<Long> have = new ArrayList<>();
  private final List<Long> begins = new ArrayList<>();
  private final long all;
  private String episode = "";
  private boolean any;

  /** Meetings of parts that have nothing hidden, or whose hidden parts the other knows. */
  Meetings(Together together, Dsl dsl, AroundTerms around) {
    this.runs = together.runs();
    this.all = (1L << together.parts().size()) - 1;
    List<ObjectNode> parts = new ArrayList<>();
    for (int i = 0; i < together.parts().size(); i++) {
      boolean byScore = i < TOLD_BY_SCORE;
      ObjectNode part =
          Dsl.constant(dsl.filter(together.parts().get(i)), byScore ? Math.scalb(1.0, i) : 0);
      if (!byScore) {
        ((ObjectNode) part.path("constant_score")).put("_name", Integer.toString(i));
      }
      parts.add(part);
    }
    ObjectNode enough = together.reach() <= Mapping.AROUND_WORDS ? enough(together, around) : null;
    query =
        Json.object(
            "bool",
            Json.object(
                "filter",
                // Only moments have anything around them.
                Json.array(enough == null ? Dsl.moments() : enough),
                "should",
                Json.array(parts),
                "minimum_should_match",
                1));
  }

  /** Moments that have enough of the parts around them; null if that cannot be told. */
  private static @Nullable ObjectNode enough(Together together, AroundTerms around) {
    List<@Nullable ObjectNode> there = new ArrayList<>();
    together.parts().forEach(part -> there.add(around.around(part)));
    if (there.size() > MOST_CHOSEN_OF) {
      return atLeast(leastParts(together), there);
    }
    List<ObjectNode> choices = new ArrayList<>();
    for (int some = 1; some < 1 << there.size(); some++) {
      if (isJustEnough(some, together)) {
        List<ObjectNode> chosen = new ArrayList<>();
        for (int part = 0; part < there.size(); part++) {
          ObjectNode one = there.get(part);
          // A part of which nothing is known may be around anything.
          if ((some >> part & 1) == 1 && one != null) {
            chosen.add(one);
          }
        }
        if (chosen.isEmpty()) {
          return null;
        }
        choices.add(Dsl.all(chosen));
      }
    }
    return Dsl.any(choices);
  }

  /** Whether some parts weigh enough, and would not without any one of them. */
  private static boolean isJustEnough(int some, Together together) {
    int weight = 0;
    int lightest = Integer.MAX_VALUE;
    for (int part = 0; part < together.parts().size(); part++) {
      if ((some >> part & 1) == 1) {
        weight += together.weights().get(part);
        lightest = Math.min(lightest, together.weights().get(part));
      }
    }
    return weight >= together.least() && weight - lightest < together.least();
  }

  private static @Nullable ObjectNode atLeast(int parts, List<@Nullable ObjectNode> there) {
    List<ObjectNode> told = new ArrayList<>();
    for (ObjectNode one : there) {
      if (one != null) {
        told.add(one);
      }
    }
    int needed = parts - (there.size() - told.size());
    if (needed <= 0) {
      return null;
    }
    ObjectNode enough = Dsl.any(told);
    ((ObjectNode) enough.path("bool")).put("minimum_should_match", needed);
    return enough;
  }

  /** How many parts come together at the least where enough do: the heaviest. */
  private static int leastParts(Together together) {
    List<Integer> heaviest = together.weights().stream().sorted(Comparator.reverseOrder()).toList();
    int parts = 0;
    for (int weight = 0; parts < heaviest.size() && weight < together.least(); parts++) {
      weight += heaviest.get(parts);
    }
    return parts;
  }

  /** The moments where parts meet and that do not have all of them. */
  static MeetingMoments of(Together together, Dsl dsl, AroundTerms around, Session session) {
    Meetings meetings = new Meetings(together, dsl, around);
    session.each(meetings.search(), meetings::add);
    meetings.end();
    return meetings.moments(session);
  }

  private MeetingMoments moments(Session session) {
    ObjectNode filter = session.isWhole() ? byPlace() : null;
    return new MeetingMoments(found, filter == null ? Dsl.ids(found) : filter);
  }

  /**
   * The moments that were found, among those that were looked at, by the numbers of their first
   * words; null if that is no shorter than their ids. Every shard looks for each id, and a number
   * is only compared.
   */
  private @Nullable ObjectNode byPlace() {
    List<String> alsoThere = new ArrayList<>();
    for (int i = 0; i < others.size(); i++) {
      if (foundAt.contains(othersAt.get(i))) {
        alsoThere.add(others.get(i));
      }
    }
    return foundAt.size() > MOST_PLACES || alsoThere.size() > found.size() / 2
        ? null
        : Json.object(
            "bool",
            Json.object(
                "filter",
                Json.array(query, Dsl.terms(Schema.POSITION, foundAt)),
                "must_not",
                Json.array(Dsl.documents(alsoThere))));
  }

  /** The search for the first moments to look at. */
  ObjectNode search() {
    return Json.object(
        "size",
        Session.MOST_WITHOUT_TEXT,
        "track_total_hits",
        false,
        "query",
        query,
        "stored_fields",
        "_none_",
        "track_scores",
        true,
        "sort",
        // What else is asked of a moment comes with its sort: to fetch it would take longer.
        Session.byPlace()
            .add(Session.ascending(Schema.POSITION, "long"))
            .add(Session.ascending(Mapping.WORDS, "long")));
  }

  /** The same, by the answer to the search and what follows that. */
  MeetingMoments moments(JsonNode first, Session session) {
    JsonNode hits = first.at("/hits/hits");
    hits.forEach(this::add);
    if (hits.size() == Session.MOST_WITHOUT_TEXT) {
      ObjectNode following = search();
      following.set("search_after", hits.get(hits.size() - 1).get("sort"));
      session.each(following, this::add);
    }
    end();
    return moments(session);
  }

  /** Whether enough comes together anywhere, as far as was read. */
  boolean any() {
    return any;
  }

  private void add(JsonNode hit) {
    JsonNode sort = hit.path("sort");
    String of = sort.path(0).asText();
    if (!of.equals(episode)) {
      end();
      episode = of;
    }
    long has = hit.path("_score").asLong();
    for (String named : Session.named(hit)) {
      has |= 1L << Integer.parseInt(named);
    }
    long begin = sort.path(2).asLong();
    runs.add(has, begin, begin + sort.path(3).asLong());
    have.add(has);
    begins.add(begin);
    ids.add(Session.id(of, sort.path(1).asInt()));
  }

  /** Takes the matches of the episode that ends. */
  private void end() {
    int matches = runs.find();
    any |= matches > 0;
    BitSet matched = new BitSet();
    for (int i = 0; i < matches; i++) {
      matched.set(runs.match(i));
    }
    for (int i = 0; i < ids.size(); i++) {
      if (have.get(i) == all) {
        continue;
      }
      if (matched.get(i)) {
        found.add(ids.get(i));
        foundAt.add(begins.get(i));
      } else {
        others.add(ids.get(i));
        othersAt.add(begins.get(i));
      }
    }
    runs.clear();
    have.clear();
    begins.clear();
    ids.clear();
  }
}
