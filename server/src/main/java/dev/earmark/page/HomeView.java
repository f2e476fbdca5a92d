package dev.earmark.page;

import dev.earmark.index.EpisodeEntry;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchPage.FacetValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The first page: where to begin.
 *
 * @param examples searches that find something here
 * @param recent the latest episodes
 * @param more how many episodes there are beside those
 * @param starts facets to start from
 * @param total how much there is to search
 */
public record HomeView(
    List<Choice> examples,
    List<EpisodeLine> recent,
    long more,
    List<FacetView> starts,
    String total) {
  private static final int VALUES = 14;

  /** The facets that tell a newcomer what is here. */
  private static final List<String> STARTS = List.of("topic", "speaker", "show", "kind");

  static HomeView of(List<EpisodeEntry> recent, int episodes, SearchPage all) {
    List<FacetView> starts = new ArrayList<>();
    for (String facet : STARTS) {
      List<FacetValue> values = all.facets().getOrDefault(facet, List.of());
      if (!values.isEmpty()) {
        starts.add(
            new FacetView(
                facet,
                FacetView.title(facet),
                values.stream()
                    .limit(VALUES)
                    .map(value ->
                        Choice.link(
                            FacetView.label(facet, value.value(), Map.of()),
                            Labels.number(value.count()),
                            address(facet, value.value())))
                    .toList(),
                List.of(),
                "",
                true));
      }
    }
    return new HomeView(
        Examples.of(all),
        EpisodeLine.listed(
            recent.stream().map(entry -> EpisodeLine.of(entry.episode(), "")).toList()),
        episodes - recent.size(),
        starts,
        Labels.count(all.total(), "moment"));
  }

  private static String address(String facet, String value) {
    return switch (facet) {
      case "speaker" -> PageAddress.speaker(value);
      case "show" -> PageAddress.show(value);
      case "topic" -> PageAddress.topic(value);
      default -> SearchAddress.ofFacet(facet, value);
    };
  }
}
