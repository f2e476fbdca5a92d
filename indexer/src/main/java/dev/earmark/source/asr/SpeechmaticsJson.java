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
import dev.earmark.source.time.Times;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A transcript of Speechmatics. Version 2: {@code results} of type word or punctuation with {@code
 * start_time} and {@code end_time} in seconds; the first of {@code alternatives} has the content
 * and the speaker ({@code UU} if not known). Version 1: {@code words} with {@code name}, {@code
 * time} and {@code duration} in seconds, marks among them, and {@code speakers} with the stretches
 * in which they speak.
 */
@AutoService(SourceFormat.class)
public final class SpeechmaticsJson implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "speechmatics-json",
          "Speechmatics transcripts (versions 1 and 2)",
          "JSON with results that have alternatives and start_time, or words with name and time");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    JsonShape shape = JsonShape.of(source);
    return shape.has("results[].alternatives", "results[].start_time")
            || shape.has("words[].name", "words[].time", "words[].duration")
        ? Recognition.CERTAIN
        : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    CueBuilder cues = new CueBuilder(problems);
    SpokenWords words = new SpokenWords(cues);
    EpisodeFields.Builder episode = EpisodeFields.builder();
    NavigableMap<Long, String> turns = new TreeMap<>();
    List<SpokenWords.Timed> first = new ArrayList<>();
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
            "speakers[]",
            (value, line) -> {
              String speaker = JsonValues.speaker(value.path("name"));
              long start = JsonValues.seconds(value.path("time"));
              if (speaker != null && start != Times.NONE) {
                turns.put(start, speaker);
              }
            })
        .on("words[]", (value, line) -> first.add(firstVersion(value)))
        .on(
            "metadata.transcription_config.language",
            (value, line) -> episode.language(LanguageNames.tag(JsonValues.text(value))))
        .on("job.duration", (value, line) -> episode.durationMs(JsonValues.seconds(value)))
        .read();
    for (SpokenWords.Timed word : first) {
      if (Words.of(word.word()).count() == 0) {
        words.mark(word.word());
      } else {
        Map.Entry<Long, String> turn = turns.floorEntry(word.startMs());
        String speaker = turn == null ? null : turn.getValue();
        words.word(word.word(), word.startMs(), word.endMs(), speaker, 0);
      }
    }
    words.flush();
    return ParsedSource.ofCues(
        episode.build(), cues.orRefuse("results with start_time are needed"));
  }

  private static SpokenWords.Timed firstVersion(JsonNode word) {
    long start = JsonValues.seconds(word.path("time"));
    long length = JsonValues.seconds(word.path("duration"));
    return new SpokenWords.Timed(
        word.path("name").asText(),
        start,
        start == Times.NONE || length == Times.NONE ? start : start + length);
  }
}
