package dev.earmark.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import dev.earmark.search.Hit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A search as a page of W3C Web Annotations: each hit is one, its text the body, its target the
 * recording with its time as a media fragment. Who says it is who made the body. What is said
 * supplements the recording, which is a motivation of IIIF; a quotation highlights; all else
 * comments. The target of a recording without a file is the page of the episode.
 *
 * @see <a href="https://www.w3.org/TR/annotation-model/">Web Annotation Data Model</a>
 * @see <a href="https://www.w3.org/TR/media-frags/">Media Fragments</a>
 */
final class WebAnnotations implements SearchWriter {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Asked asked;
  private boolean isFirst = true;

  WebAnnotations(Asked asked) {
    this.asked = asked;
  }

  @Override
  public String begin() {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put(
        "@context",
        List.of(
            "http://www.w3.org/ns/anno.jsonld",
            Map.of("supplementing", "http://iiif.io/api/presentation/3#supplementing")));
    page.put("id", asked.address());
    page.put("type", "AnnotationPage");
    String head = json(page);
    return head.substring(0, head.length() - 1) + ",\"items\":[\n";
  }

  @Override
  public String hit(Hit hit) {
    Moment moment = hit.moment().moment();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "TextualBody");
    body.put("value", moment.text());
    body.put("format", "text/plain");
    if (!hit.moment().language().equals("und")) {
      body.put("language", hit.moment().language());
    }
    if (moment.speaker() != null) {
      Map<String, Object> creator = new LinkedHashMap<>();
      creator.put("type", "Person");
      creator.put("name", moment.speaker());
      body.put("creator", creator);
    }
    Map<String, Object> annotation = new LinkedHashMap<>();
    annotation.put("id", asked.base() + Links.of(hit).page() + "#m-" + hit.moment().ordinal());
    annotation.put("type", "Annotation");
    annotation.put("motivation", motivation(moment.kind()));
    annotation.put("body", body);
    annotation.put("target", target(hit));
    String separator = isFirst ? "" : ",\n";
    isFirst = false;
    return separator + json(annotation);
  }

  private static String motivation(Kind kind) {
    return switch (kind) {
      case SEGMENT -> "supplementing";
      case QUOTE -> "highlighting";
      default -> "commenting";
    };
  }

  private Map<String, Object> target(Hit hit) {
    Links links = Links.of(hit.episode(), null, null).absolute(asked.base());
    String recording = links.media() != null ? links.media() : links.audio();
    Map<String, Object> target = new LinkedHashMap<>();
    target.put("type", "SpecificResource");
    target.put("source", recording != null ? recording : links.page());
    String time = time(HitText.span(hit));
    if (time != null) {
      Map<String, Object> selector = new LinkedHashMap<>();
      selector.put("type", "FragmentSelector");
      selector.put("conformsTo", "http://www.w3.org/TR/media-frags/");
      selector.put("value", "t=" + time);
      target.put("selector", selector);
    }
    return target;
  }

  private static @Nullable String time(@Nullable TimeSpan span) {
    if (span == null) {
      return null;
    }
    Timestamp end = span.end();
    String start = span.start().seconds();
    return end == null || span.durationMs() == 0 ? start : start + "," + end.seconds();
  }

  @Override
  public String end() {
    return "\n]}\n";
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts are always JSON", e);
    }
  }
}
