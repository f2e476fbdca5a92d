package dev.earmark.search.lucene;

import dev.earmark.query.NotUnderstood;
import dev.earmark.schema.Schema;
import dev.earmark.search.Explanation;
import dev.earmark.search.Hit;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchPage.Matched;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.rank.Reranker;
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
import java.util.function.IntUnaryOperator;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopFieldCollectorManager;
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

  /**
   * @param cursor where to go on, or null
   */
  MomentSearch(Snapshot snapshot, SearchRequest request, @Nullable Cursor cursor, Deadline deadline)
      throws IOException {
    this.snapshot = snapshot;
    this.request = request;
    this.cursor = cursor;
    this.offset = cursor == null ? 0 : cursor.offset();
    this.deadline = deadline;
    this.compiled = new QueryCompiler(snapshot, deadline).compileList(request);
  }

  /** What one pass over the index gives. */
  private record Found(
      long total, List<ScoreDoc> hits, List<Grouping.Group> groups, int episodes, Facets facets) {}

  /**
   * The page.
   *
   * @param keep keeps the snapshot for a cursor, and gives the name it is kept under
   */
  SearchPage page(IOFunction<Snapshot, Long> keep) throws IOException {
    long start = System.nanoTime();
    Found found = find();
    HitReader hits = new HitReader(snapshot, compiled);
    List<Hit> page = new ArrayList<>();
    List<SearchPage.Group> groups = new ArrayList<>();
    int shown;
    if (request.byEpisode()) {
      for (Grouping.Group group : found.groups()) {
        List<Hit> best = hits.of(group.best());
        groups.add(new SearchPage.Group(best.getFirst().episode(), group.total(), best));
      }
      shown = offset + groups.size();
    } else {
      page = hits.of(found.hits());
      shown = offset + page.size();
    }
    long listed = request.byEpisode() ? found.episodes() : found.total();
    String next =
        shown < listed && shown > offset
            ? cursorAfter(found, keep.apply(snapshot), shown).encode(request)
            : null;
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
        meant,
        compiled.matched(),
        Math.round((System.nanoTime() - start) / 1e4) / 100.0,
        page,
        groups,
        found.episodes(),
        found.facets().values(),
        found.facets().sizes(),
        didYouMean,
        next);
  }

  /** Explains the scores of hits, by the ids of their moments. */
  Map<String, Explanation> explain(Collection<String> momentIds) throws IOException {
    Map<String, Explanation> explained = new LinkedHashMap<>();
    Map<Integer, Reranker.Ranked<ScoreDoc>> again = new HashMap<>();
    if (isReranked()) {
      List<ScoreDoc> best = best(snapshot.ranking().reranker().depth());
      for (Reranker.Ranked<ScoreDoc> one : reranked(best, best.size())) {
        again.put(one.hit().doc, one);
      }
    }
    HitExplainer explainer = new HitExplainer(compiled, snapshot, deadline);
    Query asked = snapshot.searcher().rewrite(FieldFilters.narrowed(compiled.query(), request));
    for (String id : momentIds) {
      OptionalInt document = HitExplainer.document(snapshot, id);
      if (document.isEmpty() || !matches(asked, document.getAsInt())) {
        continue;
      }
      int hit = document.getAsInt();
      explained.put(
          id,
          request.byEpisode() || request.sort() == SearchRequest.Sort.RELEVANCE
              ? explainer.explain(hit, isRanked(), again.get(hit))
              : Explanation.of(0, "hits are in order of " + request.sort().id() + ", not scored"));
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
    return snapshot
        .searcher()
        .count(FieldFilters.narrowed(new DeadlineQuery(query, deadline), request));
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
      int from = Math.min(offset, sorted.size());
      int to = Math.min(sorted.size(), from + request.limit());
      return new Found(
          sorted.stream().mapToLong(Grouping.Group::total).sum(),
          List.of(),
          sorted.subList(from, to),
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
    return new Found(top.totalHits.value(), hits, List.of(), -1, facets(counts));
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
    List<SortField> order = new ArrayList<>();
    List<Object> after = new ArrayList<>();
    switch (request.sort()) {
      case RELEVANCE -> {}
      case NEWEST -> order.add(number(Schema.DATE, true));
      case OLDEST -> order.add(number(Schema.DATE, false));
      case TIME -> order.add(number(Schema.START, false));
    }
    if (from != null && !order.isEmpty()) {
      after.add(from.value());
    }
    if (!compiled.tiers().areNone()) {
      order.add(compiled.tiers().order());
      after.add(from == null ? 0L : (long) compiled.tiers().of(from.document()));
    }
    if (order.isEmpty() && isRanked()) {
      ScoreDoc last = from == null ? null : new ScoreDoc(from.document(), from.score());
      return new TopScoreDocCollectorManager(wanted, last, Integer.MAX_VALUE);
    }
    order.add(SortField.FIELD_SCORE);
    IntUnaryOperator places = EpisodeEntries.of(snapshot).placeById();
    order.add(new DocumentNumbers(places).getSortField(false));
    FieldDoc last = null;
    if (from != null) {
      after.add(from.score());
      after.add((long) places.applyAsInt(from.document()));
      last = new FieldDoc(from.document(), from.score(), after.toArray());
    }
    return new TopFieldCollectorManager(
        new Sort(order.toArray(SortField[]::new)), wanted, last, Integer.MAX_VALUE);
  }

  /** Orders by a number; moments without one come last either way. */
  private static SortField number(String field, boolean descending) {
    return new SortField(
        field, SortField.Type.LONG, descending, descending ? Long.MIN_VALUE : Long.MAX_VALUE);
  }
}
