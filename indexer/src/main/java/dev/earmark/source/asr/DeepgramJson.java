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
import org.jspecify.annotations.Nullable;

/**
 * The answer of Deepgram: {@code results.channels}, each with {@code alternatives}, the best first,
 * of {@code words} with {@code start} and {@code end} in seconds, {@code punctuated_word} and, if
 * asked for, {@code speaker}. {@code utterances} and {@code paragraphs} hold the same words again
 * and are read only if there are none else. With several channels, a channel without speaker labels
 * is a speaker.
 */
@AutoService(SourceFormat.class)
public final class DeepgramJson implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "deepgram-json",
          "Deepgram transcription results",
          "JSON with results.channels of alternatives");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    JsonShape shape = JsonShape.of(source);
    return shape.hasAny("results.channels[].alternatives", "results.utterances[].transcript")
            || shape.has("metadata.request_id", "metadata.channels")
        ? Recognition.CERTAIN
        : Recognition.NO;
  }

  private record Word(SpokenWords.Timed timed, @Nullable String speaker, int line) {}

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    List<List<Word>> channels = new ArrayList<>();
    CueBuilder utterances = new CueBuilder(problems);
    EpisodeFields.Builder episode = EpisodeFields.builder();
    new JsonReader(source, problems)
        .on(
            "results.channels[]",
            (value, line) -> {
              channels.add(words(value.path("alternatives").path(0).path("words"), line));
              episode.language(LanguageNames.tag(JsonValues.text(value.path("detected_language"))));
            })
        .on(
            "results.utterances[]",
            (value, line) ->
                utterances.add(
                    JsonValues.seconds(value.path("start")),
                    JsonValues.seconds(value.path("end")),
                    JsonValues.speaker(value.path("speaker")),
                    value.path("transcript").asText(),
                    line))
        .on("metadata.duration", (value, line) -> episode.durationMs(JsonValues.seconds(value)))
        .read();
    CueBuilder cues = new CueBuilder(problems);
    for (int i = 0; i < channels.size(); i++) {
      String channel = channels.size() > 1 ? "Channel " + (i + 1) : null;
      SpokenWords words = new SpokenWords(cues);
      for (Word word : channels.get(i)) {
        String speaker = word.speaker() == null ? channel : word.speaker();
        SpokenWords.Timed timed = word.timed();
        words.word(timed.word(), timed.startMs(), timed.endMs(), speaker, word.line());
      }
      words.flush();
    }
    CueBuilder best = cues.isEmpty() ? utterances : cues;
    return ParsedSource.ofCues(
        episode.build(), best.orRefuse("results.channels with words are needed"));
  }

  private static List<Word> words(JsonNode values, int line) {
    List<Word> words = new ArrayList<>(values.size());
    for (JsonNode value : values) {
      String text = JsonValues.text(JsonValues.first(value, "punctuated_word", "word"));
      if (text != null) {
        long start = JsonValues.seconds(value.path("start"));
        long end = JsonValues.seconds(value.path("end"));
        words.add(
            new Word(
                new SpokenWords.Timed(text, start, end),
                JsonValues.speaker(value.path("speaker")),
                line));
      }
    }
    return words;
  }
}
