package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.IndexException;
import dev.earmark.index.StoredMoment;
import dev.earmark.index.opensearch.Mapping;
import dev.earmark.index.opensearch.OpenSearchClient;
import dev.earmark.index.opensearch.OpenSearchIndex;
import dev.earmark.index.opensearch.OpenSearchSettings;
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
import dev.earmark.search.spoken.Deadline;
import dev.earmark.search.spoken.Filters;
import dev.earmark.search.spoken.SpokenQuery;
import dev.earmark.search.spoken.Suggestions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers from an index in an OpenSearch cluster; see the package documentation.
 *
 * <p>Checks for changes when it is asked, at most twice a second. Every search runs on one
 * snapshot; a cursor keeps its snapshot for {@value Snapshot#CURSOR_SECONDS} seconds, on any server
 * of the cluster. If a part of the cluster does not answer in time, the answer covers the rest and
 * says so. Thread-safe.
 */
public final class OpenSearchEngine implements SearchEngine {
  private static final Duration TIME_LIMIT = Duration.ofSeconds(5);
  private static final long REFRESH_NANOS = 500_000_000;

  /** Who asks after a longer pause waits until it is known whether the index has changed. */
  private static final long STALE_NANOS = 3_000_000_000L;

  /** How long a look for changes may take, and when to look again after one that took longer. */
  private static final OpenSearchClient.Patience LOOK =
      new OpenSearchClient.Patience(Duration.ofSeconds(1), Duration.ofSeconds(1));

  private static final long LOOK_AGAIN_NANOS = 5_000_000_000L;

  /** A node keeps 300 states of shards if it is not told otherwise; servers share that. */
  private static final int MOST_LISTED = 50;

  /** Suggestions are read again at most so often while the index changes. */
  private static final Duration MOST_FOR_SUGGESTIONS = Duration.ofMillis(500);

  private static final Duration SUGGESTIONS_REST = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger(OpenSearchEngine.class);

  private final OpenSearchClient client;
  private final Duration timeLimit;

  /** So many of the best hits of a search are ranked again. */
  private final int best;

  private final AtomicBoolean reading = new AtomicBoolean();

  /** Whether somebody looks for changes beside the searches; and who looks holds the lock. */
  private final AtomicBoolean looking = new AtomicBoolean();

  private final Object looks = new Object();

  /** States that cursors name and newer searches do not use, the newest first. */
  private final Deque<Snapshot> listed = new ArrayDeque<>();

  private volatile @Nullable Suggester suggester;
  private @Nullable Snapshot current;
  private long lookedAt;

  /** When a state was opened that lacks shards. */
  private volatile long lackedAt;

  private OpenSearchEngine(OpenSearchClient client, Duration timeLimit, int best) {
    this.best = best;
    this.client = client;
    this.timeLimit = timeLimit;
  }

  /**
   * Opens an index.
   *
   * @throws IndexException if nobody answers, there is no index, or one that this version cannot
   *     read
   */
  public static OpenSearchEngine open(OpenSearchSettings settings) {
    return open(settings, TIME_LIMIT);
  }

  /**
   * Opens an index as above.
   *
   * @param timeLimit how long one search may look; what it has not found by then it leaves out, and
   *     says so
   */
  public static OpenSearchEngine open(OpenSearchSettings settings, Duration timeLimit) {
    return open(settings, timeLimit, Ranker.BEST);
  }

  static OpenSearchEngine open(OpenSearchSettings settings, Duration timeLimit, int best) {
    OpenSearchClient client = OpenSearchClient.open(settings);
    try {
      OpenSearchEngine engine = new OpenSearchEngine(client, timeLimit, best);
      engine.acquire().release();
      return engine;
    } catch (RuntimeException e) {
      client.close();
      throw e;
    }
  }

  /** How many requests were sent to the cluster so far, those that look for changes included. */
  public long requests() {
    return client.requests();
  }

  /** Makes the newest state visible now rather than at the next look. */
  public synchronized void refresh() {
    lookedAt = 0;
    lackedAt = 0;
  }

  /**
   * The state that new searches see; to be released. While there are searches, others look for a
   * newer one meanwhile.
   */
  private Snapshot acquire() {
    synchronized (this) {
      Snapshot known = current;
      long since = System.nanoTime() - lookedAt;
      if (known != null && lookedAt != 0 && since < STALE_NANOS) {
        if (since > REFRESH_NANOS && looking.compareAndSet(false, true)) {
          Thread.ofVirtual().name("changes").start(this::look);
        }
        known.use();
        return known;
      }
    }
    return lookNow();
  }

  /** Looks for a newer state, and makes it the one that searches see. */
  private void look() {
    try {
      release(lookNow());
    } catch (RuntimeException e) {
      LOG.info("whether the index has changed cannot be told: {}", e.getMessage());
    } finally {
      looking.set(false);
    }
  }

  /** The newest state; to be released. */
  private Snapshot lookNow() {
    synchronized (looks) {
      Snapshot known;
      synchronized (this) {
        known = current;
        boolean isNew = lookedAt != 0 && System.nanoTime() - lookedAt < REFRESH_NANOS;
        if (known != null && isNew) {
          // Another has looked while this one waited.
          known.use();
          return known;
        }
        if (known != null) {
          known.use();
        }
      }
      long now = System.nanoTime();
      Snapshot newest;
      try {
        newest = newest(known);
      } catch (IndexException e) {
        if (known == null) {
          throw e;
        }
        // What was found out before is worth more than waiting for a node that does not answer.
        LOG.info("whether the index has changed cannot be told: {}", e.getMessage());
        now += LOOK_AGAIN_NANOS;
        newest = known;
      }
      synchronized (this) {
        lookedAt = now;
        if (known == newest) {
          return known;
        }
        Snapshot before = current;
        current = newest;
        newest.use();
        if (known != null) {
          release(known);
        }
        if (before != null) {
          retire(before);
        }
      }
      return newest;
    }
  }

  /** The newest state, which may be the one that is known. */
  private Snapshot newest(@Nullable Snapshot known) {
    OpenSearchClient.Patience patience =
        known == null
            ? new OpenSearchClient.Patience(timeLimit, client.settings().patience())
            : LOOK;
    OpenSearchIndex.Read read = OpenSearchIndex.allForReading(client, patience);
    String indices = String.join(",", read.open());
    String key = indices + read.closed() + ' ' + stateOf(indices, patience);
    Snapshot same = known != null && known.key().equals(key) ? known : null;
    if (same != null && (same.isWhole() || System.nanoTime() - lackedAt < LOOK_AGAIN_NANOS)) {
      return same;
    }
    Snapshot opened = Snapshot.open(client, read, key, patience);
    if (opened.isWhole()) {
      return opened;
    }
    lackedAt = System.nanoTime();
    opened.close();
    if (same != null) {
      return same;
    }
    // Older states take the room that it needs; who still searches one goes on with the new one.
    makeRoom(known);
    opened = Snapshot.open(client, read, key, patience);
    if (!opened.isWhole()) {
      LOG.warn("a part of the index cannot be searched: {}", opened.shards().why());
    }
    return opened;
  }

  private synchronized void makeRoom(@Nullable Snapshot known) {
    if (known != null) {
      known.close();
    }
    while (!listed.isEmpty()) {
      Snapshot one = listed.removeLast();
      one.close();
      release(one);
    }
  }

  /** What changes whenever a search may see something else: what is written, and what is shown. */
  private String stateOf(String indices, OpenSearchClient.Patience patience) {
    JsonNode found =
        client
            .ask("GET", "/" + indices + "/_stats/refresh?level=shards", null, patience)
            .path("indices");
    Map<String, String> states = new TreeMap<>();
    for (Map.Entry<String, JsonNode> index : found.properties()) {
      for (Map.Entry<String, JsonNode> shard : index.getValue().path("shards").properties()) {
        for (JsonNode copy : shard.getValue()) {
          states.put(
              index.getKey() + '/' + shard.getKey() + '@' + copy.at("/routing/node").asText(),
              copy.at("/seq_no/max_seq_no").asText()
                  + '/'
                  + copy.at("/refresh/external_total").asText());
        }
      }
    }
    return states.toString();
  }

  private synchronized void retire(Snapshot snapshot) {
    // A search that still uses it may give a cursor for it.
    if (snapshot.isListed() || snapshot.isShared()) {
      snapshot.forget();
      listed.addFirst(snapshot);
      if (listed.size() > MOST_LISTED) {
        release(listed.removeLast());
      }
    } else {
      release(snapshot);
    }
  }

  private static void release(Snapshot snapshot) {
    if (snapshot.release()) {
      snapshot.close();
    }
  }

  /** Gives a state up that the cluster has lost a part of. */
  private synchronized void giveUp(Snapshot snapshot) {
    if (snapshot.equals(current)) {
      current = null;
      release(snapshot);
    }
  }

  /** What is done with one snapshot of the index. */
  private interface Use<T> {
    T with(Session session) throws IOException;
  }

  /** Uses the newest state; once more on a newer one if the cluster lost a part of it. */
  private <T> T use(Deadline deadline, Use<T> use) throws IOException {
    Snapshot snapshot = acquire();
    try {
      return use.with(new Session(snapshot, deadline, true));
    } catch (LostSnapshotException e) {
      LOG.info("a snapshot of the index is lost; a newer one is used: {}", e.getMessage());
      giveUp(snapshot);
    } finally {
      release(snapshot);
    }
    Snapshot newer = acquire();
    try {
      return use.with(new Session(newer, deadline, false));
    } catch (LostSnapshotException e) {
      throw new IndexException(
          "OpenSearch at "
              + client.settings().addresses()
              + " lost the snapshot of the index it was asked about: "
              + e.getMessage()
              + "; ask again",
          e);
    } finally {
      release(newer);
    }
  }

  @Override
  public SearchPage search(SearchRequest request) throws IOException {
    return switch (request.mode()) {
      case WORDS, AUTO -> byWords(request);
      case BOTH -> byWords(request).withMeaning(SearchPage.Meaning.WORDS_ONLY);
      case MEANING -> SearchPage.nothing(request, SearchPage.Meaning.WORDS_ONLY);
    };
  }

  private SearchPage byWords(SearchRequest request) throws IOException {
    Filters.check(request);
    Deadline deadline = Deadline.in(timeLimit);
    if (request.cursor() == null) {
      return use(deadline, session -> new MomentSearch(session, request, null, best).run());
    }
    Cursor cursor = Cursor.decode(request.cursor(), request);
    Snapshot snapshot = viewOf(cursor);
    try {
      return new MomentSearch(new Session(snapshot, deadline, true), request, cursor, best).run();
    } catch (LostSnapshotException e) {
      if (e.isWhole()) {
        throw BadRequestException.expiredCursor();
      }
      LOG.info("a part of a state is lost; its list goes on with a newer one: {}", e.getMessage());
    } finally {
      release(snapshot);
    }
    return use(deadline, session -> new MomentSearch(session, request, cursor, best).run());
  }

  /** The state that a cursor names; to be released. */
  private synchronized Snapshot viewOf(Cursor cursor) {
    if (current != null && current.id().equals(cursor.state())) {
      current.use();
      return current;
    }
    for (Snapshot snapshot : listed) {
      if (snapshot.id().equals(cursor.state())) {
        snapshot.use();
        return snapshot;
      }
    }
    Snapshot snapshot = Snapshot.of(client, client.settings().index(), cursor.state());
    listed.addFirst(snapshot);
    if (listed.size() > MOST_LISTED) {
      release(listed.removeLast());
    }
    snapshot.use();
    return snapshot;
  }

  @Override
  public Map<String, Explanation> explain(SearchRequest request, Collection<String> momentIds)
      throws IOException {
    SearchRequest first = request.withCursor(null);
    return use(
        Deadline.in(timeLimit),
        session -> new MomentSearch(session, first, null, best).explain(momentIds));
  }

  @Override
  public List<EpisodeEntry> episodes(int from, int most) throws IOException {
    return use(
        Deadline.in(timeLimit),
        session -> {
          List<String> all = EpisodeEntries.newestFirst(session);
          int begin = Math.min(from, all.size());
          int end = begin + Math.min(most, all.size() - begin);
          Set<String> ids = new LinkedHashSet<>(all.subList(begin, end));
          return List.copyOf(EpisodeEntries.of(session, ids).values());
        });
  }

  @Override
  public OptionalInt place(String episodeId) throws IOException {
    int place =
        use(
            Deadline.in(timeLimit),
            session -> EpisodeEntries.newestFirst(session).indexOf(episodeId));
    return place < 0 ? OptionalInt.empty() : OptionalInt.of(place);
  }

  @Override
  public Optional<EpisodeEntry> episode(String id) throws IOException {
    return use(
        Deadline.NONE,
        session -> Optional.ofNullable(EpisodeEntries.of(session, Set.of(id)).get(id)));
  }

  @Override
  public List<StoredMoment> moments(String episodeId) throws IOException {
    return use(Deadline.in(timeLimit), session -> session.moments(episodeId));
  }

  @Override
  public List<StoredMoment> alternatives(String episodeId) throws IOException {
    return use(Deadline.in(timeLimit), session -> session.alternatives(episodeId));
  }

  @Override
  public Optional<byte[]> picture(String id) throws IOException {
    return use(Deadline.in(timeLimit), session -> session.picture(id));
  }

  @Override
  public List<Hit.Match> matches(String episodeId, SearchRequest request) throws IOException {
    return use(
        Deadline.in(timeLimit), session -> OutlineReader.matches(session, episodeId, request));
  }

  @Override
  public Map<String, Outline> outlines(SearchRequest request, List<String> episodeIds)
      throws IOException {
    return use(
        Deadline.in(timeLimit), session -> OutlineReader.outlines(session, request, episodeIds));
  }

  @Override
  public Trend trend(String phrase, Trend.By by, SearchRequest scope) throws IOException {
    return use(Deadline.in(timeLimit), session -> TrendReader.read(session, phrase, by, scope));
  }

  @Override
  public Optional<SpeakerProfile> speaker(String name) throws IOException {
    return use(Deadline.in(timeLimit), session -> ProfileReader.speaker(session, name));
  }

  @Override
  public Optional<ShowProfile> show(String name) throws IOException {
    return use(Deadline.in(timeLimit), session -> ProfileReader.show(session, name));
  }

  @Override
  public List<Suggestion> suggest(String typed, int limit) throws IOException {
    Suggester known = suggester;
    boolean due = known == null || System.nanoTime() - known.madeAt() > SUGGESTIONS_REST.toNanos();
    if (due && reading.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("suggestions").start(this::readSuggestions);
    }
    if (known == null) {
      return List.of();
    }
    Deadline deadline = Deadline.in(MOST_FOR_SUGGESTIONS);
    return use(
        deadline,
        session -> {
          OpenSearchIndexStatistics index = new OpenSearchIndexStatistics(session, new Dsl());
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
      use(
          Deadline.NONE,
          session -> {
            String key = session.snapshot().key();
            Suggester before = suggester;
            if (before != null && before.key().equals(key)) {
              suggester = new Suggester(before.suggestions(), key, System.nanoTime());
              return true;
            }
            if (before == null) {
              // The first somebody gets are those that are quick to gather.
              suggester = new Suggester(SuggestionReader.names(session), key, System.nanoTime());
            }
            suggester = new Suggester(SuggestionReader.all(session), key, System.nanoTime());
            return true;
          });
    } catch (IOException | RuntimeException e) {
      LOG.warn("there are no new suggestions; those of the snapshot before stay", e);
    } finally {
      reading.set(false);
    }
  }

  /** Suggestions, the snapshot of the index they are of, and when they were made. */
  private record Suggester(Suggestions suggestions, String key, long madeAt) {}

  /**
   * {@inheritDoc}
   *
   * <p>A cluster does not tell when an index was changed last; given is when this engine first saw
   * it as it is.
   */
  @Override
  public IndexStatus status() throws IOException {
    return use(
        Deadline.NONE,
        session -> {
          String indices = session.snapshot().indices();
          JsonNode stats =
              client.ask("GET", "/" + indices + "/_stats/store,indexing?level=shards", null);
          long generation = 0;
          for (JsonNode index : stats.path("indices")) {
            for (JsonNode shard : index.path("shards")) {
              long highest = 0;
              for (JsonNode copy : shard) {
                highest = Math.max(highest, copy.at("/seq_no/max_seq_no").asLong() + 1);
              }
              generation += highest;
            }
          }
          return new IndexStatus(
              (int) session.count(Json.object("exists", Json.object("field", Mapping.ENTRY))),
              (int) Math.min(Integer.MAX_VALUE, session.count(Dsl.moments())),
              generation,
              stats.at("/_all/primaries/store/size_in_bytes").asLong(),
              session.snapshot().opened());
        });
  }

  @Override
  public void close() {
    synchronized (this) {
      if (current != null) {
        release(current);
        current = null;
      }
      listed.forEach(OpenSearchEngine::release);
      listed.clear();
    }
    client.close();
  }
}
