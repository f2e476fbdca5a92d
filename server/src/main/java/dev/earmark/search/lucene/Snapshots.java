package dev.earmark.search.lucene;

import dev.earmark.index.IndexException;
import dev.earmark.index.lucene.LuceneIndex;
import dev.earmark.search.rank.RankingModel;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherLifetimeManager;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshots of an index on disk: the newest one, and those that cursors still need.
 *
 * <p>Checks for a new commit twice a second, so what another process indexes shows up without a
 * restart. A snapshot closes when its last user releases it. Thread-safe.
 */
final class Snapshots implements Closeable {
  /** How long a snapshot is kept for cursors after a newer one has come. */
  static final int CURSOR_SECONDS = 900;

  private static final long REFRESH_MS = 500;

  /** Who opens an index for one search only is gone by then; see {@link #warmUp}. */
  private static final long FIRST_REST = TimeUnit.SECONDS.toNanos(2);

  /** After preparing a snapshot it rests so many times as long, while commits come and come. */
  private static final int REST = 9;

  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

  private final Directory directory;
  private final SearcherManager manager;
  private final Upkeep upkeep;
  private final SearcherLifetimeManager lifetimes = new SearcherLifetimeManager();
  private final ScheduledExecutorService refresher;

  /** Used by the refresher only. */
  private @Nullable Snapshot newest;

  private boolean prepared;
  private long restUntil = System.nanoTime() + FIRST_REST;

  private Snapshots(Directory directory, SearcherManager manager, Upkeep upkeep) {
    this.upkeep = upkeep;
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
   * @param upkeep is told of snapshots as they come and are replaced
   * @throws IndexException if there is none in the folder, or one that this version cannot read
   */
  static Snapshots open(Path folder, RankingModel ranking, Upkeep upkeep) throws IOException {
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
      SearcherFactory factory =
          new SearcherFactory() {
            @Override
            public IndexSearcher newSearcher(IndexReader newer, @Nullable IndexReader previous)
                throws IOException {
              return new Snapshot((DirectoryReader) newer, ranking).searcher();
            }
          };
      return new Snapshots(directory, new SearcherManager(reader, factory), upkeep);
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private void refreshQuietly() {
    try {
      manager.maybeRefresh();
      lifetimes.prune(new SearcherLifetimeManager.PruneByAge(CURSOR_SECONDS));
      useNewest(snapshot -> {
        lookAfter(snapshot);
        return true;
      });
    } catch (IOException | RuntimeException e) {
      LOG.warn("the index could not be refreshed; answers come from the snapshot before", e);
    }
  }

  private void lookAfter(Snapshot snapshot) throws IOException {
    Snapshot before = newest;
    if (!snapshot.equals(before)) {
      newest = snapshot;
      prepared = false;
      if (before != null) {
        upkeep.replaced(before);
      }
    }
    long start = System.nanoTime();
    if (!prepared && start - restUntil >= 0) {
      upkeep.prepare(snapshot);
      prepared = true;
      restUntil = System.nanoTime() + REST * (System.nanoTime() - start);
    }
  }

  /**
   * Prepares the newest snapshot now: whoever opened the index is going to be asked for long. Not
   * where the only core would be taken from the first who asks.
   */
  void warmUp() {
    if (Runtime.getRuntime().availableProcessors() == 1) {
      return;
    }
    refresher.execute(() -> {
      restUntil = System.nanoTime();
      refreshQuietly();
    });
  }

  /** Opens the newest commit now rather than at the next look. */
  void refresh() throws IOException {
    manager.maybeRefreshBlocking();
  }

  /** What is done in the background, beside the answers. */
  interface Upkeep {
    /** Works out what searches of the newest snapshot will need. */
    void prepare(Snapshot newest) throws IOException;

    /** A newer one has come; only cursors still lead to this one. */
    void replaced(Snapshot older);
  }

  /** What is done with a snapshot. */
  interface Use<T> {
    T with(Snapshot snapshot) throws IOException;
  }

  /** Uses the newest snapshot. */
  <T> T useNewest(Use<T> use) throws IOException {
    IndexSearcher searcher = manager.acquire();
    try {
      return use.with(Snapshot.of(searcher));
    } finally {
      manager.release(searcher);
    }
  }

  /** Keeps a snapshot for a cursor, and gives the name that it is kept under. */
  long keep(Snapshot snapshot) throws IOException {
    return lifetimes.record(snapshot.searcher());
  }

  /** Uses a snapshot that was kept; null if it has expired. */
  <T extends @Nullable Object> @Nullable T useKept(long kept, Use<T> use) throws IOException {
    IndexSearcher searcher = lifetimes.acquire(kept);
    if (searcher == null) {
      return null;
    }
    try {
      return use.with(Snapshot.of(searcher));
    } finally {
      lifetimes.release(searcher);
    }
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
