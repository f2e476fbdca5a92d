package dev.earmark.search.lucene;

import java.time.Duration;

/**
 * When a search must be done.
 *
 * <p>Asked now and then by whoever may take long; whoever finds it passed gives what there is. Used
 * by the one thread of a search.
 */
final class Deadline {
  private final Duration limit;
  private final long end;
  private boolean passed;

  private Deadline(Duration limit) {
    this.limit = limit;
    this.end = System.nanoTime() + limit.toNanos();
  }

  static Deadline in(Duration limit) {
    return new Deadline(limit);
  }

  /** Whether time is up; once it was, it stays so. */
  boolean hasPassed() {
    if (!passed && System.nanoTime() - end > 0) {
      passed = true;
    }
    return passed;
  }

  /** Whether somebody found that time was up, so that an answer may lack something. */
  boolean cutShort() {
    return passed;
  }

  Duration limit() {
    return limit;
  }
}
