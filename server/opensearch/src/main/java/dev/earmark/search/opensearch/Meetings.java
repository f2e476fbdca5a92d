package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earmark.index.opensearch.Mapping;
import dev.earmark.schema.Schema;
import dev.earmark.search.spoken.SpokenQuery.Together;
import dev.earmark.search.spoken.TogetherRuns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the moments where parts of a query occur together. The cluster says which parts each moment
 * has and where it stands among the words of its episode; the rest is computed here.
 *
 * <p>If a part that every match needs is rare, only the episodes that have it are read.
 */
final class Meetings {
  /** OpenSearch takes so many values in one part of a query, and more. */
  private static final int MOST_EPISODES = 10_000;

  private final TogetherRuns runs;
  private final Set<String> found = new LinkedHashSet<>();
  private final List<String> ids = new ArrayList<>();
  private String episode = "";

  private Meetings(Together together) {
    this.runs = together.runs();
  }

  /** The ids of the moments that match; all inner parts must be known to the other. */
  static Set<String> of(Together together, Dsl dsl, Session session) throws IOException {
    List<ObjectNode> parts = new ArrayList<>();
    for (int i = 0; i < together.parts().size(); i++) {
      ObjectNode part = Dsl.constant(dsl.filter(together.parts().get(i)), 1);
      ((ObjectNode) part.path("constant_score")).put("_name", Integer.toString(i));
      parts.add(part);
    }
    List<ObjectNode> filters = new ArrayList<>(List.of(Dsl.moments()));
    List<String> episodes = episodesOfLeads(together, parts, session);
    if (episodes.size() < MOST_EPISODES) {
      filters.add(Dsl.terms(Schema.EPISODE, episodes));
    }
    ObjectNode query =
        Json.object(
            "bool",
            Json.object(
                "filter",
                Json.array(filters),
                "should",
                Json.array(parts),
                "minimum_should_match",
                1));
    Meetings meetings = new Meetings(together);
    session.each(
        Json.object(
            "query",
            query,
            "stored_fields",
            "_none_",
            "docvalue_fields",
            Json.array(Schema.POSITION, Mapping.WORDS),
            "sort",
            Session.byPlace()),
        meetings::add);
    meetings.end();
    return meetings.found;
  }

  private static List<String> episodesOfLeads(
      Together together, List<ObjectNode> parts, Session session) throws IOException {
    List<ObjectNode> counts = new ArrayList<>();
    parts.forEach(part -> counts.add(Session.counting(part)));
    List<JsonNode> answers = session.askAll(counts);
    List<Integer> rarest = new ArrayList<>();
    int left = 0;
    for (int i = 0; i < parts.size(); i++) {
      if (i >= answers.size() || Session.total(answers.get(i)) > 0) {
        rarest.add(i);
        left += together.weights().get(i);
      }
    }
    rarest.sort(
        java.util.Comparator.comparingLong(
            i -> i < answers.size() ? Session.total(answers.get(i)) : Long.MAX_VALUE));
    if (left < together.least()) {
      return List.of();
    }
    List<ObjectNode> leads = new ArrayList<>();
    for (int i = 0; left >= together.least(); i++) {
      leads.add(parts.get(rarest.get(i)));
      left -= together.weights().get(rarest.get(i));
    }
    ObjectNode search = Json.object("size", 0, "track_total_hits", false, "query", Dsl.any(leads));
    search.set(
        "aggs",
        Json.object(
            "episodes",
            Json.object("terms", Json.object("field", Schema.EPISODE, "size", MOST_EPISODES))));
    List<String> episodes = new ArrayList<>();
    for (JsonNode bucket : session.ask(search).at("/aggregations/episodes/buckets")) {
      episodes.add(bucket.path("key").asText());
    }
    return episodes;
  }

  private void add(JsonNode hit) {
    String of = hit.path("sort").path(0).asText();
    if (!of.equals(episode)) {
      end();
      episode = of;
    }
    long has = 0;
    for (var named : hit.path("matched_queries").properties()) {
      has |= 1L << Integer.parseInt(named.getKey());
    }
    long begin = hit.path("fields").path(Schema.POSITION).path(0).asLong();
    runs.add(has, begin, begin + hit.path("fields").path(Mapping.WORDS).path(0).asLong());
    ids.add(Session.id(of, hit.path("sort").path(1).asInt()));
  }

  /** Takes the matches of the episode that ends. */
  private void end() {
    int matches = runs.find();
    for (int i = 0; i < matches; i++) {
      found.add(ids.get(runs.match(i)));
    }
    runs.clear();
    ids.clear();
  }
}
