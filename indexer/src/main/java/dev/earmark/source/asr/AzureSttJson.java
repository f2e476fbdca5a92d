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
import java.util.ArrayList;
import java.util.List;

/**
 * What Azure Speech writes: batch transcription gives {@code recognizedPhrases} with times in ticks
 * of 100 ns or as ISO 8601 durations, and candidates {@code nBest}, the best first; fast
 * transcription gives {@code phrases} with times in milliseconds. A phrase is a cue; its words,
 * which are written without marks, are found in its display text.
 */
@AutoService(SourceFormat.class)
public final class AzureSttJson implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "azure-stt-json",
          "Azure Speech results (batch and fast transcription)",
          "JSON with recognizedPhrases, or with phrases that have offsetMilliseconds");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    JsonShape shape = JsonShape.of(source);
    return shape.hasAny("recognizedPhrases[].nBest", "combinedRecognizedPhrases[].display")
            || shape.has("phrases[].offsetMilliseconds")
            || shape.has("combinedPhrases[].text")
        ? Recognition.CERTAIN
        : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    CueBuilder cues = new CueBuilder(problems);
    EpisodeFields.Builder episode = EpisodeFields.builder();
    new JsonReader(source, problems)
        .on(
            "recognizedPhrases[]",
            (value, line) -> phrase(value, value.path("nBest").path(0), line, cues))
        .on(
            "phrases[]",
            (value, line) -> {
              phrase(value, value, line, cues);
              episode.language(LanguageNames.tag(JsonValues.text(value.path("locale"))));
            })
        .on("durationInTicks", (value, line) -> episode.durationMs(JsonValues.ticks(value)))
        .on("durationMilliseconds", (value, line) -> episode.durationMs(JsonValues.millis(value)))
        .read();
    return ParsedSource.ofCues(episode.build(), cues.orRefuse("phrases with offsets are needed"));
  }

  private static void phrase(JsonNode phrase, JsonNode best, int line, CueBuilder cues) {
    String text = JsonValues.text(JsonValues.first(best, "display", "text", "itn", "lexical"));
    if (text == null) {
      return;
    }
    JsonNode displayWords = JsonValues.first(best, "displayWords", "words");
    List<SpokenWords.Timed> words = new ArrayList<>();
    for (JsonNode word : displayWords) {
      String spoken = JsonValues.text(JsonValues.first(word, "displayText", "word", "text"));
      long start = offset(word);
      words.add(new SpokenWords.Timed(spoken == null ? "" : spoken, start, end(word, start)));
    }
    long start = offset(phrase);
    String speaker = JsonValues.speaker(phrase.path("speaker"));
    cues.add(start, end(phrase, start), speaker, text, SpokenWords.fit(text, words), line);
  }

  private static long offset(JsonNode value) {
    return time(value, "offsetMilliseconds", "offsetInTicks", "offset");
  }

  private static long end(JsonNode value, long start) {
    long duration = time(value, "durationMilliseconds", "durationInTicks", "duration");
    return start == Times.NONE || duration < 0 ? Times.NONE : start + duration;
  }

  private static long time(JsonNode value, String millis, String ticks, String duration) {
    if (value.has(millis)) {
      return JsonValues.millis(value.path(millis));
    }
    return value.has(ticks)
        ? JsonValues.ticks(value.path(ticks))
        : JsonValues.seconds(value.path(duration));
  }
}
