package dev.earmark.source.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import dev.earmark.model.Anchor;
import dev.earmark.model.DeepLink;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.ProblemLog;
import dev.earmark.model.TimeSpan;
import dev.earmark.source.FormatDescriptor;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.source.cue.CueBuilder;
import dev.earmark.source.episode.LanguageNames;
import dev.earmark.source.syntax.Excerpt;
import dev.earmark.source.syntax.JsonReader;
import dev.earmark.source.syntax.JsonShape;
import dev.earmark.source.syntax.JsonValues;
import dev.earmark.source.time.Times;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;

/**
 * W3C Web Annotations in JSON-LD, as an annotation, a list, a page or a collection with its first
 * page, and as IIIF writes them.
 *
 * <p>A target is a recording, or a canvas of IIIF, with a time as a media fragment ({@code
 * #t=12.5,14}) in its address or in a {@code FragmentSelector}, or as points in time; the text is
 * in bodies. What supplements or transcribes a recording is what is said in it, and who wrote such
 * a body who says it. What highlights is a quotation, be it a body or the {@code exact} of a {@code
 * TextQuoteSelector}. All else are notes; bodies that tag are topics. Of annotations of several
 * recordings those of the one that has most are read.
 *
 * @see <a href="https://www.w3.org/TR/annotation-model/">Web Annotation Data Model</a>
 * @see <a href="https://www.w3.org/TR/media-frags/#naming-time">Media Fragments, 4.2.1</a>
 * @see <a href="https://iiif.io/api/presentation/3.0/#56-annotation">IIIF Presentation API 3.0</a>
 */
@AutoService(SourceFormat.class)
public final class WebAnnotationFormat implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "web-annotations",
          "W3C Web Annotations of a recording, also of IIIF, in JSON-LD",
          "JSON with @context and items that have a target, and body or motivation");

  /** What stands for the words that are said. */
  private static final Set<String> SAID =
      Set.of("supplementing", "transcribing", "captioning", "subtitling");

  private static final String[] LISTS = {"items[]", "first.items[]", "[]"};

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    JsonShape shape = JsonShape.of(source);
    for (String list : LISTS) {
      if (isAnnotation(shape, list + ".")) {
        boolean named = shape.hasAny("@context", "[].@context");
        return named ? Recognition.CERTAIN : Recognition.LIKELY;
      }
    }
    return isSingle(shape) ? Recognition.CERTAIN : Recognition.NO;
  }

  private static boolean isSingle(JsonShape shape) {
    return shape.has("@context") && isAnnotation(shape, "");
  }

  private static boolean isAnnotation(JsonShape shape, String place) {
    return shape.has(place + "target")
        && shape.hasAny(place + "body", place + "bodyValue", place + "motivation");
  }

  /** An annotation as it is read, before it is known which recording the file is about. */
  private record Annotation(
      String motivation,
      @Nullable String recording,
      @Nullable TimeSpan span,
      String text,
      @Nullable String said,
      List<String> tags,
      int line) {}

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    List<Annotation> all = new ArrayList<>();
    EpisodeFields.Builder episode = EpisodeFields.builder();
    JsonReader.Handler handler =
        (value, line) -> {
          Annotation read = annotation(value, line, episode, problems);
          if (read != null) {
            all.add(read);
          }
        };
    JsonReader reader = new JsonReader(source, problems);
    if (isSingle(JsonShape.of(source))) {
      reader.on("", handler);
    } else {
      for (String list : LISTS) {
        reader.on(list, handler);
      }
    }
    reader.read();
    List<Annotation> ours = ofOneRecording(all, problems);
    CueBuilder cues = new CueBuilder(problems);
    List<Moment> moments = new ArrayList<>();
    for (Annotation one : ours) {
      TimeSpan span = one.span();
      if (SAID.contains(one.motivation()) && span != null) {
        long end = span.end() == null ? Times.NONE : span.endMs();
        cues.add(span.startMs(), end, one.said(), one.text(), one.line());
      } else {
        moments.add(moment(one));
      }
    }
    if (cues.isEmpty() && moments.isEmpty()) {
      throw new SourceException(0, "nothing to read: annotations with a body are needed");
    }
    return new ParsedSource(episode.build(), cues.isEmpty() ? List.of() : cues.cues(), moments);
  }

  private static Moment moment(Annotation one) {
    Kind kind = one.motivation().equals("highlighting") ? Kind.QUOTE : Kind.NOTE;
    Moment.Builder moment =
        Moment.builder(kind, one.text())
            .speaker(kind == Kind.QUOTE ? one.said() : null)
            .anchor(one.span() == null ? Anchor.unplaced() : Anchor.exact(one.span()))
            .line(one.line());
    one.tags().forEach(moment::topic);
    return moment.build();
  }

  private static List<Annotation> ofOneRecording(List<Annotation> all, ProblemLog problems) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Annotation one : all) {
      if (one.recording() != null) {
        counts.merge(one.recording(), 1, Integer::sum);
      }
    }
    String most =
        counts.entrySet().stream()
            .reduce((best, next) -> next.getValue() > best.getValue() ? next : best)
            .map(Map.Entry::getKey)
            .orElse(null);
    if (counts.size() < 2) {
      return all;
    }
    List<Annotation> ours =
        all.stream()
            .filter(one -> one.recording() == null || one.recording().equals(most))
            .toList();
    problems.warning(
        "several-recordings",
        0,
        "there are annotations of " + counts.size() + " recordings",
        ours.size()
            + " of "
            + most
            + " were read; put those of each recording into a file of its own");
    return ours;
  }

  private static @Nullable Annotation annotation(
      JsonNode value, int line, EpisodeFields.Builder episode, ProblemLog problems) {
    JsonNode target = first(value.path("target"));
    StringBuilder text = new StringBuilder();
    List<String> tags = new ArrayList<>();
    String said = null;
    for (JsonNode body :
        all(value.has("bodyValue") ? value.path("bodyValue") : value.path("body"))) {
      String written = text(body);
      if (written == null) {
        continue;
      }
      if (body.path("purpose").asText().equals("tagging")) {
        tags.add(written);
        continue;
      }
      text.append(text.isEmpty() ? "" : "\n").append(written);
      JsonNode creator = first(body.path("creator"));
      said = JsonValues.text(creator.isObject() ? creator.path("name") : creator);
      episode.language(LanguageNames.tag(JsonValues.text(first(body.path("language")))));
    }
    String motivation = motivation(value);
    String quoted = quoted(target);
    if (text.isEmpty() && quoted != null) {
      text.append(quoted);
      motivation = "highlighting";
    }
    if (text.isEmpty() && !tags.isEmpty()) {
      text.append(String.join(", ", tags));
    }
    if (text.isEmpty()) {
      problems.notice("annotation-without-text", line, "an annotation has no text", "left out");
      return null;
    }
    String address = address(target);
    String time = time(target, address);
    TimeSpan span = time == null ? null : DeepLink.parse(time).orElse(null);
    if (time != null && span == null) {
      problems.warning(
          "annotation-time",
          line,
          "t=" + Excerpt.of(time) + " is no time; a time is such as t=12.5,14",
          "kept without a time");
    }
    String recording = address == null ? null : address.split("#", 2)[0];
    return new Annotation(motivation, recording, span, text.toString(), said, tags, line);
  }

  /** The name of the first motivation, without what says whose it is: {@code oa:commenting}. */
  private static String motivation(JsonNode value) {
    String motivation = first(value.path("motivation")).asText();
    int end = Math.max(motivation.lastIndexOf(':'), motivation.lastIndexOf('#'));
    return motivation.substring(Math.max(end, motivation.lastIndexOf('/')) + 1);
  }

  private static JsonNode first(JsonNode value) {
    return value.isArray() ? value.path(0) : value;
  }

  private static List<JsonNode> all(JsonNode value) {
    if (!value.isArray()) {
      return value.isMissingNode() ? List.of() : List.of(value);
    }
    List<JsonNode> all = new ArrayList<>();
    value.forEach(all::add);
    return all;
  }

  /** What a body says; null if it only names something elsewhere. */
  private static @Nullable String text(JsonNode body) {
    boolean isAddress = body.isTextual() && body.asText().matches("(?i)https?://\\S+");
    String text =
        body.isTextual()
            ? isAddress ? null : body.asText()
            : JsonValues.text(JsonValues.first(body, "value", "chars"));
    if (text == null || text.isBlank()) {
      return null;
    }
    boolean isHtml = body.path("format").asText().startsWith("text/html");
    return (isHtml ? Jsoup.parseBodyFragment(text).text() : text).strip();
  }

  private static @Nullable String address(JsonNode target) {
    if (target.isTextual()) {
      return target.asText();
    }
    JsonNode source = JsonValues.first(target, "source", "id");
    return JsonValues.text(source.isObject() ? source.path("id") : source);
  }

  private static @Nullable String quoted(JsonNode target) {
    for (JsonNode selector : all(target.path("selector"))) {
      String exact = JsonValues.text(selector.path("exact"));
      if (exact != null) {
        return exact;
      }
    }
    return null;
  }

  /**
   * The value of {@code t}, in the selectors of a target or in its address; null if none has one.
   */
  private static @Nullable String time(JsonNode target, @Nullable String address) {
    for (JsonNode selector : all(target.path("selector"))) {
      String time = time(selector);
      if (time != null) {
        return time;
      }
    }
    if (address == null) {
      return null;
    }
    int fragment = address.indexOf('#');
    return fragment < 0 ? null : ofFragment(address.substring(fragment + 1));
  }

  private static @Nullable String time(JsonNode selector) {
    String fragment = JsonValues.text(selector.path("value"));
    String time = fragment == null ? null : ofFragment(fragment);
    if (time == null) {
      time = JsonValues.text(selector.path("t"));
    }
    if (time == null && selector.has("startSelector")) {
      String start = time(selector.path("startSelector"));
      String end = time(selector.path("endSelector"));
      time = start == null || end == null ? start : start + "," + end;
    }
    return time == null && selector.has("refinedBy")
        ? time(first(selector.path("refinedBy")))
        : time;
  }

  /** The value of {@code t} among the parts of a media fragment, without its {@code npt:}. */
  private static @Nullable String ofFragment(String fragment) {
    for (String part : fragment.split("&")) {
      if (part.startsWith("t=")) {
        return decoded(part.substring(2)).replaceFirst("^npt:", "");
      }
    }
    return null;
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException noEscape) {
      return value;
    }
  }
}
