package dev.earmark.http;

import dev.earmark.describe.Operation;
import dev.earmark.describe.Parameter;
import dev.earmark.export.Transcript;
import dev.earmark.export.TranscriptFormat;
import dev.earmark.iiif.ContentSearch;
import dev.earmark.iiif.Presentation;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.search.BadRequestException;
import dev.earmark.search.RequestBudget;
import dev.earmark.search.SearchEngine;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.ServiceUnavailableResponse;
import java.io.IOException;
import java.util.Map;

/**
 * What viewers of archives read. Pages of any site may read it, as the standard wants; all else
 * here is closed to them. Thread-safe.
 *
 * @see <a href="https://iiif.io/api/presentation/3.0/#63-responses">IIIF Presentation API 3.0,
 *     6.3</a>
 */
final class IiifRoutes {
  private static final String PRESENTATION =
      "application/ld+json;profile=\"http://iiif.io/api/presentation/3/context.json\"";
  private static final String STANDARD = "https://iiif.io/api/presentation/3.0/";
  private static final String SEARCH = "https://iiif.io/api/search/2.0/";
  private static final int MOST = 1_000_000;

  private static final Parameter ID = Parameter.text("id", "the id of an episode").ofPath();
  private static final Parameter VERSION =
      Parameter.number("version", 2, 2, "the version of the standard").ofPath();
  private static final Parameter Q = Parameter.text("q", "what is looked for");
  private static final Parameter MOTIVATION =
      Parameter.text("motivation", "supplementing for what is said, commenting for notes");
  private static final Parameter PAGE = Parameter.number("page", 1, MOST, "which page of them");

  private final SearchEngine engine;
  private final Presentation presentation;
  private final ContentSearch search;

  IiifRoutes(SearchEngine engine) {
    this.engine = engine;
    presentation = new Presentation(engine);
    search = new ContentSearch(engine);
  }

  /**
   * Lets pages of other sites read what is here: of every site, or, where only this machine reaches
   * the server, those that this machine serves. To be added before what may answer by itself.
   */
  static void allowOthers(RoutesConfig routes, boolean isPrivate) {
    routes.before(
        "/iiif/*",
        context -> {
          String origin = context.header("Origin");
          if (!isPrivate || origin == null || OwnPages.areOfThisMachine(origin)) {
            context.header("Access-Control-Allow-Origin", "*");
            context.header("Access-Control-Expose-Headers", "Content-Range, ETag");
          }
          // What is played without the page being able to read it, such as the recording.
          context.header("Cross-Origin-Resource-Policy", "cross-origin");
        });
  }

  void addTo(Api api, RoutesConfig routes) {
    presented(api.get("/iiif/collection", this::shows), "The collection of all shows")
        .does("iiifShows", "All shows, as a IIIF collection");
    presented(api.get("/iiif/{show}/collection", this::collection), "The collection")
        .does("iiifShow", "The episodes of a show, as a IIIF collection")
        .takes(Parameter.text("show", "the name of a show").ofPath());
    presented(api.get("/iiif/{id}/manifest", this::manifest), "The manifest")
        .does("iiifManifest", "An episode as a IIIF manifest")
        .takes(ID);
    presented(api.get("/iiif/{id}/annotations/captions", this::captions), "A page of annotations")
        .does("iiifCaptions", "What is said, a caption an annotation")
        .takes(ID);
    presented(api.get("/iiif/{id}/annotations/notes", this::notes), "A page of annotations")
        .does("iiifNotes", "What is noted, an annotation a moment")
        .takes(ID);
    api.get("/iiif/{id}/transcript.vtt", this::transcript)
        .does("iiifTranscript", "The transcript that a manifest names")
        .takes(ID)
        .answersAs("WebVTT", TranscriptFormat.VTT.mediaType());
    api.get("/iiif/{id}/search/{version}", this::search)
        .does("iiifSearch", "Search inside an episode: IIIF Content Search")
        .takes(ID, VERSION, Q, MOTIVATION, PAGE)
        .answersAs("The annotations that were found, with what to highlight", "application/json")
        .keeps(SEARCH);
    api.get("/iiif/{id}/transcript/search", this::searchTranscript)
        .does("iiifSearchTranscript", "Search in the transcript of an episode as a file")
        .takes(ID, Q, PAGE)
        .answersAs("Stretches of the transcript, what was found marked", "application/json")
        .keeps(SEARCH);
    api.get("/iiif/{id}/autocomplete/{version}", this::autocomplete)
        .does("iiifAutocomplete", "Words of an episode that begin with what is typed")
        .takes(ID, VERSION, Q, Parameter.number("min", 1, MOST, "how often they must be said"))
        .answersAs("The words, and how often each is said", "application/json")
        .keeps(SEARCH);
    routes.get("/iiif/{id}/media/{type}", new LocalMedia(engine)::serve);
    routes.options("/iiif/*", IiifRoutes::preflight);
  }

  private static Operation presented(Operation operation, String what) {
    return operation.answersAs(what, PRESENTATION, "application/json").keeps(STANDARD);
  }

  /** Viewers may send headers of their own. */
  private static void preflight(Context context) {
    context.header("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS");
    String asked = context.header("Access-Control-Request-Headers");
    if (asked != null && asked.matches("[A-Za-z0-9, -]{1,500}")) {
      context.header("Access-Control-Allow-Headers", asked);
    }
    context.status(204);
  }

  private EpisodeEntry entry(Context context) throws IOException {
    String id = context.pathParam("id");
    return engine
        .episode(id)
        .orElseThrow(() -> new NotFoundResponse("there is no episode \"" + id + "\""));
  }

  /** Half a manifest would be taken for a whole one by who reads it. */
  private static void answer(Context context, Map<String, Object> answer) {
    if (RequestBudget.isCurrentCut()) {
      throw new ServiceUnavailableResponse(
          "this recording is longer than a request may read; ask again, or write its transcript"
              + " with ./earmark export");
    }
    context.json(answer);
  }

  /** As JSON-LD to who asks for it, else as JSON: most ask for nothing, and some refuse others. */
  private static void present(Context context, Map<String, Object> answer) {
    answer(context, answer);
    String accept = context.header("Accept");
    if (accept != null && accept.contains("application/ld+json")) {
      context.contentType(PRESENTATION);
    }
    context.header("Vary", "Accept, Accept-Encoding, Origin");
  }

  private void shows(Context context) throws IOException {
    present(context, presentation.shows(DiscoveryRoutes.base(context)));
  }

  private void collection(Context context) throws IOException {
    String show = context.pathParam("show");
    present(
        context,
        presentation
            .collection(show, DiscoveryRoutes.base(context))
            .orElseThrow(() -> new NotFoundResponse("there is no show \"" + show + "\"")));
  }

  private void manifest(Context context) throws IOException {
    EpisodeEntry entry = entry(context);
    present(
        context,
        presentation
            .manifest(entry, DiscoveryRoutes.base(context))
            .orElseThrow(() ->
                new NotFoundResponse(
                    "there is no manifest of \""
                        + entry.episode().id()
                        + "\": neither a recording nor a time is known, so nothing can be laid out;"
                        + " say its duration in episode.yaml")));
  }

  private void captions(Context context) throws IOException {
    present(context, presentation.captions(entry(context), DiscoveryRoutes.base(context)));
  }

  private void notes(Context context) throws IOException {
    present(context, presentation.notes(entry(context), DiscoveryRoutes.base(context)));
  }

  private void transcript(Context context) throws IOException {
    EpisodeEntry entry = entry(context);
    String id = entry.episode().id();
    Transcript transcript =
        Transcript.of(entry.episode(), engine.moments(id))
            .orElseThrow(() -> new NotFoundResponse("there is no transcript of \"" + id + "\""));
    Workers.mustBeWhole(context);
    context
        .contentType(TranscriptFormat.VTT.mediaType() + "; charset=utf-8")
        .result(transcript.as(TranscriptFormat.VTT));
  }

  private static ContentSearch.Asked asked(Context context) {
    String query = context.queryString();
    // Without its page: that is added to the address of each.
    String rest = query == null ? "" : query.replaceAll("(^|&)page=[^&]*", "").replaceAll("^&", "");
    return new ContentSearch.Asked(
        Parameters.query(context),
        ContentSearch.motivations(Parameters.text(context, "motivation")),
        ContentSearch.ignored(context.queryParamMap().keySet()),
        Parameters.number(context, "page", 1, MOST),
        DiscoveryRoutes.base(context)
            + context.req().getRequestURI()
            + (rest.isEmpty() ? "" : "?" + rest));
  }

  /** The version that an address names. */
  private static int version(Context context) {
    String version = context.pathParam("version");
    if (!version.equals("1") && !version.equals("2")) {
      throw new NotFoundResponse("version must be 1 or 2, got \"" + version + "\"");
    }
    return Integer.parseInt(version);
  }

  private void search(Context context) throws IOException {
    String base = DiscoveryRoutes.base(context);
    ContentSearch.Asked asked = asked(context);
    answer(
        context,
        version(context) == 1
            ? search.search1(entry(context), base, asked)
            : search.search2(entry(context), base, asked));
  }

  private void searchTranscript(Context context) throws IOException {
    answer(
        context,
        search.searchTranscript(entry(context), DiscoveryRoutes.base(context), asked(context)));
  }

  private void autocomplete(Context context) throws IOException {
    ContentSearch.Asked asked = asked(context);
    if (asked.q().isBlank()) {
      throw new BadRequestException("q", "q must be the beginning of a word, got nothing");
    }
    int least = Parameters.number(context, "min", 1, MOST);
    answer(
        context,
        version(context) == 1
            ? search.autocomplete1(entry(context), DiscoveryRoutes.base(context), asked, least)
            : search.autocomplete2(entry(context), asked, least));
  }
}
