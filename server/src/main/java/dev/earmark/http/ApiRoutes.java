package dev.earmark.http;

import dev.earmark.describe.Parameter;
import dev.earmark.export.Citations;
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
import dev.earmark.vector.EmbeddingProgress;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.ServiceUnavailableResponse;
import java.io.IOException;
import java.util.Arrays;
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

  private static final Parameter ID = Parameter.text("id", "the id of an episode").ofPath();
  private static final Parameter TRACK =
      Parameter.text(
          "track",
          "only this document, by its name; also a transcript that is kept but not searched");

  private final SearchEngine engine;
  private final Supplier<Optional<IndexingProgress.State>> reading;
  private final Supplier<Optional<EmbeddingProgress.State>> embedding;

  ApiRoutes(
      SearchEngine engine,
      Supplier<Optional<IndexingProgress.State>> reading,
      Supplier<Optional<EmbeddingProgress.State>> embedding) {
    this.embedding = embedding;
    this.engine = engine;
    this.reading = reading;
  }

  void addTo(Api api, RoutesConfig routes) {
    api.get("/api/v1/search", this::search)
        .does("search", "Moments that match a query")
        .takes(Parameters.SEARCH)
        .answers(Answers.SearchAnswer.class, "The hits, and how many there are of each facet");
    api.get("/api/v1/suggest", this::suggest)
        .does("suggest", "What somebody who is typing may be about to ask for")
        .takes(
            Parameter.text(
                "q", "what was typed so far: the beginning of a name, or of any word in it"),
            Parameter.number("limit", USUAL_SUGGESTIONS, MOST_SUGGESTIONS, "how many at most"))
        .answers(
            Answers.SuggestAnswer.class,
            "Speakers, shows, topics, episodes, chapters, phrases and words, in this order; empty for the moment after start in which they are gathered");
    api.get("/api/v1/episodes", this::episodes)
        .does("episodes", "All episodes, newest first")
        .takes(
            Parameter.number("limit", USUAL_EPISODES, MOST_EPISODES, "how many"), Parameters.CURSOR)
        .answers(Answers.EpisodesAnswer.class, "Episodes");
    api.get("/api/v1/episodes/{id}", this::episode)
        .does("episode", "One episode")
        .takes(ID)
        .answers(Answers.EpisodeAnswer.class, "The episode");
    api.get("/api/v1/episodes/{id}/moments", this::moments)
        .does("moments", "The moments of an episode in the order of its sources")
        .takes(
            ID,
            TRACK,
            Parameters.facet("kind"),
            Parameter.text(
                "from", "only what ends at this time of the recording or later, such as 13:55"),
            Parameter.text("to", "only what starts at this time of the recording or earlier"))
        .answers(Answers.MomentsAnswer.class, "The moments");
    api.get("/api/v1/episodes/{id}/matches", this::matches)
        .does("matches", "Every place in an episode where a query matches, for a timeline")
        .takes(ID)
        .takes(Parameters.WORDS)
        .answers(Answers.MatchesAnswer.class, "The places, in the order of the recording");
    api.get("/api/v1/episodes/{id}/chapters.json", this::chapters)
        .does("chapters", "The chapters of an episode, as Podcasting 2.0 JSON Chapters")
        .takes(ID)
        .answersAs("The chapters, in order", PodcastChapters.MEDIA_TYPE)
        .keeps(
            "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/chapters/jsonChapters.md");
    api.get("/api/v1/episodes/{id}/transcript.{form}", this::transcript)
        .does("transcript", "The transcript of an episode as a file")
        .takes(ID)
        .takes(
            Parameter.choice(
                    "form",
                    null,
                    Parameters.ids(TranscriptFormat.values(), TranscriptFormat::id),
                    "the form of the answer")
                .ofPath(),
            TRACK)
        .answersAs(
            "The transcript",
            Arrays.stream(TranscriptFormat.values())
                .map(TranscriptFormat::mediaType)
                .toArray(String[]::new));
    api.get("/api/v1/episodes/{id}/citation.{form}", this::citation)
        .does("citation", "The citation of an episode, at a second of it if one is named")
        .takes(ID)
        .takes(
            Parameter.choice(
                    "form",
                    null,
                    Parameters.ids(Citations.Form.values(), Citations.Form::id),
                    "the form of the answer")
                .ofPath(),
            Parameter.text("t", "the second that is cited, such as 13:55"))
        .answersAs(
            "The citation",
            Arrays.stream(Citations.Form.values())
                .map(Citations.Form::mediaType)
                .toArray(String[]::new));
    routes.get(
        "/api/v1/episodes/{id}/{file}",
        context -> {
          throw noFile(context.pathParam("file"));
        });
    api.get("/api/v1/status", this::status)
        .does("status", "How large the index is, and how far it is read")
        .answers(Answers.StatusAnswer.class, "What is indexed, and what is still being read");
    api.get("/healthz", this::health)
        .does("health", "Whether the server answers, and from how large an index")
        .answers(Answers.HealthAnswer.class, "It does");
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
                    + Arrays.stream(Kind.values())
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
    String form = context.pathParam("form");
    TranscriptFormat format =
        TranscriptFormat.of(form).orElseThrow(() -> noFile("transcript." + form));
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

  private static NotFoundResponse noFile(String name) {
    return new NotFoundResponse(
        "there is no \""
            + name
            + "\" of an episode; there are: moments, matches, chapters.json, citation.bib,"
            + " citation.ris, citation.csl and transcript."
            + TranscriptFormat.ids());
  }

  private void citation(Context context) throws IOException {
    EpisodeEntry entry = entry(context);
    String id = context.pathParam("form");
    Citations.Form form = Citations.Form.of(id).orElseThrow(() -> noFile("citation." + id));
    Timestamp at = Parameters.time(context, "t");
    StoredMoment said = at == null ? null : saidAt(entry, at);
    Workers.mustBeWhole(context);
    context.contentType(form.mediaType());
    context.header(
        "Content-Disposition",
        "inline; filename=\"" + safe(entry.episode().id()) + "." + form.id() + "\"");
    context.result(Citations.of(entry.episode(), at, said, form, DiscoveryRoutes.base(context)));
  }

  /** What is said at an instant: the passage or quotation that begins last before it ends. */
  private @Nullable StoredMoment saidAt(EpisodeEntry entry, Timestamp at) throws IOException {
    StoredMoment said = null;
    long latest = -1;
    for (StoredMoment stored : engine.moments(entry.episode().id())) {
      TimeSpan span = stored.moment().anchor().span().orElse(null);
      boolean spoken = Tracks.isSpeech(stored) || stored.moment().kind() == Kind.QUOTE;
      if (!spoken || span == null || span.startMs() / 1_000 > at.wholeSeconds()) {
        continue;
      }
      boolean begins = span.startMs() / 1_000 == at.wholeSeconds();
      if ((begins || span.endMs() > at.millis()) && span.startMs() >= latest) {
        said = stored;
        latest = span.startMs();
      }
    }
    return said;
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
            "ok",
            status.episodes(),
            status.moments(),
            status.generation(),
            reading(),
            embedding()));
  }

  private void status(Context context) throws IOException {
    IndexStatus status = engine.status();
    context.json(
        new Answers.StatusAnswer(
            status.episodes(),
            status.moments(),
            status.generation(),
            status.bytes(),
            status.changed(),
            reading(),
            embedding()));
  }

  private Answers.@Nullable EmbeddingPart embedding() {
    return embedding.get().map(Answers::of).orElse(null);
  }

  private Answers.@Nullable IndexingPart reading() {
    return reading.get().map(Answers::of).orElse(null);
  }
}
