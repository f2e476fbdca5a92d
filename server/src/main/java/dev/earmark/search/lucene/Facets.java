package dev.earmark.search.lucene;

import dev.earmark.schema.Field;
import dev.earmark.schema.Schema;
import dev.earmark.search.SearchPage.FacetValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.facet.FacetResult;
import org.apache.lucene.facet.LabelAndValue;
import org.jspecify.annotations.Nullable;

/** Turns Lucene's counts into the facets of an answer. */
final class Facets {
  private static final int VALUES = 100;

  private Facets() {}

  /**
   * The values of every facet, most frequent first, then by name; a chosen value is always among
   * them.
   *
   * @param counts null if there is nothing to count
   */
  static Map<String, List<FacetValue>> of(
      org.apache.lucene.facet.@Nullable Facets counts, Map<String, List<String>> chosen)
      throws IOException {
    Map<String, List<FacetValue>> facets = new LinkedHashMap<>();
    for (Field field : Schema.facets()) {
      List<String> selected = chosen.getOrDefault(field.name(), List.of());
      List<FacetValue> values = new ArrayList<>();
      FacetResult result = counts == null ? null : counts.getTopChildren(VALUES, field.name());
      if (result != null) {
        for (LabelAndValue value : result.labelValues) {
          boolean isChosen =
              selected.stream().anyMatch(one -> Snapshot.sameValue(field, one, value.label));
          values.add(new FacetValue(value.label, value.value.intValue(), isChosen));
        }
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
