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
import dev.earmark.source.time.Times;

/**
 * A transcript of Soniox: {@code tokens}, which are parts of words, with {@code start_ms}, {@code
 * end_ms} and a {@code speaker}; a token that begins a word begins with a space. Tokens of a
 * translation have no times and are left out. An older form has {@code result.words} with {@code
 * start_ms} and {@code duration_ms}.
 */
@AutoService(SourceFormat.class)
public final class SonioxJson implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "soniox-json", "Soniox transcripts", "JSON tokens with a text and start_ms");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    JsonShape shape = JsonShape.of(source);
    return shape.has("tokens[].text", "tokens[].start_ms")
            || shape.has("result.words[].text", "result.words[].start_ms")
        ? Recognition.CERTAIN
        : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    CueBuilder cues = new CueBuilder(problems);
    SpokenWords words = new SpokenWords(cues);
    new JsonReader(source, problems)
        .on("tokens[]", (value, line) -> token(value, line, words))
        .on("result.words[]", (value, line) -> word(value, line, words))
        .read();
    words.flush();
    return ParsedSource.ofCues(
        EpisodeFields.NONE, cues.orRefuse("tokens with start_ms are needed"));
  }

  private static void token(JsonNode value, int line, SpokenWords words) {
    String text = value.path("text").asText();
    boolean isMark = text.startsWith("<") && text.endsWith(">") && text.length() > 2;
    if (!isMark && !value.path("translation_status").asText().equals("translation")) {
      words.piece(
          text,
          JsonValues.millis(value.path("start_ms")),
          JsonValues.millis(value.path("end_ms")),
          JsonValues.speaker(value.path("speaker")),
          line);
    }
  }

  private static void word(JsonNode value, int line, SpokenWords words) {
    long start = JsonValues.millis(value.path("start_ms"));
    long length = JsonValues.millis(value.path("duration_ms"));
    words.word(
        value.path("text").asText(),
        start,
        start == Times.NONE || length == Times.NONE ? start : start + length,
        JsonValues.speaker(value.path("speaker")),
        line);
  }
}
