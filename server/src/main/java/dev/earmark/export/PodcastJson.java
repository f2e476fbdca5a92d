package dev.earmark.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.earmark.model.TimeSpan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The transcript JSON of the Podcasting 2.0 namespace. */
final class PodcastJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private PodcastJson() {}

  /**
   * The cues as segments. Where the source times words, a segment has {@code words} as well, each
   * with the same keys, and where words were set right, {@code heard}: readers that do not know
   * them pass them over.
   */
  static String write(List<TranscriptCue> cues) {
    List<Map<String, Object>> segments = new ArrayList<>();
    for (TranscriptCue cue : cues) {
      TimeSpan span = cue.span();
      if (span == null) {
        continue;
      }
      Map<String, Object> segment = part(span.startMs(), span.endMs(), cue.text());
      if (cue.speaker() != null) {
        segment.put("speaker", cue.speaker());
      }
      if (!cue.words().isEmpty()) {
        segment.put(
            "words",
            cue.words().stream()
                .map(word ->
                    part(
                        word.startMs(), word.endMs(), cue.text().substring(word.from(), word.to())))
                .toList());
      }
      if (!cue.heard().isEmpty()) {
        segment.put(
            "heard",
            cue.heard().stream()
                .map(word ->
                    Map.of("body", cue.text().substring(word.from(), word.to()), "as", word.as()))
                .toList());
      }
      segments.add(segment);
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("version", "1.0.0");
    all.put("segments", segments);
    try {
      return MAPPER.writeValueAsString(all);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("segments are always JSON", e);
    }
  }

  private static Map<String, Object> part(long startMs, long endMs, String body) {
    Map<String, Object> part = new LinkedHashMap<>();
    part.put("startTime", startMs / 1000.0);
    part.put("endTime", endMs / 1000.0);
    part.put("body", body);
    return part;
  }
}
