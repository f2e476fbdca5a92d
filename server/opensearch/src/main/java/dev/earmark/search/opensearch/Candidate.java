package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.earmark.schema.Schema;
import dev.earmark.search.rank.Diversifier;
import dev.earmark.search.rank.Lengths;
import java.util.List;
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
  /** What is read of it, as doc values; its place is in its sort. */
  static final List<String> COLUMNS = List.of(Schema.START, Schema.POSITION, Schema.EVIDENCE);

  static Candidate of(JsonNode hit) {
    JsonNode fields = hit.path("fields");
    JsonNode start = fields.path(Schema.START).path(0);
    return new Candidate(
        hit.path("sort").path(1).asText(),
        hit.path("sort").path(2).asInt(),
        start.isNumber() ? start.asLong() : null,
        fields.path(Schema.POSITION).path(0).asLong(),
        fields.path(Schema.EVIDENCE).path(0).asInt(),
        (float) hit.path("_score").asDouble(),
        Session.named(hit),
        (ArrayNode) hit.path("sort"));
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
