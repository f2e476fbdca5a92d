package dev.earmark.search.lucene;

import dev.earmark.model.Words;
import dev.earmark.schema.Field;
import dev.earmark.schema.Schema;
import dev.earmark.search.SearchPage.FacetValue;
import dev.earmark.search.SearchRequest.FacetLists;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.facet.FacetResult;
import org.apache.lucene.facet.LabelAndValue;
import org.jspecify.annotations.Nullable;

/**
 * The facets of an answer, from Lucene's counts.
 *
 * @param values of each facet those listed
 * @param sizes how many values each facet has in all, listed or not
 */
record Facets(Map<String, List<FacetValue>> values, Map<String, Integer> sizes) {

  /**
   * The values of every facet, most frequent first, then by name; a chosen value is always among
   * them.
   *
   * @param lists which values are listed
   * @param counts null if there is nothing to count
   */
  static Facets of(
      org.apache.lucene.facet.@Nullable Facets counts,
      Map<String, List<String>> chosen,
      FacetLists lists)
      throws IOException {
    Map<String, List<FacetValue>> facets = new LinkedHashMap<>();
    Map<String, Integer> sizes = new LinkedHashMap<>();
    for (Field field : Schema.facets()) {
      List<String> selected = chosen.getOrDefault(field.name(), List.of());
      List<FacetValue> values = new ArrayList<>();
      Listed listed = listed(counts, field, lists);
      int size = listed.ofAll();
      for (LabelAndValue value : listed.values()) {
        boolean isChosen =
            selected.stream().anyMatch(one -> Snapshot.sameValue(field, one, value.label));
        values.add(new FacetValue(value.label, value.value.intValue(), isChosen));
      }
      for (String one : selected) {
        if (values.stream().noneMatch(value -> Snapshot.sameValue(field, value.value(), one))) {
          int count = count(counts, field, one);
          values.add(new FacetValue(one, count, true));
          size += count == 0 ? 1 : 0;
        }
      }
      facets.put(field.name(), values);
      sizes.put(field.name(), Math.max(size, values.size()));
    }
    return new Facets(facets, sizes);
  }

  /** Some values, and how many there are. */
  private record Listed(List<LabelAndValue> values, int ofAll) {}

  private static Listed listed(
      org.apache.lucene.facet.@Nullable Facets counts, Field field, FacetLists lists)
      throws IOException {
    if (counts == null) {
      return new Listed(List.of(), 0);
    }
    String beginning = lists.beginnings().get(field.name());
    FacetResult result =
        beginning == null
            ? counts.getTopChildren(lists.most(), field.name())
            : counts.getAllChildren(field.name());
    if (result == null) {
      return new Listed(List.of(), 0);
    }
    if (beginning == null) {
      return new Listed(List.of(result.labelValues), result.childCount);
    }
    String wanted = ' ' + Words.fold(beginning);
    List<LabelAndValue> all =
        Arrays.stream(result.labelValues)
            .filter(value -> value.value.intValue() > 0)
            .filter(value -> (' ' + Words.fold(value.label)).contains(wanted))
            .sorted(
                Comparator.comparingInt((LabelAndValue value) -> -value.value.intValue())
                    .thenComparing(value -> value.label))
            .toList();
    return new Listed(all.subList(0, Math.min(lists.most(), all.size())), all.size());
  }

  private static int count(
      org.apache.lucene.facet.@Nullable Facets counts, Field field, String value)
      throws IOException {
    if (counts == null) {
      return 0;
    }
    try {
      return Math.max(0, counts.getSpecificValue(field.name(), value).intValue());
    } catch (IllegalArgumentException noSuchDimension) {
      return 0;
    }
  }
}
