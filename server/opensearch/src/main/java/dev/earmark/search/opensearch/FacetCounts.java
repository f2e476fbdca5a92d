package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earmark.index.opensearch.Mapping;
import dev.earmark.schema.Field;
import dev.earmark.schema.Schema;
import dev.earmark.search.SearchPage.FacetValue;
import dev.earmark.search.SearchRequest.FacetLists;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests facet counts and reads them from the answer.
 *
 * <p>Each shard returns its {@value #PER_SHARD} most frequent values of a facet, so counts are
 * exact unless a shard has more. An episode is on one shard, so its count is always exact.
 */
final class FacetCounts {
  private static final int PER_SHARD = 10_000;
  private static final int LISTED = 1_000;
  private static final int LISTED_TO_SEARCH = 10_000;

  /** Begins the name of counts among hits that have the values chosen of other facets. */
  private static final String OF_OTHERS = "of others: ";

  private final FacetLists lists;
  private final Map<String, List<String>> chosen;

  FacetCounts(FacetLists lists, Map<String, List<String>> chosen) {
    this.lists = lists;
    this.chosen = chosen;
  }

  /** The values that are chosen of other facets than one, as filters. */
  interface Others {
    List<ObjectNode> than(Field facet);
  }

  /** What a search is to count that also finds moments without the chosen values. */
  ObjectNode counting(Others others) {
    ObjectNode all = Json.object();
    for (Field field : Schema.facets()) {
      List<ObjectNode> filters = others.than(field);
      if (filters.isEmpty()) {
        all.setAll(counting(field));
      } else {
        // Facets of which nothing is chosen share one filter.
        String of = ofOthers(field);
        if (!all.has(of)) {
          all.set(of, Json.object("filter", Dsl.all(filters), "aggs", Json.object()));
        }
        ((ObjectNode) all.path(of).path("aggs")).setAll(counting(field));
      }
    }
    return all;
  }

  private String ofOthers(Field field) {
    return OF_OTHERS + (chosen.containsKey(field.name()) ? field.name() : "");
  }

  /** The aggregations that count each facet, of the answer to such a search. */
  Map<String, JsonNode> counts(JsonNode aggregations, Others others) {
    Map<String, JsonNode> counts = new HashMap<>();
    for (Field field : Schema.facets()) {
      counts.put(
          field.name(),
          others.than(field).isEmpty() ? aggregations : aggregations.path(ofOthers(field)));
    }
    return counts;
  }

  private ObjectNode counting(Field field) {
    ObjectNode aggregations = Json.object();
    boolean searched = lists.beginnings().containsKey(field.name());
    aggregations.set(
        field.name(),
        Json.object(
            "terms",
            Json.object(
                "field",
                field.name(),
                "size",
                searched ? LISTED_TO_SEARCH : LISTED,
                "shard_size",
                PER_SHARD)));
    List<String> selected = chosen.getOrDefault(field.name(), List.of());
    for (int i = 0; i < selected.size(); i++) {
      aggregations.set(
          field.name() + "." + i,
          Json.object(
              "filter", Dsl.terms(Mapping.lookedUp(field), List.of(field.key(selected.get(i))))));
    }
    return aggregations;
  }

  /** The facets of which there are more values than were given. */
  List<Field> longer(Map<String, JsonNode> counts) {
    return Schema.facets().stream()
        .filter(field -> !lists.beginnings().containsKey(field.name()))
        .filter(field ->
            counts
                    .getOrDefault(field.name(), Json.object())
                    .path(field.name())
                    .path("sum_other_doc_count")
                    .asLong()
                > 0)
        .toList();
  }

  /** Asks how many values a facet has. */
  static ObjectNode sizing(Field field) {
    return Json.object(
        "size",
        Json.object(
            "cardinality", Json.object("field", field.name(), "precision_threshold", LISTED)));
  }

  static int size(JsonNode answer) {
    return answer.at("/aggregations/size/value").asInt();
  }

  /** A value and how many moments have it. */
  record Count(String value, int count) {}

  /**
   * The values of buckets, the most frequent first; of several spellings of one value that which
   * most moments have.
   */
  static List<Count> joined(Field field, JsonNode buckets) {
    Map<String, Count> values = new LinkedHashMap<>();
    for (JsonNode bucket : buckets) {
      String value = bucket.path("key").asText();
      Count count = new Count(value, bucket.path("doc_count").asInt());
      values.merge(
          field.joinsSpellings() ? field.key(value) : value,
          count,
          (known, more) -> new Count(known.value(), known.count() + more.count()));
    }
    List<Count> all = new ArrayList<>(values.values());
    all.sort(Comparator.comparingInt(Count::count).reversed().thenComparing(Count::value));
    return all;
  }

  /** The facets that were read. */
  record Counted(Map<String, List<FacetValue>> values, Map<String, Integer> sizes) {}

  /**
   * Reads the facets.
   *
   * @param counts for each facet the aggregations of the search that counted it
   * @param longer how many values those have of which there are more
   */
  Counted read(Map<String, JsonNode> counts, Map<String, Integer> longer) {
    Map<String, List<FacetValue>> facets = new LinkedHashMap<>();
    Map<String, Integer> sizes = new LinkedHashMap<>();
    for (Field field : Schema.facets()) {
      JsonNode aggregations = counts.getOrDefault(field.name(), Json.object());
      List<String> selected = chosen.getOrDefault(field.name(), List.of());
      JsonNode counted = aggregations.path(field.name());
      List<FacetValue> values = new ArrayList<>();
      String beginning = lists.beginnings().get(field.name());
      String wanted = beginning == null ? "" : ' ' + Words.fold(beginning);
      int size = 0;
      for (Count bucket : joined(field, counted.path("buckets"))) {
        String value = bucket.value();
        if (beginning == null || (' ' + Words.fold(value)).contains(wanted)) {
          size++;
          if (values.size() < lists.most()) {
            boolean isChosen = selected.stream().anyMatch(one -> field.isSame(one, value));
            values.add(new FacetValue(value, bucket.count(), isChosen));
          }
        }
      }
      size = Math.max(size, longer.getOrDefault(field.name(), 0));
      for (int i = 0; i < selected.size(); i++) {
        String one = selected.get(i);
        if (values.stream().noneMatch(value -> field.isSame(value.value(), one))) {
          int count = aggregations.path(field.name() + "." + i).path("doc_count").asInt();
          values.add(new FacetValue(one, count, true));
          size += count == 0 ? 1 : 0;
        }
      }
      facets.put(field.name(), values);
      sizes.put(field.name(), Math.max(size, values.size()));
    }
    return new Counted(facets, sizes);
  }
}
