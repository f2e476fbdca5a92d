package dev.earmark.http;

import dev.earmark.describe.Parameter;
import dev.earmark.model.Timestamp;
import dev.earmark.page.Pages;
import dev.earmark.query.ParsedQuery;
import dev.earmark.query.QueryParser;
import dev.earmark.schema.Field;
import dev.earmark.schema.Schema;
import dev.earmark.search.BadRequestException;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.SearchRequest.FacetLists;
import io.javalin.http.Context;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of an address; each complaint names the parameter and what is right. */
final class Parameters {
  private static final String FACET_SEARCH = "facet.";

  /** Of a longer list a page shows the beginning, and a field to search the rest. */
  private static final int VALUES_ON_A_PAGE = 24;

  /** Few enough to be found and written within the budget of a request. */
  private static final int AT_ONCE = 200;

  static final Parameter CURSOR =
      Parameter.text("cursor", "where to go on, as the last answer's next says");

  /** What is searched for, and how. */
  static final List<Parameter> WORDS =
      List.of(
          Parameter.text(
              "q",
              "the query: words, \"a phrase\", \"a b\"~5, -word, +word, a OR b, (…), pre*, wrod~, speaker:, topic:, kind:, show:, episode:, lang:, after:, before:, from:, to:"),
          Parameter.choice(
              "match",
              SearchRequest.Match.ALL.id(),
              ids(SearchRequest.Match.values(), SearchRequest.Match::id),
              "all: where the words of the query come together (of more than three, much of their weight); any: what has one of them"),
          Parameter.choice(
              "near",
              SearchRequest.Near.AUTO.id(),
              ids(SearchRequest.Near.values(), SearchRequest.Near::id),
              "whether what only sounds or looks like the words is listed; auto: where nothing is exact within what is asked for"),
          Parameter.flag(
              "typing",
              "whether somebody is still typing: the last word then also finds words that begin so"));

  /** Among what is searched. */
  static final List<Parameter> FILTERS =
      Stream.concat(
              Schema.facets().stream().map(facet -> facet(facet.name())),
              Stream.of(
                  Parameter.day("from", "the first day of episodes"),
                  Parameter.day("to", "the last day of episodes")))
          .toList();

  /** A search without its pages. */
  static final List<Parameter> QUERY = query();

  /** A search. */
  static final List<Parameter> SEARCH = search();

  private Parameters() {}

  private static List<Parameter> query() {
    List<Parameter> all = new ArrayList<>(WORDS);
    all.addAll(FILTERS);
    all.add(
        Parameter.choice(
            "sort",
            null,
            ids(SearchRequest.Sort.values(), SearchRequest.Sort::id),
            "the order of the hits; relevance unless the form of the answer has an order of its own"));
    all.add(
        Parameter.choice(
            "mode",
            SearchRequest.Mode.WORDS.id(),
            ids(SearchRequest.Mode.values(), SearchRequest.Mode::id),
            "words: moments that the words match; meaning: moments near in meaning, whatever their words; both: the first, ordered by meaning as well, and more that are near; auto: both where the meaning of moments is known, else words"));
    return List.copyOf(all);
  }

  private static List<Parameter> search() {
    List<Parameter> all = new ArrayList<>(QUERY);
    all.add(
        Parameter.number(
            "limit",
            SearchRequest.USUAL_HITS,
            SearchRequest.MOST_HITS,
            "how many hits, or episodes if grouped"));
    all.add(CURSOR);
    all.add(Parameter.choice("group", null, List.of("episode"), "group the hits by episode"));
    all.add(Parameter.flag("explain", "whether each hit says why it scores what it does"));
    all.add(
        Parameter.number(
            "facetLimit",
            FacetLists.USUAL_VALUES,
            FacetLists.MOST_VALUES,
            "how many values of each facet are listed"));
    Schema.facets()
        .forEach(facet ->
            all.add(
                Parameter.text(
                    FACET_SEARCH + facet.name(),
                    "of the facet "
                        + facet.name()
                        + " only values are listed that begin so or have a word that does; counts"
                        + " and hits stay")));
    return List.copyOf(all);
  }

  /** The filter by a facet. */
  static Parameter facet(String name) {
    Field facet = Schema.field(name).orElseThrow();
    return Parameter.several(
        name, "only " + facet.meaning() + "; may be repeated, any of the values counts");
  }

  /** The ids of all constants. */
  static <E> List<String> ids(E[] constants, Function<E, String> id) {
    return Arrays.stream(constants).map(id).toList();
  }

  /** A search as the API is asked it. */
  static SearchRequest search(Context context) {
    String group = text(context, "group");
    if (group != null && !group.equals("episode")) {
      throw new BadRequestException(
          "group", "group must be episode, got \"" + shortened(group) + "\"");
    }
    return search(
        context,
        group != null,
        SearchRequest.USUAL_HITS,
        FacetLists.USUAL_VALUES,
        SearchRequest.MOST_HITS,
        SearchRequest.Mode.WORDS);
  }

  /** A search all of whose hits are asked for; the limit is how many are read at once. */
  static SearchRequest whole(Context context, SearchRequest.Sort usual) {
    for (String name : List.of("cursor", "limit", "group")) {
      if (text(context, name) != null) {
        throw new BadRequestException(
            name, name + " has no meaning here, where all hits are given; leave it out");
      }
    }
    SearchRequest request = search(context, false, SearchRequest.MOST_HITS, 1).withLimit(AT_ONCE);
    return text(context, "sort") == null ? request.withSort(usual) : request;
  }

  /** What a search is narrowed to, whatever is searched for. */
  static SearchRequest scope(Context context) {
    return search(context, false, SearchRequest.USUAL_HITS, 1).withQuery("");
  }

  /** Lines, where the limit counts moments. */
  static SearchRequest lines(Context context) {
    return search(
        context,
        false,
        SearchRequest.USUAL_HITS,
        1,
        SearchRequest.MOST_AT_ONCE,
        SearchRequest.Mode.WORDS);
  }

  /** A search as a page is asked it: by episode unless the address says otherwise. */
  static SearchRequest page(Context context) {
    String group = text(context, "group");
    if (group != null && !group.equals("episode") && !group.equals("moment")) {
      throw new BadRequestException(
          "group", "group must be episode or moment, got \"" + shortened(group) + "\"");
    }
    boolean byEpisode =
        group == null ? Pages.isByEpisode(query(context), sort(context)) : group.equals("episode");
    return search(
        context,
        byEpisode,
        Pages.usualLimit(byEpisode),
        VALUES_ON_A_PAGE,
        SearchRequest.MOST_HITS,
        SearchRequest.Mode.AUTO);
  }

  private static SearchRequest.Sort sort(Context context) {
    String sort = text(context, "sort");
    return sort == null ? SearchRequest.Sort.RELEVANCE : SearchRequest.Sort.of(sort);
  }

  private static SearchRequest search(
      Context context, boolean byEpisode, int limit, int facetValues) {
    return search(
        context, byEpisode, limit, facetValues, SearchRequest.MOST_HITS, SearchRequest.Mode.WORDS);
  }

  private static SearchRequest search(
      Context context,
      boolean byEpisode,
      int limit,
      int facetValues,
      int mostHits,
      SearchRequest.Mode usual) {
    Map<String, List<String>> filters = new TreeMap<>();
    for (Field facet : Schema.facets()) {
      List<String> chosen =
          context.queryParams(facet.name()).stream().filter(value -> !value.isBlank()).toList();
      filters.put(facet.name(), chosen);
    }
    String asked = text(context, "mode");
    SearchRequest.Mode mode = asked == null ? usual : SearchRequest.Mode.of(shortened(asked));
    return new SearchRequest(
        parsed(context),
        filters,
        date(context, "from"),
        date(context, "to"),
        sort(context),
        number(context, "limit", limit, mostHits),
        text(context, "cursor"),
        byEpisode,
        facetLists(context, facetValues),
        match(context),
        near(context),
        mode);
  }

  /** The query; its last word may be one that somebody has only begun. */
  private static ParsedQuery parsed(Context context) {
    return flag(context, "typing")
        ? QueryParser.parseTyped(query(context))
        : QueryParser.parse(query(context));
  }

  /** The query and how it is matched, in one episode. */
  static SearchRequest within(Context context) {
    SearchRequest request =
        SearchRequest.of(query(context)).withMatch(match(context)).withNear(near(context));
    return flag(context, "typing") ? request.typed() : request;
  }

  static SearchRequest.Match match(Context context) {
    String match = text(context, "match");
    return match == null ? SearchRequest.Match.ALL : SearchRequest.Match.of(match);
  }

  static SearchRequest.Near near(Context context) {
    String near = text(context, "near");
    return near == null ? SearchRequest.Near.AUTO : SearchRequest.Near.of(near);
  }

  private static FacetLists facetLists(Context context, int usual) {
    Map<String, String> beginnings = new TreeMap<>();
    for (String name : context.queryParamMap().keySet()) {
      String beginning = name.startsWith(FACET_SEARCH) ? text(context, name) : null;
      if (beginning == null) {
        continue;
      }
      String facet = name.substring(FACET_SEARCH.length());
      if (Schema.field(facet).filter(Field::facet).isEmpty()) {
        throw new BadRequestException(
            shortened(name),
            "there is no facet \""
                + shortened(facet)
                + "\"; there are "
                + Schema.facets().stream().map(Field::name).collect(Collectors.joining(", ")));
      }
      beginnings.put(facet, beginning);
    }
    return new FacetLists(beginnings, number(context, "facetLimit", usual, FacetLists.MOST_VALUES));
  }

  static String query(Context context) {
    String query = context.queryParam("q");
    return query == null ? "" : query;
  }

  /** Whether somebody wants to know why hits score what they do. */
  static boolean explain(Context context) {
    return flag(context, "explain");
  }

  static boolean flag(Context context, String name) {
    String value = text(context, name);
    if (value != null && !value.equals("true") && !value.equals("false")) {
      throw new BadRequestException(
          name, name + " must be true or false, got \"" + shortened(value) + "\"");
    }
    return "true".equals(value);
  }

  static @Nullable String text(Context context, String name) {
    String value = context.queryParam(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  static int number(Context context, String name, int usual, int most) {
    String value = text(context, name);
    if (value == null) {
      return usual;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= 1 && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Told below, like a number out of range.
    }
    throw new BadRequestException(
        name, name + " must be 1 to " + most + ", got \"" + shortened(value) + "\"");
  }

  private static @Nullable LocalDate date(Context context, String name) {
    String value = text(context, name);
    if (value == null) {
      return null;
    }
    try {
      return LocalDate.parse(value);
    } catch (DateTimeParseException e) {
      throw new BadRequestException(
          name, name + " must be a date such as 2026-02-13, got \"" + shortened(value) + "\"");
    }
  }

  static @Nullable Timestamp time(Context context, String name) {
    String value = text(context, name);
    if (value == null) {
      return null;
    }
    return Timestamp.tryParse(value)
        .orElseThrow(() ->
            new BadRequestException(
                name,
                name + " must be a time such as 13:55 or 835, got \"" + shortened(value) + "\""));
  }

  static String shortened(String value) {
    return value.length() <= 60 ? value : value.substring(0, 57) + "…";
  }
}
