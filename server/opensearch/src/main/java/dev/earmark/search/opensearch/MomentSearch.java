package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earmark.query.NotUnderstood;
import dev.earmark.query.ParsedQuery;
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
import dev.earmark.search.spoken.Pattern;
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
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers one request on one snapshot. One request of several searches counts and gives the best
 * hits, in the order of the cluster; the {@link Ranker} puts these into theirs, and the texts of a
 * page are the second request, but for those that come with a phrase. Not thread-safe; one a
 * request.
 */
final class MomentSearch {
  static final int HITS_PER_EPISODE = 3;

  /** No more episodes are listed. */
  private static final int MOST_GROUPS = 10_000;

  /** So often is guessed what the index has; what is asked for after that is found out singly. */
  private static final int MOST_GUESSES = 5;

  /** The aggregations that give texts with hits, of those with the chosen values. */
  private static final String CHOSEN = "chosen";

  private static final String TEXTS = "texts";

  /** OpenSearch gives no more with an aggregation. */
  private static final int MOST_TEXTS = 100;

  private static final RankingModel RANKING = RankingModel.DEFAULT;

  private final Session session;
  private final SearchRequest request;
  private final @Nullable Cursor cursor;
  private final int best;
  private final Dsl dsl = new Dsl();
  private final OpenSearchIndexStatistics speech;

  /** How many moments match with near forms; null as long as that is not asked. */
  private Session.@Nullable PendingAnswer<Long> withNear;

  /**
   * @param best so many hits are ranked again
   */
  MomentSearch(Session session, SearchRequest request, @Nullable Cursor cursor, int best) {
    this.best = best;
    this.session = session;
    this.request = request;
    this.cursor = cursor;
    this.speech = new OpenSearchIndexStatistics(session, dsl);
  }

  /** The hits of a page, and where the next begins. */
  private record Listed(
      List<Ranked> hits, List<Group> groups, int episodes, int shown, @Nullable ArrayNode after) {}

  /** An episode, and how many hits it has. */
  private record Group(String episode, int total) {}

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
    QueryPlan plan = speech.planned(this::planned);
    findHidden(plan);
    return plan;
  }

  private QueryPlan planned() throws IOException {
    return planner(request.query(), request, Filters.listed(request)).plan();
  }

  /** The plan; how often its words are said is asked as well, to tell later if one is misspelt. */
  private QueryPlan plannedAndSpelled() throws IOException {
    if (cursor == null) {
      new DidYouMean(speech, session.deadline()).lookUp(request.query());
    }
    return planned();
  }

  private void findHidden(QueryPlan plan) throws IOException {
    dsl.begin();
    for (SpokenQuery query : searched(plan)) {
      find(query);
    }
  }

  private static List<SpokenQuery> searched(QueryPlan plan) {
    List<SpokenQuery> all = new ArrayList<>(List.of(plan.query()));
    Stream.of(plan.meant(), plan.nearOnly(), plan.looser())
        .filter(Objects::nonNull)
        .forEach(all::add);
    all.addAll(plan.exact());
    return all;
  }

  /** Whether two plans search the same. */
  private boolean areAlike(QueryPlan one, QueryPlan other) {
    boolean alike = one.exact().size() == other.exact().size();
    for (int i = 0; alike && i < one.exact().size(); i++) {
      alike = dsl.areAlike(one.exact().get(i), other.exact().get(i));
    }
    return alike
        && dsl.areAlike(one.query(), other.query())
        && one.question() == other.question()
        && dsl.areAlike(one.meant(), other.meant())
        && dsl.areAlike(one.named(), other.named())
        && dsl.areAlike(one.nearOnly(), other.nearOnly())
        && dsl.areAlike(one.looser(), other.looser())
        && one.patterns().isEmpty() == other.patterns().isEmpty();
  }

  /**
   * The plan and the answers to its first request.
   *
   * <p>What is searched depends on what the index has, such as a word written otherwise. It is
   * guessed, and what was guessed is asked for in the same request; if it was wrong, the search is
   * asked again as it should be.
   */
  private First first() throws IOException {
    First tried = null;
    for (int i = 0; i < MOST_GUESSES && !session.isLate(); i++) {
      OpenSearchIndexStatistics.Guessed guessed = speech.guess(this::plannedAndSpelled);
      QueryPlan plan = guessed.plan();
      if (tried != null && !areAlike(tried.plan, plan)) {
        tried = null;
      }
      if (plan.nearOffered() && withNear == null) {
        // Near forms take the longest, and only the answer as a whole waits for their count.
        withNear =
            session.beside(other -> new MomentSearch(other, request, null, best).countWithNear());
      }
      if (guessed.isCertain()) {
        if (tried == null) {
          findHidden(plan);
          return new First(plan).ask(List.of());
        }
        return tried.as(plan);
      }
      if (guessed.isBeyondOneRequest()) {
        break;
      }
      boolean plain =
          searched(plan).stream().allMatch(one -> OpenSearchIndexStatistics.isPlain(one, dsl));
      if (tried == null && plain) {
        findHidden(plan);
        tried = new First(plan).ask(guessed.searches());
        guessed.take(tried.others());
      } else {
        guessed.take(session.askAll(guessed.searches()));
      }
    }
    QueryPlan plan = listed();
    return tried != null && areAlike(tried.plan, plan)
        ? tried.as(plan)
        : new First(plan).ask(List.of());
  }

  private Ranker ranker(QueryPlan plan) {
    boolean ofOneEpisode = Filters.listed(request).episode() != null;
    return new Ranker(plan, dsl, speech.around(), RANKING, ofOneEpisode, best);
  }

  private void find(@Nullable SpokenQuery query) throws IOException {
    if (query != null) {
      PhraseVerifier.find(query, dsl, speech.around(), session);
    }
  }

  /** The searches of the first request, and their answers. */
  private final class First {
    private final List<ObjectNode> searches = new ArrayList<>();
    private final FacetCounts facets = new FacetCounts(request.facets(), request.filters());
    private final Ranker ranker;
    private final ObjectNode query;
    private final ObjectNode inOrder;
    private final boolean scored;
    private final boolean ranked;
    private final int nearAt;
    private final int looserAt;
    private final int meantAt;
    private final int listAt;

    /** The ranking that is known; null if it is asked for. */
    private final @Nullable Ranking known;

    private QueryPlan plan;
    private List<JsonNode> answers = List.of();

    /** The answers that are still to come; null if they are there. */
    private Session.@Nullable PendingAnswer<List<JsonNode>> pending;

    First(QueryPlan plan) throws IOException {
      this.plan = plan;
      scored = !plan.patterns().isEmpty();
      ranked = scored && request.sort() == SearchRequest.Sort.RELEVANCE && !request.byEpisode();
      ranker = ranker(plan);
      query = dsl.filter(plan.query());
      // One search finds, counts and ranks; the chosen values are filtered out of that afterwards.
      // A search for each would look for the same again.
      ObjectNode found = scored ? ranker.query() : query;
      inOrder = narrowed(found, request);
      known =
          ranked
              ? Ranking.Kept.of(session.snapshot()).getIfPresent(request.identity())
              : Ranking.NONE;
      if (known == null) {
        ObjectNode search = counting(ranker.search(dated(found, request)));
        if (cursor == null && plan.patterns().stream().allMatch(Pattern::isPhrase)) {
          // Few moments have a phrase, so these are likely to be all that is shown.
          ((ObjectNode) search.path("aggs")).setAll(texts());
        }
        searches.add(search);
      } else {
        ObjectNode any =
            Json.object("constant_score", Json.object("filter", dated(query, request)));
        searches.add(counting(Session.counting(any)));
      }
      SpokenQuery nearOnly = plan.nearOnly();
      nearAt =
          count(
              nearOnly == null
                  ? null
                  : new SpokenQuery.Builder()
                      .filter(plan.meant() == null ? plan.query() : plan.meant())
                      .filter(nearOnly)
                      .build());
      looserAt = count(plan.looser());
      meantAt = count(plan.meant());
      listAt =
          request.byEpisode()
              ? add(ranker.scored(episodes(inOrder)))
              : ranked ? -1 : add(following(inOrder, scored, request.limit(), after()));
    }

    /** Gives the texts of a page of hits with the hits. */
    private ObjectNode texts() {
      ObjectNode read =
          Json.object(
              "top_hits",
              Json.object(
                  "size",
                  Math.min(request.limit(), MOST_TEXTS),
                  "stored_fields",
                  Json.array(Schema.BODY)));
      List<ObjectNode> chosen = chosen(request, null);
      return Json.object(
          CHOSEN, Json.object("filter", Dsl.all(chosen), "aggs", Json.object(TEXTS, read)));
    }

    private int add(ObjectNode search) {
      searches.add(search);
      return searches.size() - 1;
    }

    /** Where the answer to a count stands; -1 if there is nothing to count. */
    private int count(@Nullable SpokenQuery counted) {
      return counted == null ? -1 : add(Session.counting(narrowed(dsl.filter(counted), request)));
    }

    /**
     * A search that lists moments with the chosen values, and counts all it finds and its facets.
     */
    private ObjectNode counting(ObjectNode search) {
      List<ObjectNode> chosen = chosen(request, null);
      if (!chosen.isEmpty()) {
        search.set("post_filter", Dsl.all(chosen));
      }
      search.put("track_total_hits", true);
      return search.set("aggs", facets.counting(field -> chosen(request, field)));
    }

    /** Asks these and others in one request. */
    First ask(List<ObjectNode> more) {
      List<ObjectNode> all = new ArrayList<>(searches);
      all.addAll(more);
      if (known != null && ranked && more.isEmpty()) {
        // The texts can be read meanwhile.
        pending = session.beside(other -> other.askAll(all));
      } else {
        answers = session.askAll(all);
      }
      return this;
    }

    /** The answers to what was asked beside. */
    List<JsonNode> others() {
      return answers.subList(searches.size(), answers.size());
    }

    /** A page of the best hits, and of those that follow them in the order of the cluster. */
    private Listed hits(int offset) throws IOException {
      Ranking ranking = ranking();
      List<Ranked> all = ranking.hits();
      List<Ranked> page =
          new ArrayList<>(
              all.subList(
                  Math.min(offset, all.size()), Math.min(all.size(), offset + request.limit())));
      ArrayNode after = after();
      int left = request.limit() - page.size();
      if (left > 0 && ranking.after() != null) {
        float lowest = all.getLast().score();
        ArrayNode from = after == null ? ranking.after() : after;
        ObjectNode search = ranker.scored(following(inOrder, true, left, from));
        for (JsonNode hit : session.ask(search).at("/hits/hits")) {
          Ranked one = ranked(hit, true);
          page.add(new Ranked(one.episode(), one.ordinal(), Math.min(lowest, one.score())));
          after = (ArrayNode) hit.path("sort");
        }
      }
      return new Listed(page, List.of(), -1, offset + page.size(), after);
    }

    /** The hits or episodes of the page. */
    Listed listed() throws IOException {
      int offset = cursor == null ? 0 : cursor.offset();
      if (request.byEpisode()) {
        return groups(answer(listAt), offset);
      }
      return listAt < 0 ? hits(offset) : MomentSearch.listed(answer(listAt), scored, offset);
    }

    private JsonNode answer(int at) throws IOException {
      if (pending != null) {
        answers = pending.get();
        pending = null;
      }
      return answers.get(at);
    }

    /** The same by a plan that searches the same. */
    First as(QueryPlan certain) {
      plan = certain;
      return this;
    }

    private long total(int at, long otherwise) throws IOException {
      return at < 0 ? otherwise : Session.total(answer(at));
    }

    FacetCounts.Counted counted() throws IOException {
      Map<String, JsonNode> counts =
          facets.counts(answer(0).path("aggregations"), field -> chosen(request, field));
      return facets.read(counts, sizes(facets, counts, query));
    }

    Ranking ranking() throws IOException {
      if (known != null) {
        return known;
      }
      var unusedTexts = session.moments(answer(0).path("aggregations").path(CHOSEN).path(TEXTS));
      Ranking ranking = ranker.rank(answer(0), inOrder, session);
      if (session.isWhole()) {
        Ranking.Kept.of(session.snapshot()).put(request.identity(), ranking);
      }
      return ranking;
    }
  }

  SearchPage run() throws IOException {
    long start = System.nanoTime();
    int offset = cursor == null ? 0 : cursor.offset();
    First first = first();
    QueryPlan plan = first.plan;
    HitReader reader = new HitReader(session, plan, dsl, speech.wordsOfMoment());
    Listed listed = first.listed();
    List<SearchPage.Group> groups =
        request.byEpisode() ? read(listed.groups(), first.inOrder, reader) : List.of();
    List<Hit> page = reader.read(listed.hits());
    long total = first.total(0, 0);
    FacetCounts.Counted counted = first.counted();
    long meant = first.total(first.meantAt, total);
    long nearListed = Math.min(meant, first.total(first.nearAt, 0));
    long looserTotal =
        first.looserAt < 0 ? total - meant : Math.max(0, first.total(first.looserAt, 0) - total);
    String next = null;
    long all = request.byEpisode() ? listed.episodes() : total;
    if (listed.shown() < all && listed.shown() > offset) {
      session.snapshot().listed();
      next = new Cursor(session.snapshot().id(), listed.shown(), listed.after()).encode(request);
    }
    String didYouMean = offset == 0 ? didYouMean(plan, meant - nearListed) : null;
    long nearTotal = nearListed;
    if (plan.nearOffered()) {
      nearTotal = Math.max(0, (withNear == null ? countWithNear() : withNear.get()) - meant);
    }
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

  /** How many values those facets have that have more than are listed. */
  private Map<String, Integer> sizes(
      FacetCounts facets, Map<String, JsonNode> counts, ObjectNode query) {
    List<Field> more = facets.longer(counts);
    List<ObjectNode> searches = new ArrayList<>();
    for (Field facet : more) {
      ObjectNode search = Json.object("size", 0, "track_total_hits", false);
      search.set("query", filtered(dated(query, request), chosen(request, facet)));
      search.set("aggs", FacetCounts.sizing(facet));
      searches.add(search);
    }
    Map<String, Integer> sizes = new HashMap<>();
    List<JsonNode> answers = searches.isEmpty() ? List.of() : session.askAll(searches);
    for (int i = 0; i < more.size(); i++) {
      sizes.put(more.get(i).name(), FacetCounts.size(answers.get(i)));
    }
    return sizes;
  }

  private @Nullable ArrayNode after() {
    return cursor == null ? null : cursor.after();
  }

  /** Explains the scores of ranked hits, by the ids of their moments. */
  Map<String, Explanation> explain(Collection<String> momentIds) throws IOException {
    QueryPlan plan = listed();
    if (plan.patterns().isEmpty()) {
      Map<String, Explanation> all = new LinkedHashMap<>();
      momentIds.forEach(id -> all.put(id, Explanation.of(0, "nothing is asked that could score")));
      return all;
    }
    Ranker ranker = ranker(plan);
    return ranker.explain(session, narrowed(ranker.query(), request), momentIds);
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

  /** A query and the days that a request narrows it to. */
  private static ObjectNode dated(ObjectNode query, SearchRequest request) {
    return request.from() == null && request.to() == null
        ? query
        : filtered(
            query,
            List.of(
                Dsl.range(
                    Schema.DATE,
                    request.from() == null ? Long.MIN_VALUE : request.from().toEpochDay(),
                    request.to() == null ? Long.MAX_VALUE : request.to().toEpochDay())));
  }

  /**
   * The values that a request chooses, as filters.
   *
   * @param but a facet whose filter is left out, or null
   */
  private static List<ObjectNode> chosen(SearchRequest request, @Nullable Field but) {
    List<ObjectNode> filters = new ArrayList<>();
    request
        .filters()
        .forEach((name, values) -> {
          Field facet = Schema.field(name).orElseThrow();
          if (!facet.equals(but)) {
            filters.add(Dsl.chosen(facet, values));
          }
        });
    return filters;
  }

  /**
   * A query and what a request narrows it by; it matches moments only, which have other fields than
   * entries and pictures.
   */
  static ObjectNode narrowed(ObjectNode query, SearchRequest request) {
    return filtered(dated(query, request), chosen(request, null));
  }

  private static ObjectNode filtered(ObjectNode query, List<ObjectNode> filters) {
    return filters.isEmpty()
        ? query
        : Json.object(
            "bool", Json.object("must", Json.array(query), "filter", Json.array(filters)));
  }

  /** A page that the cluster sorted. */
  private static Listed listed(JsonNode answer, boolean scored, int offset) {
    List<Ranked> page = new ArrayList<>();
    ArrayNode after = null;
    for (JsonNode hit : answer.at("/hits/hits")) {
      page.add(ranked(hit, scored));
      after = (ArrayNode) hit.path("sort");
    }
    return new Listed(page, List.of(), -1, offset + page.size(), after);
  }

  private static Ranked ranked(JsonNode hit, boolean scored) {
    JsonNode fields = hit.path("fields");
    return new Ranked(
        fields.path(Schema.EPISODE).path(0).asText(),
        fields.path(Schema.ORDINAL).path(0).asInt(),
        scored ? (float) hit.path("_score").asDouble() : 0);
  }

  /** Asks for the hits after a place in the order of the cluster, or for the first. */
  private ObjectNode following(
      ObjectNode inOrder, boolean scored, int size, @Nullable ArrayNode after) {
    ObjectNode search =
        Json.object(
            "size",
            size,
            "track_total_hits",
            false,
            "query",
            inOrder,
            "stored_fields",
            "_none_",
            "docvalue_fields",
            Json.array(Schema.EPISODE, Schema.ORDINAL),
            "sort",
            sort(scored));
    if (after != null) {
      search.set("search_after", after);
    }
    return search;
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

  /** Asks for the episodes of hits, those with the best first. */
  private static ObjectNode episodes(ObjectNode inOrder) {
    ObjectNode search = Json.object("size", 0, "track_total_hits", false, "query", inOrder);
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
    return search;
  }

  private Listed groups(JsonNode answer, int offset) {
    List<Group> all = new ArrayList<>();
    for (JsonNode bucket : answer.at("/aggregations/episodes/buckets")) {
      all.add(new Group(bucket.path("key").asText(), bucket.path("doc_count").asInt()));
    }
    List<Group> page =
        all.subList(Math.min(offset, all.size()), Math.min(all.size(), offset + request.limit()));
    return new Listed(List.of(), page, all.size(), offset + page.size(), null);
  }

  /** Reads the best hits of the episodes of a page. */
  private List<SearchPage.Group> read(List<Group> page, ObjectNode inOrder, HitReader reader)
      throws IOException {
    List<ObjectNode> searches = new ArrayList<>();
    for (Group group : page) {
      searches.add(
          following(
              Json.object(
                  "bool",
                  Json.object(
                      "must",
                      Json.array(inOrder),
                      "filter",
                      Json.array(Dsl.term(Schema.EPISODE, group.episode())))),
              true,
              HITS_PER_EPISODE,
              null));
      searches.getLast().set("sort", Candidate.order());
    }
    List<Ranked> best = new ArrayList<>();
    for (JsonNode answer : searches.isEmpty() ? List.<JsonNode>of() : session.askAll(searches)) {
      answer.at("/hits/hits").forEach(hit -> best.add(ranked(hit, true)));
    }
    Map<String, List<Hit>> byEpisode = new HashMap<>();
    for (Hit hit : reader.read(best)) {
      byEpisode.computeIfAbsent(hit.episode().id(), id -> new ArrayList<>()).add(hit);
    }
    List<SearchPage.Group> groups = new ArrayList<>();
    for (Group group : page) {
      List<Hit> hits = byEpisode.getOrDefault(group.episode(), List.of());
      if (!hits.isEmpty()) {
        groups.add(new SearchPage.Group(hits.getFirst().episode(), group.total(), hits));
      }
    }
    return groups;
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

  /** How many moments match if near forms do. */
  private long countWithNear() throws IOException {
    return count(request.query(), request.withNear(SearchRequest.Near.TRUE));
  }

  /** How many moments match; what the plan guesses is checked in the same request. */
  private long count(ParsedQuery query, SearchRequest narrowing) throws IOException {
    OpenSearchIndexStatistics.Planning planning =
        () -> planner(query, narrowing, Filters.scope(narrowing)).plan();
    SpokenQuery counted = null;
    long total = 0;
    for (int i = 0; i < MOST_GUESSES && !session.isLate(); i++) {
      OpenSearchIndexStatistics.Guessed guessed = speech.guess(planning);
      SpokenQuery guess = guessed.plan().query();
      if (guessed.isCertain() && guess.equals(counted)) {
        return total;
      }
      if (guessed.isCertain() || guessed.isBeyondOneRequest()) {
        break;
      }
      List<ObjectNode> searches = guessed.searches();
      boolean plain = OpenSearchIndexStatistics.isPlain(guess, dsl);
      if (plain) {
        searches.add(counting(guess, narrowing));
      }
      List<JsonNode> answers = session.askAll(searches);
      guessed.take(answers);
      counted = plain ? guess : null;
      total = Session.total(answers.getLast());
    }
    QueryPlan plan = planning.plan();
    find(plan.query());
    return Session.total(session.ask(counting(plan.query(), narrowing)));
  }

  private ObjectNode counting(SpokenQuery query, SearchRequest narrowing) {
    return Session.counting(narrowed(dsl.filter(query), narrowing));
  }
}
