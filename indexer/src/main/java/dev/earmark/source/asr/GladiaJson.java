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
import dev.earmark.source.episode.LanguageNames;
import dev.earmark.source.syntax.JsonReader;
import dev.earmark.source.syntax.JsonShape;
import dev.earmark.source.syntax.JsonValues;
import java.util.ArrayList;
import java.util.List;

/**
 * A transcript of Gladia: {@code result.transcription.utterances} with {@code start} and {@code
 * end} in seconds, a {@code speaker} and {@code words}; a callback wraps it in {@code payload}. The
 * first version of the interface has {@code prediction} with {@code time_begin} and {@code
 * time_end}.
 */
@AutoService(SourceFormat.class)
public final class GladiaJson implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "gladia-json",
          "Gladia transcripts",
          "JSON with transcription.utterances, or a prediction with time_begin");

  /** What the first version writes for a speaker when it was not asked to tell them apart. */
  private static final String NOBODY = "speaker_not_activated";

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    JsonShape shape = JsonShape.of(source);
    return shape.hasAny(
                "result.transcription.utterances[].text",
                "payload.transcription.utterances[].text",
                "transcription.utterances[].text")
            || shape.has("prediction[].time_begin", "prediction[].transcription")
        ? Recognition.CERTAIN
        : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    CueBuilder cues = new CueBuilder(problems);
    EpisodeFields.Builder episode = EpisodeFields.builder();
    JsonReader.Handler utterance = (value, line) -> utterance(value, line, cues);
    JsonReader.Handler language =
        (value, line) -> episode.language(LanguageNames.tag(JsonValues.text(value)));
    JsonReader.Handler duration = (value, line) -> episode.durationMs(JsonValues.seconds(value));
    JsonReader reader = new JsonReader(source, problems).on("prediction[]", utterance);
    for (String wrapper : List.of("", "result.", "payload.")) {
      reader
          .on(wrapper + "transcription.utterances[]", utterance)
          .on(wrapper + "transcription.languages[]", language)
          .on(wrapper + "metadata.audio_duration", duration);
    }
    reader.read();
    return ParsedSource.ofCues(episode.build(), cues.orRefuse("utterances are needed"));
  }

  private static void utterance(JsonNode value, int line, CueBuilder cues) {
    List<SpokenWords.Timed> words = new ArrayList<>();
    for (JsonNode word : value.path("words")) {
      words.add(
          new SpokenWords.Timed(
              word.path("word").asText(),
              JsonValues.seconds(JsonValues.first(word, "start", "time_begin")),
              JsonValues.seconds(JsonValues.first(word, "end", "time_end"))));
    }
    String speaker = JsonValues.speaker(value.path("speaker"));
    String text = JsonValues.first(value, "text", "transcription").asText();
    SpokenWords.addSegment(
        cues,
        JsonValues.seconds(JsonValues.first(value, "start", "time_begin")),
        JsonValues.seconds(JsonValues.first(value, "end", "time_end")),
        NOBODY.equals(speaker) ? null : speaker,
        text.strip(),
        words,
        line);
  }
}
