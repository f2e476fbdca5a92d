package dev.earmark.vector;

import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How far the vectors of an index are made. Thread-safe. */
public final class EmbeddingProgress {
  private static final long LEAST_NANOS = 1_000_000_000L;
  private static final long MS_A_MINUTE = 60_000;

  /**
   * How far it is.
   *
   * @param done moments whose vector is made
   * @param total moments that are to have one: those in a language that the model reads
   * @param etaMs how long the rest will take, in milliseconds; null while nobody can tell
   */
  public record State(int done, int total, @Nullable Long etaMs) {

    /** In a line for a person: {@code 412 of 3,054 moments have meaning, about 4 min left}. */
    public String describe() {
      String read = String.format(Locale.ROOT, "%,d of %,d moments have meaning", done, total);
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

  private final LongSupplier clock;
  private boolean running;
  private int done;
  private int total;
  private int first;
  private long since;

  /** Of a run that has not begun. */
  public EmbeddingProgress() {
    this(System::nanoTime);
  }

  EmbeddingProgress(LongSupplier clock) {
    this.clock = clock;
  }

  /** A run begins, with so many done and so many to have one in the end. */
  public synchronized void begin(int doneBefore, int ofAll) {
    running = true;
    done = doneBefore;
    first = doneBefore;
    total = ofAll;
    since = clock.getAsLong();
  }

  /** One more is made. */
  public synchronized void made() {
    done++;
  }

  /** The run is over, whether it went well or not. */
  public synchronized void end() {
    running = false;
  }

  /** How far the run is; empty if none goes on. */
  public synchronized Optional<State> state() {
    return running ? Optional.of(new State(done, total, etaMs())) : Optional.empty();
  }

  private @Nullable Long etaMs() {
    long nanos = clock.getAsLong() - since;
    if (done == first || nanos < LEAST_NANOS) {
      return null;
    }
    return Math.round(nanos / (double) (done - first) * (total - done) / 1_000_000);
  }
}
