package dev.earmark.page;

import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchPage.FacetValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A list of all shows, speakers or topics.
 *
 * @param facet which: {@code show}, {@code speaker} or {@code topic}
 * @param title such as {@code Shows}
 * @param path the address of the list
 * @param beginning what the names listed, or a word in them, begin with; may be empty
 * @param total how many there are
 * @param listed how many of them can be paged through, if not all; may be empty
 * @param choices the names on this page, most frequent first
 * @param previous the page before; null on the first
 * @param next the page after; null on the last
 */
public record BrowseView(
    String facet,
    String title,
    String path,
    String beginning,
    String total,
    String listed,
    List<Choice> choices,
    @Nullable String previous,
    @Nullable String next) {
  private static final int A_PAGE = 100;

  static BrowseView of(String facet, String beginning, int page, SearchPage all) {
    List<FacetValue> values =
        all.facets().getOrDefault(facet, List.of()).stream()
            .filter(value -> value.count() > 0)
            .toList();
    int size = Math.max(values.size(), all.facetSizes().getOrDefault(facet, 0));
    int pages = Math.max(1, (values.size() + A_PAGE - 1) / A_PAGE);
    int shown = Math.min(page, pages);
    int from = (shown - 1) * A_PAGE;
    List<Choice> choices =
        values.subList(from, Math.min(values.size(), from + A_PAGE)).stream()
            .map(value ->
                Choice.link(
                    value.value(),
                    Labels.count(value.count(), "moment"),
                    PageAddress.of(facet, value.value())))
            .toList();
    return new BrowseView(
        facet,
        FacetView.title(facet) + "s",
        PageAddress.browse(facet),
        beginning,
        Labels.count(beginning.isEmpty() ? size : values.size(), facet),
        beginning.isEmpty() && size > values.size()
            ? "the "
                + Labels.number(values.size())
                + " most frequent are listed; find others by name"
            : "",
        choices,
        shown > 1 ? address(facet, beginning, shown - 1) : null,
        shown < pages ? address(facet, beginning, shown + 1) : null);
  }

  private static String address(String facet, String beginning, int page) {
    String path = PageAddress.browse(facet);
    Map<String, String> parameters = new LinkedHashMap<>();
    if (!beginning.isEmpty()) {
      parameters.put("q", beginning);
    }
    if (page > 1) {
      parameters.put("page", String.format(Locale.ROOT, "%d", page));
    }
    return parameters.isEmpty() ? path : path + SearchAddress.ofFacets(parameters).substring(1);
  }
}
