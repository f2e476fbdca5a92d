package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.model.Kind;
import dev.earmark.query.Query.FieldIs;
import dev.earmark.schema.Field;
import dev.earmark.schema.Schema;
import dev.earmark.search.Suggestion;
import dev.earmark.search.spoken.PhraseCounter;
import dev.earmark.search.spoken.SaidWords;
import dev.earmark.search.spoken.Suggestions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Collects suggestions from a snapshot: the {@value #MOST_NAMES} most frequent names of each kind,
 * the titles of as many episodes and of {@value #MOST_CHAPTERS} chapters, and phrases of about
 * {@value #MOST_MOMENTS} moments, spread evenly. Belongs on a background thread.
 */
final class SuggestionReader {
  private static final int MOST_NAMES = 20_000;
  private static final int MOST_CHAPTERS = 50_000;
  private static final int MOST_MOMENTS = 40_000;

  /** OpenSearch cuts no state of an index into more (index.max_slices_per_pit). */
  private static final int MOST_SLICES = 1_024;

  private SuggestionReader() {}

  /** Names, titles of episodes and words: what is quick to gather. */
  static Suggestions names(Session session) throws IOException {
    List<Suggestion> all = new ArrayList<>();
    gatherNames(session, all);
    return new Suggestions(all);
  }

  /** All there is, phrases and chapters too. */
  static Suggestions all(Session session) throws IOException {
    List<Suggestion> all = new ArrayList<>();
    gatherNames(session, all);
    gatherChapters(session, all);
    gatherPhrases(session, all);
    return new Suggestions(all);
  }

  private static void gatherNames(Session session, List<Suggestion> into) {
    Map<String, Suggestion.Type> types =
        Map.of(
            "speaker", Suggestion.Type.SPEAKER,
            "show", Suggestion.Type.SHOW,
            "topic", Suggestion.Type.TOPIC);
    ObjectNode search = Json.object("size", 0, "track_total_hits", false);
    ObjectNode aggregations = Json.object();
    types
        .keySet()
        .forEach(facet ->
            aggregations.set(
                facet, Json.object("terms", Json.object("field", facet, "size", MOST_NAMES))));
    search.set("aggs", aggregations);
    JsonNode counted = session.ask(search).path("aggregations");
    types.forEach((facet, type) -> {
      Field field = Schema.field(facet).orElseThrow();
      for (FacetCounts.Count name :
          FacetCounts.joined(field, counted.path(facet).path("buckets"))) {
        into.add(
            Suggestion.query(
                name.value(), type, name.count(), new FieldIs(facet, name.value()).toString()));
      }
    });
    for (EpisodeEntry entry : EpisodeEntries.all(session, MOST_NAMES)) {
      into.add(Suggestion.of(entry));
    }
  }

  private static void gatherChapters(Session session, List<Suggestion> into) {
    session.each(
        Json.object(
            "query",
            Dsl.term("kind", Kind.CHAPTER.id()),
            "stored_fields",
            Json.array(Schema.BODY),
            "sort",
            Session.byPlace()),
        MOST_CHAPTERS,
        hit -> into.add(Suggestion.of(Session.moment(hit))));
  }

  private static void gatherPhrases(Session session, List<Suggestion> into) throws IOException {
    SaidWords words = new OpenSearchIndexStatistics(session, new Dsl()).words();
    int moments = (int) Math.min(Integer.MAX_VALUE, session.count(Dsl.moments()));
    PhraseCounter phrases = new PhraseCounter(words, moments);
    int step = Math.min(MOST_SLICES, Math.max(1, moments / MOST_MOMENTS));
    ObjectNode search =
        Json.object(
            "query",
            Dsl.moments(),
            "stored_fields",
            Json.array(Schema.BODY),
            "sort",
            Session.byPlace());
    if (step > 1) {
      search.set("slice", Json.object("id", 0, "max", step));
    }
    // A slice is not of a size exactly, and of very many moments the smallest is too large.
    session.each(
        search, 2 * MOST_MOMENTS, hit -> phrases.count(Session.moment(hit).moment().text()));
    into.addAll(phrases.often(step));
  }
}
