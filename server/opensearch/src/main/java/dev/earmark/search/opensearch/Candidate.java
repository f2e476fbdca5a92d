package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earmark.schema.Schema;
import dev.earmark.search.rank.Diversifier;
import dev.earmark.search.rank.Lengths;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One of the best hits of the cluster, while it is put into its place.
 *
 * @param startMs when it starts; null if it is not placed
 * @param position the number of its first word
 * @param evidence what says how far to trust it, as {@link dev.earmark.schema.Evidence#code} has it
 * @param score what the cluster gives it
 * @param named the named parts of the query that it matches
 * @param sort its place in the order of the cluster
 */
record Candidate(
    String episode,
    int ordinal,
    @Nullable Long startMs,
    long position,
    int evidence,
    float score,
    Set<String> named,
    ArrayNode sort) {
  private static final int NOT_PLACED = -1;

  /**
   * The order in which the cluster gives hits: the best first. What else is read of each comes
   * behind its place, since it takes longer to fetch.
   */
  static ArrayNode order() {
    ObjectNode start = Session.ascending(Schema.START, "long");
    ((ObjectNode) start.path(Schema.START)).put("missing", NOT_PLACED);
    return Json.array(Json.object("_score", "desc"))
        .addAll(Session.byPlace())
        .add(start)
        .add(Session.ascending(Schema.POSITION, "long"))
        .add(Session.ascending(Schema.EVIDENCE, "long"));
  }

  static Candidate of(JsonNode hit) {
    JsonNode sort = hit.path("sort");
    long startMs = sort.path(3).asLong();
    return new Candidate(
        sort.path(1).asText(),
        sort.path(2).asInt(),
        startMs == NOT_PLACED ? null : startMs,
        sort.path(4).asLong(),
        sort.path(5).asInt(),
        (float) hit.path("_score").asDouble(),
        Session.named(hit),
        Json.array(sort.path(0), sort.path(1), sort.path(2)));
  }

  String id() {
    return Session.id(episode, ordinal);
  }

  boolean isPlaced() {
    return startMs != null;
  }

  /** Where it lies. */
  Diversifier.Place place() {
    return new Diversifier.Place(episode, isPlaced(), rankedStartMs());
  }

  /** When it starts, in the precision of ranking; comparable among placed ones, or others. */
  long rankedStartMs() {
    return startMs == null ? Lengths.readOutMs(position) : Lengths.startMs(startMs);
  }
}
