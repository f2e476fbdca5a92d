package dev.earmark.http;

import dev.earmark.export.PodcastChapters;
import dev.earmark.export.Transcript;
import dev.earmark.export.TranscriptFormat;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.IndexingProgress;
import dev.earmark.index.StoredMoment;
import dev.earmark.model.Kind;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import dev.earmark.query.ParsedQuery;
import dev.earmark.search.BadRequestException;
import dev.earmark.search.Explanation;
import dev.earmark.search.Hit;
import dev.earmark.search.IndexStatus;
import dev.earmark.search.RequestBudget;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.Tracks;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.ServiceUnavailableResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The JSON API. Thread-safe. */
final class ApiRoutes {
  private static final int MOST_EPISODES = 1_000;
  private static final int USUAL_EPISODES = 100;
  private static final int MOST_SUGGESTIONS = 50;
  private static final int USUAL_SUGGESTIONS = 10;

  /** The paths that {@code openapi.json} describes: all of them. */
  static final List<String> DESCRIBED =
      List.of(
          "/api/v1/search",
          "/api/v1/search.{form}",
          "/api/v1/lines",
          "/api/v1/lines.{form}",
          "/api/v1/facets.{form}",
          "/api/v1/trends.{form}",
          "/api/v1/talk.{form}",
          "/api/v1/suggest",
          "/api/v1/episodes",
          "/api/v1/episodes/{id}",
          "/api/v1/episodes/{id}/moments",
          "/api/v1/episodes/{id}/matches",
          "/api/v1/episodes/{id}/transcript.{form}",
          "/api/v1/episodes/{id}/chapters.json",
          "/api/v1/speakers/{name}",
          "/api/v1/shows/{name}",
          "/api/v1/trends",
          "/api/v1/index",
          "/api/v1/status",
          "/oembed",
          "/healthz",
          "/metrics");

  private final SearchEngine engine;
  private final Supplier<Optional<IndexingProgress.State>> reading;

  ApiRoutes(SearchEngine engine, Supplier<Optional<IndexingProgress.State>> reading) {
    this.engine = engine;
    this.reading = reading;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/api/v1/search", this::search);
    routes.get("/api/v1/suggest", this::suggest);
    routes.get("/api/v1/episodes", this::episodes);
    routes.get("/api/v1/episodes/{id}", this::episode);
    routes.get("/api/v1/episodes/{id}/moments", this::moments);
    routes.get("/api/v1/episodes/{id}/matches", this::matches);
    routes.get("/api/v1/episodes/{id}/chapters.json", this::chapters);
    routes.get("/api/v1/episodes/{id}/{file}", this::transcript);
    routes.get("/api/v1/status", this::status);
    routes.get("/healthz", this::health);
    routes.get("/openapi.json", ApiRoutes::description);
  }

  private void search(Context context) throws IOException {
    SearchRequest request = Parameters.search(context);
    SearchPage page = engine.search(request);
    Map<String, Explanation> explanations =
        Parameters.explain(context) ? engine.explain(request, page.momentIds()) : Map.of();
    context.json(Answers.of(page, request.byEpisode(), explanations));
  }

  private void suggest(Context context) throws IOException {
    String typed = Parameters.query(context);
    int limit = Parameters.number(context, "limit", USUAL_SUGGESTIONS, MOST_SUGGESTIONS);
    context.json(
        new Answers.SuggestAnswer(
            typed, engine.suggest(typed, limit).stream().map(Answers::of).toList()));
  }

  private void episodes(Context context) throws IOException {
    int limit = Parameters.number(context, "limit", USUAL_EPISODES, MOST_EPISODES);
    String cursor = Parameters.text(context, "cursor");
    int from = 0;
    if (cursor != null) {
      // The id of the last episode listed: it goes on from there though others come and go.
      from =
          1
              + engine
                  .place(cursor)
                  .orElseThrow(() ->
                      new BadRequestException(
                          "cursor",
                          "there is no episode \""
                              + cursor
                              + "\" to go on from; leave cursor out"));
    }
    int all = engine.status().episodes();
    List<EpisodeEntry> page = engine.episodes(from, limit);
    if (page.isEmpty()) {
      // A page that is only shorter says where to go on.
      Workers.mustBeWhole(context);
    }
    context.json(
        new Answers.EpisodesAnswer(
            all,
            page.stream().map(Answers::of).toList(),
            from + page.size() < all && !page.isEmpty() ? page.getLast().episode().id() : null));
  }

  private EpisodeEntry entry(Context context) throws IOException {
    String id = context.pathParam("id");
    return engine
        .episode(id)
        .orElseThrow(() -> new NotFoundResponse("there is no episode \"" + id + "\""));
  }

  private void episode(Context context) throws IOException {
    context.json(Answers.of(entry(context)));
  }

  private void moments(Context context) throws IOException {
    EpisodeEntry entry = entry(context);
    List<Kind> kinds =
        context.queryParams("kind").stream()
            .filter(kind -> !kind.isBlank())
            .map(ApiRoutes::kind)
            .toList();
    Timestamp from = Parameters.time(context, "from");
    Timestamp to = Parameters.time(context, "to");
    List<Answers.MomentPart> moments =
        Tracks.of(engine, entry, Parameters.text(context, "track")).stream()
            .filter(stored -> kinds.isEmpty() || kinds.contains(stored.moment().kind()))
            .filter(stored -> within(stored, from, to))
            .map(stored -> Answers.of(entry.episode(), stored))
            .toList();
    context.json(
        new Answers.MomentsAnswer(
            entry.episode().id(), moments.size(), RequestBudget.isCurrentCut(), moments));
  }

  private static Kind kind(String id) {
    return Kind.of(id)
        .orElseThrow(() ->
            new BadRequestException(
                "kind",
                "there is no kind \""
                    + id
                    + "\"; there are "
                    + java.util.Arrays.stream(Kind.values())
                        .map(Kind::id)
                        .collect(Collectors.joining(", "))));
  }

  private static boolean within(
      StoredMoment stored,
      @org.jspecify.annotations.Nullable Timestamp from,
      @org.jspecify.annotations.Nullable Timestamp to) {
    if (from == null && to == null) {
      return true;
    }
    Optional<TimeSpan> span = stored.moment().anchor().span();
    return span.isPresent()
        && (from == null || span.get().endMs() >= from.millis())
        && (to == null || span.get().startMs() <= to.millis());
  }

  private void matches(Context context) throws IOException {
    EpisodeEntry entry = entry(context);
    SearchRequest request = Parameters.within(context);
    ParsedQuery query = request.query();
    List<Hit.Match> matches = engine.matches(entry.episode().id(), request);
    context.json(
        new Answers.MatchesAnswer(
            entry.episode().id(),
            new Answers.QueryPart(query.text(), query.notUnderstood()),
            matches.size(),
            RequestBudget.isCurrentCut(),
            matches.stream().map(Answers::of).toList()));
  }

  private void transcript(Context context) throws IOException {
    EpisodeEntry entry = entry(context);
    String file = context.pathParam("file");
    TranscriptFormat format =
        Optional.of(file)
            .filter(name -> name.startsWith("transcript."))
            .flatMap(name -> TranscriptFormat.of(name.substring("transcript.".length())))
            .orElseThrow(() ->
                new NotFoundResponse(
                    "there is no \""
                        + file
                        + "\" of an episode; there are: moments, matches, chapters.json and"
                        + " transcript."
                        + TranscriptFormat.ids()));
    Transcript transcript =
        Transcript.of(entry.episode(), Tracks.of(engine, entry, Parameters.text(context, "track")))
            .orElseThrow(() ->
                new NotFoundResponse(
                    "there is no transcript of \""
                        + entry.episode().id()
                        + "\", only notes or chapters"));
    if (RequestBudget.isCurrentCut()) {
      // Half a transcript would be taken for a whole one by whoever reads the file.
      throw new ServiceUnavailableResponse(
          "this recording is longer than a request may read; write its transcript with:"
              + " ./earmark export "
              + entry.episode().id()
              + " --as "
              + format.id());
    }
    context.contentType(format.mediaType() + "; charset=utf-8");
    context.header(
        "Content-Disposition",
        "inline; filename=\"" + safe(entry.episode().id()) + "." + format.id() + "\"");
    context.result(transcript.as(format));
  }

  private void chapters(Context context) throws IOException {
    EpisodeEntry entry = entry(context);
    String chapters =
        PodcastChapters.write(entry.episode(), engine.moments(entry.episode().id()))
            .orElseThrow(() ->
                new NotFoundResponse("no chapter of \"" + entry.episode().id() + "\" has a time"));
    if (RequestBudget.isCurrentCut()) {
      throw new ServiceUnavailableResponse(
          "this recording is longer than a request may read; ./earmark export "
              + entry.episode().id()
              + " --as json writes all of it");
    }
    context.contentType(PodcastChapters.MEDIA_TYPE + "; charset=utf-8").result(chapters);
  }

  private static String safe(String id) {
    return id.replaceAll("[^A-Za-z0-9._-]", "_");
  }

  private void health(Context context) throws IOException {
    IndexStatus status = engine.status();
    context.json(
        new Answers.HealthAnswer(
            "ok", status.episodes(), status.moments(), status.generation(), reading()));
  }

  private void status(Context context) throws IOException {
    IndexStatus status = engine.status();
    context.json(
        new Answers.StatusAnswer(
            status.episodes(),
            status.moments(),
            status.generation(),
            status.bytes(),
            status.changed().toString(),
            reading()));
  }

  private Answers.@Nullable IndexingPart reading() {
    return reading.get().map(Answers::of).orElse(null);
  }

  private static void description(Context context) {
    context.contentType("application/json").result(ApiDescription.json());
  }
}
