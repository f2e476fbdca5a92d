package dev.earmark.source.asr;

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
import java.util.List;

/**
 * The results of Vosk and Kaldi servers: objects with {@code result}, a list of words with {@code
 * start}, {@code end} and {@code conf}, and the {@code text} of all. A recording gives many, one
 * after the other, one a line, in a list, or as {@code results}.
 */
@AutoService(SourceFormat.class)
public final class VoskJson implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "vosk-json",
          "results of Vosk and of Kaldi servers",
          "JSON with a result of words that have conf and start");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    JsonShape shape = JsonShape.of(source);
    return shape.has("result[].word", "result[].start")
            || shape.has("[].result[].word", "[].result[].start")
            || shape.has("results[].result[].word", "results[].result[].start")
        ? Recognition.CERTAIN
        : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    CueBuilder cues = new CueBuilder(problems);
    SpokenWords words = new SpokenWords(cues);
    JsonReader reader = new JsonReader(source, problems);
    for (String list : List.of("", "[].", "results[].")) {
      reader
          .on(
              list + "result[]",
              (value, line) ->
                  words.word(
                      value.path("word").asText(),
                      JsonValues.seconds(value.path("start")),
                      JsonValues.seconds(value.path("end")),
                      JsonValues.speaker(JsonValues.first(value, "speaker", "speaker_label")),
                      line))
          .on(list + "text", (value, line) -> words.flush());
    }
    reader.read();
    words.flush();
    return ParsedSource.ofCues(
        EpisodeFields.NONE, cues.orRefuse("a result of words with a start is needed"));
  }
}
