package dev.earmark.http;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets in as many requests as can be worked on at once, lets a few more wait a moment, and turns
 * the rest away.
 *
 * <p>Answering takes a core, so more at once would only make all of them late: a client that is
 * told at once to come back is served better than one that waits for everybody. Thread-safe.
 */
final class Gate {
  private final Semaphore working;
  private final Semaphore waiting;
  private final long patienceMs;

  Gate(int atOnce, int waitingAtMost, long patienceMs) {
    this.working = new Semaphore(atOnce, true);
    this.waiting = new Semaphore(waitingAtMost);
    this.patienceMs = patienceMs;
  }

  /** How long somebody may have to wait at most. */
  long patienceMs() {
    return patienceMs;
  }

  /** Whether the caller may go on; it must {@link #leave} if so. */
  boolean enter() {
    if (working.tryAcquire()) {
      return true;
    }
    if (!waiting.tryAcquire()) {
      return false;
    }
    try {
      return working.tryAcquire(patienceMs, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      waiting.release();
    }
  }

  void leave() {
    working.release();
  }
}
