package dev.earmark.search;

import dev.earmark.model.Episode;
import dev.earmark.query.NotUnderstood;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An answer.
 *
 * @param text the query as it was given
 * @param notUnderstood what of it could not be read
 * @param total how many moments match, and how many paging would list
 * @param nearTotal how many of these have a word of the query only nearly: misheard or mistyped
 * @param tookMs how long the search took, in milliseconds
 * @param hits this page of them; empty if they were asked for by episode
 * @param groups this page of episodes, if they were asked for
 * @param episodes how many episodes the matches lie in; -1 if that was not asked for
 * @param facets for each facet its values, most frequent first; a chosen value is always there
 * @param facetSizes for each facet how many values it has in all, listed or not
 * @param didYouMean a query that would find more, if words of this one are never said; or null
 * @param next where to go on, or null on the last page
 */
public record SearchPage(
    String text,
    List<NotUnderstood> notUnderstood,
    long total,
    long nearTotal,
    double tookMs,
    List<Hit> hits,
    List<Group> groups,
    int episodes,
    Map<String, List<FacetValue>> facets,
    Map<String, Integer> facetSizes,
    @Nullable String didYouMean,
    @Nullable String next) {

  /** How many moments match as the query has it, in any form of its words. */
  public long exactTotal() {
    return total - nearTotal;
  }

  /**
   * An episode and the best of its hits.
   *
   * @param episode the recording
   * @param total how many of its moments match
   * @param hits the best of them
   */
  public record Group(Episode episode, int total, List<Hit> hits) {}

  /**
   * A value of a facet.
   *
   * @param value as it is shown and filtered by
   * @param count how many moments there would be with this value chosen
   * @param selected whether it is chosen
   */
  public record FacetValue(String value, int count, boolean selected) {}

  /** The ids of all moments on the page. */
  public List<String> momentIds() {
    return Stream.concat(hits.stream(), groups.stream().flatMap(group -> group.hits().stream()))
        .map(hit -> hit.moment().id())
        .toList();
  }
}
