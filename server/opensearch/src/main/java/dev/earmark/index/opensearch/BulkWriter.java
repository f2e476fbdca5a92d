package dev.earmark.index.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earmark.index.IndexException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes documents into an index and sees that each is written.
 *
 * <p>What the cluster has no room for now is sent again after a pause, one document's refusal apart
 * from the others' success. Where the index takes no writes, because a disk is full, one waits for
 * somebody to make room ({@link WriteBlock}). Thread-safe.
 */
final class BulkWriter {
  private final OpenSearchClient client;
  private final String index;
  private final WriteBlock block;

  /**
   * A document to write or to take out.
   *
   * @param id what OpenSearch calls it
   * @param lines its lines in a bulk request
   */
  record Item(String id, byte[] lines) {}

  BulkWriter(OpenSearchClient client, String index, WriteBlock block) {
    this.client = client;
    this.index = index;
    this.block = block;
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
    Backoff backoff = new Backoff();
    while (true) {
      long now = System.nanoTime();
      Outcome outcome = attempt(left);
      if (outcome.again.isEmpty()) {
        block.taken(now);
        return;
      }
      if (outcome.again.size() < left.size()) {
        backoff = new Backoff();
      }
      left = outcome.again;
      if (outcome.blocked) {
        backoff.pause(block.refused(outcome.why));
        // Until the block is lifted, no time runs for what else may go wrong.
        deadline = now + client.settings().patience().toNanos();
      } else if (now > deadline) {
        throw new IndexException(
            "OpenSearch at "
                + client.settings().addresses()
                + " has no room for more: "
                + outcome.why
                + "; run the same command again when it has less to do");
      } else {
        backoff.pause(deadline);
      }
    }
  }

  /** What is to be sent again, and the reason of one of them. */
  private record Outcome(List<Item> again, boolean blocked, String why) {}

  private Outcome attempt(List<Item> items) {
    JsonNode answer;
    try {
      answer = client.bulk(index, joined(items));
    } catch (OpenSearchException e) {
      if (e.isBlock()) {
        return new Outcome(items, true, e.reason());
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
