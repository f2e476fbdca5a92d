package dev.earmark.search.lucene;

import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.IndexException;
import dev.earmark.index.StoredMoment;
import dev.earmark.index.lucene.LuceneIndex;
import dev.earmark.query.ParsedQuery;
import dev.earmark.query.QueryParser;
import dev.earmark.schema.Field;
import dev.earmark.schema.Schema;
import dev.earmark.search.BadRequestException;
import dev.earmark.search.Explanation;
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
import dev.earmark.search.rank.RankingModel;
import dev.earmark.search.rank.RankingParameters;
import dev.earmark.search.spoken.Deadline;
import dev.earmark.search.spoken.Pattern;
import dev.earmark.search.spoken.Suggestions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherLifetimeManager;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
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

  /** Suggestions are read again at most so often while the index changes. */
  private static final Duration SUGGESTIONS_REST = Duration.ofSeconds(20);

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

  /** Opens an index that is ranked with other parameters. */
  public static LuceneSearchEngine open(Path folder, RankingParameters parameters)
      throws IOException {
    return open(folder, TIME_LIMIT, RankingModel.of(parameters));
  }

  /**
   * Opens an index as above.
   *
   * @param timeLimit how long one search may look; what it has not found by then it leaves out, and
   *     says so
   */
  public static LuceneSearchEngine open(Path folder, Duration timeLimit) throws IOException {
    return open(folder, timeLimit, RankingModel.DEFAULT);
  }

  private static LuceneSearchEngine open(Path folder, Duration timeLimit, RankingModel ranking)
      throws IOException {
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
                  return new Snapshot((DirectoryReader) newReader, ranking);
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
    return ask(request, search -> search.page(this::keep));
  }

  @Override
  public Map<String, Explanation> explain(SearchRequest request, Collection<String> momentIds)
      throws IOException {
    return ask(request, search -> search.explain(momentIds));
  }

  /** What is asked of one search. */
  private interface Asked<T> {
    T of(MomentSearch search) throws IOException;
  }

  private <T> T ask(SearchRequest request, Asked<T> asked) throws IOException {
    for (String facet : request.filters().keySet()) {
      if (Schema.field(facet).filter(Field::facet).isEmpty()) {
        throw new BadRequestException(facet, "there is no facet \"" + facet + "\"");
      }
    }
    Deadline deadline = Deadline.in(timeLimit);
    if (request.cursor() == null) {
      return use(snapshot -> asked.of(new MomentSearch(snapshot, request, null, deadline)));
    }
    Cursor cursor = Cursor.decode(request.cursor(), request);
    Snapshot snapshot = (Snapshot) lifetimes.acquire(cursor.snapshot());
    if (snapshot == null) {
      throw new BadRequestException(
          "cursor", "this cursor has expired; leave cursor out to begin with the first page");
    }
    try {
      return asked.of(new MomentSearch(snapshot, request, cursor, deadline));
    } finally {
      lifetimes.release(snapshot);
    }
  }

  private long keep(Snapshot snapshot) {
    try {
      return lifetimes.record(snapshot);
    } catch (IOException e) {
      throw new UncheckedIOException("a state of the index cannot be kept", e);
    }
  }

  @Override
  public List<EpisodeEntry> episodes() throws IOException {
    return use(Snapshot::entries);
  }

  @Override
  public Optional<EpisodeEntry> episode(String id) throws IOException {
    return use(snapshot -> snapshot.entry(id));
  }

  @Override
  public List<StoredMoment> moments(String episodeId) throws IOException {
    return use(snapshot -> {
      List<StoredMoment> moments = new ArrayList<>();
      StoredFields stored = snapshot.storedFields();
      int first = snapshot.firstDocument(episodeId);
      int count = snapshot.entry(episodeId).map(EpisodeEntry::moments).orElse(0);
      Deadline deadline = Deadline.in(timeLimit);
      for (int i = 0; first >= 0 && i < count && !deadline.hasPassed(); i++) {
        moments.add(snapshot.moment(stored, first + i));
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
      TopDocs found =
          snapshot.search(new DeadlineQuery(inEpisode, deadline), most, Sort.INDEXORDER);
      HitReader hits = new HitReader(snapshot, compiled.patterns());
      List<Hit.Match> matches = new ArrayList<>();
      for (ScoreDoc hit : found.scoreDocs) {
        if (deadline.hasPassed()) {
          break;
        }
        matches.addAll(hits.matches(hit.doc));
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
      return new OutlineReader(snapshot, episodeIds)
          .of(FieldFilters.narrowed(inTime, request), deadline);
    });
  }

  @Override
  public Trend trend(String phrase, Trend.By by) throws IOException {
    return use(snapshot -> {
      Deadline deadline = Deadline.in(timeLimit);
      TrendReader.Counted counted = TrendReader.of(snapshot, phrase, by, deadline);
      Trend trend = counted.trend();
      if (counted.first() < 0) {
        return trend;
      }
      ParsedQuery quoted = QueryParser.parse('"' + trend.phrase() + '"');
      List<Pattern> patterns = new QueryCompiler(snapshot, deadline).compile(quoted).patterns();
      Hit first =
          new HitReader(snapshot, patterns)
              .of(List.of(new ScoreDoc(counted.first(), 0)))
              .getFirst();
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
    return use(snapshot -> snapshot.speaker(name, Deadline.in(timeLimit)));
  }

  @Override
  public Optional<ShowProfile> show(String name) throws IOException {
    return use(snapshot -> ShowReader.read(snapshot, name, Deadline.in(timeLimit)));
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
  public OptionalLong state() throws IOException {
    return use(snapshot -> OptionalLong.of(snapshot.number()));
  }

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
