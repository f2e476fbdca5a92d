package dev.earmark.http;

import dev.earmark.describe.Operation;
import dev.earmark.describe.Parameter;
import dev.earmark.export.Line;
import dev.earmark.export.SearchForm;
import dev.earmark.export.SearchWriter;
import dev.earmark.export.TableForm;
import dev.earmark.search.BadRequestException;
import dev.earmark.search.PageReader;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.SearchRequest.FacetLists;
import dev.earmark.search.SpeakerProfile;
import dev.earmark.search.Trend;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whole searches in the forms other programs read, and tables: lines, facets, trends and talk times
 * as CSV and JSON Lines. Thread-safe.
 */
final class TableRoutes {
  private static final List<String> FACET_COLUMNS = List.of("facet", "value", "count", "selected");
  private static final List<String> TREND_COLUMNS = List.of("key", "count", "words", "perMillion");
  private static final List<String> TALK_COLUMNS =
      List.of("speaker", "episodeId", "episodeTitle", "show", "date", "moments", "words", "talkMs");

  private static final FacetLists ALL_VALUES = new FacetLists(Map.of(), FacetLists.MOST_AT_ONCE);

  private static final String WHOLE =
      "All of it, sent part by part; if it breaks off it was not all";
  private static final Parameter WIDTH =
      Parameter.number(
          "width",
          Line.USUAL_WIDTH,
          Line.MOST_WIDTH,
          "how many characters of context on each side at most");

  private final SearchEngine engine;
  private final Parts parts;

  TableRoutes(SearchEngine engine, Parts parts) {
    this.engine = engine;
    this.parts = parts;
  }

  void addTo(Api api) {
    api.get("/api/v1/lines", this::lines)
        .does(
            "lines",
            "Keyword in context: every place where a query matches, with what is said before and after")
        .takes(Parameters.QUERY)
        .takes(
            Parameter.number(
                "limit",
                SearchRequest.USUAL_HITS,
                SearchRequest.MOST_AT_ONCE,
                "how many moments; each gives a line for every match"),
            Parameters.CURSOR,
            WIDTH)
        .answers(Answers.LinesAnswer.class, "The lines");
    api.get("/api/v1/search.{form}", this::search)
        .does("searchAs", "All moments that match a query, in a form other programs read")
        .takes(form(Parameters.ids(SearchForm.values(), SearchForm::id)))
        .takes(Parameters.QUERY)
        .answersAs(WHOLE, mediaTypes(SearchForm.values(), SearchForm::mediaType));
    table(api, "lines", this::linesTable, "All lines").takes(Parameters.QUERY).takes(WIDTH);
    table(api, "facets", this::facets, "All values of all facets of a search")
        .takes(Parameters.QUERY);
    table(api, "trends", this::trends, "How often a phrase is said")
        .takes(ProfileRoutes.TREND)
        .takes(Parameters.FILTERS);
    table(api, "talk", this::talk, "Who talks how long in which episode")
        .takes(Parameters.facet("speaker"), Parameters.facet("show"), Parameters.facet("episode"));
  }

  private static Operation table(Api api, String name, Handler handler, String what) {
    return api.get("/api/v1/" + name + ".{form}", handler)
        .does(name + "As", what + ", as a table")
        .takes(form(Parameters.ids(TableForm.values(), TableForm::id)))
        .answersAs(WHOLE, mediaTypes(TableForm.values(), TableForm::mediaType));
  }

  private static Parameter form(List<String> ids) {
    return Parameter.choice("form", null, ids, "the form of the answer").ofPath();
  }

  private static <F> String[] mediaTypes(F[] forms, Function<F, String> mediaType) {
    return Arrays.stream(forms).map(mediaType).toArray(String[]::new);
  }

  private void search(Context context) throws Exception {
    SearchForm form =
        SearchForm.of(context.pathParam("form"))
            .orElseThrow(() ->
                new NotFoundResponse(
                    "a search has no form \"."
                        + context.pathParam("form")
                        + "\"; there are "
                        + SearchForm.names()));
    SearchRequest request = Parameters.whole(context, form.usualSort());
    if (form == SearchForm.VTT && request.sort() != form.usualSort()) {
      throw new BadRequestException(
          "sort", "WebVTT has its cues in the order of time; leave sort out, or take .srt");
    }
    parts.send(
        context,
        form.mediaType(),
        form.isFeed() ? null : "search." + form.id(),
        hits(request, form.writer(DiscoveryRoutes.asked(context, request))));
  }

  /** A part for each page of hits. */
  private Parts.Source hits(SearchRequest request, SearchWriter writer) {
    PageReader pages = new PageReader(engine, request);
    return new Parts.Source() {
      private boolean begun;

      @Override
      public @Nullable String next() throws IOException {
        if (!pages.hasNext()) {
          return null;
        }
        StringBuilder part = new StringBuilder(begun ? "" : writer.begin());
        begun = true;
        pages.next().hits().forEach(hit -> part.append(writer.hit(hit)));
        return part.append(pages.hasNext() ? "" : writer.end()).toString();
      }
    };
  }

  private void lines(Context context) throws IOException {
    SearchRequest request = ofWords(Parameters.lines(context));
    int width = width(context);
    SearchPage page = engine.search(request);
    context.json(
        new Answers.LinesAnswer(
            new Answers.QueryPart(page.text(), page.notUnderstood()),
            page.total(),
            page.hits().stream()
                .flatMap(hit -> Line.of(hit, width).stream())
                .map(Answers::of)
                .toList(),
            page.next()));
  }

  /** What no word matches has no keyword to be shown in its context. */
  private static SearchRequest ofWords(SearchRequest request) {
    if (request.mode() != SearchRequest.Mode.WORDS) {
      throw new BadRequestException(
          "mode", "lines show the words that match, so mode can only be words; leave it out");
    }
    return request;
  }

  private static int width(Context context) {
    return Parameters.number(context, "width", Line.USUAL_WIDTH, Line.MOST_WIDTH);
  }

  private void linesTable(Context context) throws Exception {
    TableForm form = form(context);
    SearchRequest request = ofWords(Parameters.whole(context, SearchRequest.Sort.RELEVANCE));
    int width = width(context);
    parts.send(
        context,
        form.mediaType(),
        "lines." + form.id(),
        hits(request, Line.writer(form, width, DiscoveryRoutes.base(context))));
  }

  private void facets(Context context) throws Exception {
    TableForm form = form(context);
    SearchRequest request =
        Parameters.whole(context, SearchRequest.Sort.RELEVANCE).withLimit(1).withFacets(ALL_VALUES);
    SearchPage page = engine.search(request);
    page.facetSizes()
        .forEach((facet, size) -> {
          if (size > FacetLists.MOST_AT_ONCE) {
            throw new BadRequestException(
                facet,
                "this facet has "
                    + size
                    + " values, more than can be listed; choose a show, a speaker or words to"
                    + " search for");
          }
        });
    StringBuilder table = new StringBuilder(form.head(FACET_COLUMNS));
    page.facets()
        .forEach((facet, values) ->
            values.forEach(value ->
                table.append(
                    form.row(
                        FACET_COLUMNS,
                        List.of(facet, value.value(), value.count(), value.selected())))));
    send(context, form, "facets", table);
  }

  private void trends(Context context) throws Exception {
    TableForm form = form(context);
    Trend trend = ProfileRoutes.trend(engine, context);
    StringBuilder table = new StringBuilder(form.head(TREND_COLUMNS));
    for (Trend.Point point : trend.points()) {
      table.append(
          form.row(
              TREND_COLUMNS,
              List.of(point.key(), point.count(), point.words(), point.perMillion())));
    }
    send(context, form, "trends", table);
  }

  private void send(Context context, TableForm form, String name, StringBuilder table)
      throws Exception {
    Iterator<String> once = List.of(table.toString()).iterator();
    parts.send(
        context,
        form.mediaType(),
        name + "." + form.id(),
        () -> once.hasNext() ? once.next() : null);
  }

  /** Who talks how long in which episode: a part for each speaker. */
  private void talk(Context context) throws Exception {
    TableForm form = form(context);
    Set<String> shows = new HashSet<>(context.queryParams("show"));
    Set<String> episodes = new HashSet<>(context.queryParams("episode"));
    List<String> named = context.queryParams("speaker");
    Iterator<String> speakers = (named.isEmpty() ? speakers(shows, episodes) : named).iterator();
    String[] head = {form.head(TALK_COLUMNS)};
    parts.send(
        context,
        form.mediaType(),
        "talk." + form.id(),
        () -> {
          if (head[0].isEmpty() && !speakers.hasNext()) {
            return null;
          }
          StringBuilder part = new StringBuilder(head[0]);
          head[0] = "";
          if (speakers.hasNext()) {
            String name = speakers.next();
            SpeakerProfile profile =
                engine
                    .speaker(name)
                    .orElseThrow(() ->
                        new NotFoundResponse(
                            "there is no speaker \""
                                + name
                                + "\"; search for the name to see how it is spelled"));
            for (SpeakerProfile.Appearance one : profile.episodes()) {
              if ((shows.isEmpty() || shows.contains(one.episode().show()))
                  && (episodes.isEmpty() || episodes.contains(one.episode().id()))) {
                part.append(form.row(TALK_COLUMNS, cells(profile.name(), one)));
              }
            }
          }
          return part.isEmpty() ? "" : part.toString();
        });
  }

  private static List<@Nullable Object> cells(String speaker, SpeakerProfile.Appearance one) {
    return Arrays.asList(
        speaker,
        one.episode().id(),
        one.episode().title(),
        one.episode().show(),
        one.episode().date() == null ? null : one.episode().date().toString(),
        one.moments(),
        one.words(),
        one.talkMs());
  }

  private List<String> speakers(Set<String> shows, Set<String> episodes) throws IOException {
    SearchRequest request =
        SearchRequest.of("")
            .withLimit(1)
            .withFilter("show", shows.toArray(String[]::new))
            .withFilter("episode", episodes.toArray(String[]::new))
            .withFacets(ALL_VALUES);
    SearchPage page = engine.search(request);
    List<String> names =
        page.facets().getOrDefault("speaker", List.of()).stream()
            .map(SearchPage.FacetValue::value)
            .toList();
    if (names.size() < page.facetSizes().getOrDefault("speaker", 0)) {
      throw new BadRequestException(
          "speaker",
          "there are more than "
              + FacetLists.MOST_AT_ONCE
              + " speakers; choose some with speaker, show or episode");
    }
    return names;
  }

  private static TableForm form(Context context) {
    return TableForm.of(context.pathParam("form"))
        .orElseThrow(() ->
            new NotFoundResponse(
                "a table has no form \"."
                    + context.pathParam("form")
                    + "\"; there are .csv and .jsonl"));
  }
}
