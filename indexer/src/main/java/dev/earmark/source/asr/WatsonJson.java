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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The answer of IBM Watson Speech to Text: {@code results}, each with {@code alternatives}, the
 * best first, whose {@code timestamps} are lists of word, start and end in seconds. {@code
 * speaker_labels} say, by the time a word starts, who says it. Hesitations, {@code %HESITATION},
 * are no words. Several answers may stand in a list.
 */
@AutoService(SourceFormat.class)
public final class WatsonJson implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "watson-json",
          "IBM Watson Speech to Text results",
          "JSON results of alternatives with timestamps, or with speaker_labels or a result_index"
              + " beside them");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    JsonShape shape = JsonShape.of(source);
    return marks(shape) ? Recognition.CERTAIN : Recognition.NO;
  }

  /** What the answers of other services with results of alternatives do not have. */
  static boolean marks(JsonShape shape) {
    return shape.hasAny(
            "results[].alternatives[].timestamps", "[].results[].alternatives[].timestamps")
        || (shape.has("results[].alternatives[].transcript")
            && shape.hasAny("result_index", "speaker_labels[].from"));
  }

  private record Word(String text, long startMs, long endMs, int line) {}

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    Map<Long, String> speakers = new HashMap<>();
    List<List<Word>> results = new ArrayList<>();
    List<String> untimed = new ArrayList<>();
    JsonReader reader = new JsonReader(source, problems);
    for (String list : List.of("", "[].")) {
      reader
          .on(
              list + "results[]",
              (value, line) -> {
                JsonNode best = value.path("alternatives").path(0);
                List<Word> words = words(best.path("timestamps"), line);
                if (!words.isEmpty()) {
                  results.add(words);
                } else if (JsonValues.text(best.path("transcript")) != null) {
                  untimed.add(best.path("transcript").asText().strip());
                }
              })
          .on(
              list + "speaker_labels[]",
              (value, line) -> {
                String speaker = JsonValues.speaker(value.path("speaker"));
                if (speaker != null) {
                  speakers.put(JsonValues.seconds(value.path("from")), speaker);
                }
              });
    }
    reader.read();
    CueBuilder cues = new CueBuilder(problems);
    SpokenWords spoken = new SpokenWords(cues);
    for (List<Word> words : results) {
      for (Word word : words) {
        spoken.word(
            word.text(), word.startMs(), word.endMs(), speakers.get(word.startMs()), word.line());
      }
      spoken.flush();
    }
    if (cues.isEmpty() && !untimed.isEmpty()) {
      throw new SourceException(
          0, "the results have no timestamps; ask the service for them with timestamps=true");
    }
    return ParsedSource.ofCues(
        EpisodeFields.NONE, cues.orRefuse("results of alternatives with timestamps are needed"));
  }

  private static List<Word> words(JsonNode timestamps, int line) {
    List<Word> words = new ArrayList<>(timestamps.size());
    for (JsonNode word : timestamps) {
      String text = word.path(0).asText();
      if (!text.startsWith("%")) {
        words.add(
            new Word(
                text, JsonValues.seconds(word.path(1)), JsonValues.seconds(word.path(2)), line));
      }
    }
    return words;
  }
}
