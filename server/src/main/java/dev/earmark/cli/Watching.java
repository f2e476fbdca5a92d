package dev.earmark.cli;

import dev.earmark.corpus.ChangeWatch;
import dev.earmark.corpus.CorpusLocation;
import dev.earmark.index.IndexException;
import dev.earmark.index.IndexSummary;
import dev.earmark.index.Indexer;
import dev.earmark.index.IndexingProgress;
import dev.earmark.standing.StandingSearches;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an index up to date with its paths while it is served: looks for changed files every half
 * second, or less often where looking takes long, and at feeds every quarter of an hour.
 *
 * <p>What fails is logged and tried again at the next change. Thread-safe.
 */
final class Watching implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watching.class);
  private static final long LEAST_MS = 500;
  private static final long SEND_MS = 10_000;
  private static final long FEEDS_MS = TimeUnit.MINUTES.toMillis(15);

  /** Looking may take one part in so many of the time. */
  private static final int SHARE = 10;

  private final List<CorpusLocation> locations;
  private final IndexPlace index;
  private final boolean allowPrivate;
  private final Meaning meaning;

  /** One at a time makes vectors; each looks for all that lack one. */
  private final ExecutorService making =
      Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "meaning");
        thread.setDaemon(true);
        return thread;
      });

  private final IndexingProgress progress = new IndexingProgress();
  private final ReentrantLock updating = new ReentrantLock();
  private @Nullable ScheduledExecutorService timer;

  Watching(
      List<CorpusLocation> locations, IndexPlace index, boolean allowPrivate, Meaning meaning) {
    this.meaning = meaning;
    this.locations = locations;
    this.index = index;
    this.allowPrivate = allowPrivate;
  }

  /** Begins to look for changes. */
  void begin() {
    List<Path> paths =
        locations.stream()
            .filter(CorpusLocation.Local.class::isInstance)
            .map(location -> ((CorpusLocation.Local) location).path())
            .toList();
    ScheduledExecutorService scheduler =
        // One looks and reads, the other sends: neither waits for the other.
        Executors.newScheduledThreadPool(
            2,
            task -> {
              Thread thread = new Thread(task, "watch");
              thread.setDaemon(true);
              return thread;
            });
    timer = scheduler;
    var unusedTask =
        scheduler.scheduleWithFixedDelay(
            this::sendQuietly, SEND_MS, SEND_MS, TimeUnit.MILLISECONDS);
    if (!paths.isEmpty()) {
      look(scheduler, new ChangeWatch(paths, index.files()), LEAST_MS);
    }
    if (paths.size() < locations.size()) {
      var unused =
          scheduler.scheduleWithFixedDelay(
              this::updateQuietly, FEEDS_MS, FEEDS_MS, TimeUnit.MILLISECONDS);
    }
  }

  private void look(ScheduledExecutorService scheduler, ChangeWatch watch, long delayMs) {
    var unused =
        scheduler.schedule(
            () -> {
              long start = System.nanoTime();
              boolean changed = watch.changed();
              long tookMs = (System.nanoTime() - start) / 1_000_000;
              if (changed) {
                updateQuietly();
              }
              look(scheduler, watch, Math.max(LEAST_MS, tookMs * SHARE));
            },
            delayMs,
            TimeUnit.MILLISECONDS);
  }

  /** What standing searches could not send is tried again. */
  private void sendQuietly() {
    try {
      StandingCommand.sendDue(index);
    } catch (IOException | CommandFailedException e) {
      LOG.warn("what standing searches found could not be sent: {}", e.getMessage());
    }
  }

  private void updateQuietly() {
    try {
      update()
          .ifPresent(summary -> {
            if (summary.added() + summary.changed() + summary.removed() > 0) {
              Indexing.print(summary, System.err);
            }
          });
    } catch (IOException | IndexException e) {
      LOG.warn("the index could not be brought up to date: {}", e.getMessage());
    }
  }

  /** The folder of the feeds of the standing searches of the index. */
  Path feeds() {
    return StandingSearches.beside(index.files()).folder();
  }

  /** How far the run is that goes on; empty if none does. */
  Optional<IndexingProgress.State> progress() {
    return progress.state();
  }

  /**
   * Indexes what is new and changed, and takes nothing out.
   *
   * @throws IndexException if the index cannot be written
   */
  IndexSummary read() throws IOException {
    updating.lock();
    try {
      return run(Indexer.Prune.KEEP);
    } finally {
      updating.unlock();
    }
  }

  private IndexSummary run(Indexer.Prune prune) throws IOException {
    try {
      return Indexing.run(
          locations,
          index,
          prune,
          allowPrivate,
          progress,
          ProgressPrinter.Form.forPeople(),
          meaning,
          System.err);
    } finally {
      makeVectors();
    }
  }

  /** Makes the vectors that moments lack, behind all else. */
  void makeVectors() {
    if (meaning.embedder() == null || making.isShutdown()) {
      return;
    }
    making.execute(() -> {
      try {
        meaning.make(updating, making::isShutdown);
      } catch (IOException | IndexException e) {
        LOG.warn("meanings could not be made: {}", e.getMessage());
      }
    });
  }

  /** Brings the index up to date now; empty if that is being done already. */
  Optional<IndexSummary> update() throws IOException {
    if (!updating.tryLock()) {
      return Optional.empty();
    }
    try {
      return Optional.of(run(Indexer.Prune.UP_TO_HALF));
    } finally {
      updating.unlock();
    }
  }

  @Override
  public void close() {
    making.shutdown();
    meaning.stop();
    if (timer != null) {
      timer.shutdownNow();
    }
  }
}
