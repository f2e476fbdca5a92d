package dev.earmark.index.opensearch;

import dev.earmark.index.IndexException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Pauses between attempts: each of a random length up to a bound that doubles, so that many who
 * were turned away together do not come back together. Not thread-safe.
 */
final class Backoff {
  private static final long FIRST_MS = 50;
  private static final long LONGEST_MS = 5_000;

  private long boundMs = FIRST_MS;

  /** Waits before the next attempt, but not past the deadline, a {@link System#nanoTime()}. */
  void pause(long deadline) {
    long leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    long ms = Math.min(ThreadLocalRandom.current().nextLong(1, boundMs + 1), leftMs + 1);
    boundMs = Math.min(LONGEST_MS, boundMs * 2);
    try {
      TimeUnit.MILLISECONDS.sleep(Math.max(1, ms));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IndexException("the wait for OpenSearch was interrupted", e);
    }
  }
}
