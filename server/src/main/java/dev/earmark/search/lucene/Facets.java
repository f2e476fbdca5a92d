package dev.earmark.search.lucene;

import dev.earmark.schema.Field;
import dev.earmark.schema.Schema;
import dev.earmark.search.SearchPage.FacetValue;
import dev.earmark.search.SearchRequest.FacetLists;
import dev.earmark.search.lucene.FacetCounts.Count;
import dev.earmark.text.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The facets of an answer.
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
   */
  static Facets of(FacetCounts counts, Map<String, List<String>> chosen, FacetLists lists)
      throws IOException {
    Map<String, List<FacetValue>> facets = new LinkedHashMap<>();
    Map<String, Integer> sizes = new LinkedHashMap<>();
    for (Field field : Schema.facets()) {
      List<String> selected = chosen.getOrDefault(field.name(), List.of());
      List<FacetValue> values = new ArrayList<>();
      Listed listed = listed(counts, field, lists);
      int size = listed.ofAll();
      for (Count value : listed.values()) {
        boolean isChosen = selected.stream().anyMatch(one -> field.isSame(one, value.value()));
        values.add(new FacetValue(value.value(), value.count(), isChosen));
      }
      for (String one : selected) {
        if (values.stream().noneMatch(value -> field.isSame(value.value(), one))) {
          int count = counts.count(field.name(), one);
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
  private record Listed(List<Count> values, int ofAll) {}

  private static Listed listed(FacetCounts counts, Field field, FacetLists lists)
      throws IOException {
    String beginning = lists.beginnings().get(field.name());
    if (beginning == null) {
      return new Listed(counts.top(field.name(), lists.most()), counts.size(field.name()));
    }
    String wanted = ' ' + Words.fold(beginning);
    List<Count> all =
        counts.all(field.name()).stream()
            .filter(value -> (' ' + Words.fold(value.value())).contains(wanted))
            .sorted(Comparator.comparingInt(Count::count).reversed().thenComparing(Count::value))
            .toList();
    return new Listed(all.subList(0, Math.min(lists.most(), all.size())), all.size());
  }
}
