package dev.earmark.search.lucene;

import dev.earmark.query.NotUnderstood;
import dev.earmark.schema.Schema;
import dev.earmark.search.Explanation;
import dev.earmark.search.Hit;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchPage.Matched;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.rank.Reranker;
import dev.earmark.search.rank.SecondLook;
import dev.earmark.search.rank.SecondLook.Scored;
import dev.earmark.search.spoken.Deadline;
import dev.earmark.search.spoken.DidYouMean;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.MultiCollector;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.util.IOFunction;
import org.jspecify.annotations.Nullable;

/** Answers one search on one snapshot. Not thread-safe. */
final class MomentSearch {
  private static final int HITS_PER_EPISODE = 3;

  private final Snapshot snapshot;
  private final SearchRequest request;
  private final @Nullable Cursor cursor;
  private final int offset;
  private final Deadline deadline;
  private final CompiledQuery compiled;
  private final MeaningSearch meaning;

  /**
   * @param cursor where to go on, or null
   */
  MomentSearch(
      Snapshot snapshot,
      SearchRequest request,
      @Nullable Cursor cursor,
      QueryVectors queries,
      Deadline deadline)
      throws IOException {
    this.snapshot = snapshot;
    this.request = request;
    this.cursor = cursor;
    this.offset = cursor == null ? 0 : cursor.offset();
    this.deadline = deadline;
    this.compiled = new QueryCompiler(snapshot, deadline).compileList(request);
    this.meaning =
        MeaningSearch.of(snapshot, request, compiled.plan().question(), queries, deadline);
  }

  /**
   * What one pass over the index gives.
   *
   * @param total how much words match
   * @param beyond what is listed that no word matches
   * @param hits the hits of the page
   * @param groups or its episodes
   * @param episodes how many episodes there are; -1 if they are not asked for
   */
  private record Found(
      long total,
      Set<Integer> beyond,
      List<ScoreDoc> hits,
      List<MeaningList.Group> groups,
      int episodes,
      Facets facets) {
    long listed() {
      return episodes < 0 ? total + beyond.size() : episodes;
    }
  }

  /**
   * The page.
   *
   * @param keep keeps the snapshot for a cursor, and gives the name it is kept under
   */
  SearchPage page(IOFunction<Snapshot, Long> keep) throws IOException {
    long start = System.nanoTime();
    SearchPage.Meaning told = meaning.told();
    if (!byWords() && !meaning.isUsed() && told != null) {
      return SearchPage.nothing(request, told);
    }
    Found found = isLookedAtAgain() ? findLookingAgain() : find();
    HitReader hits =
        new HitReader(
            snapshot,
            compiled,
            hit -> meaning.cosine(hit.doc),
            document -> !found.beyond().contains(document));
    List<Hit> page = new ArrayList<>();
    List<SearchPage.Group> groups = new ArrayList<>();
    int shown;
    if (request.byEpisode()) {
      for (MeaningList.Group group : found.groups()) {
        List<Hit> best = hits.of(group.best());
        groups.add(
            new SearchPage.Group(
                best.getFirst().episode(), group.total(), group.meaningTotal(), best));
      }
      shown = offset + groups.size();
    } else {
      page = hits.of(found.hits());
      shown = offset + page.size();
    }
    String next =
        shown < found.listed() && shown > offset
            ? cursorAfter(found, keep.apply(snapshot), shown).encode(request)
            : null;
    if (!byWords()) {
      return new SearchPage(
          request.query().text(),
          notUnderstood(),
          0,
          0,
          0,
          0,
          found.beyond().size(),
          told,
          0,
          null,
          tookMs(start),
          page,
          groups,
          found.episodes(),
          found.facets().values(),
          found.facets().sizes(),
          null,
          next);
    }
    long meant = compiled.meant() == null ? found.total() : count(compiled.meant());
    long nearListed = Math.min(meant, nearListed());
    long exactTotal = meant - nearListed;
    long nearTotal = compiled.nearOffered() ? nearOffered(meant) : nearListed;
    String didYouMean = offset == 0 ? didYouMean(exactTotal) : null;
    return new SearchPage(
        request.query().text(),
        notUnderstood(),
        found.total(),
        exactTotal,
        nearTotal,
        looserTotal(found.total(), meant),
        found.beyond().size(),
        told,
        meant,
        compiled.matched(),
        tookMs(start),
        page,
        groups,
        found.episodes(),
        found.facets().values(),
        found.facets().sizes(),
        didYouMean,
        next);
  }

  private static double tookMs(long start) {
    return Math.round((System.nanoTime() - start) / 1e4) / 100.0;
  }

  /** Whether what words match is listed. */
  private boolean byWords() {
    return request.mode() != SearchRequest.Mode.MEANING;
  }

  /** Explains the scores of hits, by the ids of their moments. */
  Map<String, Explanation> explain(Collection<String> momentIds) throws IOException {
    Map<String, Explanation> explained = new LinkedHashMap<>();
    Map<Integer, Scored<ScoreDoc>> looked = new HashMap<>();
    boolean byBest = request.byEpisode() || request.sort() == SearchRequest.Sort.RELEVANCE;
    if (isLookedAtAgain() && byBest) {
      head(new FacetCounts(FacetLabels.of(snapshot), request.filters()), 0, null)
          .all()
          .forEach(one -> looked.put(one.hit().doc, one));
    }
    Map<Integer, Reranker.Ranked<ScoreDoc>> again = new HashMap<>();
    if (isReranked() || !looked.isEmpty()) {
      List<ScoreDoc> best = best(snapshot.ranking().reranker().depth());
      for (Reranker.Ranked<ScoreDoc> one : reranked(best, best.size())) {
        again.put(one.hit().doc, one);
      }
    }
    HitExplainer explainer = new HitExplainer(compiled, snapshot, deadline);
    Query asked = snapshot.searcher().rewrite(FieldFilters.narrowed(compiled.query(), request));
    for (String id : momentIds) {
      OptionalInt document = HitExplainer.document(snapshot, id);
      Scored<ScoreDoc> scored = document.isEmpty() ? null : looked.get(document.getAsInt());
      if (document.isEmpty() || (scored == null && !matches(asked, document.getAsInt()))) {
        continue;
      }
      int hit = document.getAsInt();
      if (!byBest) {
        explained.put(
            id, Explanation.of(0, "hits are in order of " + request.sort().id() + ", not scored"));
        continue;
      }
      Explanation words =
          scored != null && !scored.candidate().matched()
              ? Explanation.of(0, "no word matches")
              : explainer.explain(hit, isRanked(), again.get(hit));
      explained.put(id, scored == null ? words : SecondLook.explain(scored, words));
    }
    return explained;
  }

  private boolean matches(Query asked, int document) throws IOException {
    List<LeafReaderContext> leaves = snapshot.reader().leaves();
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(document, leaves));
    Scorer scorer =
        snapshot.searcher().createWeight(asked, ScoreMode.COMPLETE_NO_SCORES, 1).scorer(leaf);
    int inLeaf = document - leaf.docBase;
    return scorer != null && scorer.iterator().advance(inLeaf) == inLeaf;
  }

  /** The best hits by tier and score. */
  private List<ScoreDoc> best(int most) throws IOException {
    return best(collectors(Math.max(1, Math.min(most, snapshot.reader().maxDoc())), null));
  }

  private <C extends Collector> List<ScoreDoc> best(CollectorManager<C, ? extends TopDocs> manager)
      throws IOException {
    C collector = manager.newCollector();
    Query asked = new DeadlineQuery(compiled.query(), deadline);
    MomentScan.collect(
        snapshot.searcher(),
        FieldFilters.narrowed(asked, request),
        new PriorCollector(collector, snapshot.ranking().prior()));
    return scored(manager.reduce(List.of(collector)));
  }

  private List<NotUnderstood> notUnderstood() {
    List<NotUnderstood> all = new ArrayList<>(request.query().notUnderstood());
    all.addAll(compiled.notUnderstood());
    if (deadline.cutShort()) {
      all.add(new NotUnderstood(0, request.query().text().length(), deadline.message()));
    }
    return all;
  }

  private static Cursor cursorAfter(Found found, long kept, int shown) {
    if (found.hits().isEmpty()) {
      return new Cursor(kept, shown, 0, 0, 0);
    }
    ScoreDoc last = found.hits().getLast();
    return last instanceof FieldDoc sorted
        ? new Cursor(
            kept,
            shown,
            last.doc,
            score(sorted),
            sorted.fields[0] instanceof Long value ? value : 0)
        : new Cursor(kept, shown, last.doc, last.score, 0);
  }

  /** How many moments more would be listed with what is only near. */
  private long nearOffered(long listed) throws IOException {
    if (deadline.hasPassed()) {
      return 0;
    }
    SearchRequest withNear = request.withNear(SearchRequest.Near.TRUE);
    Query query = new QueryCompiler(snapshot, deadline).compile(withNear).query();
    return Math.max(0, count(query) - listed);
  }

  /** How many of the moments that are meant have a word of the query only nearly. */
  private long nearListed() throws IOException {
    if (compiled.nearOnly() == null) {
      return 0;
    }
    Query near =
        new BooleanQuery.Builder()
            .add(
                compiled.meant() == null ? compiled.query() : compiled.meant(),
                BooleanClause.Occur.FILTER)
            .add(compiled.nearOnly(), BooleanClause.Occur.FILTER)
            .build();
    return count(near);
  }

  /** How many more moments have only some of what is asked for. */
  private long looserTotal(long listed, long meant) throws IOException {
    return compiled.looser() == null
        ? listed - meant
        : Math.max(0, count(compiled.looser()) - listed);
  }

  private long count(Query query) throws IOException {
    return MomentCount.of(snapshot.searcher(), FieldFilters.narrowed(query, request), deadline);
  }

  private @Nullable String didYouMean(long exact) throws IOException {
    if (deadline.hasPassed()) {
      return null;
    }
    return new DidYouMean(new LuceneIndexStatistics(snapshot, deadline), deadline)
        .instead(
            request.query(),
            Matched.hasAll(compiled.matched()) ? exact : 0,
            instead -> {
              CompiledQuery other = new QueryCompiler(snapshot, deadline).compile(instead, request);
              return Matched.hasAll(other.matched()) ? count(other.query()) : 0;
            });
  }

  private Found find() throws IOException {
    FacetCounts counts = new FacetCounts(FacetLabels.of(snapshot), request.filters());
    if (request.byEpisode()) {
      Grouping grouping = new Grouping(HITS_PER_EPISODE, compiled.tiers());
      collect(grouping, counts);
      List<Grouping.Group> sorted = grouping.sorted(EpisodeEntries.of(snapshot).placeById());
      return new Found(
          total(sorted),
          Set.of(),
          List.of(),
          paged(sorted).stream()
              .map(group -> new MeaningList.Group(group.total(), 0, group.best()))
              .toList(),
          sorted.size(),
          facets(counts));
    }
    // Beyond what is looked at closely hits follow by score alone, and the cursor names the last.
    boolean closely = isReranked();
    int end = offset + request.limit();
    int wanted = closely ? Math.max(end, snapshot.ranking().reranker().depth()) : request.limit();
    int most = Math.max(1, snapshot.reader().maxDoc());
    TopDocs top = top(collectors(Math.min(wanted, most), closely ? null : cursor), counts);
    List<ScoreDoc> hits = scored(top);
    if (closely) {
      List<ScoreDoc> all = new ArrayList<>();
      for (Reranker.Ranked<ScoreDoc> one : reranked(hits, end)) {
        all.add(new ScoreDoc(one.hit().doc, one.score()));
      }
      hits = all.subList(Math.min(offset, all.size()), Math.min(end, all.size()));
    }
    return new Found(top.totalHits.value(), Set.of(), hits, List.of(), -1, facets(counts));
  }

  private static long total(List<Grouping.Group> groups) {
    return groups.stream().mapToLong(Grouping.Group::total).sum();
  }

  private <T> List<T> paged(List<T> all) {
    int from = Math.min(offset, all.size());
    return all.subList(from, Math.min(all.size(), from + request.limit()));
  }

  /**
   * What words match and what is near in meaning, looked at together.
   *
   * @param all the best of them, best first
   * @param tail others that words match, by score; may have some of the nearest
   * @param total how much words match
   */
  private record Head(
      MeaningList list,
      List<Scored<ScoreDoc>> all,
      List<ScoreDoc> tail,
      long total,
      Map<Integer, Float> beyond) {}

  /**
   * The best of all.
   *
   * @param counts counts what words match
   * @param end how many hits are needed, of which those that are not among the best make the tail
   * @param grouping takes what words match, if not null
   */
  private Head head(FacetCounts counts, int end, @Nullable Grouping grouping) throws IOException {
    int depth = snapshot.ranking().reranker().depth();
    List<ScoreDoc> hits = List.of();
    Map<Integer, Float> matched = Map.of();
    long total = 0;
    if (byWords()) {
      int wanted = Math.max(depth, end) + meaning.nearest().size();
      Noted noted =
          noted(
              collectors(Math.min(wanted, Math.max(1, snapshot.reader().maxDoc())), null),
              counts,
              grouping);
      hits = scored(noted.top());
      matched = noted.matched();
      total = noted.top().totalHits.value();
    }
    LuceneFeatures features = new LuceneFeatures(compiled, snapshot, deadline);
    MeaningList list = new MeaningList(snapshot, compiled, meaning, features, matched);
    int looked = Math.min(depth, hits.size());
    return new Head(
        list,
        list.head(looked == 0 ? List.of() : reranked(hits.subList(0, looked), looked)),
        hits.subList(looked, hits.size()),
        total,
        list.beyond());
  }

  /** What words match, and which of the nearest are among it. */
  private record Noted(TopDocs top, Map<Integer, Float> matched) {}

  private <C extends Collector> Noted noted(
      CollectorManager<C, ? extends TopDocs> manager,
      FacetCounts counts,
      @Nullable Grouping grouping)
      throws IOException {
    C collector = manager.newCollector();
    Collecting.Noting noting =
        new Collecting.Noting(
            grouping == null ? collector : MultiCollector.wrap(collector, grouping),
            meaning.nearest());
    collect(noting, counts);
    return new Noted(manager.reduce(List.of(collector)), noting.seen());
  }

  private Found findLookingAgain() throws IOException {
    FacetCounts counts = new FacetCounts(FacetLabels.of(snapshot), request.filters());
    if (!byWords()) {
      Collecting.show(snapshot.reader(), meaning.sideways(), counts.alone());
    }
    if (request.byEpisode()) {
      Grouping grouping = new Grouping(HITS_PER_EPISODE, compiled.tiers());
      Head head = head(counts, 0, grouping);
      List<MeaningList.Group> groups =
          head.list()
              .groups(
                  head.all(),
                  grouping,
                  grouping.sorted(EpisodeEntries.of(snapshot).placeById()),
                  HITS_PER_EPISODE);
      return new Found(
          head.total(),
          head.beyond().keySet(),
          List.of(),
          paged(groups),
          groups.size(),
          facets(counts));
    }
    int end = offset + request.limit();
    if (request.sort() != SearchRequest.Sort.RELEVANCE) {
      return inOrder(counts);
    }
    if (offset <= snapshot.ranking().reranker().depth() + meaning.nearest().size()) {
      Head head = head(counts, end, null);
      return new Found(
          head.total(),
          head.beyond().keySet(),
          paged(head.list().shown(head.all(), head.tail(), end)),
          List.of(),
          -1,
          facets(counts));
    }
    // Beyond what is looked at closely only words matter, and the cursor names the last hit.
    int wanted = request.limit() + meaning.nearest().size();
    Noted noted =
        noted(
            collectors(Math.min(wanted, Math.max(1, snapshot.reader().maxDoc())), cursor),
            counts,
            null);
    MeaningList list =
        new MeaningList(
            snapshot,
            compiled,
            meaning,
            new LuceneFeatures(compiled, snapshot, deadline),
            noted.matched());
    List<ScoreDoc> rest = list.withoutNearest(scored(noted.top()));
    return new Found(
        noted.top().totalHits.value(),
        list.beyond().keySet(),
        rest.subList(0, Math.min(rest.size(), request.limit())),
        List.of(),
        -1,
        facets(counts));
  }

  /**
   * All that words match and all that is near in meaning, in an order that is not that of scores.
   */
  private Found inOrder(FacetCounts counts) throws IOException {
    int most = Math.max(1, Math.min(request.limit(), snapshot.reader().maxDoc()));
    Sort order = order();
    TopFieldCollectorManager manager =
        new TopFieldCollectorManager(order, most, after(cursor), Integer.MAX_VALUE);
    Map<Integer, Float> matched = Map.of();
    long total = 0;
    List<TopFieldDocs> parts = new ArrayList<>();
    if (byWords()) {
      Noted noted = noted(manager, counts, null);
      parts.add((TopFieldDocs) noted.top());
      matched = noted.matched();
      total = noted.top().totalHits.value();
    }
    Map<Integer, Float> beyond =
        new MeaningList(
                snapshot,
                compiled,
                meaning,
                new LuceneFeatures(compiled, snapshot, deadline),
                matched)
            .beyond();
    var others = manager.newCollector();
    Collecting.show(snapshot.reader(), beyond, others);
    parts.add(manager.reduce(List.of(others)));
    TopDocs merged = TopDocs.merge(order, most, parts.toArray(TopFieldDocs[]::new));
    return new Found(total, beyond.keySet(), scored(merged), List.of(), -1, facets(counts));
  }

  /**
   * Whether {@link SecondLook} orders the best hits: by their meaning, too, or inside one episode
   * by what is said around them.
   */
  private boolean isLookedAtAgain() throws IOException {
    return meaning.isUsed()
        || (compiled.plan().parts().size() > 1
            && !request.byEpisode()
            && request.sort() == SearchRequest.Sort.RELEVANCE
            && MeaningSearch.isOfOneEpisode(snapshot, request));
  }

  private boolean isReranked() {
    return !request.byEpisode()
        && request.sort() == SearchRequest.Sort.RELEVANCE
        && isRanked()
        && offset <= snapshot.ranking().reranker().depth();
  }

  private List<Reranker.Ranked<ScoreDoc>> reranked(List<ScoreDoc> byScore, int wanted)
      throws IOException {
    return snapshot
        .ranking()
        .reranker()
        .rerank(byScore, new LuceneFeatures(compiled, snapshot, deadline), wanted);
  }

  /** Whether anything says which hit is better than another. */
  private boolean isRanked() {
    return !compiled.patterns().isEmpty();
  }

  private Facets facets(FacetCounts counts) throws IOException {
    return Facets.of(counts, request.filters(), request.facets());
  }

  private <C extends Collector> TopDocs top(
      CollectorManager<C, ? extends TopDocs> manager, FacetCounts counts) throws IOException {
    C collector = manager.newCollector();
    collect(collector, counts);
    return manager.reduce(List.of(collector));
  }

  private void collect(Collector hits, FacetCounts counts) throws IOException {
    Query inTime = new DeadlineQuery(compiled.query(), deadline);
    MomentScan.collect(
        snapshot.searcher(),
        FieldFilters.inDates(inTime, request),
        counts.around(isRanked() ? new PriorCollector(hits, snapshot.ranking().prior()) : hits));
  }

  /** Hits with their scores, which Lucene leaves out where it orders by more than that. */
  private static List<ScoreDoc> scored(TopDocs top) {
    for (ScoreDoc hit : top.scoreDocs) {
      if (hit instanceof FieldDoc sorted) {
        hit.score = score(sorted);
      }
    }
    return List.of(top.scoreDocs);
  }

  /** The last but one of what hits are ordered by. */
  private static float score(FieldDoc sorted) {
    return (Float) sorted.fields[sorted.fields.length - 2];
  }

  /**
   * Hits in order, those that are alike in it by the ids of their episodes. Where scores decide,
   * few are, and the order of the index does.
   */
  private CollectorManager<? extends Collector, ? extends TopDocs> collectors(
      int wanted, @Nullable Cursor from) throws IOException {
    if (isByScoreAlone()) {
      ScoreDoc last = from == null ? null : new ScoreDoc(from.document(), from.score());
      return new TopScoreDocCollectorManager(wanted, last, Integer.MAX_VALUE);
    }
    return new TopFieldCollectorManager(order(), wanted, after(from), Integer.MAX_VALUE);
  }

  private boolean isByScoreAlone() {
    return request.sort() == SearchRequest.Sort.RELEVANCE
        && compiled.tiers().areNone()
        && isRanked();
  }

  private Sort order() throws IOException {
    List<SortField> order = new ArrayList<>();
    switch (request.sort()) {
      case RELEVANCE -> {}
      case NEWEST -> order.add(number(Schema.DATE, true));
      case OLDEST -> order.add(number(Schema.DATE, false));
      case TIME -> order.add(number(Schema.START, false));
    }
    if (!compiled.tiers().areNone()) {
      order.add(compiled.tiers().order());
    }
    order.add(SortField.FIELD_SCORE);
    order.add(new DocumentNumbers(EpisodeEntries.of(snapshot).placeById()).getSortField(false));
    return new Sort(order.toArray(SortField[]::new));
  }

  /** The last hit before the page, by what {@link #order} orders by. */
  private @Nullable FieldDoc after(@Nullable Cursor from) throws IOException {
    if (from == null) {
      return null;
    }
    List<Object> values = new ArrayList<>();
    if (request.sort() != SearchRequest.Sort.RELEVANCE) {
      values.add(from.value());
    }
    if (!compiled.tiers().areNone()) {
      values.add((long) compiled.tiers().of(from.document()));
    }
    values.add(from.score());
    values.add((long) EpisodeEntries.of(snapshot).placeById().applyAsInt(from.document()));
    return new FieldDoc(from.document(), from.score(), values.toArray());
  }

  /** Orders by a number; moments without one come last either way. */
  private static SortField number(String field, boolean descending) {
    return new SortField(
        field, SortField.Type.LONG, descending, descending ? Long.MIN_VALUE : Long.MAX_VALUE);
  }
}
