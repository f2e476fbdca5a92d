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
import dev.earmark.source.episode.LanguageNames;
import dev.earmark.source.syntax.JsonReader;
import dev.earmark.source.syntax.JsonShape;
import dev.earmark.source.syntax.JsonValues;

/**
 * A transcript of Speechmatics, json-v2: {@code results} of type word or punctuation with {@code
 * start_time} and {@code end_time} in seconds; the first of {@code alternatives} has the content
 * and the speaker ({@code UU} if not known).
 */
@AutoService(SourceFormat.class)
public final class SpeechmaticsJson implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "speechmatics-json",
          "Speechmatics transcripts (json-v2)",
          "JSON with results that have alternatives and start_time");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    return JsonShape.of(source).has("results[].alternatives", "results[].start_time")
        ? Recognition.CERTAIN
        : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    CueBuilder cues = new CueBuilder(problems);
    SpokenWords words = new SpokenWords(cues);
    EpisodeFields.Builder episode = EpisodeFields.builder();
    new JsonReader(source, problems)
        .on(
            "results[]",
            (value, line) -> {
              JsonNode best = value.path("alternatives").path(0);
              String content = JsonValues.text(best.path("content"));
              if (content == null) {
                return;
              }
              if (value.path("type").asText().equals("punctuation")
                  && !value.path("attaches_to").asText().equals("next")) {
                words.mark(content);
              } else {
                words.word(
                    content,
                    JsonValues.seconds(value.path("start_time")),
                    JsonValues.seconds(value.path("end_time")),
                    JsonValues.speaker(best.path("speaker")),
                    line);
              }
            })
        .on(
            "metadata.transcription_config.language",
            (value, line) -> episode.language(LanguageNames.tag(JsonValues.text(value))))
        .on("job.duration", (value, line) -> episode.durationMs(JsonValues.seconds(value)))
        .read();
    words.flush();
    return ParsedSource.ofCues(
        episode.build(), cues.orRefuse("results with start_time are needed"));
  }
}
