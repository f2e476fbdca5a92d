package dev.earmark.search.lucene;

import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.IndexException;
import dev.earmark.index.StoredMoment;
import dev.earmark.index.lucene.LuceneIndex;
import dev.earmark.query.NotUnderstood;
import dev.earmark.query.ParsedQuery;
import dev.earmark.query.QueryParser;
import dev.earmark.schema.Field;
import dev.earmark.schema.Schema;
import dev.earmark.search.BadRequestException;
import dev.earmark.search.Hit;
import dev.earmark.search.IndexStatus;
import dev.earmark.search.Outline;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.ShowProfile;
import dev.earmark.search.SpeakerProfile;
import dev.earmark.search.Suggestion;
import dev.earmark.search.Trend;
import dev.earmark.search.spoken.Deadline;
import dev.earmark.search.spoken.DidYouMean;
import dev.earmark.search.spoken.MatchFinder;
import dev.earmark.search.spoken.Pattern;
import dev.earmark.search.spoken.Suggestions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.facet.DrillDownQuery;
import org.apache.lucene.facet.DrillSideways;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesReaderState;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherLifetimeManager;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers from a Lucene index on disk.
 *
 * <p>Looks for a newer commit twice a second, so that what another process indexes shows without a
 * restart. Every search runs on one state of the index; a cursor keeps the state it began with for
 * {@value #CURSOR_SECONDS} seconds. Thread-safe.
 */
public final class LuceneSearchEngine implements SearchEngine {
  static final int CURSOR_SECONDS = 900;
  private static final long REFRESH_MS = 500;
  private static final Duration TIME_LIMIT = Duration.ofSeconds(5);
  private static final int HITS_PER_EPISODE = 3;

  /** Suggestions are read again at most so often while the index changes. */
  private static final Duration SUGGESTIONS_REST = Duration.ofSeconds(20);

  /** Measured best on short passages of speech: saturates early, counts length somewhat. */
  private static final BM25Similarity SIMILARITY = new BM25Similarity(0.6f, 0.75f);

  private static final Logger LOG = LoggerFactory.getLogger(LuceneSearchEngine.class);

  private final Directory directory;
  private final SearcherManager manager;
  private final SearcherLifetimeManager lifetimes = new SearcherLifetimeManager();
  private final ScheduledExecutorService refresher;
  private final Duration timeLimit;
  private final AtomicBoolean reading = new AtomicBoolean();
  private volatile @Nullable Suggester suggester;

  private LuceneSearchEngine(Directory directory, SearcherManager manager, Duration timeLimit) {
    this.timeLimit = timeLimit;
    this.directory = directory;
    this.manager = manager;
    this.refresher =
        Executors.newSingleThreadScheduledExecutor(task -> {
          Thread thread = new Thread(task, "index-refresh");
          thread.setDaemon(true);
          return thread;
        });
    var unused =
        refresher.scheduleWithFixedDelay(
            this::refreshQuietly, REFRESH_MS, REFRESH_MS, TimeUnit.MILLISECONDS);
  }

  /**
   * Opens an index.
   *
   * @throws IndexException if there is none in the folder, or one that this version cannot read
   */
  public static LuceneSearchEngine open(Path folder) throws IOException {
    return open(folder, TIME_LIMIT);
  }

  /**
   * Opens an index as above.
   *
   * @param timeLimit how long one search may look; what it has not found by then it leaves out, and
   *     says so
   */
  public static LuceneSearchEngine open(Path folder, Duration timeLimit) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IndexException(
          "there is no index in "
              + folder
              + "; make one with: ./earmark index PATH --index "
              + folder);
    }
    Directory directory = FSDirectory.open(folder);
    try {
      DirectoryReader reader = LuceneIndex.open(directory, folder);
      return new LuceneSearchEngine(
          directory,
          new SearcherManager(
              reader,
              new SearcherFactory() {
                @Override
                public IndexSearcher newSearcher(
                    IndexReader newReader, @Nullable IndexReader previous) throws IOException {
                  Snapshot snapshot = new Snapshot((DirectoryReader) newReader);
                  snapshot.setSimilarity(SIMILARITY);
                  return snapshot;
                }
              }),
          timeLimit);
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private void refreshQuietly() {
    try {
      manager.maybeRefresh();
      lifetimes.prune(new SearcherLifetimeManager.PruneByAge(CURSOR_SECONDS));
    } catch (IOException | RuntimeException e) {
      LOG.warn("the index could not be refreshed; answers come from the state before", e);
    }
  }

  /** Makes the newest commit visible now rather than at the next look. */
  public void refresh() throws IOException {
    manager.maybeRefreshBlocking();
  }

  /** What is done with one state of the index. */
  private interface Use<T> {
    T with(Snapshot snapshot) throws IOException;
  }

  private <T> T use(Use<T> use) throws IOException {
    Snapshot snapshot = (Snapshot) manager.acquire();
    try {
      return use.with(snapshot);
    } finally {
      manager.release(snapshot);
    }
  }

  @Override
  public SearchPage search(SearchRequest request) throws IOException {
    for (String facet : request.filters().keySet()) {
      if (Schema.field(facet).filter(Field::facet).isEmpty()) {
        throw new BadRequestException(facet, "there is no facet \"" + facet + "\"");
      }
    }
    if (request.cursor() == null) {
      return use(snapshot -> search(snapshot, request, null));
    }
    Cursor cursor = Cursor.decode(request.cursor(), request);
    Snapshot snapshot = (Snapshot) lifetimes.acquire(cursor.snapshot());
    if (snapshot == null) {
      throw new BadRequestException(
          "cursor", "this cursor has expired; leave cursor out to begin with the first page");
    }
    try {
      return search(snapshot, request, cursor);
    } finally {
      lifetimes.release(snapshot);
    }
  }

  private SearchPage search(Snapshot snapshot, SearchRequest request, @Nullable Cursor cursor)
      throws IOException {
    long start = System.nanoTime();
    Deadline deadline = Deadline.in(timeLimit);
    int offset = cursor == null ? 0 : cursor.offset();
    CompiledQuery compiled = new QueryCompiler(snapshot, deadline).compile(request.query());
    boolean ranked = !compiled.patterns().isEmpty();
    Query inTime = new DeadlineQuery(compiled.query(), deadline);
    Query weighed = ranked ? Prior.weigh(inTime) : inTime;
    Found found =
        find(
            snapshot,
            narrowed(snapshot, weighed, request),
            request,
            cursor,
            ranked ? hits -> CloserLook.at(hits, compiled.evidence(), snapshot, deadline) : null);
    Hits hits = new Hits(snapshot, compiled.patterns());
    List<Hit> page = new ArrayList<>();
    List<SearchPage.Group> groups = new ArrayList<>();
    long total = found.total();
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
    long listed = request.byEpisode() ? found.episodes() : total;
    String next =
        shown < listed && shown > offset
            ? cursorAfter(found, lifetimes.record(snapshot), shown).encode(request)
            : null;
    List<NotUnderstood> notUnderstood = new ArrayList<>(request.query().notUnderstood());
    notUnderstood.addAll(compiled.notUnderstood());
    long nearTotal = Math.min(total, nearTotal(snapshot, compiled, request, deadline));
    String didYouMean =
        offset == 0 ? didYouMean(snapshot, request, total - nearTotal, deadline) : null;
    if (deadline.cutShort()) {
      notUnderstood.add(
          new NotUnderstood(
              0,
              request.query().text().length(),
              "this takes longer than the "
                  + deadline.limit().toMillis()
                  + " ms a search may take; there may be more than was found"));
    }
    return new SearchPage(
        request.query().text(),
        notUnderstood,
        total,
        nearTotal,
        Math.round((System.nanoTime() - start) / 1e4) / 100.0,
        page,
        groups,
        found.episodes(),
        found.facets().values(),
        found.facets().sizes(),
        didYouMean,
        next);
  }

  private static Cursor cursorAfter(Found found, long snapshot, int shown) {
    if (found.hits().isEmpty()) {
      return new Cursor(snapshot, shown, 0, 0, 0);
    }
    ScoreDoc last = found.hits().getLast();
    return last instanceof FieldDoc sorted
        ? new Cursor(snapshot, shown, last.doc, (Float) sorted.fields[1], (Long) sorted.fields[0])
        : new Cursor(snapshot, shown, last.doc, last.score, 0);
  }

  /** A query and what a request narrows it by. */
  private static DrillDownQuery narrowed(Snapshot snapshot, Query query, SearchRequest request) {
    DrillDownQuery drillDown = new DrillDownQuery(snapshot.facets(), withDates(query, request));
    request
        .filters()
        .forEach((facet, values) ->
            values.forEach(value ->
                FieldFilters.chosen(facet, value).ifPresent(one -> drillDown.add(facet, one))));
    return drillDown;
  }

  /** How many moments have a word of the query only nearly. */
  private static long nearTotal(
      Snapshot snapshot, CompiledQuery compiled, SearchRequest request, Deadline deadline)
      throws IOException {
    if (compiled.nearOnly() == null) {
      return 0;
    }
    Query near =
        new BooleanQuery.Builder()
            .add(compiled.query(), BooleanClause.Occur.FILTER)
            .add(compiled.nearOnly(), BooleanClause.Occur.FILTER)
            .build();
    return snapshot.count(narrowed(snapshot, new DeadlineQuery(near, deadline), request));
  }

  private static @Nullable String didYouMean(
      Snapshot snapshot, SearchRequest request, long exact, Deadline deadline) throws IOException {
    if (deadline.hasPassed()) {
      return null;
    }
    return new DidYouMean(new LuceneSpeech(snapshot, deadline))
        .instead(
            request.query(),
            exact,
            instead -> {
              Query query = new QueryCompiler(snapshot, deadline).compile(instead).query();
              return snapshot.count(
                  narrowed(snapshot, new DeadlineQuery(query, deadline), request));
            });
  }

  private static Query withDates(Query query, SearchRequest request) {
    if (request.from() == null && request.to() == null) {
      return query;
    }
    return new BooleanQuery.Builder()
        .add(query, BooleanClause.Occur.MUST)
        .add(
            NumericDocValuesField.newSlowRangeQuery(
                Schema.DATE,
                request.from() == null ? Long.MIN_VALUE : request.from().toEpochDay(),
                request.to() == null ? Long.MAX_VALUE : request.to().toEpochDay()),
            BooleanClause.Occur.FILTER)
        .build();
  }

  /** What one pass over the index gives. */
  private record Found(
      long total, List<ScoreDoc> hits, List<Grouping.Group> groups, int episodes, Facets facets) {}

  /** Puts the best hits in the order they are shown in. */
  private interface Order {
    List<ScoreDoc> of(List<ScoreDoc> byScore) throws IOException;
  }

  private static Found find(
      Snapshot snapshot,
      DrillDownQuery query,
      SearchRequest request,
      @Nullable Cursor cursor,
      @Nullable Order order)
      throws IOException {
    SortedSetDocValuesReaderState state = snapshot.facetState();
    if (state == null) {
      return new Found(
          0, List.of(), List.of(), 0, Facets.of(null, request.filters(), request.facets()));
    }
    DrillSideways sideways = new DrillSideways(snapshot, snapshot.facets(), state);
    if (request.byEpisode()) {
      var result = sideways.search(query, new GroupingManager());
      Grouping grouping = result.collectorResult;
      List<Grouping.Group> sorted = grouping.sorted();
      int from = Math.min(cursor == null ? 0 : cursor.offset(), sorted.size());
      int to = Math.min(sorted.size(), from + request.limit());
      long total = sorted.stream().mapToLong(Grouping.Group::total).sum();
      return new Found(
          total,
          List.of(),
          sorted.subList(from, to),
          sorted.size(),
          Facets.of(result.facets, request.filters(), request.facets()));
    }
    int most = Math.max(1, snapshot.getIndexReader().maxDoc());
    int offset = cursor == null ? 0 : cursor.offset();
    int end = offset + request.limit();
    // Beyond what is looked at closely hits follow by score alone, and the cursor names the last.
    boolean closely =
        request.sort() == SearchRequest.Sort.RELEVANCE
            && order != null
            && offset <= CloserLook.LOOKED_AT;
    int wanted = closely ? Math.max(end, CloserLook.LOOKED_AT) : request.limit();
    var result =
        sideways.search(
            query, collectors(request.sort(), Math.min(wanted, most), closely ? null : cursor));
    TopDocs top = result.collectorResult;
    List<ScoreDoc> hits = List.of(top.scoreDocs);
    if (closely && order != null) {
      List<ScoreDoc> all = order.of(hits);
      hits = all.subList(Math.min(offset, all.size()), Math.min(end, all.size()));
    }
    return new Found(
        top.totalHits.value(),
        hits,
        List.of(),
        -1,
        Facets.of(result.facets, request.filters(), request.facets()));
  }

  private static CollectorManager<? extends Collector, ? extends TopDocs> collectors(
      SearchRequest.Sort sort, int wanted, @Nullable Cursor cursor) {
    Sort order =
        switch (sort) {
          case RELEVANCE -> null;
          case NEWEST -> new Sort(number(Schema.DATE, true), SortField.FIELD_SCORE);
          case OLDEST -> new Sort(number(Schema.DATE, false), SortField.FIELD_SCORE);
          case TIME -> new Sort(number(Schema.START, false), SortField.FIELD_SCORE);
        };
    if (order == null) {
      ScoreDoc after = cursor == null ? null : new ScoreDoc(cursor.document(), cursor.score());
      return new TopScoreDocCollectorManager(wanted, after, Integer.MAX_VALUE);
    }
    FieldDoc after =
        cursor == null
            ? null
            : new FieldDoc(
                cursor.document(), cursor.score(), new Object[] {cursor.value(), cursor.score()});
    return new TopFieldCollectorManager(order, wanted, after, Integer.MAX_VALUE);
  }

  /** Orders by a number; moments without one come last either way. */
  private static SortField number(String field, boolean descending) {
    return new SortField(
        field, SortField.Type.LONG, descending, descending ? Long.MIN_VALUE : Long.MAX_VALUE);
  }

  private static final class GroupingManager implements CollectorManager<Grouping, Grouping> {
    @Override
    public Grouping newCollector() {
      return new Grouping(HITS_PER_EPISODE);
    }

    @Override
    public Grouping reduce(java.util.Collection<Grouping> collectors) {
      // A searcher without an executor, as every snapshot is, collects in one go.
      return collectors.isEmpty() ? new Grouping(HITS_PER_EPISODE) : collectors.iterator().next();
    }
  }

  /** Reads hits and finds what matches in them. */
  private record Hits(Snapshot snapshot, List<Pattern> patterns) {
    List<Hit> of(List<ScoreDoc> found) throws IOException {
      MatchFinder finder = new MatchFinder(patterns);
      Hit[] hits = new Hit[found.size()];
      for (int i : Snapshot.inDocumentOrder(found)) {
        hits[i] = hit(finder, found.get(i));
      }
      return List.of(hits);
    }

    private Hit hit(MatchFinder finder, ScoreDoc found) throws IOException {
      StoredMoment moment = snapshot.moment(found.doc);
      MatchFinder.Found matches = finder.find(moment, following(found.doc, moment));
      return new Hit(
          moment,
          snapshot.episode(moment.episodeId()),
          matches.atMs(),
          matches.snippet(),
          matches.matches(),
          matches.why(),
          Float.isNaN(found.score) ? 0 : found.score);
    }

    MatchFinder.Following following(int document, StoredMoment first) {
      return moment -> snapshot.following(document + moment.ordinal() - first.ordinal(), moment);
    }
  }

  @Override
  public List<EpisodeEntry> episodes() throws IOException {
    return use(snapshot -> {
      List<EpisodeEntry> all =
          new ArrayList<>(LuceneIndex.episodes(snapshot.getIndexReader()).values());
      all.sort(
          Comparator.comparing(
                  (EpisodeEntry entry) -> entry.episode().date(),
                  Comparator.nullsLast(Comparator.reverseOrder()))
              .thenComparing(entry -> entry.episode().title()));
      return all;
    });
  }

  @Override
  public Optional<EpisodeEntry> episode(String id) throws IOException {
    return use(snapshot -> snapshot.entry(id));
  }

  @Override
  public List<StoredMoment> moments(String episodeId) throws IOException {
    return use(snapshot -> {
      List<StoredMoment> moments = new ArrayList<>();
      int first = snapshot.firstDocument(episodeId);
      int count = snapshot.entry(episodeId).map(EpisodeEntry::moments).orElse(0);
      for (int i = 0; first >= 0 && i < count; i++) {
        moments.add(snapshot.moment(first + i));
      }
      return moments;
    });
  }

  @Override
  public List<Hit.Match> matches(String episodeId, ParsedQuery query) throws IOException {
    return use(snapshot -> {
      Deadline deadline = Deadline.in(timeLimit);
      CompiledQuery compiled = new QueryCompiler(snapshot, deadline).compile(query);
      Query inEpisode =
          new BooleanQuery.Builder()
              .add(new DeadlineQuery(compiled.query(), deadline), BooleanClause.Occur.FILTER)
              .add(new TermQuery(new Term(Schema.EPISODE, episodeId)), BooleanClause.Occur.FILTER)
              .build();
      int most = Math.max(1, snapshot.entry(episodeId).map(EpisodeEntry::moments).orElse(0));
      TopDocs found = snapshot.search(inEpisode, most, Sort.INDEXORDER);
      MatchFinder finder = new MatchFinder(compiled.patterns());
      Hits hits = new Hits(snapshot, compiled.patterns());
      List<Hit.Match> matches = new ArrayList<>();
      for (ScoreDoc hit : found.scoreDocs) {
        StoredMoment moment = snapshot.moment(hit.doc);
        matches.addAll(finder.find(moment, hits.following(hit.doc, moment)).matches());
      }
      matches.sort(
          Comparator.comparing(Hit.Match::atMs, Comparator.nullsLast(Comparator.naturalOrder())));
      return matches;
    });
  }

  @Override
  public Map<String, Outline> outlines(SearchRequest request, List<String> episodeIds)
      throws IOException {
    return use(snapshot -> {
      Deadline deadline = Deadline.in(timeLimit);
      Query asked = new QueryCompiler(snapshot, deadline).compile(request.query()).query();
      Query inTime = new DeadlineQuery(asked, deadline);
      return new Outlines(snapshot, episodeIds).of(narrowed(snapshot, inTime, request));
    });
  }

  @Override
  public Trend trend(String phrase, Trend.By by) throws IOException {
    return use(snapshot -> {
      Trends.Counted counted = Trends.of(snapshot, phrase, by);
      Trend trend = counted.trend();
      if (counted.first() < 0) {
        return trend;
      }
      ParsedQuery quoted = QueryParser.parse('"' + trend.phrase() + '"');
      List<Pattern> patterns =
          new QueryCompiler(snapshot, Deadline.NONE).compile(quoted).patterns();
      Hit first =
          new Hits(snapshot, patterns).of(List.of(new ScoreDoc(counted.first(), 0))).getFirst();
      return new Trend(
          trend.phrase(),
          trend.by(),
          trend.count(),
          trend.words(),
          trend.moments(),
          trend.points(),
          trend.unplaced(),
          first);
    });
  }

  @Override
  public Optional<SpeakerProfile> speaker(String name) throws IOException {
    return use(snapshot -> snapshot.speaker(name));
  }

  @Override
  public Optional<ShowProfile> show(String name) throws IOException {
    return use(snapshot -> ShowReader.read(snapshot, name));
  }

  @Override
  public List<Suggestion> suggest(String typed, int limit) throws IOException {
    Suggester known = suggester;
    long now = System.nanoTime();
    Snapshot newest = (Snapshot) manager.acquire();
    boolean stale;
    try {
      stale =
          known == null
              || known.reader() != newest.getIndexReader().getReaderCacheHelper().getKey();
    } finally {
      manager.release(newest);
    }
    boolean due = known == null || now - known.madeAt() > SUGGESTIONS_REST.toNanos();
    if (stale && due && reading.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("suggestions").start(this::readSuggestions);
    }
    return known == null ? List.of() : known.suggestions().of(typed, limit);
  }

  private void readSuggestions() {
    try {
      suggester =
          use(snapshot -> {
            Object reader = snapshot.getIndexReader().getReaderCacheHelper().getKey();
            SuggestionReader from = new SuggestionReader(snapshot);
            if (suggester == null) {
              // The first somebody gets are those that are quick to gather.
              suggester = new Suggester(from.names(), reader, System.nanoTime());
            }
            return new Suggester(from.all(), reader, System.nanoTime());
          });
    } catch (IOException | RuntimeException e) {
      LOG.warn("there are no new suggestions; those of the state before stay", e);
    } finally {
      reading.set(false);
    }
  }

  /** Suggestions, the state of the index they are of, and when they were made. */
  private record Suggester(Suggestions suggestions, Object reader, long madeAt) {}

  @Override
  public IndexStatus status() throws IOException {
    return use(snapshot -> {
      return new IndexStatus(
          snapshot.episodeCount(),
          snapshot.moments(),
          ((DirectoryReader) snapshot.getIndexReader()).getVersion(),
          snapshot.bytes(),
          snapshot.changed());
    });
  }

  @Override
  public void close() throws IOException {
    refresher.shutdownNow();
    try {
      if (!refresher.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.warn("the last refresh of the index is still running");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      lifetimes.close();
      manager.close();
    } finally {
      directory.close();
    }
  }
}
