package dev.earmark.index.opensearch;

import dev.earmark.corpus.Thumbnail;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.IndexException;
import dev.earmark.index.IndexSink;
import dev.earmark.schema.IndexedMoment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes episodes into an index of OpenSearch.
 *
 * <h2>What a reader sees, and what a crash leaves</h2>
 *
 * <p>While a sink is open the index does not refresh by itself, so that searches see the state of
 * the last {@link #commit}; at a commit no episode is half written. As all of an episode lies on
 * one shard, which refreshes in one step, a reader sees all of its old moments or all of its new
 * ones. There are two exceptions, since OpenSearch knows no transactions: a copy of a shard that
 * comes up after a node was lost shows what it has, and so does an index whose writer died, when
 * the next one opens it. Different shards refresh within moments of each other, not at once.
 *
 * <p>What is written has ids of its own making, so writing it again changes nothing. An episode's
 * entry, by whose fingerprint a run knows that it has nothing to do, is written when all of its
 * moments are; that of an episode being replaced loses its fingerprint before the first of them is.
 * So a run that died is made whole by running it again. Two writers at once do not harm the index
 * but may mix two readings of one episode; run one.
 *
 * <h2>Another schema</h2>
 *
 * <p>An index of an older schema is left as it is and goes on being read. {@link #known} tells its
 * episodes as ones that have changed, all are written to a new index beside it, and {@link #finish}
 * lets the name stand for that, in one step. If episodes are missing in it then, the old one stays
 * and the run says which; the next goes on from there. The index before is kept until the next
 * change of the schema, for servers that still read it.
 *
 * <p>Thread-safe as {@link IndexSink} asks. Memory is bounded: at most {@value #IN_FLIGHT} requests
 * of {@value #MOST_BYTES} bytes are under way; who replaces more waits.
 */
public final class OpenSearchIndexSink implements IndexSink {
  private static final Logger LOG = LoggerFactory.getLogger(OpenSearchIndexSink.class);

  static final int MOST_BYTES = 4 << 20;
  private static final int MOST_DOCUMENTS = 2_000;
  private static final int IN_FLIGHT = 4;
  private static final int ENTRIES_TOGETHER = 100;
  private static final int NAMES_SHOWN = 5;
  private static final int MOST_WORDS = 1 << 18;

  /** So many episodes of which it is remembered how many moments were written. */
  private static final int MOST_WRITTEN = 200_000;

  private final OpenSearchClient client;
  private final OpenSearchIndex.Version target;

  /** What is read until this is whole; null if readers see this one already. */
  private final OpenSearchIndex.@Nullable Version replaced;

  /** Whether {@link #written} tells all that the index holds. */
  private volatile boolean fresh;

  private final KnownEpisodes known;

  /** The episodes of the replaced index that are not taken over. */
  private final Set<String> removed = ConcurrentHashMap.newKeySet();

  /** The pictures that this sink has written. */
  private final Set<String> there = ConcurrentHashMap.newKeySet();

  /** Words to be written, which lie on all shards and not on that of an episode: many at once. */
  private final Queue<BulkWriter.Item> newWords = new ConcurrentLinkedQueue<>();

  /** The words that were written or met last. */
  private final Map<String, Boolean> words =
      new LinkedHashMap<>(1 << 12, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MOST_WORDS;
        }
      };

  private final Map<String, Integer> written = new ConcurrentHashMap<>();
  private final BulkWriter bulk;
  private final ExecutorService senders = Executors.newFixedThreadPool(IN_FLIGHT);
  private final Semaphore slots = new Semaphore(IN_FLIGHT, true);

  /** What is written of an episode when all else is: its entry, or that it is gone. */
  private final Queue<BulkWriter.Item> entries = new ConcurrentLinkedQueue<>();

  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

  /** Held for reading while an episode is handed over, for writing while a commit needs a rest. */
  private final ReadWriteLock handingOver = new ReentrantReadWriteLock(true);

  private final Queue<EpisodeLines> idleLines = new ConcurrentLinkedQueue<>();

  private OpenSearchIndexSink(
      OpenSearchClient client,
      OpenSearchIndex.Version target,
      OpenSearchIndex.@Nullable Version replaced,
      boolean fresh,
      BulkWriter bulk) {
    this.client = client;
    this.target = target;
    this.replaced = replaced;
    this.fresh = fresh;
    this.known =
        new KnownEpisodes(client, target.name(), replaced == null ? null : replaced.name());
    this.bulk = bulk;
  }

  /**
   * Opens the index that the settings name for writing, and makes it if there is none.
   *
   * @throws IndexException if nobody answers, the index is not ours, newer than this Earmark, of
   *     another number of shards than the settings say, or cannot be written
   */
  public static OpenSearchIndexSink open(OpenSearchSettings settings) {
    OpenSearchClient client = OpenSearchClient.open(settings);
    try {
      return open(client);
    } catch (RuntimeException e) {
      client.close();
      throw e;
    }
  }

  private static OpenSearchIndexSink open(OpenSearchClient client) {
    OpenSearchIndex.Version current = OpenSearchIndex.current(client).orElse(null);
    if (current == null) {
      OpenSearchIndex.Version made = OpenSearchIndex.create(client, true);
      return begin(client, made, null, true);
    }
    if (current.generation() > OpenSearchIndex.Version.CURRENT) {
      throw OpenSearchIndex.tooNew(client.settings(), current);
    }
    if (current.isCurrent()) {
      return begin(client, current, null, false);
    }
    OpenSearchIndex.Version unfinished =
        OpenSearchIndex.all(client).stream()
            .filter(OpenSearchIndex.Version::isCurrent)
            .reduce((older, newer) -> newer)
            .orElse(null);
    return unfinished == null
        ? begin(client, OpenSearchIndex.create(client, false), current, true)
        : begin(client, unfinished, current, false);
  }

  private static OpenSearchIndexSink begin(
      OpenSearchClient client,
      OpenSearchIndex.Version target,
      OpenSearchIndex.@Nullable Version replaced,
      boolean fresh) {
    OpenSearchIndex.requireDivision(client, target);
    OpenSearchIndex.requireShards(client, target);
    WriteBlock block = new WriteBlock(client, target.name());
    block.patiently(() -> {
      OpenSearchIndex.complete(client, target);
      OpenSearchIndex.refreshEvery(client, target, "-1");
    });
    OpenSearchIndex.refresh(client, target);
    return new OpenSearchIndexSink(
        client, target, replaced, fresh, new BulkWriter(client, target.name(), block));
  }

  @Override
  public Map<String, EpisodeEntry> known() {
    return known;
  }

  @Override
  public void lookUp(Collection<String> ids) {
    known.lookUp(ids);
  }

  @Override
  public void replace(
      EpisodeEntry entry, List<IndexedMoment> moments, List<IndexedMoment> alternatives)
      throws IOException {
    String id = entry.episode().id();
    handingOver.readLock().lock();
    try {
      int before = momentsOf(id);
      Shipment shipment = new Shipment();
      forget(id, before, shipment);
      EpisodeLines idle = idleLines.poll();
      EpisodeLines lines = idle == null ? new EpisodeLines() : idle;
      lines.moments(moments, shipment::add);
      lines.words(this::isNew, (word, line) -> newWords.add(new BulkWriter.Item(word, line)));
      idleLines.add(lines);
      takeOut(id, moments.size(), before, shipment);
      shipment.close(
          new BulkWriter.Item(EpisodeLines.entryId(id), EpisodeLines.entry(entry, alternatives)));
      written.put(id, Math.max(before, moments.size()));
      removed.remove(id);
      known.written(id);
    } finally {
      handingOver.readLock().unlock();
    }
  }

  @Override
  public void keep(Thumbnail picture) throws IOException {
    String id = picture.artwork().id();
    if (there.add(id)) {
      entries.add(new BulkWriter.Item(EpisodeLines.pictureId(id), EpisodeLines.picture(picture)));
    }
  }

  /** Whether a word was not written lately; it may be written again, which does no harm. */
  private boolean isNew(String word) {
    synchronized (words) {
      return words.put(word, true) == null;
    }
  }

  /** Takes out the pictures that no episode names. */
  private void dropPictures() throws IOException {
    boolean any = false;
    for (List<String> page :
        (Iterable<List<String>>) OpenSearchIndex.pictures(client, target.name())::iterator) {
      Set<String> gone = new HashSet<>(page);
      gone.removeAll(OpenSearchIndex.named(client, target.name(), page));
      for (String id : gone) {
        String picture = EpisodeLines.pictureId(id);
        entries.add(new BulkWriter.Item(picture, EpisodeLines.deletion(picture, id)));
      }
      there.removeAll(gone);
      any |= !gone.isEmpty();
    }
    if (any) {
      commit();
    }
  }

  @Override
  public void remove(String episodeId) throws IOException {
    handingOver.readLock().lock();
    try {
      int before = momentsOf(episodeId);
      Shipment shipment = new Shipment();
      forget(episodeId, before, shipment);
      takeOut(episodeId, 0, before, shipment);
      String entry = EpisodeLines.entryId(episodeId);
      shipment.close(new BulkWriter.Item(entry, EpisodeLines.deletion(entry, episodeId)));
      known.written(episodeId);
      if (replaced != null) {
        removed.add(episodeId);
      }
    } finally {
      handingOver.readLock().unlock();
    }
  }

  /** Takes the fingerprint from the entry of an episode that is about to be changed. */
  private void forget(String id, int before, Shipment shipment) throws IOException {
    EpisodeEntry old = known.get(id);
    if (before > 0 && old != null) {
      shipment.add(
          EpisodeLines.entryId(id), EpisodeLines.entry(KnownEpisodes.changed(old), List.of()));
    }
  }

  private static void takeOut(String id, int from, int to, Shipment shipment) throws IOException {
    for (int ordinal = from; ordinal < to; ordinal++) {
      String moment = EpisodeLines.momentId(id, ordinal);
      shipment.add(moment, EpisodeLines.deletion(moment, id));
    }
  }

  /**
   * How many moments the index may hold of an episode, also of one whose writer died before it
   * wrote the entry.
   */
  private int momentsOf(String id) {
    throwFailure();
    Integer now = written.get(id);
    if (now != null) {
      // Its documents may still be under way, and must not overtake each other.
      slots.acquireUninterruptibly(IN_FLIGHT);
      slots.release(IN_FLIGHT);
      return now;
    }
    return fresh ? 0 : OpenSearchIndex.moments(client, target.name(), id);
  }

  /**
   * The documents of an episode on their way, a request after the other.
   *
   * <p>They are handed to the senders as requests are full; a slot is taken for each, and given
   * back when it is written.
   */
  private final class Shipment {
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
    private List<BulkWriter.Item> items = new ArrayList<>();
    private int bytes;

    void add(String id, byte[] lines) {
      if (!items.isEmpty()
          && (bytes + lines.length > MOST_BYTES || items.size() == MOST_DOCUMENTS)) {
        send(null);
      }
      items.add(new BulkWriter.Item(id, lines));
      bytes += lines.length;
    }

    /** Sends the rest; then the entry, in time for the next commit. */
    void close(BulkWriter.Item entry) {
      send(entry);
    }

    private void send(BulkWriter.@Nullable Item entry) {
      List<BulkWriter.Item> request = items;
      items = new ArrayList<>();
      bytes = 0;
      slots.acquireUninterruptibly();
      last =
          last.thenRunAsync(
              () -> {
                try {
                  write(request, entry);
                } finally {
                  slots.release();
                }
              },
              senders);
    }
  }

  private void write(List<BulkWriter.Item> items, BulkWriter.@Nullable Item entry) {
    if (failure.get() != null) {
      return;
    }
    try {
      bulk.write(items);
      if (entry != null) {
        entries.add(entry);
        if (entries.size() >= ENTRIES_TOGETHER) {
          writeEntries();
        }
      }
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
    }
  }

  private void writeEntries() {
    writeAll(newWords);
    writeAll(entries);
  }

  private void writeAll(Queue<BulkWriter.Item> queue) {
    List<BulkWriter.Item> items = new ArrayList<>();
    for (BulkWriter.Item item = queue.poll(); item != null; item = queue.poll()) {
      items.add(item);
      if (items.size() == MOST_DOCUMENTS) {
        bulk.write(items);
        items = new ArrayList<>();
      }
    }
    bulk.write(items);
  }

  private void throwFailure() {
    RuntimeException first = failure.get();
    if (first != null) {
      throw first;
    }
  }

  @Override
  public void commit() throws IOException {
    handingOver.writeLock().lock();
    try {
      slots.acquireUninterruptibly(IN_FLIGHT);
      try {
        throwFailure();
        writeEntries();
        OpenSearchIndex.refresh(client, target);
        if (written.size() > MOST_WRITTEN) {
          // The index tells of these from now on.
          fresh = false;
          written.clear();
        }
      } finally {
        slots.release(IN_FLIGHT);
      }
    } finally {
      handingOver.writeLock().unlock();
    }
  }

  @Override
  public void finish() throws IOException {
    commit();
    dropPictures();
    if (replaced == null) {
      return;
    }
    AtomicLong missing = new AtomicLong();
    List<String> some = new ArrayList<>();
    known
        .notYetWritten()
        .flatMap(List::stream)
        .map(entry -> entry.episode().id())
        .filter(id -> !removed.contains(id))
        .forEach(id -> {
          if (missing.incrementAndGet() <= NAMES_SHOWN) {
            some.add(id);
          }
        });
    if (missing.get() > 0) {
      throw new IndexException(
          OpenSearchIndex.named(client.settings(), target)
              + " is not read yet: it lacks "
              + missing
              + " of the episodes of "
              + replaced.name()
              + " ("
              + String.join(", ", some)
              + (missing.get() > NAMES_SHOWN ? " …" : "")
              + "); index their PATHs as well, or take out with --prune what is gone; what is"
              + " written is kept");
    }
    OpenSearchIndex.refreshEvery(client, target, null);
    OpenSearchIndex.move(client, replaced, target);
    LOG.info("searches read {} now; {} is kept", target.name(), replaced.name());
    for (OpenSearchIndex.Version version : OpenSearchIndex.all(client)) {
      if (version.generation() <= replaced.generation() && !version.equals(replaced)) {
        OpenSearchIndex.delete(client, version);
      }
    }
  }

  @Override
  public void close() {
    failure.compareAndSet(
        null, new IndexException("the index " + target.name() + " is closed for writing"));
    senders.shutdownNow();
    try {
      OpenSearchIndex.refreshEvery(client, target, null);
    } catch (IndexException e) {
      LOG.warn(
          "the index {} shows what is new only when it is written again: {}",
          target.name(),
          e.getMessage());
    } finally {
      client.close();
    }
  }
}
