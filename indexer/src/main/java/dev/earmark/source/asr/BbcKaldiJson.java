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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The output of the BBC's transcriber on Kaldi: {@code retval.words} with {@code start} and {@code
 * end} in seconds, {@code word} and {@code punct}, the word with its marks. {@code
 * retval.segmentation.segments} says who speaks from {@code start} for {@code duration} seconds.
 */
@AutoService(SourceFormat.class)
public final class BbcKaldiJson implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "bbc-kaldi-json", "Output of the BBC Kaldi transcriber", "JSON with retval.words");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    JsonShape shape = JsonShape.of(source);
    return shape.hasAny("retval.words", "retval.punct")
            || shape.has("words[].punct", "words[].index")
        ? Recognition.CERTAIN
        : Recognition.NO;
  }

  private record Word(SpokenWords.Timed timed, int line) {}

  private record Turn(long startMs, @Nullable String speaker) {}

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    List<Word> words = new ArrayList<>();
    List<Turn> turns = new ArrayList<>();
    JsonReader.Handler word =
        (value, line) -> {
          String text = JsonValues.text(JsonValues.first(value, "punct", "word"));
          if (text != null) {
            long start = JsonValues.seconds(value.path("start"));
            long end = JsonValues.seconds(value.path("end"));
            words.add(new Word(new SpokenWords.Timed(text, start, end), line));
          }
        };
    JsonReader.Handler turn =
        (value, line) ->
            turns.add(
                new Turn(
                    JsonValues.seconds(value.path("start")),
                    JsonValues.speaker(value.path("speaker"))));
    new JsonReader(source, problems)
        .on("retval.words[]", word)
        .on("words[]", word)
        .on("retval.segmentation.segments[]", turn)
        .on("segmentation.segments[]", turn)
        .read();
    turns.sort(Comparator.comparingLong(Turn::startMs));
    CueBuilder cues = new CueBuilder(problems);
    SpokenWords joined = new SpokenWords(cues);
    int current = -1;
    for (Word each : words) {
      SpokenWords.Timed timed = each.timed();
      while (current + 1 < turns.size() && turns.get(current + 1).startMs() <= timed.startMs()) {
        current++;
      }
      String speaker = current < 0 ? null : turns.get(current).speaker();
      joined.word(timed.word(), timed.startMs(), timed.endMs(), speaker, each.line());
    }
    joined.flush();
    return ParsedSource.ofCues(EpisodeFields.NONE, cues.orRefuse("retval.words are needed"));
  }
}
