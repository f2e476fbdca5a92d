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
 * The answer of Google Cloud Speech-to-Text: {@code results}, each with {@code alternatives}, the
 * best first, of {@code words} with {@code startTime} and {@code endTime} (v1) or {@code
 * startOffset} and {@code endOffset} (v2), as {@code "1.200s"} or as seconds and nanoseconds. The
 * answer may be wrapped in the {@code response} of an operation.
 *
 * <p>With speaker labels, v1 gives all words once more in the last result; then only that is read.
 */
@AutoService(SourceFormat.class)
public final class GoogleSttJson implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "google-stt-json",
          "Google Cloud Speech-to-Text results (v1, v2)",
          "JSON with results that have alternatives of words");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    JsonShape shape = JsonShape.of(source);
    return shape.hasAny("results[].alternatives[].words", "response.results[].alternatives[].words")
            || (shape.hasAny(
                    "results[].alternatives[].transcript",
                    "response.results[].alternatives[].transcript")
                && !WatsonJson.marks(shape))
        ? Recognition.CERTAIN
        : Recognition.NO;
  }

  /** One result: its words, or its text if it has no words. */
  private record Result(
      List<SpokenWords.Timed> words,
      List<@Nullable String> speakers,
      String transcript,
      long endMs,
      int line) {

    long endOfFirstWord() {
      return words.isEmpty() ? endMs : words.getFirst().endMs();
    }
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    List<Result> results = new ArrayList<>();
    EpisodeFields.Builder episode = EpisodeFields.builder();
    JsonReader.Handler result =
        (value, line) -> {
          results.add(result(value, line));
          episode.language(LanguageNames.tag(JsonValues.text(value.path("languageCode"))));
        };
    new JsonReader(source, problems)
        .on("results[]", result)
        .on("response.results[]", result)
        .read();
    CueBuilder cues = new CueBuilder(problems);
    for (Result each : repeatsAll(results) ? List.of(results.getLast()) : results) {
      if (each.words().isEmpty()) {
        cues.add(cues.lastEnd(), each.endMs(), null, each.transcript(), each.line());
        continue;
      }
      SpokenWords words = new SpokenWords(cues);
      for (int i = 0; i < each.words().size(); i++) {
        SpokenWords.Timed word = each.words().get(i);
        words.word(word.word(), word.startMs(), word.endMs(), each.speakers().get(i), each.line());
      }
      words.flush();
    }
    return ParsedSource.ofCues(
        episode.build(), cues.orRefuse("results with alternatives are needed"));
  }

  /** Whether the last result holds the words of all results before it, now with speakers. */
  private static boolean repeatsAll(List<Result> results) {
    int before = 0;
    for (int i = 0; i + 1 < results.size(); i++) {
      before += results.get(i).words().size();
    }
    return before > 0
        && results.getLast().words().size() >= before
        && results.getLast().speakers().getFirst() != null
        && results.getLast().words().getFirst().startMs() <= results.getFirst().endOfFirstWord();
  }

  private static Result result(JsonNode value, int line) {
    JsonNode best = value.path("alternatives").path(0);
    List<SpokenWords.Timed> words = new ArrayList<>();
    List<@Nullable String> speakers = new ArrayList<>();
    for (JsonNode word : best.path("words")) {
      String text = JsonValues.text(word.path("word"));
      if (text != null) {
        words.add(
            new SpokenWords.Timed(
                text, time(word, "startTime", "startOffset"), time(word, "endTime", "endOffset")));
        speakers.add(JsonValues.speaker(JsonValues.first(word, "speakerLabel", "speakerTag")));
      }
    }
    String transcript = JsonValues.text(best.path("transcript"));
    return new Result(
        words,
        speakers,
        transcript == null ? "" : transcript,
        JsonValues.seconds(JsonValues.first(value, "resultEndTime", "resultEndOffset")),
        line);
  }

  /** A time of a word; the zero that Protocol Buffers leave out of JSON is put back. */
  private static long time(JsonNode word, String name, String newName) {
    JsonNode time = JsonValues.first(word, name, newName);
    return time.isMissingNode() && name.startsWith("start") && word.size() > 1
        ? 0
        : JsonValues.seconds(time);
  }
}
