package dev.earmark.search;

import dev.earmark.model.Episode;
import dev.earmark.query.NotUnderstood;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An answer.
 *
 * @param text the query as it was given
 * @param notUnderstood what of it could not be read
 * @param total how many moments match in words; paging lists these and those of {@code
 *     meaningTotal}
 * @param exactTotal how many of these match as the query has it, in any form of its words
 * @param nearTotal how many have a word of the query only nearly, misheard or misspelt, within what
 *     is asked for, whether they are listed or not
 * @param looserTotal how many more moments have only some of what is asked for; {@code match=any}
 *     lists them
 * @param meaningTotal how many more are listed that no word matches, for what they mean
 * @param meaning what there was to find by meaning; null if nobody asked
 * @param meant how many of {@code total} have all that has to come together; fewer than all only
 *     inside one episode, where those that have some come after them
 * @param matched what of the query has to be met together; null if it is no more than one thing
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
    long exactTotal,
    long nearTotal,
    long looserTotal,
    long meaningTotal,
    @Nullable Meaning meaning,
    long meant,
    @Nullable Matched matched,
    double tookMs,
    List<Hit> hits,
    List<Group> groups,
    int episodes,
    Map<String, List<FacetValue>> facets,
    Map<String, Integer> facetSizes,
    @Nullable String didYouMean,
    @Nullable String next) {

  /** The answer of what knows words only. */
  public SearchPage(
      String text,
      List<NotUnderstood> notUnderstood,
      long total,
      long exactTotal,
      long nearTotal,
      long looserTotal,
      long meant,
      @Nullable Matched matched,
      double tookMs,
      List<Hit> hits,
      List<Group> groups,
      int episodes,
      Map<String, List<FacetValue>> facets,
      Map<String, Integer> facetSizes,
      @Nullable String didYouMean,
      @Nullable String next) {
    this(
        text,
        notUnderstood,
        total,
        exactTotal,
        nearTotal,
        looserTotal,
        0,
        null,
        meant,
        matched,
        tookMs,
        hits,
        groups,
        episodes,
        facets,
        facetSizes,
        didYouMean,
        next);
  }

  /** The answer to a request for which nothing is listed, for want of what was asked for. */
  public static SearchPage nothing(SearchRequest request, Meaning meaning) {
    return new SearchPage(
            request.query().text(),
            request.query().notUnderstood(),
            0,
            0,
            0,
            0,
            0,
            null,
            0,
            List.of(),
            List.of(),
            request.byEpisode() ? 0 : -1,
            Map.of(),
            Map.of(),
            null,
            null)
        .withMeaning(meaning);
  }

  /** The same page, which says what there was to find by meaning. */
  public SearchPage withMeaning(@Nullable Meaning told) {
    return new SearchPage(
        text,
        notUnderstood,
        total,
        exactTotal,
        nearTotal,
        looserTotal,
        meaningTotal,
        told,
        meant,
        matched,
        tookMs,
        hits,
        groups,
        episodes,
        facets,
        facetSizes,
        didYouMean,
        next);
  }

  /** The same page with other hits on it. */
  SearchPage withHits(List<Hit> others) {
    return new SearchPage(
        text,
        notUnderstood,
        total,
        exactTotal,
        nearTotal,
        looserTotal,
        meaningTotal,
        meaning,
        meant,
        matched,
        tookMs,
        others,
        groups,
        episodes,
        facets,
        facetSizes,
        didYouMean,
        next);
  }

  /** How many moments paging lists. */
  public long listed() {
    return total + meaningTotal;
  }

  /**
   * What there was to find by meaning.
   *
   * @param vectors how many moments can be found by it so far
   * @param moments how many there are
   * @param used whether the query was compared with them
   * @param question whether the query asks something that passages may answer
   * @param lacking what is missing and why, in sentences for people; empty if nothing is
   */
  public record Meaning(
      int vectors, int moments, boolean used, boolean question, List<String> lacking) {
    /** That of a cluster: a plugin that finds vectors is not there in every one. */
    public static final Meaning WORDS_ONLY =
        new Meaning(
            0,
            0,
            false,
            false,
            List.of("a cluster has words only; nothing is found by meaning in it"));

    public Meaning {
      lacking = List.copyOf(lacking);
    }
  }

  /** What a moment had to have, in one sentence; empty if the query has one part. */
  public String sentence() {
    if (matched == null) {
      return "";
    }
    return total == 0 && matched.rule() == Matched.Rule.SOME
        ? "nothing has any of: " + String.join(", ", matched.words())
        : matched.sentence();
  }

  /** Whether what is only near is among what is listed. */
  public boolean listsNear() {
    return meant > exactTotal;
  }

  /**
   * What a moment had to have to be listed.
   *
   * @param words what was looked for, in the order of the query, without words of grammar
   * @param rule how much of it
   */
  public record Matched(List<String> words, Rule rule) {

    /** How much of what is asked for a moment had to have. */
    public enum Rule {
      ALL,
      /** A good part of the weight, within a short stretch of speech; of long queries. */
      MUCH,
      /** As much as any moment has, since none has all. */
      SOME,
      ANY;

      /** The name in the API. */
      public String id() {
        return name().toLowerCase(Locale.ROOT);
      }
    }

    public Matched {
      words = List.copyOf(words);
    }

    /**
     * Whether a moment has to have all, or as much as a long query needs.
     *
     * @param matched null where a query has one part
     */
    public static boolean hasAll(@Nullable Matched matched) {
      return matched == null || matched.rule() != Rule.SOME;
    }

    /** The rule in words: "all of: buy, chips". */
    public String sentence() {
      String list = String.join(", ", words);
      return switch (rule) {
        case ALL -> "all of: " + list;
        case MUCH -> "much of: " + list;
        case SOME -> "nothing has all of: " + list + "; this has most of it";
        case ANY -> "any of: " + list;
      };
    }
  }

  /**
   * An episode and the best of its hits.
   *
   * @param episode the recording
   * @param total how many of its moments match in words
   * @param meaningTotal how many more are listed for what they mean
   * @param hits the best of them
   */
  public record Group(Episode episode, int total, int meaningTotal, List<Hit> hits) {
    /** An episode whose hits all match in words. */
    public Group(Episode episode, int total, List<Hit> hits) {
      this(episode, total, 0, hits);
    }
  }

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
