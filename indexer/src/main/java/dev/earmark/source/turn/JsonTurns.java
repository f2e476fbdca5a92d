package dev.earmark.source.turn;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.FormatDescriptor;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.source.syntax.JsonReader;
import dev.earmark.source.syntax.JsonShape;
import dev.earmark.source.syntax.JsonValues;
import dev.earmark.source.syntax.MarkdownText;
import java.util.ArrayList;
import java.util.List;

/**
 * A transcript as a list of turns without times: objects with a speaker and a text, alone or under
 * one key such as {@code turns} or {@code meeting_transcripts}. Turns become segments that are not
 * placed, each going on from the one before.
 */
@AutoService(SourceFormat.class)
public final class JsonTurns implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "json-turns",
          "list of turns in JSON with speaker and text, without times",
          "JSON list of objects with a speaker and a text, and no start");

  private static final String[] LISTS = {
    "",
    "turns",
    "transcript",
    "transcripts",
    "meeting_transcripts",
    "dialogue",
    "dialog",
    "conversation",
    "utterances",
    "messages"
  };
  private static final String[] TEXTS = {"text", "content", "body", "utterance", "sentence"};
  private static final String[] TIMES = {
    "start",
    "startTime",
    "start_time",
    "begin",
    "from",
    "offset",
    "start_ms",
    "startMs",
    "end",
    "offsetInTicks",
    "offsetMilliseconds"
  };

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    JsonShape shape = JsonShape.of(source);
    for (String list : LISTS) {
      if (shape.entriesHaveAny(list, "speaker")
          && shape.entriesHaveAny(list, TEXTS)
          && !shape.entriesHaveAny(list, TIMES)) {
        return Recognition.LIKELY;
      }
    }
    return Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    List<Moment> moments = new ArrayList<>();
    JsonReader reader = new JsonReader(source, problems);
    for (String list : LISTS) {
      reader.on(list + "[]", (value, line) -> turn(value, line, moments));
    }
    reader.read();
    if (moments.isEmpty()) {
      throw new SourceException(0, "nothing to read: objects with a speaker and a text are needed");
    }
    return ParsedSource.ofMoments(EpisodeFields.NONE, moments);
  }

  private static void turn(JsonNode value, int line, List<Moment> moments) {
    String text = JsonValues.text(JsonValues.first(value, TEXTS));
    if (text == null) {
      return;
    }
    for (String part : MarkdownText.parts(text)) {
      moments.add(
          Moment.builder(Kind.SEGMENT, part)
              .speaker(JsonValues.speaker(value.path("speaker")))
              .continues(!moments.isEmpty())
              .line(line)
              .build());
    }
  }
}
