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

/** Turns Lucene's counts into the facets of an answer. */
final class Facets {
  private Facets() {}

  /**
   * The values of every facet, most frequent first, then by name; a chosen value is always among
   * them.
   *
   * @param lists which values are listed
   * @param counts null if there is nothing to count
   */
  static Map<String, List<FacetValue>> of(
      org.apache.lucene.facet.@Nullable Facets counts,
      Map<String, List<String>> chosen,
      FacetLists lists)
      throws IOException {
    Map<String, List<FacetValue>> facets = new LinkedHashMap<>();
    for (Field field : Schema.facets()) {
      List<String> selected = chosen.getOrDefault(field.name(), List.of());
      List<FacetValue> values = new ArrayList<>();
      for (LabelAndValue value : listed(counts, field, lists)) {
        boolean isChosen =
            selected.stream().anyMatch(one -> Snapshot.sameValue(field, one, value.label));
        values.add(new FacetValue(value.label, value.value.intValue(), isChosen));
      }
      for (String one : selected) {
        if (values.stream().noneMatch(value -> Snapshot.sameValue(field, value.value(), one))) {
          values.add(new FacetValue(one, count(counts, field, one), true));
        }
      }
      facets.put(field.name(), values);
    }
    return facets;
  }

  private static List<LabelAndValue> listed(
      org.apache.lucene.facet.@Nullable Facets counts, Field field, FacetLists lists)
      throws IOException {
    if (counts == null) {
      return List.of();
    }
    String beginning = lists.beginnings().get(field.name());
    FacetResult result =
        beginning == null
            ? counts.getTopChildren(lists.most(), field.name())
            : counts.getAllChildren(field.name());
    if (result == null) {
      return List.of();
    }
    if (beginning == null) {
      return List.of(result.labelValues);
    }
    String wanted = ' ' + Words.fold(beginning);
    return Arrays.stream(result.labelValues)
        .filter(value -> value.value.intValue() > 0)
        .filter(value -> (' ' + Words.fold(value.label)).contains(wanted))
        .sorted(
            Comparator.comparingInt((LabelAndValue value) -> -value.value.intValue())
                .thenComparing(value -> value.label))
        .limit(lists.most())
        .toList();
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
