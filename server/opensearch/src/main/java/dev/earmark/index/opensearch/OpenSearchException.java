package dev.earmark.index.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earmark.index.IndexException;

/** What a cluster said no to. The message names its address, what was asked, and why not. */
public final class OpenSearchException extends IndexException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final JsonNode error;

  OpenSearchException(int status, JsonNode error, String message) {
    super(message);
    this.status = status;
    this.error = error;
  }

  /** The status of the answer. */
  public int status() {
    return status;
  }

  /** OpenSearch's name of the error, such as {@code index_not_found_exception}; may be empty. */
  public String type() {
    return typeOf(error);
  }

  /** Why, as OpenSearch says it. */
  public String reason() {
    return reasonOf(error);
  }

  /** All that OpenSearch says about it. */
  public JsonNode error() {
    return error;
  }

  /** Whether the index takes no writes for now, as when a disk is full. */
  boolean isBlock() {
    return type().equals("cluster_block_exception");
  }

  /**
   * Whether a node was lost while the question was on its way to it; asked again, the cluster asks
   * another copy.
   */
  public boolean isLostNode() {
    return isLostNode(error);
  }

  /** Whether an error, or a part of it, is that a node was lost. */
  public static boolean isLostNode(JsonNode error) {
    String all = error.toString();
    return all.contains("node_disconnected_exception")
        || all.contains("node_not_connected_exception")
        || all.contains("node_closed_exception");
  }

  /** OpenSearch's name of an error in an answer or an item of one. */
  static String typeOf(JsonNode error) {
    return error.isTextual() ? "" : error.path("type").asText("");
  }

  /** Why, as OpenSearch says it, with what it was caused by. */
  static String reasonOf(JsonNode error) {
    if (error.isTextual()) {
      return error.asText();
    }
    StringBuilder reason = new StringBuilder(error.path("reason").asText("no reason given"));
    JsonNode cause = error.path("caused_by");
    for (int depth = 0; depth < 5 && cause.isObject(); depth++) {
      String more = cause.path("reason").asText("");
      if (!more.isEmpty() && reason.indexOf(more) < 0) {
        reason.append(": ").append(more);
      }
      cause = cause.path("caused_by");
    }
    return reason.toString();
  }
}
