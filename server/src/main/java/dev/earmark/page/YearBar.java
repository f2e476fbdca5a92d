package dev.earmark.page;

import dev.earmark.search.SearchPage.FacetValue;
import dev.earmark.search.SearchRequest;
import java.time.LocalDate;
import java.time.Year;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A year of the small drawing that dates are chosen by.
 *
 * @param year such as 2026
 * @param height in pixels, of {@value #HEIGHT}
 * @param address the search, in that year alone
 * @param title what it says when it is pointed at
 */
public record YearBar(int year, int height, String address, String title) {
  public static final int HEIGHT = 40;

  /** The years of what is found, those without anything between them too; empty if it is one. */
  static List<YearBar> of(List<FacetValue> years, SearchRequest request) {
    TreeMap<Integer, Integer> counts = new TreeMap<>();
    for (FacetValue value : years) {
      if (value.count() > 0 && value.value().matches("\\d{4}")) {
        counts.put(Integer.valueOf(value.value()), value.count());
      }
    }
    if (counts.size() < 2) {
      return List.of();
    }
    int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(1);
    SearchAddress address = new SearchAddress(request);
    return IntStream.rangeClosed(counts.firstKey(), counts.lastKey())
        .mapToObj(year -> {
          int count = counts.getOrDefault(year, 0);
          return new YearBar(
              year,
              count == 0 ? 0 : Math.max(2, Math.round((float) HEIGHT * count / most)),
              address.between(LocalDate.of(year, 1, 1), Year.of(year).atMonth(12).atEndOfMonth()),
              year + ": " + Labels.count(count, "moment"));
        })
        .toList();
  }
}
