package dev.earmark.page;

import dev.earmark.index.EpisodeEntry;
import dev.earmark.model.Artwork;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchPage.FacetValue;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A list of all shows, speakers, topics or episodes.
 *
 * @param facet which: {@code show}, {@code speaker}, {@code topic} or {@code episode}
 * @param title such as {@code Shows}
 * @param path the address of the list
 * @param beginning what the names listed, or a word in them, begin with; may be empty
 * @param total how many there are
 * @param listed how many of them can be paged through, if not all; may be empty
 * @param choices the names on this page, most frequent first
 * @param pictures of those that have one, by name
 * @param sheets where one is among the pages
 */
public record BrowseView(
    String facet,
    String title,
    String path,
    String beginning,
    String total,
    String listed,
    List<Choice> choices,
    Map<String, Artwork> pictures,
    Sheets sheets) {
  static final String EPISODES = "/episodes";

  static BrowseView of(
      String facet, String beginning, int page, SearchPage all, Map<String, Artwork> pictures) {
    List<FacetValue> values =
        all.facets().getOrDefault(facet, List.of()).stream()
            .filter(value -> value.count() > 0)
            .toList();
    int size = Math.max(values.size(), all.facetSizes().getOrDefault(facet, 0));
    List<Choice> choices =
        Sheets.part(values, page).stream()
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
        pictures,
        Sheets.of(page, values.size(), address(facet, beginning)));
  }

  /** The list of all episodes, in the order given. */
  static BrowseView ofEpisodes(List<EpisodeEntry> all, int page) {
    List<EpisodeLine> lines =
        Sheets.part(all, page).stream().map(entry -> EpisodeLine.of(entry.episode(), "")).toList();
    return new BrowseView(
        "episode",
        "Episodes",
        EPISODES,
        "",
        Labels.count(all.size(), "episode"),
        "",
        lines.stream()
            .map(line ->
                Choice.link(
                    line.title(),
                    Stream.of(line.show(), line.date(), line.duration())
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(", ")),
                    line.page()))
            .toList(),
        Map.of(),
        Sheets.of(page, all.size(), EPISODES));
  }

  private static String address(String facet, String beginning) {
    String path = PageAddress.browse(facet);
    return beginning.isEmpty() ? path : PageAddress.with(path, "q", beginning);
  }
}
