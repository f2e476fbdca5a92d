package dev.earmark.source.asr;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.FormatDescriptor;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.source.cue.CueBuilder;
import dev.earmark.source.cue.SpokenWords;
import dev.earmark.source.syntax.JsonReader;
import dev.earmark.source.syntax.JsonShape;
import dev.earmark.source.syntax.JsonValues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A conversation of Otter as its own program keeps it: {@code transcripts} of one speaker each,
 * with {@code start_offset} and {@code end_offset} counted in samples, 16,000 a second, and {@code
 * alignment}, the words with {@code start} and {@code end} in seconds; {@code speakers} gives the
 * names. All of it may stand under {@code speech}.
 */
@AutoService(SourceFormat.class)
public final class OtterJson implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "otter-json",
          "conversations of Otter",
          "JSON transcripts with a transcript and a start_offset");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    JsonShape shape = JsonShape.of(source);
    return shape.has("speech.transcripts[].transcript", "speech.transcripts[].start_offset")
            || shape.has("transcripts[].transcript", "transcripts[].start_offset")
        ? Recognition.CERTAIN
        : Recognition.NO;
  }

  private static final double SAMPLES_A_SECOND = 16_000;

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    Map<String, String> names = new HashMap<>();
    List<JsonNode> turns = new ArrayList<>();
    List<Integer> lines = new ArrayList<>();
    EpisodeFields.Builder episode = EpisodeFields.builder();
    JsonReader reader = new JsonReader(source, problems);
    for (String wrapper : List.of("", "speech.")) {
      reader
          .on(
              wrapper + "transcripts[]",
              (value, line) -> {
                turns.add(value);
                lines.add(line);
              })
          .on(
              wrapper + "speakers[]",
              (value, line) -> {
                String name = JsonValues.text(JsonValues.first(value, "speaker_name", "name"));
                if (name != null) {
                  names.put(JsonValues.first(value, "id", "speaker_id").asText(), name);
                }
              })
          .on(wrapper + "title", (value, line) -> episode.title(JsonValues.text(value)))
          .on(wrapper + "duration", (value, line) -> episode.durationMs(JsonValues.seconds(value)));
    }
    reader.read();
    CueBuilder cues = new CueBuilder(problems);
    for (int i = 0; i < turns.size(); i++) {
      turn(turns.get(i), names, lines.get(i), cues);
    }
    return ParsedSource.ofCues(
        episode.build(), cues.orRefuse("transcripts with a start_offset are needed"));
  }

  private static void turn(JsonNode turn, Map<String, String> names, int line, CueBuilder cues) {
    List<SpokenWords.Timed> words = new ArrayList<>();
    for (JsonNode word : turn.path("alignment")) {
      words.add(
          new SpokenWords.Timed(
              word.path("word").asText(),
              JsonValues.seconds(word.path("start")),
              JsonValues.seconds(word.path("end"))));
    }
    String name = names.get(turn.path("speaker_id").asText());
    String label =
        JsonValues.speaker(JsonValues.first(turn, "speaker_name", "label", "speaker_model_label"));
    SpokenWords.addSegment(
        cues,
        samples(turn.path("start_offset")),
        samples(turn.path("end_offset")),
        name == null ? label : name,
        turn.path("transcript").asText().strip(),
        words,
        line);
  }

  private static long samples(JsonNode value) {
    return JsonValues.fromSeconds(JsonValues.fromNumber(value) / SAMPLES_A_SECOND);
  }
}
