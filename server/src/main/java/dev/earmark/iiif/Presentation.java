package dev.earmark.iiif;

import static dev.earmark.iiif.JsonLd.object;
import static dev.earmark.iiif.JsonLd.text;

import dev.earmark.export.PodcastChapters;
import dev.earmark.export.TranscriptFormat;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.StoredMoment;
import dev.earmark.model.Artwork;
import dev.earmark.model.DeepLink;
import dev.earmark.model.Episode;
import dev.earmark.model.Kind;
import dev.earmark.model.Media;
import dev.earmark.model.MediaType;
import dev.earmark.model.Moment;
import dev.earmark.model.Speaker;
import dev.earmark.model.TimeSpan;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.ShowProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Episodes as IIIF manifests, and shows as collections.
 *
 * <p>An episode is one canvas, as long as the recording. Its file is painted on it; the transcript
 * supplements it, as a file and as annotations; notes comment on it; chapters are ranges. An
 * episode whose recording is on a site that only plays it there, such as YouTube, or that has none
 * at all, has an empty canvas as long as is known, which the standard allows: what was said can be
 * read and searched all the same. Where not even a length is known there is no manifest.
 *
 * <p>Thread-safe.
 *
 * @see <a href="https://iiif.io/api/presentation/3.0/">IIIF Presentation API 3.0</a>
 */
public final class Presentation {
  private static final String ENGLISH = "en";

  /** A canvas of a video has the form of most of them; its size in pixels is not known. */
  private static final int WIDTH = 1280;

  private static final int HEIGHT = 720;

  private final SearchEngine engine;

  public Presentation(SearchEngine engine) {
    this.engine = engine;
  }

  /**
   * The manifest of an episode; empty if neither a recording nor any time of it is known.
   *
   * @param base what an address of ours begins with, such as {@code https://example.org}
   */
  public Optional<Map<String, Object>> manifest(EpisodeEntry entry, String base)
      throws IOException {
    Episode episode = entry.episode();
    List<StoredMoment> moments = engine.moments(episode.id());
    long duration = duration(episode, moments);
    if (duration <= 0) {
      return Optional.empty();
    }
    Addresses addresses = new Addresses(base, episode.id());
    Captions captions = Captions.of(episode, moments);
    Map<String, Object> manifest = object("@context", JsonLd.PRESENTATION_3);
    manifest.putAll(
        object(
            "id", addresses.manifest(),
            "type", "Manifest",
            "label", text(episode.language(), episode.title()),
            "summary", summary(episode),
            "metadata", metadata(episode),
            "navDate", episode.date() == null ? null : episode.date() + "T00:00:00Z",
            "thumbnail", thumbnail(episode.picture(), base),
            "homepage",
                List.of(
                    object(
                        "id",
                        base + DeepLink.page(episode.id(), null),
                        "type",
                        "Text",
                        "label",
                        text(episode.language(), episode.title()),
                        "format",
                        "text/html")),
            "provider", provider(episode, base),
            "rendering", rendering(episode, captions, addresses),
            "partOf", partOf(episode, base),
            "service", ContentSearch.services(addresses),
            "items", List.of(canvas(episode, moments, captions, duration, addresses)),
            "structures", structures(episode, moments, duration, addresses)));
    return Optional.of(manifest);
  }

  /** How long the recording is, as far as is known: until its last moment ends. */
  private static long duration(Episode episode, List<StoredMoment> moments) {
    Long stated = episode.durationMs();
    return stated != null && stated > 0
        ? stated
        : moments.stream()
            .flatMap(stored -> stored.moment().anchor().span().stream())
            .mapToLong(TimeSpan::endMs)
            .max()
            .orElse(0);
  }

  private static @Nullable Map<String, Object> summary(Episode episode) {
    String description = episode.description();
    return description == null || description.isBlank()
        ? null
        : text(episode.language(), description);
  }

  private static List<Map<String, Object>> metadata(Episode episode) {
    List<Map<String, Object>> metadata = new ArrayList<>();
    add(metadata, "Show", episode.show() == null ? List.of() : List.of(episode.show()));
    add(metadata, "Date", episode.date() == null ? List.of() : List.of(episode.date().toString()));
    add(metadata, "Speakers", episode.speakers().stream().map(Speaker::name).toList());
    add(metadata, "Topics", episode.topics());
    return metadata;
  }

  private static void add(List<Map<String, Object>> metadata, String label, List<String> values) {
    if (!values.isEmpty()) {
      metadata.add(object("label", text(ENGLISH, label), "value", object("none", values)));
    }
  }

  private List<Map<String, Object>> thumbnail(@Nullable Artwork picture, String base)
      throws IOException {
    if (picture == null) {
      return List.of();
    }
    String format = engine.picture(picture.id()).map(MediaType::ofPicture).orElse(null);
    return List.of(
        object(
            "id",
            base + DeepLink.artwork(picture),
            "type",
            "Image",
            "format",
            format,
            "width",
            picture.width(),
            "height",
            picture.height()));
  }

  /** Who brings the recording out, as far as is known: its show. */
  private static List<Map<String, Object>> provider(Episode episode, String base) {
    String show = episode.show();
    return show == null
        ? List.of()
        : List.of(
            object(
                "id", Addresses.showPage(base, show),
                "type", "Agent",
                "label", text(null, show),
                "homepage",
                    List.of(
                        object(
                            "id",
                            Addresses.showPage(base, show),
                            "type",
                            "Text",
                            "label",
                            text(null, show),
                            "format",
                            "text/html"))));
  }

  private static List<Map<String, Object>> partOf(Episode episode, String base) {
    String show = episode.show();
    return show == null
        ? List.of()
        : List.of(object("id", Addresses.collection(base, show), "type", "Collection"));
  }

  /** The transcript to take along, and where else the recording plays. */
  private static List<Map<String, Object>> rendering(
      Episode episode, Captions captions, Addresses addresses) {
    List<Map<String, Object>> rendering = new ArrayList<>();
    if (captions.isPresent()) {
      rendering.add(
          object(
              "id", addresses.transcript(),
              "type", "Text",
              "label", text(ENGLISH, "Transcript (WebVTT)"),
              "format", TranscriptFormat.VTT.mediaType()));
    }
    String youtube = episode.media().youtube();
    if (youtube != null) {
      rendering.add(
          object(
              "id",
              DeepLink.youtube(youtube, null),
              "type",
              "Video",
              "label",
              text(ENGLISH, "On YouTube"),
              "format",
              "text/html"));
    }
    return rendering;
  }

  private static Map<String, Object> canvas(
      Episode episode,
      List<StoredMoment> moments,
      Captions captions,
      long duration,
      Addresses addresses) {
    double seconds = duration / 1000.0;
    List<Map<String, Object>> painted = new ArrayList<>();
    Map<String, Object> body = recording(episode, seconds, addresses);
    if (body != null) {
      painted.add(
          object(
              "id",
              addresses.canvas() + "/media/annotation",
              "type",
              "Annotation",
              "motivation",
              "painting",
              "body",
              body,
              "target",
              addresses.canvas()));
    }
    boolean seen = body != null && Objects.equals(body.get("type"), "Video");
    List<Map<String, Object>> annotations = new ArrayList<>();
    if (captions.isPresent()) {
      annotations.add(
          JsonLd.page(
              addresses.canvas() + "/transcript",
              List.of(
                  object(
                      "id",
                      addresses.canvas() + "/transcript/annotation",
                      "type",
                      "Annotation",
                      "motivation",
                      "supplementing",
                      "body",
                      object(
                          "id", addresses.transcript(),
                          "type", "Text",
                          "format", TranscriptFormat.VTT.mediaType(),
                          // No language: readers disagree on whether it is a text or a list.
                          "label", text(ENGLISH, "Transcript")),
                      "target",
                      addresses.canvas()))));
      annotations.add(
          object(
              "id", addresses.captions(),
              "type", "AnnotationPage",
              "label", text(ENGLISH, "Captions")));
    }
    if (!notes(moments, captions).isEmpty()) {
      annotations.add(
          object(
              "id", addresses.notes(), "type", "AnnotationPage", "label", text(ENGLISH, "Notes")));
    }
    return object(
        "id",
        addresses.canvas(),
        "type",
        "Canvas",
        "label",
        text(episode.language(), episode.title()),
        "duration",
        seconds,
        "width",
        seen ? (Integer) WIDTH : null,
        "height",
        seen ? (Integer) HEIGHT : null,
        "service",
        captions.isPresent() ? List.of(ContentSearch.transcriptService(addresses)) : List.of(),
        "items",
        List.of(JsonLd.page(addresses.canvas() + "/media", painted)),
        "annotations",
        annotations);
  }

  private static @Nullable String language(Episode episode) {
    String language = episode.language();
    return language == null || language.equals("und") ? null : language;
  }

  /** The file of the recording, a video before audio; null if there is none. */
  private static @Nullable Map<String, Object> recording(
      Episode episode, double seconds, Addresses addresses) {
    Media media = episode.media();
    String file = media.video() != null ? media.video() : media.audio();
    if (file == null) {
      return null;
    }
    String kind = media.video() != null ? "video" : "audio";
    return object(
        "id", Media.isRemote(file) ? file : addresses.media(kind),
        "type", kind.equals("video") ? "Video" : "Sound",
        "format", MediaType.of(file).orElse(kind.equals("video") ? "video/mp4" : "audio/mpeg"),
        "duration", seconds,
        "width", kind.equals("video") ? (Integer) WIDTH : null,
        "height", kind.equals("video") ? (Integer) HEIGHT : null);
  }

  private static List<Map<String, Object>> structures(
      Episode episode, List<StoredMoment> moments, long duration, Addresses addresses) {
    List<Moment> chapters = PodcastChapters.of(moments);
    if (chapters.isEmpty()) {
      return List.of();
    }
    List<Map<String, Object>> ranges = new ArrayList<>();
    for (int i = 0; i < chapters.size(); i++) {
      Moment chapter = chapters.get(i);
      TimeSpan span = chapter.anchor().span().orElseThrow();
      long next = i + 1 < chapters.size() ? startMs(chapters.get(i + 1)) : duration;
      long end = span.durationMs() > 0 ? span.endMs() : Math.max(span.startMs(), next);
      ranges.add(
          object(
              "id",
              addresses.canvas() + "/range/" + (i + 1),
              "type",
              "Range",
              "label",
              text(episode.language(), chapter.title() == null ? chapter.text() : chapter.title()),
              "items",
              List.of(
                  object(
                      "id",
                      addresses.canvas(TimeSpan.ofMillis(span.startMs(), end)),
                      "type",
                      "Canvas"))));
    }
    return List.of(
        object(
            "id",
            addresses.canvas() + "/range",
            "type",
            "Range",
            "label",
            text(ENGLISH, "Chapters"),
            "items",
            ranges));
  }

  private static long startMs(Moment moment) {
    return moment.anchor().span().map(TimeSpan::startMs).orElse(0L);
  }

  /** What is said, a caption an annotation. */
  public Map<String, Object> captions(EpisodeEntry entry, String base) throws IOException {
    Episode episode = entry.episode();
    Addresses addresses = new Addresses(base, episode.id());
    List<Map<String, Object>> items = new ArrayList<>();
    for (Captions.Caption caption : Captions.of(episode, engine.moments(episode.id())).all()) {
      items.add(annotation(Note.of(caption), episode, addresses));
    }
    Map<String, Object> page = object("@context", JsonLd.PRESENTATION_3);
    page.putAll(JsonLd.page(addresses.captions(), items));
    return page;
  }

  /** What is noted of moments that are placed, each an annotation. */
  public Map<String, Object> notes(EpisodeEntry entry, String base) throws IOException {
    Episode episode = entry.episode();
    Addresses addresses = new Addresses(base, episode.id());
    List<StoredMoment> moments = engine.moments(episode.id());
    List<Map<String, Object>> items =
        notes(moments, Captions.of(episode, moments)).stream()
            .map(stored -> annotation(Note.of(stored), episode, addresses))
            .toList();
    Map<String, Object> page = object("@context", JsonLd.PRESENTATION_3);
    page.putAll(JsonLd.page(addresses.notes(), items));
    return page;
  }

  /** Whether a moment is an annotation: it is placed, and is no chapter, which is a range. */
  static boolean isAnnotation(StoredMoment stored) {
    return stored.moment().anchor().span().isPresent() && stored.moment().kind() != Kind.CHAPTER;
  }

  /** What is noted rather than said. */
  private static List<StoredMoment> notes(List<StoredMoment> moments, Captions captions) {
    return moments.stream()
        .filter(Presentation::isAnnotation)
        .filter(stored -> !captions.hold(stored))
        .toList();
  }

  /**
   * An annotation of a stretch of the canvas.
   *
   * @param isSaid whether it is a caption rather than a note
   * @param name names it in its page
   * @param speaker who says it; null if nobody does
   */
  record Note(boolean isSaid, String name, TimeSpan span, @Nullable String speaker, String text) {
    static Note of(Captions.Caption caption) {
      return new Note(
          true, "c" + caption.number(), caption.span(), caption.speaker(), caption.text());
    }

    static Note of(StoredMoment stored) {
      Moment moment = stored.moment();
      return new Note(
          false,
          "m" + stored.ordinal(),
          moment.anchor().span().orElseThrow(),
          moment.speaker(),
          moment.text());
    }

    String motivation() {
      return isSaid ? "supplementing" : "commenting";
    }

    String id(Addresses addresses) {
      return (isSaid ? addresses.captions() : addresses.notes()) + "#" + name;
    }
  }

  static Map<String, Object> annotation(Note note, Episode episode, Addresses addresses) {
    return object(
        "id", note.id(addresses),
        "type", "Annotation",
        "motivation", note.motivation(),
        "body",
            object(
                "type",
                "TextualBody",
                "value",
                note.text(),
                "format",
                "text/plain",
                "language",
                language(episode),
                "creator",
                creator(note)),
        "target", addresses.canvas(note.span()));
  }

  /** Who says it; null if nobody does. */
  private static @Nullable Map<String, Object> creator(Note note) {
    return note.speaker() == null ? null : object("type", "Person", "name", note.speaker());
  }

  /** The episodes of a show; empty if there is no such show. */
  public Optional<Map<String, Object>> collection(String show, String base) throws IOException {
    Optional<ShowProfile> profile = engine.show(show);
    if (profile.isEmpty()) {
      return Optional.empty();
    }
    String name = profile.get().name();
    List<Map<String, Object>> manifests = new ArrayList<>();
    for (Episode episode : profile.get().episodes()) {
      manifests.add(
          object(
              "id",
              new Addresses(base, episode.id()).manifest(),
              "type",
              "Manifest",
              "label",
              text(episode.language(), episode.title()),
              "navDate",
              episode.date() == null ? null : episode.date() + "T00:00:00Z"));
    }
    Map<String, Object> collection = object("@context", JsonLd.PRESENTATION_3);
    collection.putAll(
        object(
            "id", Addresses.collection(base, name),
            "type", "Collection",
            "label", text(null, name),
            "thumbnail", thumbnail(profile.get().picture(), base),
            "homepage",
                List.of(
                    object(
                        "id",
                        Addresses.showPage(base, name),
                        "type",
                        "Text",
                        "label",
                        text(null, name),
                        "format",
                        "text/html")),
            "partOf", List.of(object("id", Addresses.collection(base), "type", "Collection")),
            "items", manifests));
    return Optional.of(collection);
  }

  /** All shows, each a collection; none of an index whose episodes are of no show. */
  public Map<String, Object> shows(String base) throws IOException {
    SearchPage all =
        engine.search(
            SearchRequest.of("")
                .withLimit(1)
                .withFacets(
                    new SearchRequest.FacetLists(Map.of(), SearchRequest.FacetLists.MOST_AT_ONCE)));
    List<Map<String, Object>> collections = new ArrayList<>();
    for (SearchPage.FacetValue show : all.facets().getOrDefault("show", List.of())) {
      collections.add(
          object(
              "id", Addresses.collection(base, show.value()),
              "type", "Collection",
              "label", text(null, show.value())));
    }
    Map<String, Object> collection =
        object(
            "@context",
            JsonLd.PRESENTATION_3,
            "id",
            Addresses.collection(base),
            "type",
            "Collection",
            "label",
            text(ENGLISH, "Shows"));
    collection.put("items", collections);
    return collection;
  }
}
