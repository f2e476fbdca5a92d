package dev.earmark.page;

import dev.earmark.schema.Field;
import dev.earmark.schema.Schema;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.SearchRequest.Match;
import dev.earmark.search.SearchRequest.Mode;
import dev.earmark.search.SearchRequest.Near;
import dev.earmark.search.SearchRequest.Sort;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of the search page near a request: with one thing changed.
 *
 * <p>Whatever changes, a cursor is left out: it belongs to the request it came with. Parameters
 * that say what would be so without them are left out too, so that equal searches have equal
 * addresses.
 */
final class SearchAddress {
  /** So many episodes stand on a page; each has several hits. */
  private static final int USUAL_EPISODES = 10;

  private final SearchRequest request;
  private final boolean lines;
  private final @Nullable String linesBy;

  SearchAddress(SearchRequest request) {
    this(request, false, null);
  }

  /**
   * @param lines whether what is found is shown as lines
   * @param linesBy by what those are in order; null if as they were found
   */
  SearchAddress(SearchRequest request, boolean lines, @Nullable String linesBy) {
    this.request = request.withCursor(null);
    this.lines = lines;
    this.linesBy = linesBy;
  }

  /** As lines, in an order. */
  String linesBy(@Nullable String by) {
    return new SearchAddress(request, true, by).first();
  }

  /** All the lines as a table: there is no page of it, and no grouping. */
  String csv() {
    String same = new SearchAddress(request.withMode(Mode.AUTO)).first();
    return "/api/v1/lines.csv" + same.substring(1).replaceAll("&(?:limit|group)=[^&]*", "");
  }

  /** The filters and days of a request alone, but for its kinds: trends count what is said. */
  static SearchRequest scopeOf(SearchRequest request) {
    Map<String, List<String>> filters = new TreeMap<>(request.filters());
    filters.remove("kind");
    return new SearchRequest(
            SearchRequest.of("").query(),
            filters,
            request.from(),
            request.to(),
            Sort.RELEVANCE,
            SearchRequest.USUAL_HITS,
            null,
            false)
        .withMode(Mode.AUTO);
  }

  /** How many hits or episodes stand on a page whose address does not say so. */
  static int usualLimit(boolean byEpisode) {
    return byEpisode ? USUAL_EPISODES : SearchRequest.USUAL_HITS;
  }

  /** The first page of a query without anything chosen. */
  static String ofQuery(String query) {
    return "/?q=" + encode(query);
  }

  /** Everything with one value of a facet. */
  static String ofFacet(String facet, String value) {
    return "/?" + facet + "=" + encode(value);
  }

  /** A query with one value of a facet. */
  static String ofQueryAndFacet(String query, String facet, String value) {
    return ofQuery(query) + '&' + facet + '=' + encode(value);
  }

  /** Everything with one value of each of some facets. */
  static String ofFacets(Map<String, String> values) {
    StringBuilder address = new StringBuilder("/");
    new TreeMap<>(values)
        .forEach((facet, value) ->
            address
                .append(address.length() == 1 ? '?' : '&')
                .append(facet)
                .append('=')
                .append(encode(value)));
    return address.toString();
  }

  /** The first page of the request itself. */
  String first() {
    return of(request);
  }

  /** The page that a cursor leads to, which came with hits that are grouped so. */
  String next(String cursor, boolean byEpisode) {
    return of(withGrouping(byEpisode).withCursor(cursor));
  }

  /** In another order; episodes have none but that of their best hits. */
  String sortedBy(Sort sort) {
    return of(withGrouping(isByEpisode(request.query().text(), sort)).withSort(sort));
  }

  /**
   * Whether hits come by episode if the address does not say: where words are looked for, as what
   * matters then is where in which recording they lie.
   */
  static boolean isByEpisode(String query, Sort sort) {
    return !query.isBlank() && sort == Sort.RELEVANCE;
  }

  String grouped(boolean byEpisode) {
    return new SearchAddress(withGrouping(byEpisode)).first();
  }

  /** With another query and everything chosen as it is. */
  String withQuery(String query) {
    SearchRequest other = SearchRequest.of(query);
    return of(
        new SearchRequest(
                other.query(),
                request.filters(),
                request.from(),
                request.to(),
                request.sort(),
                request.limit(),
                null,
                request.byEpisode())
            .withMatch(request.match())
            .withNear(request.near())
            .withMode(request.mode()));
  }

  /** With one more value of a facet chosen. */
  String adding(String facet, String value) {
    List<String> values = new ArrayList<>(request.filters().getOrDefault(facet, List.of()));
    values.add(value);
    return of(request.withFilter(facet, values.toArray(String[]::new)));
  }

  /** With a value of a facet no longer chosen, however it was written. */
  String removing(Field facet, String value) {
    List<String> values = new ArrayList<>(request.filters().getOrDefault(facet.name(), List.of()));
    values.removeIf(chosen -> facet.isSame(chosen, value));
    return of(request.withFilter(facet.name(), values.toArray(String[]::new)));
  }

  /** With what is only near listed or not. */
  String near(Near near) {
    return of(request.withNear(near));
  }

  /** With another rule of how many words have to be met. */
  String matching(Match match) {
    return of(request.withMatch(match));
  }

  /** Found by other means. */
  String by(Mode mode) {
    return of(request.withMode(mode));
  }

  /** From one day to another. */
  String between(@Nullable LocalDate from, @Nullable LocalDate to) {
    return of(request.withDays(from, to).withCursor(null));
  }

  String withoutDates() {
    return between(null, null);
  }

  /** With nothing chosen: the query alone. */
  String withoutChoices() {
    return of(
        new SearchRequest(
                request.query(),
                Map.of(),
                null,
                null,
                request.sort(),
                request.limit(),
                null,
                request.byEpisode())
            .withMatch(request.match())
            .withNear(request.near())
            .withMode(request.mode()));
  }

  /**
   * The parameters beside the query and the dates: what a form that has fields for those must send
   * along.
   */
  List<FormField> besideQueryAndDates() {
    return Stream.concat(parameters(request).stream(), view().stream())
        .filter(parameter -> !List.of("q", "from", "to", "typing").contains(parameter.name()))
        .toList();
  }

  private SearchRequest withGrouping(boolean byEpisode) {
    boolean usual = request.limit() == usualLimit(request.byEpisode());
    SearchRequest other = byEpisode ? request.groupedByEpisode() : request.ungrouped();
    return usual ? other.withLimit(usualLimit(byEpisode)) : other;
  }

  private String of(SearchRequest request) {
    StringBuilder address = new StringBuilder("/");
    char separator = '?';
    List<FormField> all = new ArrayList<>(parameters(request));
    all.addAll(view());
    for (FormField parameter : all) {
      address.append(separator).append(parameter.name()).append('=');
      address.append(encode(parameter.value()));
      separator = '&';
    }
    return address.toString();
  }

  private List<FormField> view() {
    List<FormField> view = new ArrayList<>();
    add(view, "view", lines ? "lines" : null);
    add(view, "by", lines ? linesBy : null);
    return view;
  }

  private static List<FormField> parameters(SearchRequest request) {
    List<FormField> parameters = new ArrayList<>();
    add(parameters, "q", request.query().text());
    Map<String, List<String>> rest = new TreeMap<>(request.filters());
    for (Field facet : Schema.facets()) {
      List<String> values = rest.remove(facet.name());
      if (values != null) {
        values.forEach(value -> add(parameters, facet.name(), value));
      }
    }
    add(parameters, "from", request.from() == null ? null : request.from().toString());
    add(parameters, "to", request.to() == null ? null : request.to().toString());
    add(parameters, "sort", request.sort() == Sort.RELEVANCE ? null : request.sort().id());
    add(
        parameters,
        "limit",
        request.limit() == usualLimit(request.byEpisode())
            ? null
            : Integer.toString(request.limit()));
    boolean usual = isByEpisode(request.query().text(), request.sort());
    add(
        parameters,
        "group",
        request.byEpisode() == usual ? null : request.byEpisode() ? "episode" : "moment");
    add(parameters, "match", request.match() == Match.ALL ? null : request.match().id());
    add(parameters, "near", request.near() == Near.AUTO ? null : request.near().id());
    add(parameters, "mode", request.mode() == Mode.AUTO ? null : request.mode().id());
    add(parameters, "typing", request.query().begun() == null ? null : "true");
    add(parameters, "cursor", request.cursor());
    return parameters;
  }

  private static void add(List<FormField> parameters, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      parameters.add(new FormField(name, value));
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
