package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earmark.index.StoredMoment;
import dev.earmark.model.Kind;
import dev.earmark.schema.Schema;
import dev.earmark.search.Hit;
import dev.earmark.search.Outline;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.rank.RankingParameters;
import dev.earmark.search.spoken.ChapterLists;
import dev.earmark.search.spoken.Filters;
import dev.earmark.search.spoken.MatchFinder;
import dev.earmark.search.spoken.QueryPlan;
import dev.earmark.search.spoken.QueryPlanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads where a query matches in given episodes. */
final class OutlineReader {
  /** Episodes that are cut into more are drawn with the first of them. */
  private static final int MOST_CHAPTERS = 4_000;

  private OutlineReader() {}

  /** Every place in an episode where a query matches, in the order of the recording. */
  static List<Hit.Match> matches(Session session, String episodeId, SearchRequest request)
      throws IOException {
    Dsl dsl = new Dsl();
    SearchRequest narrowed = request.withFilter(Schema.EPISODE, episodeId);
    QueryPlan plan = plan(session, narrowed, dsl);
    List<StoredMoment> hits = new ArrayList<>();
    Texts texts = new Texts(session);
    session.each(
        Json.object(
            "query",
            Dsl.all(
                List.of(
                    Dsl.moments(), Dsl.term(Schema.EPISODE, episodeId), dsl.filter(plan.query()))),
            "stored_fields",
            Json.array(Schema.BODY),
            "sort",
            Session.byPlace()),
        hit -> {
          StoredMoment moment = Session.moment(hit);
          hits.add(moment);
          texts.add(moment);
        });
    if (plan.patterns().stream().anyMatch(pattern -> pattern.isPhrase())) {
      texts.read(
          hits.stream()
              .map(moment -> Session.id(moment.episodeId(), moment.ordinal() + 1))
              .toList());
    }
    MatchFinder finder = new MatchFinder(plan.patterns(), plan.between());
    List<Hit.Match> matches = new ArrayList<>();
    for (StoredMoment moment : hits) {
      matches.addAll(finder.find(moment, texts.following()).matches());
    }
    matches.sort(
        Comparator.comparing(Hit.Match::atMs, Comparator.nullsLast(Comparator.naturalOrder())));
    return matches;
  }

  private static QueryPlan plan(Session session, SearchRequest request, Dsl dsl)
      throws IOException {
    OpenSearchIndexStatistics speech = new OpenSearchIndexStatistics(session, dsl);
    QueryPlan plan =
        new QueryPlanner(
                request.query(),
                speech,
                session.deadline(),
                request.match(),
                request.near(),
                Filters.scope(request),
                RankingParameters.DEFAULT)
            .plan();
    PhraseVerifier.find(plan.query(), dsl, speech.around(), session);
    return plan;
  }

  /** The outlines of some episodes, by their ids. */
  static Map<String, Outline> outlines(
      Session session, SearchRequest request, List<String> episodeIds) throws IOException {
    Set<String> ids = new LinkedHashSet<>(episodeIds);
    Set<String> known = ids.isEmpty() ? Set.of() : EpisodeEntries.of(session, ids).keySet();
    if (known.isEmpty()) {
      return Map.of();
    }
    Dsl dsl = new Dsl();
    QueryPlan plan = plan(session, request, dsl);
    ObjectNode within = Dsl.terms(Schema.EPISODE, known);
    Map<String, List<Long>> starts = new HashMap<>();
    session.each(
        Json.object(
            "query",
            Dsl.all(
                List.of(
                    within,
                    Json.object("exists", Json.object("field", Schema.START)),
                    MomentSearch.narrowed(dsl.filter(plan.query()), request))),
            "stored_fields",
            "_none_",
            "docvalue_fields",
            Json.array(Schema.EPISODE, Schema.START),
            "sort",
            Session.byPlace()),
        hit -> {
          JsonNode fields = hit.path("fields");
          starts
              .computeIfAbsent(
                  fields.path(Schema.EPISODE).path(0).asText(), id -> new ArrayList<>())
              .add(fields.path(Schema.START).path(0).asLong());
        });
    Map<String, Long> last = last(session, within, known.size());
    ChapterLists chapters = new ChapterLists();
    ObjectNode search =
        Json.object(
            "size",
            MOST_CHAPTERS,
            "track_total_hits",
            false,
            "query",
            Dsl.all(List.of(within, Dsl.term("kind", Kind.CHAPTER.id()))),
            "stored_fields",
            Json.array(Schema.BODY),
            "sort",
            Session.byPlace());
    session.ask(search).at("/hits/hits").forEach(hit -> chapters.add(Session.moment(hit)));
    Map<String, List<Outline.Chapter>> byEpisode = chapters.byEpisode();
    Map<String, Outline> outlines = new LinkedHashMap<>();
    for (String id : known) {
      outlines.put(
          id,
          new Outline(
              byEpisode.getOrDefault(id, List.of()),
              starts.getOrDefault(id, List.of()).stream().sorted().toList(),
              last.getOrDefault(id, 0L)));
    }
    return outlines;
  }

  /** When the last moment of each episode starts. */
  private static Map<String, Long> last(Session session, ObjectNode within, int episodes) {
    ObjectNode search = Json.object("size", 0, "track_total_hits", false, "query", within);
    search.set(
        "aggs",
        Json.object(
            "episodes",
            Json.object(
                "terms",
                Json.object("field", Schema.EPISODE, "size", episodes),
                "aggs",
                Json.object("last", Json.object("max", Json.object("field", Schema.START))))));
    Map<String, Long> last = new HashMap<>();
    for (JsonNode bucket : session.ask(search).at("/aggregations/episodes/buckets")) {
      if (bucket.at("/last/value").isNumber()) {
        last.put(bucket.path("key").asText(), bucket.at("/last/value").asLong());
      }
    }
    return last;
  }
}
