package dev.earmark.index.opensearch;

import dev.earmark.index.IndexException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits while an index takes no writes because a disk is full, says so once, and goes on when
 * somebody has made room. Thread-safe.
 */
final class WriteBlock {
  private static final Logger LOG = LoggerFactory.getLogger(WriteBlock.class);

  private final OpenSearchClient client;
  private final String index;

  /** Since when there is a block, by {@link System#nanoTime()}; meaningless while there is none. */
  private long since;

  private boolean blocked;

  WriteBlock(OpenSearchClient client, String index) {
    this.client = client;
    this.index = index;
  }

  /** Makes a change, as soon as the index takes it. */
  void patiently(Runnable change) {
    Backoff backoff = new Backoff();
    while (true) {
      long begun = System.nanoTime();
      try {
        change.run();
        taken(begun);
        return;
      } catch (OpenSearchException e) {
        if (!e.isBlock()) {
          throw e;
        }
        backoff.pause(refused(e.reason()));
      }
    }
  }

  /**
   * Notes that a write was refused.
   *
   * @param why as OpenSearch says it
   * @return when the patience ends
   * @throws IndexException if it has ended
   */
  synchronized long refused(String why) {
    String message =
        "the index "
            + index
            + " at "
            + client.settings().addresses()
            + " takes no writes ("
            + why
            + "): make room on the disks of the cluster, or take the block back if it was set by hand";
    long now = System.nanoTime();
    if (!blocked) {
      blocked = true;
      since = now;
      LOG.warn("{}; indexing waits {} for that", message, inWords());
    }
    long deadline = since + client.settings().blockPatience().toNanos();
    if (now > deadline) {
      throw new IndexException(
          message + "; then run the same command again, what is written already is kept");
    }
    return deadline;
  }

  /**
   * Notes that a write was taken.
   *
   * @param begun when it was sent: one from before the block says nothing about it
   */
  synchronized void taken(long begun) {
    if (blocked && begun > since) {
      blocked = false;
      LOG.info("the index {} takes writes again, and indexing goes on", index);
    }
  }

  private String inWords() {
    Duration patience = client.settings().blockPatience();
    return patience.toMinutes() > 1 ? patience.toMinutes() + " min" : patience.toSeconds() + " s";
  }
}
