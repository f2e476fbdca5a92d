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
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list of captions as many small programs write it: objects with a start, an end or a duration,
 * and a text, alone or under one key such as {@code cues}.
 *
 * <p>The unit is decided by what the data says. A name such as {@code startMs} says it. Otherwise
 * people speak some 15 characters a second, so a list in seconds has about 15 characters a unit and
 * one in milliseconds 0.015; the line between is drawn in the middle of the two, {@value
 * #CHARACTERS_A_UNIT}. What was decided is reported.
 */
@AutoService(SourceFormat.class)
public final class JsonList implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "json-list-ms",
          "a list of {start, end, text}, in milliseconds or seconds as the data shows",
          "JSON list of objects with a start and a text");

  private static final double CHARACTERS_A_UNIT = 0.5;

  /** The names that say milliseconds. */
  private static final List<String> IN_MILLIS =
      List.of("start_ms", "startMs", "start_time_ms", "startTimeMs", "offset_ms", "begin_ms");

  private static final String[] STARTS = {
    "start",
    "startTime",
    "start_time",
    "begin",
    "from",
    "offset",
    "start_ms",
    "startMs",
    "start_time_ms",
    "startTimeMs",
    "offset_ms",
    "begin_ms",
    "start_sec",
    "startSec",
    "start_seconds",
    "startSeconds",
    "start_timestamp",
    "timestamp",
    "time"
  };
  private static final String[] ENDS = {
    "end",
    "endTime",
    "end_time",
    "to",
    "stop",
    "end_ms",
    "endMs",
    "end_time_ms",
    "endTimeMs",
    "end_sec",
    "endSec",
    "end_seconds",
    "endSeconds",
    "end_timestamp"
  };
  private static final String[] LENGTHS = {"duration", "dur", "duration_ms", "durationMs"};
  private static final String[] TEXTS = {
    "text", "body", "caption", "content", "transcript", "line", "sentence", "utterance"
  };
  private static final String[] SPEAKERS = {
    "speaker", "speaker_name", "speakerName", "name", "speaker_label", "speaker_id", "speakerId"
  };
  private static final String[] LISTS = {
    "",
    "cues",
    "captions",
    "subtitles",
    "transcript",
    "transcripts",
    "lines",
    "entries",
    "items",
    "data",
    "segments",
    "utterances",
    "sentences",
    "messages",
    "turns",
    "dialogue",
    "dialog",
    "conversation",
    "meeting_transcripts",
    "text",
    "transcript.segments"
  };

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    JsonShape shape = JsonShape.of(source);
    for (String list : LISTS) {
      if (!list.equals("segments")
          && shape.entriesHaveAny(list, STARTS)
          && shape.entriesHaveAny(list, TEXTS)) {
        return Recognition.LIKELY;
      }
    }
    return Recognition.NO;
  }

  /** Whether the outermost objects have a start and a text, as in a list without its brackets. */
  static boolean areEntries(JsonShape shape) {
    return shape.hasAny(STARTS) && shape.hasAny(TEXTS);
  }

  /** An entry with its times as they stand there, NaN if there are none. */
  record Entry(
      double start,
      double end,
      @Nullable String speaker,
      String text,
      JsonNode words,
      boolean inMillis,
      boolean clock,
      int line) {}

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    List<Entry> entries = new ArrayList<>();
    JsonReader reader = new JsonReader(source, problems);
    JsonReader.Handler handler = (value, line) -> entry(value, line, entries);
    for (String list : LISTS) {
      reader.on(list + "[]", handler);
    }
    reader.read();
    if (entries.isEmpty()) {
      throw new SourceException(0, "nothing to read: objects with a start and a text are needed");
    }
    return ParsedSource.ofCues(
        EpisodeFields.NONE,
        cues(entries, problems).orRefuse("objects with a start and a text are needed"));
  }

  /** The cues of entries, in the unit that they show. */
  static CueBuilder cues(List<Entry> entries, ProblemLog problems) {
    double unit = unit(entries, problems);
    CueBuilder cues = new CueBuilder(problems);
    for (Entry entry : entries) {
      double factor = entry.clock() ? 1 : unit;
      List<SpokenWords.Timed> words = new ArrayList<>();
      for (JsonNode word : entry.words()) {
        words.add(
            new SpokenWords.Timed(
                JsonValues.first(word, "word", "text").asText(),
                millis(JsonValues.fromNumber(JsonValues.first(word, STARTS)) * unit),
                millis(JsonValues.fromNumber(JsonValues.first(word, ENDS)) * unit),
                JsonValues.speaker(JsonValues.first(word, SPEAKERS))));
      }
      SpokenWords.addSegment(
          cues,
          millis(entry.start() * factor),
          millis(entry.end() * factor),
          entry.speaker(),
          entry.text(),
          words,
          entry.line());
    }
    return cues;
  }

  private static long millis(double millis) {
    return JsonValues.fromSeconds(millis / 1e3);
  }

  /** Adds what an object says, if it has a text. */
  static void entry(JsonNode value, int line, List<Entry> entries) {
    String text = JsonValues.text(JsonValues.first(value, TEXTS));
    if (text == null) {
      return;
    }
    JsonNode start = JsonValues.first(value, STARTS);
    JsonNode end = JsonValues.first(value, ENDS);
    if (start.isArray()) {
      end = start.path(1);
      start = start.path(0);
    }
    double from = JsonValues.fromNumber(start);
    double to = JsonValues.fromNumber(end);
    boolean clock = Double.isNaN(from) && JsonValues.seconds(start) != Times.NONE;
    if (clock) {
      from = JsonValues.seconds(start);
      long until = JsonValues.seconds(end);
      to = until == Times.NONE ? Double.NaN : until;
    } else if (end.isMissingNode()) {
      to = from + JsonValues.fromNumber(JsonValues.first(value, LENGTHS));
    }
    boolean inMillis = false;
    for (String name : IN_MILLIS) {
      inMillis |= value.has(name);
    }
    String speaker = JsonValues.speaker(JsonValues.first(value, SPEAKERS));
    entries.add(new Entry(from, to, speaker, text, value.path("words"), inMillis, clock, line));
  }

  /** How many milliseconds one unit of the numbers is. */
  private static double unit(List<Entry> entries, ProblemLog problems) {
    double units = 0;
    long characters = 0;
    for (Entry entry : entries) {
      if (entry.inMillis()) {
        return 1;
      }
      if (!entry.clock() && entry.end() > entry.start()) {
        units += entry.end() - entry.start();
        characters += entry.text().length();
      }
    }
    if (entries.stream().allMatch(Entry::clock)) {
      return 1;
    }
    boolean seconds =
        units > 0 ? characters > CHARACTERS_A_UNIT * units : spreadOfStarts(entries) < 100_000;
    problems.notice(
        "unit-decided",
        0,
        "the list does not say the unit of its times",
        seconds ? "read as seconds" : "read as milliseconds");
    return seconds ? 1_000 : 1;
  }

  /** The latest start: a day of seconds is 86,400, and two minutes of milliseconds are more. */
  private static double spreadOfStarts(List<Entry> entries) {
    double latest = 0;
    for (Entry entry : entries) {
      latest = Double.isNaN(entry.start()) ? latest : Math.max(latest, entry.start());
    }
    return latest;
  }
}
