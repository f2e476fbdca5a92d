package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earmark.index.opensearch.Mapping;
import dev.earmark.model.Kind;
import dev.earmark.query.ParsedQuery;
import dev.earmark.query.QueryParser;
import dev.earmark.schema.Schema;
import dev.earmark.search.Hit;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.Trend;
import dev.earmark.search.Trend.Point;
import dev.earmark.search.opensearch.Ranking.Ranked;
import dev.earmark.search.rank.RankingParameters;
import dev.earmark.search.spoken.HeardWays;
import dev.earmark.search.spoken.QueryPlan;
import dev.earmark.search.spoken.QueryPlanner;
import dev.earmark.search.spoken.Scope;
import dev.earmark.search.spoken.SpokenQuery;
import dev.earmark.search.spoken.TrendPoints;
import java.io.IOException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts how often a phrase is said: the cluster adds up what {@link Dsl#often} tells of each
 * moment, and the words it is compared with. Of shows and speakers the {@value #MOST_VALUES} with
 * the most moments are counted, and every day.
 */
final class TrendReader {
  private static final int MOST_VALUES = 10_000;

  private TrendReader() {}

  static Trend read(Session session, String text, Trend.By by, SearchRequest scope)
      throws IOException {
    List<String> phrase = TrendPoints.phrase(text);
    String field =
        switch (by) {
          case MONTH -> Schema.DATE;
          case SHOW -> "show";
          case SPEAKER -> "speaker";
        };
    ObjectNode said =
        scope.filters().containsKey("kind") ? Dsl.moments() : Dsl.term("kind", Kind.SEGMENT.id());
    ObjectNode segments = scope.isNarrowed() ? MomentSearch.narrowed(said, scope) : said;
    Map<String, Long> words = new TreeMap<>();
    ObjectNode sum = Json.object("sum", Json.object("field", Mapping.WORDS));
    JsonNode all = counted(session, Dsl.all(List.of(segments)), field, sum);
    all.at("/aggregations/values/buckets")
        .forEach(bucket -> words.merge(key(bucket, by), value(bucket), Long::sum));
    long allWords = value(all.path("aggregations"));
    Map<String, Long> counts = new TreeMap<>();
    long count = 0;
    int moments = 0;
    ObjectNode having = Dsl.none();
    if (!phrase.isEmpty()) {
      Dsl dsl = new Dsl();
      List<List<String>> ways = new ArrayList<>(List.of(phrase));
      ways.addAll(HeardWays.ways(phrase, new OpenSearchIndexStatistics(session, dsl)));
      List<ObjectNode> each = new ArrayList<>();
      for (List<String> way : ways) {
        ObjectNode one = having(session, way, dsl);
        JsonNode found = counted(session, said(one, segments), field, often(way, dsl));
        found
            .at("/aggregations/values/buckets")
            .forEach(bucket -> counts.merge(key(bucket, by), value(bucket), Long::sum));
        count += value(found.path("aggregations"));
        moments = (int) Session.total(found);
        each.add(one);
      }
      having = Dsl.any(each);
      if (ways.size() > 1) {
        moments = (int) session.count(said(having, segments));
      }
    }
    List<Point> points = new ArrayList<>();
    words.forEach((key, n) -> points.add(new Point(key, counts.getOrDefault(key, 0L), n)));
    long placed = counts.values().stream().mapToLong(Long::longValue).sum();
    Trend trend =
        TrendPoints.trend(
            String.join(" ", phrase), by, count, allWords, moments, points, count - placed);
    if (moments == 0) {
      return trend;
    }
    return trend.withFirst(first(session, trend.phrase(), said(having, segments)));
  }

  private static ObjectNode said(ObjectNode having, ObjectNode segments) {
    return Json.object(
        "bool", Json.object("must", Json.array(having), "filter", Json.array(segments)));
  }

  private static ObjectNode having(Session session, List<String> phrase, Dsl dsl)
      throws IOException {
    if (phrase.size() == 1) {
      return Dsl.intervals(phrase);
    }
    SpokenQuery.Row row = new SpokenQuery.Row(phrase, 0);
    PhraseVerifier.find(row, dsl, new OpenSearchIndexStatistics(session, dsl).around(), session);
    return dsl.isHidden(row) ? dsl.filter(row) : Dsl.intervals(phrase);
  }

  /** How often a phrase is said in a moment: by its score, or as it was found in the text. */
  private static ObjectNode often(List<String> phrase, Dsl dsl) {
    if (phrase.size() > Dsl.LONGEST_ROW) {
      return script(
          Json.object(
              "source",
              "return params.often[doc['episode'].value + '#' + doc['ordinal'].value];",
              "params",
              Json.object("often", dsl.frequencies(new SpokenQuery.Row(phrase, 0)))));
    }
    return Dsl.often();
  }

  private static ObjectNode script(ObjectNode script) {
    return Json.object("sum", Json.object("script", script));
  }

  private static JsonNode counted(Session session, ObjectNode query, String field, ObjectNode sum) {
    ObjectNode search = Session.counting(query);
    ObjectNode aggregations = Json.object("sum", sum);
    aggregations.set(
        "values",
        Json.object(
            "terms",
            Json.object("field", field, "size", MOST_VALUES, "shard_size", MOST_VALUES),
            "aggs",
            Json.object("sum", sum)));
    search.set("aggs", aggregations);
    return session.ask(search);
  }

  private static long value(JsonNode bucket) {
    return Math.round(bucket.at("/sum/value").asDouble());
  }

  private static String key(JsonNode bucket, Trend.By by) {
    return by == Trend.By.MONTH
        ? YearMonth.from(LocalDate.ofEpochDay(bucket.path("key").asLong())).toString()
        : bucket.path("key").asText();
  }

  private static Hit first(Session session, String phrase, ObjectNode said) throws IOException {
    ObjectNode search =
        Json.object(
            "size",
            1,
            "track_total_hits",
            false,
            "query",
            said,
            "stored_fields",
            "_none_",
            "docvalue_fields",
            Json.array(Schema.EPISODE, Schema.ORDINAL),
            "sort",
            Json.array(
                    Json.object(Schema.DATE, Json.object("order", "asc", "missing", "_last")),
                    Json.object(Schema.START, Json.object("order", "asc", "missing", "_last")))
                .addAll(Session.byPlace()));
    JsonNode fields = session.ask(search).at("/hits/hits/0/fields");
    ParsedQuery quoted = QueryParser.parse('"' + phrase + '"');
    Dsl dsl = new Dsl();
    OpenSearchIndexStatistics speech = new OpenSearchIndexStatistics(session, dsl);
    QueryPlan plan =
        new QueryPlanner(
                quoted,
                speech,
                session.deadline(),
                SearchRequest.Match.ALL,
                SearchRequest.Near.FALSE,
                Scope.EVERYWHERE,
                RankingParameters.DEFAULT)
            .plan();
    Ranked hit =
        new Ranked(
            fields.path(Schema.EPISODE).path(0).asText(),
            fields.path(Schema.ORDINAL).path(0).asInt(),
            0);
    return new HitReader(session, plan, dsl, speech.wordsOfMoment()).read(List.of(hit)).getFirst();
  }
}
