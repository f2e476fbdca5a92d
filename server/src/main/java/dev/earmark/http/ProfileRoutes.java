package dev.earmark.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.earmark.describe.OneOf;
import dev.earmark.describe.Parameter;
import dev.earmark.export.TableForm;
import dev.earmark.export.TrendsTable;
import dev.earmark.model.DeepLink;
import dev.earmark.page.Pages;
import dev.earmark.query.Query;
import dev.earmark.search.BadRequestException;
import dev.earmark.search.Outline;
import dev.earmark.search.RequestBudget;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.SearchRequest.FacetLists;
import dev.earmark.search.ShowProfile;
import dev.earmark.search.SpeakerProfile;
import dev.earmark.search.Trend;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Speakers, shows, topics and trends, each as a page and as JSON. Thread-safe. */
final class ProfileRoutes {
  private static final int MOST_TERMS = 6;
  private static final int MOST_PAGES = 100_000;
  private static final int QUOTES = 8;
  private static final int TOPIC_EPISODES = 10;

  /** What is counted, and by what. */
  static final List<Parameter> TREND =
      List.of(
          Parameter.text(
                  "q", "a word or a phrase; counted word for word in moments of kind segment")
              .always(),
          Parameter.choice(
              "by",
              Trend.By.MONTH.id(),
              Parameters.ids(Trend.By.values(), Trend.By::id),
              "what the counts are for"));

  private final SearchEngine engine;
  private final Pages pages;
  private final ShowPictures pictures;

  ProfileRoutes(SearchEngine engine, Pages pages) {
    this.engine = engine;
    this.pages = pages;
    this.pictures = new ShowPictures(engine);
  }

  void addTo(Api api, RoutesConfig routes) {
    api.get("/api/v1/trends", this::trends)
        .does("trends", "How often a phrase is said")
        .takes(TREND)
        .takes(Parameters.FILTERS)
        .answers(TrendAnswer.class, "How often, absolute and per million words");
    api.get("/api/v1/speakers/{name}", this::speaker)
        .does("speaker", "Somebody who is heard")
        .takes(
            Parameter.text("name", "the speaker's name; case and accents do not matter").ofPath())
        .answers(SpeakerAnswer.class, "Where and how long they are heard, and with which words");
    api.get("/api/v1/shows/{name}", this::show)
        .does("show", "A podcast or series")
        .takes(Parameter.text("name", "the show's name; case and accents do not matter").ofPath())
        .answers(ShowAnswer.class, "Its episodes, and who is heard in them");
    routes.get("/trends", this::trendsPage);
    routes.get("/trends.csv", this::trendsTable);
    routes.get("/speaker/{name}", this::speakerPage);
    routes.get("/show/{name}", this::showPage);
    routes.get("/topic/{name}", this::topicPage);
    for (String facet : List.of("show", "speaker", "topic")) {
      routes.get("/" + facet + "s", context -> browse(context, facet));
    }
  }

  private void trends(Context context) throws IOException {
    context.json(TrendAnswer.of(Parameters.query(context), trend(engine, context)));
  }

  /** The trend that is asked for. */
  static Trend trend(SearchEngine engine, Context context) throws IOException {
    String query = Parameters.query(context);
    if (query.isBlank()) {
      throw new BadRequestException("q", "q must be a word or a phrase, got nothing");
    }
    return engine.trend(query, by(context), Parameters.page(context));
  }

  private static Trend.By by(Context context) {
    String by = Parameters.text(context, "by");
    return by == null ? Trend.By.MONTH : Trend.By.of(by);
  }

  private SpeakerProfile speakerNamed(Context context) throws IOException {
    String name = context.pathParam("name");
    return engine
        .speaker(name)
        .orElseThrow(() ->
            new NotFoundResponse(
                "there is no speaker \""
                    + name
                    + "\"; search for the name to see how it is spelled"));
  }

  private ShowProfile showNamed(Context context) throws IOException {
    String name = context.pathParam("name");
    return engine
        .show(name)
        .orElseThrow(() ->
            new NotFoundResponse(
                "there is no show \"" + name + "\"; search for the name to see how it is spelled"));
  }

  private SearchPage quotes(SpeakerProfile profile) throws IOException {
    return engine.search(
        all("speaker", profile.name()).withFilter("kind", "quote").withLimit(QUOTES));
  }

  private static SearchRequest all(String facet, String value) {
    return SearchRequest.of("").withFilter(facet, value);
  }

  private void speaker(Context context) throws IOException {
    SpeakerProfile profile = speakerNamed(context);
    context.json(SpeakerAnswer.of(profile, quotes(profile)));
  }

  private void show(Context context) throws IOException {
    context.json(ShowAnswer.of(showNamed(context)));
  }

  private void trendsPage(Context context) throws IOException {
    PageRoutes.html(
        context,
        pages.trends(
            Parameters.query(context),
            trendsAsked(context),
            Parameters.page(context),
            "times".equals(Parameters.text(context, "of"))));
  }

  /** The trends of the terms of a query, which commas part; empty if there are none. */
  private List<Trend> trendsAsked(Context context) throws IOException {
    Trend.By by = by(context);
    SearchRequest scope = Parameters.page(context);
    List<Trend> trends = new ArrayList<>();
    for (String term : Parameters.query(context).split(",")) {
      if (!term.isBlank() && trends.size() < MOST_TERMS) {
        trends.add(engine.trend(term.strip(), by, scope));
      }
    }
    return trends;
  }

  private void trendsTable(Context context) throws IOException {
    context
        .contentType(TableForm.CSV.mediaType())
        .header("Content-Disposition", "attachment; filename=\"trends.csv\"")
        .result(TrendsTable.write(TableForm.CSV, trendsAsked(context)));
  }

  private void speakerPage(Context context) throws IOException {
    SpeakerProfile profile = speakerNamed(context);
    SearchPage all = engine.search(all("speaker", profile.name()).withLimit(1));
    PageRoutes.html(
        context,
        pages.speaker(
            profile, quotes(profile), all, pageNumber(context), DiscoveryRoutes.base(context)));
  }

  private void showPage(Context context) throws IOException {
    ShowProfile profile = showNamed(context);
    SearchPage all = engine.search(all("show", profile.name()).withLimit(1));
    PageRoutes.html(
        context, pages.show(profile, all, pageNumber(context), DiscoveryRoutes.base(context)));
  }

  private static int pageNumber(Context context) {
    return Parameters.number(context, "page", 1, MOST_PAGES);
  }

  private void browse(Context context, String facet) throws IOException {
    String beginning = Parameters.query(context).strip();
    SearchRequest request =
        SearchRequest.of("")
            .withLimit(1)
            .withFacets(
                new FacetLists(
                    beginning.isEmpty() ? Map.of() : Map.of(facet, beginning),
                    FacetLists.MOST_VALUES));
    PageRoutes.html(
        context,
        pages.browse(
            facet,
            beginning,
            pageNumber(context),
            engine.search(request),
            facet.equals("show") ? pictures.byName() : Map.of(),
            DiscoveryRoutes.base(context)));
  }

  private void topicPage(Context context) throws IOException {
    String name = context.pathParam("name");
    // As a query rather than as a choice: the facets then count what comes up together with it.
    SearchRequest request =
        SearchRequest.of(new Query.FieldIs("topic", name).toString())
            .groupedByEpisode()
            .withLimit(TOPIC_EPISODES);
    SearchPage page = engine.search(request);
    if (page.total() == 0) {
      throw new NotFoundResponse("there is no topic \"" + name + "\"; search for it as words");
    }
    List<String> ids = page.groups().stream().map(group -> group.episode().id()).toList();
    Map<String, Outline> outlines = engine.outlines(request, ids);
    PageRoutes.html(context, pages.topic(name, page, outlines, DiscoveryRoutes.base(context)));
  }

  /** The JSON of a trend. */
  record TrendAnswer(
      String query,
      @JsonPropertyDescription("the words that were counted") String phrase,
      @OneOf(Trend.By.class) String by,
      @JsonPropertyDescription("how often it is said") long count,
      @JsonPropertyDescription("how many words are said altogether") long words,
      double perMillion,
      @JsonPropertyDescription("how many moments it begins in") int moments,
      @JsonPropertyDescription("how many of the occurrences are in no point") long unplaced,
      @JsonPropertyDescription(
              "whether something was left out because it would have taken more processor time than a request may")
          boolean partial,
      List<PointPart> points,
      @JsonPropertyDescription("the first mention, by date and time; null if it is not said")
          Answers.@Nullable HitPart first) {

    record PointPart(
        @JsonPropertyDescription("the month, such as 2026-02, or the name") String key,
        long count,
        long words,
        double perMillion) {}

    static TrendAnswer of(String query, Trend trend) {
      return new TrendAnswer(
          query,
          trend.phrase(),
          trend.by().id(),
          trend.count(),
          trend.words(),
          new Trend.Point("", trend.count(), trend.words()).perMillion(),
          trend.moments(),
          trend.unplaced(),
          RequestBudget.isCurrentCut(),
          trend.points().stream()
              .map(point ->
                  new PointPart(point.key(), point.count(), point.words(), point.perMillion()))
              .toList(),
          trend.first() == null ? null : Answers.of(trend.first()));
    }
  }

  /** The JSON of a speaker. */
  record SpeakerAnswer(
      String name,
      @JsonPropertyDescription("all that is theirs, quotations too") int moments,
      @JsonPropertyDescription("how many words they say") long words,
      @JsonPropertyDescription(
              "how long they talk in all; null where no transcript of theirs has times")
          @Nullable Long talkMs,
      @JsonPropertyDescription(
              "whether something was left out because it would have taken more processor time than a request may")
          boolean partial,
      @JsonPropertyDescription("newest first") List<AppearancePart> episodes,
      @JsonPropertyDescription("words they say more than others do, the most telling first")
          List<SpeakerProfile.TypicalWord> typicalWords,
      List<Answers.HitPart> quotes,
      String page) {

    record AppearancePart(
        Answers.EpisodePart episode, int moments, long words, @Nullable Long talkMs, String page) {}

    static SpeakerAnswer of(SpeakerProfile profile, SearchPage quotes) {
      return new SpeakerAnswer(
          profile.name(),
          profile.moments(),
          profile.words(),
          profile.talkMs(),
          RequestBudget.isCurrentCut(),
          profile.episodes().stream()
              .map(one ->
                  new AppearancePart(
                      Answers.of(one.episode()),
                      one.moments(),
                      one.words(),
                      one.talkMs(),
                      DeepLink.page(one.episode().id(), null)))
              .toList(),
          profile.typical(),
          quotes.hits().stream().map(Answers::of).toList(),
          Pages.speakerAddress(profile.name()));
    }
  }

  /** The JSON of a show. */
  record ShowAnswer(
      String name,
      int moments,
      long words,
      @JsonPropertyDescription(
              "whether something was left out because it would have taken more processor time than a request may")
          boolean partial,
      @JsonPropertyDescription("newest first") List<Answers.EpisodePart> episodes,
      @JsonPropertyDescription("who says most first") List<ShowProfile.Share> speakers,
      @JsonInclude(JsonInclude.Include.NON_NULL)
          @JsonPropertyDescription("where its picture is; absent if there is none")
          @Nullable String artwork,
      String page) {

    static ShowAnswer of(ShowProfile profile) {
      return new ShowAnswer(
          profile.name(),
          profile.moments(),
          profile.words(),
          RequestBudget.isCurrentCut(),
          profile.episodes().stream().map(Answers::of).toList(),
          profile.speakers(),
          DeepLink.artwork(profile.picture()),
          Pages.showAddress(profile.name()));
    }
  }
}
