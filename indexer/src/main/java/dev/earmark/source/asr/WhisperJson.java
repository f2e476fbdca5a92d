package dev.earmark.source.asr;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import dev.earmark.model.Cue;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.ProblemLog;
import dev.earmark.model.TimedWord;
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
import org.jspecify.annotations.Nullable;

/**
 * What the Whisper family of programs writes.
 *
 * <ul>
 *   <li>OpenAI Whisper, its API and faster-whisper: {@code segments} with {@code start}, {@code
 *       end} in seconds, {@code text} and, if asked for, {@code words}; the API puts the words
 *       beside the segments; some programs dump the list of segments alone;
 *   <li>WhisperX: the same, with a {@code speaker} for segments and words, and all words once more
 *       as {@code word_segments};
 *   <li>whisper.cpp: {@code transcription} with {@code offsets} in milliseconds and {@code tokens},
 *       which are parts of words.
 * </ul>
 *
 * <p>Words that stand in two places are read once: those inside the segments, else those beside
 * them.
 */
@AutoService(SourceFormat.class)
public final class WhisperJson implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "whisper-json",
          "output of Whisper and its kin (OpenAI, faster-whisper, whisper.cpp, WhisperX)",
          "JSON segments with start, end and text, or a transcription with offsets");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    JsonShape shape = JsonShape.of(source);
    boolean whisper =
        shape.hasAny("transcription[].offsets", "transcription[].timestamps")
            || (shape.has("segments[].start", "segments[].text")
                && shape.hasAny(
                    "segments[].tokens",
                    "segments[].avg_logprob",
                    "segments[].no_speech_prob",
                    "segments[].seek",
                    "segments[].words",
                    "words[].word",
                    "word_segments"))
            || (shape.has("[].start", "[].text")
                && shape.hasAny("[].avg_logprob", "[].no_speech_prob", "[].words[].word"));
    if (whisper) {
      return Recognition.CERTAIN;
    }
    return shape.has("segments[].start", "segments[].text")
            || shape.has("text", "words[].word", "words[].start")
        ? Recognition.LIKELY
        : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    Reading reading = new Reading(problems);
    JsonReader.Handler segment = reading::segment;
    new JsonReader(source, problems)
        .on("segments[]", segment)
        .on("[]", segment)
        .on("transcription[]", reading::offsetSegment)
        .on("words[]", (value, line) -> reading.beside.add(timed(value)))
        .on("word_segments[]", (value, line) -> reading.besideAgain.add(timed(value)))
        .on("text", (value, line) -> reading.wholeText = JsonValues.text(value))
        .on("language", (value, line) -> reading.episode.language(language(value)))
        .on("result.language", (value, line) -> reading.episode.language(language(value)))
        .on("duration", (value, line) -> reading.episode.durationMs(JsonValues.seconds(value)))
        .read();
    return reading.result();
  }

  /** The API names languages in English; a tag is kept, a name of a language is not one. */
  private static @Nullable String language(JsonNode value) {
    String language = JsonValues.text(value);
    return language == null || language.length() > 3 ? LanguageNames.tag(language) : language;
  }

  private static SpokenWords.Timed timed(JsonNode word) {
    String text = JsonValues.text(JsonValues.first(word, "word", "text"));
    return new SpokenWords.Timed(
        text == null ? "" : text,
        JsonValues.seconds(word.path("start")),
        JsonValues.seconds(word.path("end")),
        JsonValues.speaker(word.path("speaker")));
  }

  private static final class Reading {
    private final EpisodeFields.Builder episode = EpisodeFields.builder();
    private final List<SpokenWords.Timed> beside = new ArrayList<>();
    private final List<SpokenWords.Timed> besideAgain = new ArrayList<>();
    private final CueBuilder cues;
    private boolean wordsInside;
    private @Nullable String wholeText;

    Reading(ProblemLog problems) {
      cues = new CueBuilder(problems);
    }

    void segment(JsonNode value, int line) {
      List<SpokenWords.Timed> words = new ArrayList<>();
      StringBuilder joined = new StringBuilder();
      for (JsonNode word : value.path("words")) {
        words.add(timed(word));
        String raw = JsonValues.first(word, "word", "text").asText();
        joined.append(joined.isEmpty() || raw.startsWith(" ") ? "" : " ").append(raw);
      }
      wordsInside |= !words.isEmpty();
      String text = JsonValues.text(value.path("text"));
      if (text == null) {
        text = joined.toString().strip();
      } else if (words.isEmpty()) {
        // A space before it tells whether a token begins a word.
        text = value.path("text").asText();
      }
      SpokenWords.addSegment(
          cues,
          JsonValues.seconds(value.path("start")),
          JsonValues.seconds(value.path("end")),
          JsonValues.speaker(value.path("speaker")),
          text,
          words,
          line);
    }

    /** A segment of whisper.cpp; {@code [_BEG_]} and the like are no words. */
    void offsetSegment(JsonNode value, int line) {
      String text = JsonValues.text(value.path("text"));
      if (text == null) {
        return;
      }
      List<SpokenWords.Timed> words = new ArrayList<>();
      for (JsonNode token : value.path("tokens")) {
        String part = token.path("text").asText();
        long start = JsonValues.millis(token.path("offsets").path("from"));
        long end = JsonValues.millis(token.path("offsets").path("to"));
        if (part.startsWith("[_") || part.isEmpty()) {
          continue;
        }
        if (part.startsWith(" ") || words.isEmpty()) {
          words.add(new SpokenWords.Timed(part, start, end));
        } else {
          SpokenWords.Timed last = words.getLast();
          words.set(
              words.size() - 1,
              new SpokenWords.Timed(
                  last.word() + part, last.startMs(), Math.max(last.endMs(), end)));
        }
      }
      wordsInside |= !words.isEmpty();
      cues.add(
          time(value, "from"),
          time(value, "to"),
          JsonValues.speaker(value.path("speaker")),
          text,
          SpokenWords.fit(text, words),
          line);
    }

    private static long time(JsonNode segment, String edge) {
      long offset = JsonValues.millis(segment.path("offsets").path(edge));
      return offset != Times.NONE
          ? offset
          : JsonValues.seconds(segment.path("timestamps").path(edge));
    }

    ParsedSource result() throws SourceException {
      List<SpokenWords.Timed> words = beside.isEmpty() ? besideAgain : beside;
      if (cues.isEmpty() && !words.isEmpty()) {
        SpokenWords joined = new SpokenWords(cues);
        words.forEach(
            word -> joined.word(word.word(), word.startMs(), word.endMs(), word.speaker(), 0));
        joined.flush();
      } else if (!wordsInside && !words.isEmpty()) {
        return ParsedSource.ofCues(episode.build(), withWords(cues.cues(), words));
      }
      if (cues.isEmpty() && wholeText != null) {
        return ParsedSource.ofMoments(
            episode.build(), List.of(Moment.builder(Kind.SEGMENT, wholeText).build()));
      }
      return ParsedSource.ofCues(
          episode.build(), cues.orRefuse("segments with start, end and text are needed"));
    }

    /** Gives the words that stand beside the segments to the segment in which they begin. */
    private static List<Cue> withWords(List<Cue> cues, List<SpokenWords.Timed> words) {
      List<Cue> result = new ArrayList<>(cues.size());
      int next = 0;
      for (int i = 0; i < cues.size(); i++) {
        Cue cue = cues.get(i);
        long until = i + 1 < cues.size() ? cues.get(i + 1).span().startMs() : Long.MAX_VALUE;
        int first = next;
        while (next < words.size() && middle(words.get(next)) < until) {
          next++;
        }
        List<TimedWord> inside = SpokenWords.fit(cue.text(), words.subList(first, next));
        result.add(cue.withText(cue.text(), inside));
      }
      return result;
    }

    private static long middle(SpokenWords.Timed word) {
      return (word.startMs() + Math.max(word.startMs(), word.endMs())) / 2;
    }
  }
}
