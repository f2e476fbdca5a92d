package dev.earmark.search;

import dev.earmark.query.ParsedQuery;
import dev.earmark.query.QueryParser;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks.
 *
 * @param query the text of the query, read; an empty one asks for all moments
 * @param filters for a facet the values chosen: any of them, and all facets together
 * @param from the first day of episodes, or null
 * @param to the last day of episodes, or null
 * @param sort the order of the hits
 * @param limit how many hits, 1 to {@value #MOST_AT_ONCE}
 * @param cursor where to go on, as an earlier answer gave it; null for the first page
 * @param byEpisode whether hits come grouped by episode; the limit then counts episodes
 * @param facets which values of the facets are listed
 * @param match how many of several words have to be met
 * @param near whether what is misheard or misspelt is listed
 * @param mode whether moments are found by their words, by their meaning, or by both
 */
public record SearchRequest(
    ParsedQuery query,
    Map<String, List<String>> filters,
    @Nullable LocalDate from,
    @Nullable LocalDate to,
    Sort sort,
    int limit,
    @Nullable String cursor,
    boolean byEpisode,
    FacetLists facets,
    Match match,
    Near near,
    Mode mode) {

  /** How many hits a page of an answer has at most. */
  public static final int MOST_HITS = 100;

  /** How many hits are read at once at most, by who reads all of them. */
  public static final int MOST_AT_ONCE = 1_000;

  public static final int USUAL_HITS = 20;

  /**
   * Which values of the facets an answer lists; it changes no count and no hit.
   *
   * @param beginnings for a facet what its listed values, or a word in them, begin with; a facet
   *     that is not named lists all
   * @param most how many values of a facet are listed, 1 to {@value #MOST_AT_ONCE}; chosen ones
   *     always are
   */
  public record FacetLists(Map<String, String> beginnings, int most) {
    public static final int MOST_VALUES = 1_000;
    public static final int USUAL_VALUES = 100;

    /** How many values are read at once at most, by who reads all of them. */
    public static final int MOST_AT_ONCE = 50_000;

    public static final FacetLists USUAL = new FacetLists(Map.of(), USUAL_VALUES);

    public FacetLists {
      beginnings = Map.copyOf(beginnings);
      if (most < 1 || most > MOST_AT_ONCE) {
        throw new BadRequestException(
            "facetLimit", "facetLimit must be 1 to " + MOST_AT_ONCE + ", got " + most);
      }
    }
  }

  /** How many of several words a moment has to have. */
  public enum Match {
    /** All come together in it or close around it; of many words much of their weight. */
    ALL,
    /** It has one of them. */
    ANY;

    /** The name in the API. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The rule of this name.
     *
     * @throws BadRequestException if there is none
     */
    public static Match of(String id) {
      for (Match match : values()) {
        if (match.id().equals(id)) {
          return match;
        }
      }
      throw new BadRequestException("match", "match must be all or any, got \"" + id + "\"");
    }
  }

  /** Whether words are also listed that only sound or look like those asked for. */
  public enum Near {
    /** Where nothing is exact within what is asked for. */
    AUTO,
    TRUE,
    FALSE;

    /** The name in the API. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The choice of this name.
     *
     * @throws BadRequestException if there is none
     */
    public static Near of(String id) {
      for (Near near : values()) {
        if (near.id().equals(id)) {
          return near;
        }
      }
      throw new BadRequestException("near", "near must be auto, true or false, got \"" + id + "\"");
    }
  }

  /** By what moments are found. */
  public enum Mode {
    /** By the words of the query. */
    WORDS,
    /** By what the query means, whatever the words. */
    MEANING,
    /** By its words; what it means orders them and adds moments that have none of them. */
    BOTH,
    /** As {@link #BOTH} where the meaning of moments is known, else as {@link #WORDS}. */
    AUTO;

    /** The name in the API. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The mode of this name.
     *
     * @throws BadRequestException if there is none
     */
    public static Mode of(String id) {
      for (Mode mode : values()) {
        if (mode.id().equals(id)) {
          return mode;
        }
      }
      throw new BadRequestException(
          "mode", "mode must be words, meaning, both or auto, got \"" + id + "\"");
    }
  }

  /** In which order hits come. */
  public enum Sort {
    /** Best first. */
    RELEVANCE,
    /** Newest episode first. */
    NEWEST,
    /** Oldest episode first. */
    OLDEST,
    /** By the time in the recording; hits without one last. */
    TIME;

    /** The name in the API. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The order of this name.
     *
     * @throws BadRequestException if there is none
     */
    public static Sort of(String id) {
      for (Sort sort : values()) {
        if (sort.id().equals(id)) {
          return sort;
        }
      }
      throw new BadRequestException(
          "sort", "sort must be relevance, newest, oldest or time, got \"" + id + "\"");
    }
  }

  public SearchRequest {
    if (limit < 1 || limit > MOST_AT_ONCE) {
      throw new BadRequestException(
          "limit", "limit must be 1 to " + MOST_AT_ONCE + ", got " + limit);
    }
    Map<String, List<String>> copy = new TreeMap<>();
    filters.forEach((facet, values) -> {
      if (!values.isEmpty()) {
        copy.put(facet, List.copyOf(values));
      }
    });
    filters = java.util.Collections.unmodifiableMap(copy);
  }

  public SearchRequest(
      ParsedQuery query,
      Map<String, List<String>> filters,
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      Sort sort,
      int limit,
      @Nullable String cursor,
      boolean byEpisode) {
    this(
        query,
        filters,
        from,
        to,
        sort,
        limit,
        cursor,
        byEpisode,
        FacetLists.USUAL,
        Match.ALL,
        Near.AUTO,
        Mode.WORDS);
  }

  /** The first page of a query, by relevance. */
  public static SearchRequest of(String query) {
    return new SearchRequest(
        QueryParser.parse(query), Map.of(), null, null, Sort.RELEVANCE, USUAL_HITS, null, false);
  }

  public SearchRequest withFilter(String facet, String... values) {
    Map<String, List<String>> more = new TreeMap<>(filters);
    more.put(facet, List.of(values));
    return new SearchRequest(
        query, more, from, to, sort, limit, cursor, byEpisode, facets, match, near, mode);
  }

  public SearchRequest withQuery(String text) {
    return asking(QueryParser.parse(text));
  }

  /** The same query as somebody types it, who may not be through with its last word. */
  public SearchRequest typed() {
    return asking(QueryParser.parseTyped(query.text()));
  }

  private SearchRequest asking(ParsedQuery other) {
    return new SearchRequest(
        other, filters, from, to, sort, limit, cursor, byEpisode, facets, match, near, mode);
  }

  /** The same, of episodes from one day to another; null for no bound. */
  public SearchRequest withDays(@Nullable LocalDate first, @Nullable LocalDate last) {
    return new SearchRequest(
        query, filters, first, last, sort, limit, cursor, byEpisode, facets, match, near, mode);
  }

  public SearchRequest withSort(Sort newSort) {
    return new SearchRequest(
        query, filters, from, to, newSort, limit, cursor, byEpisode, facets, match, near, mode);
  }

  public SearchRequest withLimit(int newLimit) {
    return new SearchRequest(
        query, filters, from, to, sort, newLimit, cursor, byEpisode, facets, match, near, mode);
  }

  public SearchRequest withCursor(@Nullable String newCursor) {
    return new SearchRequest(
        query, filters, from, to, sort, limit, newCursor, byEpisode, facets, match, near, mode);
  }

  public SearchRequest groupedByEpisode() {
    return new SearchRequest(
        query, filters, from, to, sort, limit, cursor, true, facets, match, near, mode);
  }

  public SearchRequest ungrouped() {
    return new SearchRequest(
        query, filters, from, to, sort, limit, cursor, false, facets, match, near, mode);
  }

  public SearchRequest withFacets(FacetLists newFacets) {
    return new SearchRequest(
        query, filters, from, to, sort, limit, cursor, byEpisode, newFacets, match, near, mode);
  }

  public SearchRequest withMatch(Match newMatch) {
    return new SearchRequest(
        query, filters, from, to, sort, limit, cursor, byEpisode, facets, newMatch, near, mode);
  }

  public SearchRequest withNear(Near newNear) {
    return new SearchRequest(
        query, filters, from, to, sort, limit, cursor, byEpisode, facets, match, newNear, mode);
  }

  public SearchRequest withMode(Mode newMode) {
    return new SearchRequest(
        query, filters, from, to, sort, limit, cursor, byEpisode, facets, match, near, newMode);
  }

  /** Whether it is narrowed by filters or days, whatever is asked for. */
  public boolean isNarrowed() {
    return !filters.isEmpty() || from != null || to != null;
  }

  /** What must be the same for a cursor to go on with this request. */
  public String identity() {
    return query.text()
        + '\n'
        + query.begun()
        + '\n'
        + filters
        + '\n'
        + from
        + '\n'
        + to
        + '\n'
        + sort
        + '\n'
        + byEpisode
        + '\n'
        + match
        + '\n'
        + near
        + '\n'
        + mode;
  }
}
