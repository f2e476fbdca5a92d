package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.earmark.index.opensearch.Mapping;
import dev.earmark.index.opensearch.MomentPlace;
import dev.earmark.search.rank.Diversifier;
import dev.earmark.search.rank.Lengths;
import java.util.Set;

/**
 * One of the best hits of the cluster, while it is put into its place.
 *
 * @param place the value of {@link Mapping#PLACE}
 * @param score what the cluster gives it
 * @param named the named parts of the query that it matches
 */
record Candidate(String place, MomentPlace moment, float score, Set<String> named) {
  /** Reads a hit, of which {@link Mapping#PLACE} was asked for. */
  static Candidate of(JsonNode hit) {
    String place = hit.path("fields").path(Mapping.PLACE).path(0).asText();
    return new Candidate(
        place, MomentPlace.read(place), (float) hit.path("_score").asDouble(), Session.named(hit));
  }

  /** The order of hits that is the same wherever they lie: the best first. */
  static ArrayNode order() {
    return Json.array(Json.object("_score", "desc"), Session.byPlace());
  }

  /** Where it stands in that order. */
  ArrayNode sort() {
    return Json.array(score, place);
  }

  String episode() {
    return moment.episode();
  }

  int ordinal() {
    return moment.ordinal();
  }

  int evidence() {
    return moment.evidence();
  }

  String id() {
    return Session.id(moment);
  }

  /** Where it lies. */
  Diversifier.Place at() {
    Long startMs = moment.startMs();
    // In the precision of ranking; comparable among placed ones, or others.
    return new Diversifier.Place(
        episode(),
        startMs != null,
        startMs == null ? Lengths.readOutMs(moment.position()) : Lengths.startMs(startMs));
  }
}
