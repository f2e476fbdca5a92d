package dev.earmark.search.spoken;

import dev.earmark.search.RequestBudget;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The end of a search: a point in time, or the end of the request's {@linkplain RequestBudget
 * processor time}.
 *
 * <p>Long-running code checks it regularly. Between moments, a search past its deadline returns
 * what it has. Within a moment it throws {@link PassedException}, so that a partial result is never
 * cached as a whole one. Confined to the thread of its search.
 */
public final class Deadline {
  /** For what is bounded by itself, or remembered and so must be whole. */
  public static final Deadline NONE = new Deadline(Duration.ofDays(10_000), null);

  /** Time is looked at every so many steps, a power of two: some hundred microseconds. */
  private static final int STEPS = 1 << 10;

  private final Duration limit;
  private final @Nullable RequestBudget budget;
  private final long end;
  private boolean passed;
  private boolean narrowed;
  private int steps;

  private Deadline(Duration limit, @Nullable RequestBudget budget) {
    this.limit = limit;
    this.budget = budget;
    this.end = System.nanoTime() + limit.toNanos();
  }

  /** Time ran out within a moment. */
  public static final class PassedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PassedException() {
      super("a search took longer than it may", null, false, false);
    }
  }

  /** That of a search that begins now, within the budget of the request this thread works on. */
  public static Deadline in(Duration limit) {
    return new Deadline(limit, RequestBudget.current());
  }

  /** Whether time is up; once it was, it stays so. */
  public boolean hasPassed() {
    if (!passed && (System.nanoTime() - end > 0 || (budget != null && budget.isSpent()))) {
      passed = true;
      if (budget != null) {
        budget.cut();
      }
    }
    return passed;
  }

  /**
   * Whether half of the time is up: what only widens a search ends then, so that there is time left
   * to search. Who ends so says so in the answer.
   */
  public boolean isHalfway() {
    boolean is =
        hasPassed()
            || end - System.nanoTime() < limit.toNanos() / 2
            || (budget != null && budget.hasUsed(0.5));
    if (is && budget != null) {
      budget.cut();
    }
    return is;
  }

  /** Takes note that something was left out, so that there was time for the rest. */
  public void narrowed() {
    // That of nobody in particular is shared, and says nothing of any search.
    if (this != NONE) {
      narrowed = true;
      if (budget != null) {
        budget.cut();
      }
    }
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

  /**
   * Counts a step of a search: whoever reads the index calls it for each document or occurrence, so
   * that many who read a little each are bounded like one who reads much.
   *
   * @throws PassedException if there is no time left
   */
  public void step() {
    // That of nobody in particular is stepped by several threads, and never ends.
    if (this != NONE && (++steps & (STEPS - 1)) == 0) {
      check();
    }
  }

  /** Whether something was left out for want of time, so that an answer may lack something. */
  public boolean cutShort() {
    return passed || narrowed;
  }

  /** The message for an answer that was cut short. */
  public String message() {
    return budget != null && (narrowed || budget.isSpent())
        ? budget.message()
        : "this takes longer than the "
            + limit.toMillis()
            + " ms a search may take; there may be more than was found";
  }
}
