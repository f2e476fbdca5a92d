package dev.earmark.search.lucene;

import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.IndexException;
import dev.earmark.index.StoredMoment;
import dev.earmark.index.lucene.ArtworkFolder;
import dev.earmark.schema.Schema;
import dev.earmark.search.BadRequestException;
import dev.earmark.search.Explanation;
import dev.earmark.search.Hit;
import dev.earmark.search.IndexStatus;
import dev.earmark.search.Outline;
import dev.earmark.search.Quotations;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.ShowProfile;
import dev.earmark.search.Similar;
import dev.earmark.search.SpeakerProfile;
import dev.earmark.search.Suggestion;
import dev.earmark.search.Trend;
import dev.earmark.search.rank.RankingModel;
import dev.earmark.search.rank.RankingParameters;
import dev.earmark.search.rank.SecondLook;
import dev.earmark.search.spoken.Deadline;
import dev.earmark.search.spoken.Filters;
import dev.earmark.search.spoken.QuotationFinder;
import dev.earmark.search.spoken.SpokenQuery;
import dev.earmark.search.spoken.Suggestions;
import dev.earmark.vector.TextEmbedder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers from a Lucene index on disk.
 *
 * <p>Every search runs on one snapshot of the index; a cursor keeps the one it began with for
 * {@value Snapshots#CURSOR_SECONDS} seconds. Thread-safe.
 */
public final class LuceneSearchEngine implements SearchEngine {
  private static final Duration TIME_LIMIT = Duration.ofSeconds(5);

  /** Suggestions are read again at most so often while the index changes. */
  private static final Duration SUGGESTIONS_REST = Duration.ofSeconds(20);

  private static final Duration MOST_FOR_SUGGESTIONS = Duration.ofMillis(100);

  private static final Logger LOG = LoggerFactory.getLogger(LuceneSearchEngine.class);

  private final Snapshots snapshots;
  private final ArtworkFolder pictures;
  private final QueryVectors queries;
  private final Duration timeLimit;
  private final AtomicBoolean reading = new AtomicBoolean();
  private volatile @Nullable Suggester suggester;

  private LuceneSearchEngine(
      Snapshots snapshots, ArtworkFolder pictures, QueryVectors queries, Duration timeLimit) {
    this.snapshots = snapshots;
    this.queries = queries;
    this.pictures = pictures;
    this.timeLimit = timeLimit;
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
    return open(folder, TIME_LIMIT, RankingModel.of(parameters), QueryVectors.NONE);
  }

  /**
   * Opens an index in which moments are also found by meaning.
   *
   * @param model what made the vectors of the index; it may give null while there is none
   */
  public static LuceneSearchEngine open(
      Path folder, RankingParameters parameters, Supplier<@Nullable TextEmbedder> model)
      throws IOException {
    return open(folder, TIME_LIMIT, RankingModel.of(parameters), new QueryVectors(model));
  }

  /**
   * Opens an index as above.
   *
   * @param timeLimit how long one search may look; what it has not found by then it leaves out, and
   *     says so
   */
  public static LuceneSearchEngine open(Path folder, Duration timeLimit) throws IOException {
    return open(folder, timeLimit, RankingModel.DEFAULT, QueryVectors.NONE);
  }

  private static LuceneSearchEngine open(
      Path folder, Duration timeLimit, RankingModel ranking, QueryVectors queries)
      throws IOException {
    return new LuceneSearchEngine(
        Snapshots.open(folder, ranking, new Preparation()),
        new ArtworkFolder(folder),
        queries,
        timeLimit);
  }

  /** Makes the newest commit visible now rather than at the next look. */
  public void refresh() throws IOException {
    snapshots.refresh();
  }

  @Override
  public void warmUp() {
    snapshots.warmUp();
  }

  @Override
  public SearchPage search(SearchRequest request) throws IOException {
    return ask(request, search -> search.page(snapshots::keep));
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
    Filters.check(request);
    Deadline deadline = Deadline.in(timeLimit);
    if (request.cursor() == null) {
      return snapshots.useNewest(
          snapshot -> asked.of(new MomentSearch(snapshot, request, null, queries, deadline)));
    }
    Cursor cursor = Cursor.decode(request.cursor(), request);
    T answer =
        snapshots.useKept(
            cursor.snapshot(),
            snapshot -> asked.of(new MomentSearch(snapshot, request, cursor, queries, deadline)));
    if (answer == null) {
      throw BadRequestException.expiredCursor();
    }
    return answer;
  }

  @Override
  public List<EpisodeEntry> episodes(int from, int most) throws IOException {
    Deadline deadline = Deadline.in(timeLimit);
    return snapshots.useNewest(snapshot -> EpisodeEntries.of(snapshot).list(from, most, deadline));
  }

  @Override
  public OptionalInt place(String episodeId) throws IOException {
    int place = snapshots.useNewest(snapshot -> EpisodeEntries.of(snapshot).place(episodeId));
    return place < 0 ? OptionalInt.empty() : OptionalInt.of(place);
  }

  @Override
  public Optional<EpisodeEntry> episode(String id) throws IOException {
    return snapshots.useNewest(snapshot -> EpisodeEntries.of(snapshot).find(id));
  }

  @Override
  public List<StoredMoment> moments(String episodeId) throws IOException {
    return snapshots.useNewest(
        snapshot -> MomentReader.ofEpisode(snapshot, episodeId, Deadline.in(timeLimit)));
  }

  @Override
  public List<StoredMoment> alternatives(String episodeId) throws IOException {
    return snapshots.useNewest(snapshot -> EpisodeEntries.of(snapshot).alternatives(episodeId));
  }

  @Override
  public Optional<byte[]> picture(String id) throws IOException {
    return pictures.find(id);
  }

  @Override
  public List<Hit.Match> matches(String episodeId, SearchRequest request) throws IOException {
    SearchRequest narrowed = request.withFilter(Schema.EPISODE, episodeId);
    return snapshots.useNewest(snapshot -> {
      Deadline deadline = Deadline.in(timeLimit);
      CompiledQuery compiled = new QueryCompiler(snapshot, deadline).compile(narrowed);
      Query inEpisode =
          new BooleanQuery.Builder()
              .add(new DeadlineQuery(compiled.query(), deadline), BooleanClause.Occur.FILTER)
              .add(new TermQuery(new Term(Schema.EPISODE, episodeId)), BooleanClause.Occur.FILTER)
              .build();
      int moments =
          EpisodeEntries.of(snapshot).find(episodeId).map(EpisodeEntry::moments).orElse(0);
      TopDocs found =
          snapshot
              .searcher()
              .search(
                  new DeadlineQuery(inEpisode, deadline), Math.max(1, moments), Sort.INDEXORDER);
      HitReader hits = new HitReader(snapshot, compiled);
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
    return snapshots.useNewest(snapshot -> {
      Deadline deadline = Deadline.in(timeLimit);
      Query asked = new QueryCompiler(snapshot, deadline).compile(request).query();
      Query inTime = new DeadlineQuery(asked, deadline);
      return new OutlineReader(snapshot, episodeIds)
          .of(FieldFilters.narrowed(inTime, request), deadline);
    });
  }

  @Override
  public Trend trend(String phrase, Trend.By by, SearchRequest scope) throws IOException {
    return snapshots.useNewest(snapshot -> {
      Deadline deadline = Deadline.in(timeLimit);
      TrendReader.Counted counted = TrendReader.of(snapshot, phrase, by, scope, deadline);
      Trend trend = counted.trend();
      if (counted.first() < 0) {
        return trend;
      }
      CompiledQuery quoted =
          new QueryCompiler(snapshot, deadline)
              .compile(SearchRequest.of('"' + trend.phrase() + '"'));
      ScoreDoc first = new ScoreDoc(counted.first(), 0);
      return trend.withFirst(new HitReader(snapshot, quoted).of(List.of(first)).getFirst());
    });
  }

  @Override
  public Optional<SpeakerProfile> speaker(String name) throws IOException {
    return snapshots.useNewest(
        snapshot -> SpeakerReader.read(snapshot, name, Deadline.in(timeLimit)));
  }

  @Override
  public Optional<ShowProfile> show(String name) throws IOException {
    return snapshots.useNewest(snapshot -> ShowReader.read(snapshot, name, Deadline.in(timeLimit)));
  }

  @Override
  public Optional<StoredMoment> moment(String id) throws IOException {
    return snapshots.useNewest(snapshot -> {
      OptionalInt document = HitExplainer.document(snapshot, id);
      return document.isEmpty()
          ? Optional.empty()
          : Optional.of(new MomentReader(snapshot).read(document.getAsInt()));
    });
  }

  @Override
  public Optional<Similar> similar(String momentId, Similar.By by, SearchRequest scope)
      throws IOException {
    Filters.check(scope);
    return snapshots.useNewest(snapshot ->
        new SimilarReader(snapshot, scope, queries.model(), Deadline.in(timeLimit))
            .of(momentId, by));
  }

  @Override
  public Quotations quotations(SearchRequest request) throws IOException {
    SecondLook look = snapshots.useNewest(snapshot -> snapshot.ranking().secondLook());
    return QuotationFinder.of(request, look, this::search);
  }

  @Override
  public List<Suggestion> suggest(String typed, int limit) throws IOException {
    Suggester known = suggester;
    long now = System.nanoTime();
    long newest = snapshots.useNewest(Snapshot::number);
    boolean stale = known == null || known.snapshot() != newest;
    boolean due = known == null || now - known.madeAt() > SUGGESTIONS_REST.toNanos();
    if (stale && due && reading.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("suggestions").start(this::readSuggestions);
    }
    if (known == null) {
      return List.of();
    }
    return snapshots.useNewest(snapshot -> {
      Deadline deadline = Deadline.in(MOST_FOR_SUGGESTIONS);
      LuceneIndexStatistics index = new LuceneIndexStatistics(snapshot, Deadline.NONE);
      return known
          .suggestions()
          .of(
              typed,
              limit,
              index.words(),
              (first, second) ->
                  deadline.hasPassed() ? 0 : index.count(SpokenQuery.row(first, second)));
    });
  }

  private void readSuggestions() {
    try {
      suggester =
          snapshots.useNewest(snapshot -> {
            SuggestionReader from = new SuggestionReader(snapshot);
            if (suggester == null) {
              // The first somebody gets are those that are quick to gather.
              suggester = new Suggester(from.names(), snapshot.number(), System.nanoTime());
            }
            return new Suggester(from.all(), snapshot.number(), System.nanoTime());
          });
    } catch (IOException | RuntimeException e) {
      LOG.warn("there are no new suggestions; those of the snapshot before stay", e);
    } finally {
      reading.set(false);
    }
  }

  /** Suggestions, the number of the snapshot they are of, and when they were made. */
  private record Suggester(Suggestions suggestions, long snapshot, long madeAt) {}

  @Override
  public OptionalLong state() throws IOException {
    // Answers change, too, once there is a model.
    int model = queries.model() == null ? 0 : 1;
    return snapshots.useNewest(snapshot -> OptionalLong.of(2 * snapshot.number() + model));
  }

  @Override
  public IndexStatus status() throws IOException {
    return snapshots.useNewest(snapshot ->
        snapshot.once(
            IndexStatus.class,
            () ->
                new IndexStatus(
                    EpisodeEntries.of(snapshot).count(),
                    snapshot.searcher().count(QueryTranslator.allMoments()),
                    snapshot.reader().getVersion(),
                    snapshot.files().bytes(),
                    snapshot.files().written())));
  }

  @Override
  public void close() throws IOException {
    snapshots.close();
  }
}
