package dev.earmark.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeSpan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The transcript JSON of the Podcasting 2.0 namespace. */
final class PodcastJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private PodcastJson() {}

  static String write(List<Moment> moments) {
    List<Map<String, Object>> segments = new ArrayList<>();
    for (Moment moment : moments) {
      TimeSpan span = moment.anchor().span().orElseThrow();
      Map<String, Object> segment = new LinkedHashMap<>();
      if (moment.speaker() != null) {
        segment.put("speaker", moment.speaker());
      }
      segment.put("startTime", span.startMs() / 1000.0);
      segment.put("endTime", span.endMs() / 1000.0);
      segment.put("body", moment.text());
      segments.add(segment);
    }
    try {
      return MAPPER.writeValueAsString(Map.of("version", "1.0.0", "segments", segments));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("segments are always JSON", e);
    }
  }
}
