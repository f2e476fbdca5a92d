package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earmark.index.opensearch.Mapping;
import dev.earmark.schema.Schema;
import dev.earmark.search.spoken.SpokenQuery;
import dev.earmark.search.spoken.SpokenQuery.Together;
import dev.earmark.search.spoken.TogetherRuns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the moments where parts of a query occur together and that do not have all of them. The
 * cluster says which parts each moment has and where it stands among the words of its episode; the
 * rest is computed here.
 *
 * <p>Where all parts are needed, only moments are read that have all of them around, which {@link
 * Mapping#AROUND} tells of words.
 */
final class Meetings {
  private final TogetherRuns runs;
  private final Set<String> found = new LinkedHashSet<>();
  private final List<String> ids = new ArrayList<>();
  private final List<Long> have = new ArrayList<>();
  private final long all;
  private String episode = "";

  private Meetings(Together together) {
    this.runs = together.runs();
    this.all = (1L << together.parts().size()) - 1;
  }

  /** The ids of those moments; all inner parts must be known to the other. */
  static Set<String> of(Together together, Dsl dsl, AroundTerms around, Session session)
      throws IOException {
    List<ObjectNode> parts = new ArrayList<>();
    for (int i = 0; i < together.parts().size(); i++) {
      ObjectNode part = Dsl.constant(dsl.filter(together.parts().get(i)), 1);
      ((ObjectNode) part.path("constant_score")).put("_name", Integer.toString(i));
      parts.add(part);
    }
    List<ObjectNode> filters = new ArrayList<>(List.of(Dsl.moments()));
    if (together.reach() <= Mapping.AROUND_WORDS
        && together.least() == together.weights().stream().mapToInt(Integer::intValue).sum()) {
      for (SpokenQuery part : together.parts()) {
        ObjectNode there = around.around(part);
        if (there != null) {
          filters.add(there);
        }
      }
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
    have.add(has);
    ids.add(Session.id(of, hit.path("sort").path(1).asInt()));
  }

  /** Takes the matches of the episode that ends. */
  private void end() {
    int matches = runs.find();
    for (int i = 0; i < matches; i++) {
      if (have.get(runs.match(i)) != all) {
        found.add(ids.get(runs.match(i)));
      }
    }
    runs.clear();
    have.clear();
    ids.clear();
  }
}
