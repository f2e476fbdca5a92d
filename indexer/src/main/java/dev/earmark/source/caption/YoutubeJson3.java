package dev.earmark.source.caption;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.ProblemLog;
import dev.earmark.model.TimedWord;
import dev.earmark.source.FormatDescriptor;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.source.cue.CueBuilder;
import dev.earmark.source.syntax.JsonReader;
import dev.earmark.source.syntax.JsonShape;
import dev.earmark.source.syntax.JsonValues;
import dev.earmark.source.time.Times;
import java.util.ArrayList;
import java.util.List;

/**
 * YouTube's captions as JSON: {@code events} with {@code tStartMs}, {@code dDurationMs} and {@code
 * segs}, whose {@code utf8} begins {@code tOffsetMs} into the event; all in milliseconds.
 *
 * <p>An event is a cue. Events overlap in automatic captions, which roll; that is left as it is.
 * The events that only break a line or set up a window carry no text.
 */
@AutoService(SourceFormat.class)
public final class YoutubeJson3 implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "youtube-json3",
          "YouTube captions in JSON (json3), with times for words",
          "JSON with events that have tStartMs and segs");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    return JsonShape.of(source).has("events[].tStartMs") ? Recognition.CERTAIN : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    CueBuilder cues = new CueBuilder(problems);
    new JsonReader(source, problems)
        .on("events[]", (value, line) -> event(value, line, cues))
        .read();
    return ParsedSource.ofCues(
        EpisodeFields.NONE, cues.orRefuse("events with tStartMs and segs are needed"));
  }

  private static void event(JsonNode event, int line, CueBuilder cues) {
    long start = JsonValues.millis(event.path("tStartMs"));
    long duration = JsonValues.millis(event.path("dDurationMs"));
    long end = start == Times.NONE || duration < 0 ? Times.NONE : start + duration;
    StringBuilder raw = new StringBuilder();
    List<TimedWord> words = new ArrayList<>();
    JsonNode segs = event.path("segs");
    boolean timed = segs.size() > 1;
    for (int i = 0; i < segs.size(); i++) {
      String part = segs.path(i).path("utf8").asText();
      int from = raw.length();
      raw.append(part);
      if (timed && !part.isBlank() && start >= 0) {
        long at = start + Math.max(0, JsonValues.millis(segs.path(i).path("tOffsetMs")));
        long next = JsonValues.millis(segs.path(i + 1).path("tOffsetMs"));
        long until = next >= 0 ? start + next : end;
        int first = from + part.length() - part.stripLeading().length();
        int last = from + part.stripTrailing().length();
        words.add(new TimedWord(first, last, at, Math.max(at, until)));
      }
    }
    String text = raw.toString().strip();
    int shift = raw.length() - raw.toString().stripLeading().length();
    cues.add(start, end, null, text, shifted(words, shift), line);
  }

  private static List<TimedWord> shifted(List<TimedWord> words, int by) {
    return by == 0
        ? words
        : words.stream()
            .map(w -> new TimedWord(w.from() - by, w.to() - by, w.startMs(), w.endMs()))
            .toList();
  }
}
