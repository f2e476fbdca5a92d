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

/**
 * A transcript of Recall.ai: a list of what one participant says at a time, {@code words} with a
 * {@code text}, a {@code start_timestamp} and an {@code end_timestamp} in seconds, which are
 * numbers, or objects whose {@code relative} counts from the start of the recording. Who speaks is
 * the {@code participant}, in older answers the {@code speaker}.
 *
 * @see <a href="https://docs.recall.ai/docs/download-urls">Recall.ai, download schemas</a>
 */
@AutoService(SourceFormat.class)
public final class RecallJson implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "recall-json",
          "Recall.ai transcripts of meetings",
          "JSON list of participants' words with a start_timestamp");

  private static final String[] LISTS = {"", "transcript", "data"};

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    JsonShape shape = JsonShape.of(source);
    return shape.hasAny(
            "[].words[].start_timestamp",
            "transcript[].words[].start_timestamp",
            "data[].words[].start_timestamp")
        ? Recognition.CERTAIN
        : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    CueBuilder cues = new CueBuilder(problems);
    SpokenWords words = new SpokenWords(cues);
    JsonReader reader = new JsonReader(source, problems);
    for (String list : LISTS) {
      reader.on(list + "[]", (value, line) -> turn(value, line, words));
    }
    reader.read();
    return ParsedSource.ofCues(
        EpisodeFields.NONE, cues.orRefuse("words with a start_timestamp are needed"));
  }

  private static void turn(JsonNode turn, int line, SpokenWords words) {
    String speaker = JsonValues.speaker(JsonValues.first(turn, "participant", "speaker"));
    for (JsonNode word : turn.path("words")) {
      words.word(
          word.path("text").asText(),
          time(word.path("start_timestamp")),
          time(word.path("end_timestamp")),
          speaker,
          line);
    }
    words.flush();
  }

  private static long time(JsonNode value) {
    return JsonValues.seconds(value.isObject() ? value.path("relative") : value);
  }
}
