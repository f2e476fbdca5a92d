package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import dev.earmark.query.NotUnderstood;
import dev.earmark.query.ParsedQuery;
import dev.earmark.schema.Evidence;
import dev.earmark.schema.Field;
import dev.earmark.schema.Schema;
import dev.earmark.search.Explanation;
import dev.earmark.search.Hit;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchPage.Matched;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.opensearch.Ranking.Ranked;
import dev.earmark.search.rank.RankingModel;
import dev.earmark.search.spoken.DidYouMean;
import dev.earmark.search.spoken.Filters;
import dev.earmark.search.spoken.QueryPlan;
import dev.earmark.search.spoken.QueryPlanner;
import dev.earmark.search.spoken.Scope;
import dev.earmark.search.spoken.SpokenQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers one request on one snapshot. The {@link Ranker} orders the hits as far as it reaches; the
 * cluster orders the rest. Not thread-safe; one a request.
 */
final class MomentSearch {
  static final int HITS_PER_EPISODE = 3;

  /** No more episodes are listed. */
  private static final int MOST_GROUPS = 10_000;

  private static final RankingModel RANKING = RankingModel.DEFAULT;

  private final Session session;
  private final SearchRequest request;
  private final @Nullable Cursor cursor;
  private final int mostRead;
  private final Dsl dsl = new Dsl();
  private final OpenSearchIndexStatistics speech;

  /**
   * @param mostRead so many moments are read to be ranked
   */
  MomentSearch(Session session, SearchRequest request, @Nullable Cursor cursor, int mostRead) {
    this.mostRead = mostRead;
    this.session = session;
    this.request = request;
    this.cursor = cursor;
    this.speech = new OpenSearchIndexStatistics(session, dsl);
  }

  /** The hits of a page, and where the next begins. */
  private record Listed(
      List<Ranked> hits,
      List<Group> groups,
      int episodes,
      int shown,
      long listed,
      @Nullable ArrayNode after) {}

  /** An episode, how many hits it has, and the best of them. */
  private record Group(String episode, int total, List<Ranked> best) {}

  private QueryPlanner planner(ParsedQuery query, SearchRequest request, Scope scope)
      throws IOException {
    return new QueryPlanner(
        query,
        speech,
        session.deadline(),
        request.match(),
        request.near(),
        scope,
        RANKING.parameters());
  }

  /** What is listed for the request. */
  private QueryPlan listed() throws IOException {
    QueryPlan plan = planner(request.query(), request, Filters.listed(request)).plan();
    PhraseVerifier.find(plan.query(), dsl, session);
    if (plan.meant() != null) {
      PhraseVerifier.find(plan.meant(), dsl, session);
    }
    for (SpokenQuery exact : plan.exact()) {
      PhraseVerifier.find(exact, dsl, session);
    }
    return plan;
  }

  SearchPage run() throws IOException {
    long start = System.nanoTime();
    int offset = cursor == null ? 0 : cursor.offset();
    QueryPlan plan = listed();
    if (plan.nearOnly() != null) {
      PhraseVerifier.find(plan.nearOnly(), dsl, session);
    }
    if (plan.looser() != null) {
      PhraseVerifier.find(plan.looser(), dsl, session);
    }
    boolean ranked = !plan.patterns().isEmpty();
    Ranker ranker = new Ranker(session, dsl, plan, speech, RANKING, mostRead);
    ObjectNode query = dsl.filter(plan.query());
    ObjectNode glance = ranked ? glance(dsl.ranked(exactFirst(plan))) : query;
    ObjectNode hits = narrowed(query, request, null);
    Cache<String, Ranking> rankings = Ranking.Kept.of(session.snapshot());
    Ranking ranking = ranked ? rankings.getIfPresent(request.identity()) : Ranking.NONE;

    List<Field> sideways = new ArrayList<>();
    List<Field> others = new ArrayList<>();
    for (Field facet : Schema.facets()) {
      (request.filters().containsKey(facet.name()) ? sideways : others).add(facet);
    }
    FacetCounts facets = new FacetCounts(request.facets(), request.filters());
    List<ObjectNode> searches = new ArrayList<>();
    searches.add(counting(hits, facets, others));
    for (Field facet : sideways) {
      searches.add(counting(narrowed(query, request, facet), facets, List.of(facet)));
    }
    int nearAt = searches.size();
    if (plan.nearOnly() != null) {
      SpokenQuery meant = plan.meant() == null ? plan.query() : plan.meant();
      ObjectNode near = Dsl.all(List.of(dsl.filter(meant), dsl.filter(plan.nearOnly())));
      searches.add(Session.counting(narrowed(near, request, null)));
    }
    int looserAt = searches.size();
    if (plan.looser() != null) {
      searches.add(Session.counting(narrowed(dsl.filter(plan.looser()), request, null)));
    }
    int meantAt = searches.size();
    if (plan.meant() != null) {
      searches.add(Session.counting(narrowed(dsl.filter(plan.meant()), request, null)));
    }
    int unionAt = searches.size();
    if (ranking == null) {
      searches.add(Session.counting(ranker.union(hits)));
    }
    List<JsonNode> answers = session.askAll(searches);
    long total = Session.total(answers.getFirst());
    Map<String, JsonNode> counts = new HashMap<>();
    others.forEach(facet -> counts.put(facet.name(), answers.getFirst().path("aggregations")));
    for (int i = 0; i < sideways.size(); i++) {
      counts.put(sideways.get(i).name(), answers.get(1 + i).path("aggregations"));
    }
    FacetCounts.Counted counted = facets.read(counts);
    long meant = plan.meant() == null ? total : Session.total(answers.get(meantAt));
    long nearListed =
        plan.nearOnly() == null ? 0 : Math.min(meant, Session.total(answers.get(nearAt)));
    long nearTotal = nearListed;
    if (plan.nearOffered()) {
      SearchRequest withNear = request.withNear(SearchRequest.Near.TRUE);
      nearTotal = Math.max(0, count(request.query(), withNear) - meant);
    }
    long looserTotal =
        plan.looser() == null
            ? total - meant
            : Math.max(0, Session.total(answers.get(looserAt)) - total);
    if (ranking == null) {
      ranking =
          ranker.rank(
              request, hits, Session.total(answers.get(unionAt)), narrowed(glance, request, null));
      if (session.isWhole()) {
        rankings.put(request.identity(), ranking);
      }
    }

    Listed listed =
        request.byEpisode()
            ? groups(ranking, hits, glance, total, offset)
            : hits(ranking, glance, ranked, total, offset);
    HitReader reader = new HitReader(session, plan);
    List<Hit> page = reader.read(listed.hits());
    List<SearchPage.Group> groups = new ArrayList<>();
    if (request.byEpisode()) {
      List<Ranked> all = new ArrayList<>();
      listed.groups().forEach(group -> all.addAll(group.best()));
      Map<String, List<Hit>> byEpisode = new HashMap<>();
      for (Hit hit : reader.read(all)) {
        byEpisode.computeIfAbsent(hit.episode().id(), id -> new ArrayList<>()).add(hit);
      }
      for (Group group : listed.groups()) {
        List<Hit> best = byEpisode.getOrDefault(group.episode(), List.of());
        if (!best.isEmpty()) {
          groups.add(new SearchPage.Group(best.getFirst().episode(), group.total(), best));
        }
      }
    }
    String next = null;
    if (listed.shown() < listed.listed() && listed.shown() > offset) {
      session.snapshot().listed();
      next = new Cursor(session.snapshot().id(), listed.shown(), listed.after()).encode(request);
    }
    String didYouMean = offset == 0 ? didYouMean(plan, meant - nearListed) : null;
    return new SearchPage(
        request.query().text(),
        notUnderstood(plan),
        total,
        meant - nearListed,
        nearTotal,
        looserTotal,
        meant,
        plan.matched(),
        Math.round((System.nanoTime() - start) / 1e4) / 100.0,
        page,
        groups,
        listed.episodes(),
        counted.values(),
        counted.sizes(),
        didYouMean,
        next);
  }

  /** Explains the scores of ranked hits, by the ids of their moments. */
  Map<String, Explanation> explain(Collection<String> momentIds) throws IOException {
    QueryPlan plan = listed();
    if (plan.patterns().isEmpty()) {
      Map<String, Explanation> all = new LinkedHashMap<>();
      momentIds.forEach(id -> all.put(id, Explanation.of(0, "nothing is asked that could score")));
      return all;
    }
    Ranker ranker = new Ranker(session, dsl, plan, speech, RANKING, mostRead);
    ObjectNode hits = narrowed(dsl.filter(plan.query()), request, null);
    ObjectNode glance = narrowed(glance(dsl.ranked(exactFirst(plan))), request, null);
    long union = Session.total(session.ask(Session.counting(ranker.union(hits))));
    return ranker.explain(request, hits, union, glance, momentIds);
  }

  private List<NotUnderstood> notUnderstood(QueryPlan plan) {
    List<NotUnderstood> all = new ArrayList<>(request.query().notUnderstood());
    all.addAll(plan.notUnderstood());
    int end = request.query().text().length();
    if (session.isLate()) {
      all.add(new NotUnderstood(0, end, session.deadline().message()));
    }
    String missing = session.missing();
    if (missing != null) {
      all.add(new NotUnderstood(0, end, missing));
    }
    return all;
  }

  private static ObjectNode counting(ObjectNode query, FacetCounts facets, List<Field> fields) {
    ObjectNode search =
        Session.counting(Json.object("constant_score", Json.object("filter", query)));
    search.set("aggs", facets.counting(fields));
    return search;
  }

  /**
   * A query and what a request narrows it by.
   *
   * @param but a facet whose filter is left out, or null
   */
  static ObjectNode narrowed(ObjectNode query, SearchRequest request, @Nullable Field but) {
    List<ObjectNode> filters = new ArrayList<>();
    filters.add(Dsl.moments());
    if (request.from() != null || request.to() != null) {
      filters.add(
          Dsl.range(
              Schema.DATE,
              request.from() == null ? Long.MIN_VALUE : request.from().toEpochDay(),
              request.to() == null ? Long.MAX_VALUE : request.to().toEpochDay()));
    }
    request
        .filters()
        .forEach((name, values) -> {
          Field facet = Schema.field(name).orElseThrow();
          if (!facet.equals(but)) {
            filters.add(Dsl.chosen(facet, values));
          }
        });
    return Json.object(
        "bool", Json.object("must", Json.array(query), "filter", Json.array(filters)));
  }

  /** The cluster has no tiers: what has a rare word itself has to be among the first it gives. */
  private static SpokenQuery exactFirst(QueryPlan plan) {
    SpokenQuery.Builder first = new SpokenQuery.Builder().must(plan.query());
    for (SpokenQuery exact : plan.exact()) {
      first.should(new SpokenQuery.Constant(exact, (float) RANKING.parameters().firstPassExact()));
    }
    return plan.exact().isEmpty() ? plan.query() : first.build();
  }

  /** A query as the cluster ranks it: by the words of moments and their priors. */
  private static ObjectNode glance(ObjectNode query) {
    List<ObjectNode> functions = new ArrayList<>();
    int step = Evidence.CODES_OF_CONFIDENCE;
    for (int code = 0; code < Evidence.CODES; code += step) {
      functions.add(
          Json.object(
              "filter",
              Dsl.range(Schema.EVIDENCE, code, code + step - 1),
              "weight",
              RANKING.prior().of(code + step / 2)));
    }
    return Json.object(
        "function_score",
        Json.object(
            "query",
            query,
            "functions",
            Json.array(functions),
            "score_mode",
            "first",
            "boost_mode",
            "multiply"));
  }

  private Listed hits(Ranking ranking, ObjectNode glance, boolean ranked, long total, int offset) {
    List<Ranked> all = ranking.hits();
    List<Ranked> page =
        new ArrayList<>(
            all.subList(
                Math.min(offset, all.size()), Math.min(all.size(), offset + request.limit())));
    ArrayNode after = null;
    int left = request.limit() - page.size();
    if (left > 0 && !ranking.complete() && total > all.size()) {
      ObjectNode rest = narrowed(glance, request, null);
      if (!ranking.episodes().isEmpty()) {
        rest = without(rest, ranking);
      }
      ObjectNode search =
          Json.object(
              "size",
              left,
              "track_total_hits",
              false,
              "query",
              rest,
              "stored_fields",
              "_none_",
              "docvalue_fields",
              Json.array(Schema.EPISODE, Schema.ORDINAL),
              "sort",
              sort(ranked));
      if (cursor != null && cursor.after() != null) {
        search.set("search_after", cursor.after());
      }
      float lowest = all.isEmpty() ? Float.MAX_VALUE : all.getLast().score();
      for (JsonNode hit : session.ask(search).at("/hits/hits")) {
        JsonNode fields = hit.path("fields");
        float score = ranked ? (float) hit.path("_score").asDouble() : 0;
        page.add(
            new Ranked(
                fields.path(Schema.EPISODE).path(0).asText(),
                fields.path(Schema.ORDINAL).path(0).asInt(),
                Math.min(lowest, score)));
        after = (ArrayNode) hit.path("sort");
      }
    }
    return new Listed(page, List.of(), -1, offset + page.size(), total, after);
  }

  private static ObjectNode without(ObjectNode query, Ranking ranking) {
    return Json.object(
        "bool",
        Json.object(
            "must",
            Json.array(query),
            "must_not",
            Json.array(Dsl.terms(Schema.EPISODE, ranking.episodes()))));
  }

  /** The order in which the cluster gives hits. */
  private ArrayNode sort(boolean ranked) {
    ArrayNode sort = Json.array();
    switch (request.sort()) {
      case RELEVANCE -> {}
      case NEWEST -> sort.add(number(Schema.DATE, "desc"));
      case OLDEST -> sort.add(number(Schema.DATE, "asc"));
      case TIME -> sort.add(number(Schema.START, "asc"));
    }
    if (ranked) {
      sort.add(Json.object("_score", "desc"));
    }
    return sort.addAll(Session.byPlace());
  }

  private static ObjectNode number(String field, String order) {
    return Json.object(field, Json.object("order", order, "missing", "_last"));
  }

  private Listed groups(
      Ranking ranking, ObjectNode hits, ObjectNode glance, long total, int offset) {
    Map<String, Group> groups = new LinkedHashMap<>();
    Map<String, Integer> totals = new HashMap<>();
    ranking.hits().forEach(hit -> totals.merge(hit.episode(), 1, Integer::sum));
    for (Ranked hit : ranking.hits()) {
      Group group =
          groups.computeIfAbsent(
              hit.episode(), id -> new Group(id, totals.getOrDefault(id, 0), new ArrayList<>()));
      if (group.best().size() < HITS_PER_EPISODE) {
        group.best().add(hit);
      }
    }
    List<Group> all = new ArrayList<>(groups.values());
    if (!ranking.complete() && total > ranking.hits().size()) {
      all.addAll(otherGroups(ranking, glance));
    }
    List<Group> page =
        all.subList(Math.min(offset, all.size()), Math.min(all.size(), offset + request.limit()));
    return new Listed(
        List.of(),
        withBest(page, hits, glance),
        all.size(),
        offset + page.size(),
        all.size(),
        null);
  }

  /** The episodes that were not ranked, by their best hit at a first glance. */
  private List<Group> otherGroups(Ranking ranking, ObjectNode glance) {
    ObjectNode rest = narrowed(glance, request, null);
    if (!ranking.episodes().isEmpty()) {
      rest = without(rest, ranking);
    }
    ObjectNode search = Json.object("size", 0, "track_total_hits", false, "query", rest);
    search.set(
        "aggs",
        Json.object(
            "episodes",
            Json.object(
                "terms",
                Json.object(
                    "field",
                    Schema.EPISODE,
                    "size",
                    MOST_GROUPS,
                    "order",
                    Json.array(Json.object("best", "desc"), Json.object("_key", "asc"))),
                "aggs",
                Json.object(
                    "best",
                    Json.object("max", Json.object("script", Json.object("source", "_score")))))));
    List<Group> others = new ArrayList<>();
    for (JsonNode bucket : session.ask(search).at("/aggregations/episodes/buckets")) {
      others.add(
          new Group(bucket.path("key").asText(), bucket.path("doc_count").asInt(), List.of()));
    }
    return others;
  }

  /** Reads the best hits of those groups of a page that were not ranked. */
  private List<Group> withBest(List<Group> page, ObjectNode hits, ObjectNode glance) {
    List<Group> open = page.stream().filter(group -> group.best().isEmpty()).toList();
    if (open.isEmpty()) {
      return page;
    }
    List<ObjectNode> searches = new ArrayList<>();
    for (Group group : open) {
      ArrayNode sort = Json.array(Json.object("_score", "desc"));
      searches.add(
          Json.object(
              "size",
              HITS_PER_EPISODE,
              "track_total_hits",
              false,
              "query",
              Json.object(
                  "bool",
                  Json.object(
                      "must",
                      Json.array(glance),
                      "filter",
                      Json.array(hits, Dsl.term(Schema.EPISODE, group.episode())))),
              "stored_fields",
              "_none_",
              "docvalue_fields",
              Json.array(Schema.EPISODE, Schema.ORDINAL),
              "sort",
              sort.addAll(Session.byPlace())));
    }
    List<JsonNode> answers = session.askAll(searches);
    Map<String, Group> read = new HashMap<>();
    for (int i = 0; i < open.size() && i < answers.size(); i++) {
      List<Ranked> best = new ArrayList<>();
      for (JsonNode hit : answers.get(i).at("/hits/hits")) {
        best.add(
            new Ranked(
                open.get(i).episode(),
                hit.path("fields").path(Schema.ORDINAL).path(0).asInt(),
                (float) hit.path("_score").asDouble()));
      }
      read.put(open.get(i).episode(), new Group(open.get(i).episode(), open.get(i).total(), best));
    }
    return page.stream().map(group -> read.getOrDefault(group.episode(), group)).toList();
  }

  private @Nullable String didYouMean(QueryPlan plan, long exact) throws IOException {
    if (session.deadline().hasPassed()) {
      return null;
    }
    return new DidYouMean(speech, session.deadline())
        .instead(
            request.query(),
            Matched.hasAll(plan.matched()) ? exact : 0,
            instead ->
                Matched.hasAll(planner(instead, request, Filters.scope(request)).plan().matched())
                    ? count(instead, request)
                    : 0);
  }

  private long count(ParsedQuery query, SearchRequest narrowing) throws IOException {
    QueryPlan plan = planner(query, narrowing, Filters.scope(narrowing)).plan();
    PhraseVerifier.find(plan.query(), dsl, session);
    return session.count(narrowed(dsl.filter(plan.query()), narrowing, null));
  }
}
