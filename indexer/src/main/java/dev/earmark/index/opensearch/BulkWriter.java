package dev.earmark.index.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earmark.index.IndexException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes documents into an index and sees that each is written.
 *
 * <p>What the cluster has no room for now is sent again after a pause, one document's refusal apart
 * from the others' success. Where the index takes no writes, because a disk is full, one waits for
 * somebody to make room. Thread-safe.
 */
final class BulkWriter {
  private static final Logger LOG = LoggerFactory.getLogger(BulkWriter.class);

  private final OpenSearchClient client;
  private final String index;

  /**
   * A document to write or to take out.
   *
   * @param id what OpenSearch calls it
   * @param lines its lines in a bulk request
   */
  record Item(String id, byte[] lines) {}

  BulkWriter(OpenSearchClient client, String index) {
    this.client = client;
    this.index = index;
  }

  /**
   * Writes documents, and returns when they are.
   *
   * @throws IndexException if one is refused, or the patience of the settings ends
   */
  void write(List<Item> items) {
    if (items.isEmpty()) {
      return;
    }
    List<Item> left = items;
    long deadline = System.nanoTime() + client.settings().patience().toNanos();
    long blockDeadline = 0;
    Backoff backoff = new Backoff();
    while (true) {
      Outcome outcome = attempt(left);
      if (outcome.again.isEmpty()) {
        if (blockDeadline != 0) {
          LOG.info("the index {} takes writes again; indexing goes on", index);
        }
        return;
      }
      if (outcome.again.size() < left.size()) {
        backoff = new Backoff();
      }
      left = outcome.again;
      long now = System.nanoTime();
      if (outcome.blocked) {
        if (blockDeadline == 0) {
          blockDeadline = now + client.settings().blockPatience().toNanos();
          LOG.warn("{}; waiting {} for that", blocked(outcome.why), inWords());
        }
        if (now > blockDeadline) {
          throw new IndexException(
              blocked(outcome.why)
                  + ", then run the same command again; what is written already is kept");
        }
        // Until the block is lifted, no time runs for what else may go wrong.
        deadline = now + client.settings().patience().toNanos();
        backoff.pause(blockDeadline);
      } else {
        if (now > deadline) {
          throw new IndexException(
              "OpenSearch at "
                  + client.settings().addresses()
                  + " has no room for more: "
                  + outcome.why
                  + "; run the same command again when it has less to do");
        }
        backoff.pause(deadline);
      }
    }
  }

  private String blocked(String why) {
    return "the index "
        + index
        + " at "
        + client.settings().addresses()
        + " takes no writes ("
        + why
        + "); make room on the disks of the cluster, or take the block back if it was set by hand";
  }

  private String inWords() {
    Duration patience = client.settings().blockPatience();
    return patience.toMinutes() > 1 ? patience.toMinutes() + " min" : patience.toSeconds() + " s";
  }

  /** What is to be sent again, and the reason of one of them. */
  private record Outcome(List<Item> again, boolean blocked, String why) {}

  private Outcome attempt(List<Item> items) {
    JsonNode answer;
    try {
      answer = client.bulk(index, joined(items));
    } catch (OpenSearchException e) {
      if (e.isBlock()) {
        return new Outcome(items, true, String.valueOf(e.getMessage()));
      }
      throw e;
    }
    List<Item> again = new ArrayList<>();
    boolean blocked = false;
    String why = "";
    JsonNode results = answer.path("items");
    for (int i = 0; i < items.size(); i++) {
      JsonNode result = results.path(i).path("index");
      if (result.isMissingNode()) {
        result = results.path(i).path("delete");
      }
      JsonNode error = result.path("error");
      int status = result.path("status").asInt();
      if (error.isMissingNode() && (status / 100 == 2 || status == 404)) {
        // What is to be gone and is not there is gone.
        continue;
      }
      boolean block = OpenSearchException.typeOf(error).equals("cluster_block_exception");
      if (!block && !OpenSearchClient.mayPass(status)) {
        throw refused(items.get(i), status, error);
      }
      again.add(items.get(i));
      blocked |= block;
      why = OpenSearchException.reasonOf(error);
    }
    return new Outcome(again, blocked, why);
  }

  private IndexException refused(Item item, int status, JsonNode error) {
    int end = item.id().lastIndexOf('#');
    String ordinal = item.id().substring(end + 1);
    return new IndexException(
        (ordinal.isEmpty() ? "the entry" : "moment " + ordinal)
            + " of episode "
            + item.id().substring(0, end)
            + " is refused by "
            + index
            + " at "
            + client.settings().addresses()
            + " ("
            + status
            + " "
            + OpenSearchException.reasonOf(error)
            + "); if its fields were changed, name another index, or delete this one and index"
            + " anew");
  }

  private static byte[] joined(List<Item> items) {
    int length = 0;
    for (Item item : items) {
      length += item.lines.length;
    }
    byte[] all = new byte[length];
    int at = 0;
    for (Item item : items) {
      System.arraycopy(item.lines, 0, all, at, item.lines.length);
      at += item.lines.length;
    }
    return all;
  }
}
