package dev.earmark.source.caption;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.earmark.source.syntax.JsonReader;
import org.jspecify.annotations.Nullable;

/**
 * What a WebVTT cue of Microsoft Teams' metadata says: the text of such a cue is a JSON object with
 * {@code spokenText} and {@code speakerName}.
 *
 * @see <a href="https://learn.microsoft.com/en-us/graph/api/calltranscript-get">callTranscript</a>
 */
record MeetingLine(@Nullable String speaker, String text) {

  /** Null if a text is something else. */
  static @Nullable MeetingLine of(String cueText) {
    if (!cueText.startsWith("{") || cueText.indexOf("\"spokenText\"") < 0) {
      return null;
    }
    try {
      JsonNode value = JsonReader.value(cueText);
      String speaker = value.path("speakerName").asText("");
      return new MeetingLine(
          speaker.isBlank() ? null : speaker, value.path("spokenText").asText(""));
    } catch (JsonProcessingException notSo) {
      return null;
    }
  }
}
