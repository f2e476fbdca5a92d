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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A transcript of Trint: {@code words} with a {@code value}, a {@code time} and a {@code duration}
 * in milliseconds, the {@code paragraphId} and perhaps the {@code speaker}, whom {@code speakers}
 * may name. The words may also stand in the {@code paragraphs} of a {@code transcript}, each of one
 * speaker. Words that an editor struck out are left out.
 */
@AutoService(SourceFormat.class)
public final class TrintJson implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "trint-json",
          "Trint transcripts",
          "JSON words with a value, a time and a duration, alone or in paragraphs");

  private static final String PARAGRAPHS = "transcript.paragraphs[]";

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    JsonShape shape = JsonShape.of(source);
    String nested = PARAGRAPHS + ".words[].";
    return shape.has("words[].value", "words[].time", "words[].duration")
            || shape.has(nested + "value", nested + "time", nested + "duration")
        ? Recognition.CERTAIN
        : Recognition.NO;
  }

  /**
   * A word as it stands there.
   *
   * @param paragraph what tells its paragraph from the one before
   */
  private record Word(
      String value, long startMs, long endMs, JsonNode speaker, String paragraph, int line) {}

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    List<Word> words = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    EpisodeFields.Builder episode = EpisodeFields.builder();
    int[] struckOut = new int[1];
    JsonReader reader = new JsonReader(source, problems);
    reader
        .on("title", (value, line) -> episode.title(JsonValues.text(value)))
        .on(
            "speakers",
            (value, line) ->
                value
                    .properties()
                    .forEach(each -> {
                      String name = JsonValues.speaker(each.getValue());
                      if (name != null) {
                        names.put(each.getKey(), name);
                      }
                    }))
        .on(
            "words[]",
            (value, line) -> {
              String paragraph = value.path("paragraphId").asText();
              struckOut[0] += add(value, value.path("speaker"), paragraph, line, words);
            })
        .on(
            PARAGRAPHS,
            (value, line) -> {
              String paragraph = "from word " + words.size();
              for (JsonNode word : value.path("words")) {
                JsonNode speaker = word.hasNonNull("speaker") ? word : value;
                struckOut[0] += add(word, speaker.path("speaker"), paragraph, line, words);
              }
            })
        .read();
    if (struckOut[0] > 0) {
      String counted = struckOut[0] == 1 ? "1 word is" : struckOut[0] + " words are";
      problems.notice("not-speech", 0, counted + " struck out", "left out");
    }
    CueBuilder cues = new CueBuilder(problems);
    SpokenWords spoken = new SpokenWords(cues);
    @Nullable String paragraph = null;
    for (Word word : words) {
      if (!word.paragraph().equals(paragraph)) {
        spoken.flush();
        paragraph = word.paragraph();
      }
      String name = names.get(word.speaker().asText());
      spoken.word(
          word.value(),
          word.startMs(),
          word.endMs(),
          name == null ? JsonValues.speaker(word.speaker()) : name,
          word.line());
    }
    spoken.flush();
    return ParsedSource.ofCues(
        episode.build(), cues.orRefuse("words with a value and a time are needed"));
  }

  /** Adds a word; gives how many were struck out. */
  private static int add(
      JsonNode word, JsonNode speaker, String paragraph, int line, List<Word> words) {
    if (word.path("strikethrough").asBoolean()) {
      return 1;
    }
    long start = JsonValues.millis(word.path("time"));
    long duration = JsonValues.millis(word.path("duration"));
    long end = start == Times.NONE || duration == Times.NONE ? Times.NONE : start + duration;
    words.add(new Word(word.path("value").asText(), start, end, speaker, paragraph, line));
    return 0;
  }
}
