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
 */
record Candidate(
    String episode,
    int ordinal,
    @Nullable Long startMs,
    long position,
    int evidence,
    float score,
    Set<String> named) {
  /** What has to be asked for of a hit. */
  static final List<String> FIELDS =
      List.of(Schema.EPISODE, Schema.ORDINAL, Schema.START, Schema.POSITION, Schema.EVIDENCE);

  static Candidate of(JsonNode hit) {
    JsonNode fields = hit.path("fields");
    JsonNode start = fields.path(Schema.START).path(0);
    return new Candidate(
        fields.path(Schema.EPISODE).path(0).asText(),
        fields.path(Schema.ORDINAL).path(0).asInt(),
        start.isMissingNode() ? null : start.asLong(),
        fields.path(Schema.POSITION).path(0).asLong(),
        fields.path(Schema.EVIDENCE).path(0).asInt(),
        (float) hit.path("_score").asDouble(),
        Session.named(hit));
  }

  /** The order of hits that is the same wherever they lie: the best first. */
  static ArrayNode order() {
    return Json.array(Json.object("_score", "desc")).addAll(Session.byPlace());
  }

  /** Where it stands in that order. */
  ArrayNode sort() {
    return Json.array(score, episode, ordinal);
  }

  /** Where hits of a score begin in that order. */
  static ArrayNode before(float score) {
    return Json.array(score, "", 0);
  }

  String id() {
    return Session.id(episode, ordinal);
  }

  /** Where it lies. */
  Diversifier.Place place() {
    // In the precision of ranking; comparable among placed ones, or others.
    return new Diversifier.Place(
        episode,
        startMs != null,
        startMs == null ? Lengths.readOutMs(position) : Lengths.startMs(startMs));
  }
}
