package dev.earmark.search.spoken;

import java.time.Duration;

/**
 * When a search must be done.
 *
 * <p>Asked now and then by whoever may take long. Between moments a search that finds it passed
 * gives what there is; amid one it throws {@link PassedException}, so that nobody takes half a look
 * for a whole one and remembers it. Used by the one thread of a search.
 */
public final class Deadline {
  /** For what is bounded by itself, or remembered and so must be whole. */
  public static final Deadline NONE = new Deadline(Duration.ofDays(10_000));

  private final Duration limit;
  private final long end;
  private boolean passed;

  private Deadline(Duration limit) {
    this.limit = limit;
    this.end = System.nanoTime() + limit.toNanos();
  }

  /** Time was up amid a look. */
  public static final class PassedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PassedException() {
      super("a search took longer than it may", null, false, false);
    }
  }

  public static Deadline in(Duration limit) {
    return new Deadline(limit);
  }

  /** Whether time is up; once it was, it stays so. */
  public boolean hasPassed() {
    if (!passed && System.nanoTime() - end > 0) {
      passed = true;
    }
    return passed;
  }

  /** How many milliseconds are left; 0 if time is up. */
  public long leftMs() {
    return hasPassed() ? 0 : (end - System.nanoTime()) / 1_000_000;
  }

  /**
   * Goes on only if there is time left.
   *
   * @throws PassedException if there is none
   */
  public void check() {
    if (hasPassed()) {
      throw new PassedException();
    }
  }

  /** Whether somebody found that time was up, so that an answer may lack something. */
  public boolean cutShort() {
    return passed;
  }

  public Duration limit() {
    return limit;
  }
}
