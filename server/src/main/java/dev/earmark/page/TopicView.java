package dev.earmark.page;

import dev.earmark.search.SearchPage;
import dev.earmark.text.Words;
import java.util.List;
import java.util.Map;

/**
 * The page of a topic.
 *
 * @param name as it is written
 * @param facts how much there is about it, each a few words
 * @param everything all about it, as a search
 * @param said how often its name is said
 * @param speakers who speaks about it
 * @param shows where it comes up
 * @param related what comes up with it
 * @param groups its episodes, and the best of each
 */
public record TopicView(
    String name,
    List<String> facts,
    String everything,
    String said,
    List<Choice> speakers,
    List<Choice> shows,
    List<Choice> related,
    List<ResultsView.Group> groups) {
  private static final int MOST = 12;

  static TopicView of(String name, SearchPage page, List<ResultsView.Group> groups) {
    return new TopicView(
        name,
        List.of(
            Labels.count(page.total(), "moment"),
            Labels.count(Math.max(0, page.episodes()), "episode")),
        SearchAddress.ofFacet("topic", name),
        PageAddress.trends(name, "month"),
        choices(page, "speaker", name),
        choices(page, "show", name),
        page.facets().getOrDefault("topic", List.of()).stream()
            .filter(value -> !Words.fold(value.value()).equals(Words.fold(name)))
            .limit(MOST)
            .map(value ->
                Choice.link(
                    value.value(), Labels.number(value.count()), PageAddress.topic(value.value())))
            .toList(),
        groups);
  }

  private static List<Choice> choices(SearchPage page, String facet, String topic) {
    return page.facets().getOrDefault(facet, List.of()).stream()
        .limit(MOST)
        .map(value ->
            Choice.link(
                value.value(),
                Labels.number(value.count()),
                SearchAddress.ofFacets(Map.of("topic", topic, facet, value.value()))))
        .toList();
  }
}
