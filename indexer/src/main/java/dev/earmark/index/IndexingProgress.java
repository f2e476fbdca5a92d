package dev.earmark.index;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a run of the indexer.
 *
 * <p>The time left is estimated from the last {@value #WINDOW_SECONDS} seconds, since unchanged
 * episodes take no time and new ones much. Thread-safe.
 */
public final class IndexingProgress implements Indexer.Progress {
  static final int WINDOW_SECONDS = 20;
  private static final long WINDOW_NANOS = WINDOW_SECONDS * 1_000_000_000L;

  /** The pace of less than this is no pace yet. */
  private static final long LEAST_NANOS = 1_000_000_000L;

  private static final long MS_A_MINUTE = 60_000;

  /**
   * The state of a run.
   *
   * @param done episodes that are read, or need not be
   * @param total all episodes; null while they are still being looked for
   * @param words read so far
   * @param etaMs how long the rest will take, in milliseconds; null while nobody can tell
   */
  public record State(int done, @Nullable Integer total, long words, @Nullable Long etaMs) {

    /** In a line for a person: {@code 412 of 3,054 episodes read, about 4 min left}. */
    public String describe() {
      if (total == null) {
        return "looking for episodes";
      }
      String read = String.format(Locale.ROOT, "%,d of %,d episodes read", done, total);
      if (etaMs == null || done >= total) {
        return read;
      }
      long seconds = Math.max(1, Math.round(etaMs / 1000.0));
      return read
          + (etaMs < MS_A_MINUTE
              ? ", about " + seconds + " s left"
              : ", about " + Math.round(etaMs / (double) MS_A_MINUTE) + " min left");
    }
  }

  private record Mark(long atNanos, int done) {}

  private final LongSupplier clock;
  private final Deque<Mark> marks = new ArrayDeque<>();
  private boolean running;
  private int done;
  private @Nullable Integer total;
  private long words;

  /** Of a run that has not begun. */
  public IndexingProgress() {
    this(System::nanoTime);
  }

  IndexingProgress(LongSupplier clock) {
    this.clock = clock;
  }

  /** A run begins: its episodes are being looked for. */
  @Override
  public synchronized void begin() {
    running = true;
    done = 0;
    total = null;
    words = 0;
    marks.clear();
  }

  @Override
  public synchronized void found(int episodes) {
    total = episodes;
    marks.add(new Mark(clock.getAsLong(), 0));
  }

  @Override
  public synchronized void episode(String id, int nowDone, int of, long nowWords) {
    // Several threads tell, and not always in order.
    done = Math.max(done, nowDone);
    words = Math.max(words, nowWords);
    total = of;
    marks.add(new Mark(clock.getAsLong(), done));
    forget();
  }

  @Override
  public synchronized void end() {
    running = false;
  }

  /** How far the run is; empty if none goes on. */
  public synchronized Optional<State> state() {
    return running ? Optional.of(new State(done, total, words, etaMs())) : Optional.empty();
  }

  private @Nullable Long etaMs() {
    Mark first = marks.peekFirst();
    if (first == null || total == null || done == first.done()) {
      return null;
    }
    long nanos = clock.getAsLong() - first.atNanos();
    if (nanos < LEAST_NANOS) {
      return null;
    }
    double nanosEach = nanos / (double) (done - first.done());
    return Math.round(nanosEach * (total - done) / 1_000_000);
  }

  /** Keeps one mark from before the window, so that it is always whole. */
  private void forget() {
    long from = clock.getAsLong() - WINDOW_NANOS;
    while (marks.size() > 2) {
      Mark first = marks.removeFirst();
      Mark second = marks.getFirst();
      if (second.atNanos() > from) {
        marks.addFirst(first);
        return;
      }
    }
  }
}
