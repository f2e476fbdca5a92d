package dev.earmark.source.asr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
import dev.earmark.source.time.TimeMark;
import dev.earmark.source.time.Times;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A list of captions as many small programs write it: objects with a start, an end or a duration,
 * and a text, alone or under one key such as {@code cues}, or however deep in a service's answer:
 * then who speaks may be said by the objects about them, and the text by words with times.
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
    "timeOffset",
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
    "data_start",
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
    "end_timestamp",
    "data_end"
  };
  private static final String[] LENGTHS = {"duration", "dur", "duration_ms", "durationMs"};
  private static final String[] TEXTS = {
    "text", "body", "caption", "content", "transcript", "line", "sentence", "utterance"
  };
  private static final String[] TEXTS_AND_WORDS =
      Stream.concat(Stream.of(TEXTS), Stream.of("word")).toArray(String[]::new);

  private static final String[] SPEAKERS = {
    "speaker",
    "speaker_name",
    "speakerName",
    "participant",
    "name",
    "speaker_label",
    "speaker_id",
    "speakerId"
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

  private static final int FEW = 6;
  private static final int MANY = 60;

  /** How many characters a day has before its time. */
  private static final int DAY = 10;

  /** Later than this no recording goes on: a time is one with its day. */
  private static final double LATEST_MS = 1e11;

  /** Seconds since 1970 are more, those of a recording fewer. */
  private static final double LATEST_SECONDS = 1e9;

  /** Those who spoke, where they are an object; else these are times or texts. */
  private static final String[] PEOPLE = {"from", "user", "author"};

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
    // Records in lines may have lists of anything.
    boolean lines = source.hasExtension("jsonl", "ndjson");
    return lines || deepList(shape) == null ? Recognition.NO : Recognition.BY_NAME;
  }

  /** The list of objects with a start, a text, and an end or a name; null if there is none. */
  private static @Nullable String deepList(JsonShape shape) {
    String ends = shape.listWith(STARTS, TEXTS_AND_WORDS, ENDS);
    String lasts = ends == null ? shape.listWith(STARTS, TEXTS, LENGTHS) : ends;
    return lasts == null ? shape.listWith(STARTS, TEXTS, SPEAKERS) : lasts;
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
    ArrayNode words = JsonNodeFactory.instance.arrayNode();
    JsonReader.Handler handler =
        (value, line) -> {
          if (value.has("word") && JsonValues.first(value, TEXTS).isMissingNode()) {
            words.add(value);
          } else {
            entry(value, line, entries);
          }
        };
    for (String list : LISTS) {
      reader.on(list + "[]", handler);
    }
    JsonShape shape = JsonShape.of(source);
    String deep = deepList(shape);
    if (deep != null) {
      int inside = deep.indexOf("[]");
      String outer = inside < 0 ? deep : deep.substring(0, inside);
      if (inside >= 0) {
        reader.on(outer + "[]", (value, line) -> within(value, null, line, entries));
      } else {
        reader.on(outer + "[]", handler);
      }
    }
    reader.read();
    words(words, null, 1, entries);
    if (entries.isEmpty()) {
      throw new SourceException(0, "nothing to read: objects with a start and a text are needed");
    }
    return ParsedSource.ofCues(
        EpisodeFields.NONE,
        cues(areWords(entries) ? sentences(entries) : entries, problems)
            .orRefuse("objects with a start and a text are needed"));
  }

  /** The cues of entries, in the unit that they show. */
  static CueBuilder cues(List<Entry> entries, ProblemLog problems) {
    double unit = unit(entries, problems);
    double zero = zero(entries, problems);
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
          millis((entry.start() - zero) * factor),
          millis((entry.end() - zero) * factor),
          entry.speaker(),
          entry.text(),
          words,
          entry.line());
    }
    return cues;
  }

  /** Adds what an object says, or else the objects in its lists. */
  private static void within(
      JsonNode value, @Nullable String above, int line, List<Entry> entries) {
    String own = speaker(value);
    String speaker = own == null ? above : own;
    if (JsonValues.text(JsonValues.first(value, TEXTS)) != null
        && !JsonValues.first(value, STARTS).isMissingNode()) {
      entry(value, speaker, line, entries);
      return;
    }
    for (JsonNode list : value) {
      if (!list.isArray()) {
        continue;
      }
      if (list.path(0).has("word")) {
        words(list, speaker, line, entries);
        continue;
      }
      for (JsonNode each : list) {
        within(each, speaker, line, entries);
      }
    }
  }

  /** Adds what words with times say together, a sentence or so at a time. */
  private static void words(
      JsonNode words, @Nullable String speaker, int line, List<Entry> entries) {
    StringBuilder text = new StringBuilder();
    ArrayNode sentence = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < words.size(); i++) {
      String word = words.path(i).path("word").asText().strip();
      text.append(text.isEmpty() ? "" : " ").append(word);
      sentence.add(words.path(i));
      boolean ends = !word.isEmpty() && ".?!\u3002".indexOf(word.charAt(word.length() - 1)) >= 0;
      if (i + 1 == words.size() || (ends && sentence.size() >= FEW) || sentence.size() >= MANY) {
        double from = JsonValues.fromNumber(JsonValues.first(sentence.path(0), STARTS));
        double to = JsonValues.fromNumber(JsonValues.first(words.path(i), ENDS));
        entries.add(new Entry(from, to, speaker, text.toString(), sentence, false, false, line));
        text.setLength(0);
        sentence = JsonNodeFactory.instance.arrayNode();
      }
    }
  }

  /** Whether each entry is one word of many. */
  private static boolean areWords(List<Entry> entries) {
    int words = 0;
    for (Entry entry : entries) {
      String text = entry.text();
      boolean letters = text.charAt(0) < '\u2E80';
      words += letters && text.indexOf(' ') < 0 && entry.end() > entry.start() ? 1 : 0;
    }
    return words > 2 * FEW && words * 20 >= entries.size() * 19;
  }

  /** What words that are entries of their own say together. */
  private static List<Entry> sentences(List<Entry> words) {
    List<Entry> sentences = new ArrayList<>();
    ArrayNode said = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < words.size(); i++) {
      Entry word = words.get(i);
      said.addObject().put("word", word.text()).put("start", word.start()).put("end", word.end());
      Entry next = i + 1 < words.size() ? words.get(i + 1) : null;
      if (next == null || !Objects.equals(next.speaker(), word.speaker())) {
        words(said, word.speaker(), word.line(), sentences);
        said = JsonNodeFactory.instance.arrayNode();
      }
    }
    return sentences;
  }

  /** Who speaks, in one of the fields that say it. */
  private static @Nullable String speaker(JsonNode value) {
    JsonNode known = JsonValues.first(value, SPEAKERS);
    if (known.isMissingNode()) {
      JsonNode person = JsonValues.first(value, PEOPLE);
      known = person.isObject() ? person : known;
    }
    return JsonValues.speaker(known);
  }

  private static long millis(double millis) {
    return JsonValues.fromSeconds(millis / 1e3);
  }

  /** Adds what an object says, if it has a text. */
  static void entry(JsonNode value, int line, List<Entry> entries) {
    entry(value, speaker(value), line, entries);
  }

  private static void entry(
      JsonNode value, @Nullable String speaker, int line, List<Entry> entries) {
    String text = text(JsonValues.first(value, TEXTS));
    if (text == null) {
      return;
    }
    JsonNode start = JsonValues.first(value, STARTS);
    JsonNode end = JsonValues.first(value, ENDS);
    if (start.isArray()) {
      end = start.path(1);
      start = start.path(0);
    } else if (start.isObject() && !JsonValues.first(start, STARTS).isMissingNode()) {
      end = JsonValues.first(start, ENDS);
      start = JsonValues.first(start, STARTS);
    }
    double from = JsonValues.fromNumber(start);
    double to = JsonValues.fromNumber(end);
    boolean clock = Double.isNaN(from) && clock(start) != Times.NONE;
    if (clock) {
      from = clock(start);
      long until = end.isMissingNode() ? until(start) : clock(end);
      to = until == Times.NONE ? Double.NaN : until;
    } else if (end.isMissingNode()) {
      to = from + JsonValues.fromNumber(JsonValues.first(value, LENGTHS));
    }
    boolean inMillis = false;
    for (String name : IN_MILLIS) {
      inMillis |= value.has(name);
    }
    entries.add(new Entry(from, to, speaker, text, value.path("words"), inMillis, clock, line));
  }

  /** A text, or the texts of a list, line by line. */
  private static @Nullable String text(JsonNode value) {
    if (!value.isArray()) {
      return JsonValues.text(value);
    }
    StringBuilder lines = new StringBuilder();
    for (JsonNode each : value) {
      String line = JsonValues.text(each.isObject() ? JsonValues.first(each, TEXTS) : each);
      if (line != null) {
        lines.append(lines.isEmpty() ? "" : "\n").append(line);
      }
    }
    return lines.isEmpty() ? null : lines.toString();
  }

  /** The second time of {@code 0:03 - 0:12}; {@link Times#NONE} if there is none. */
  private static long until(JsonNode value) {
    TimeMark mark = TimeMark.whole(value.asText());
    return mark == null ? Times.NONE : mark.endMs();
  }

  /** A time as text, also one with its day, in milliseconds; else {@link Times#NONE}. */
  private static long clock(JsonNode value) {
    String text = value.asText();
    if (text.length() > DAY && text.charAt(DAY) == 'T') {
      try {
        return OffsetDateTime.parse(text).toInstant().toEpochMilli();
      } catch (DateTimeException noDate) {
        return Times.NONE;
      }
    }
    long seconds = JsonValues.seconds(value);
    TimeMark stretch =
        seconds == Times.NONE && value.isTextual() ? TimeMark.whole(value.asText()) : null;
    return stretch == null ? seconds : stretch.startMs();
  }

  /** What is taken off times that have a day: when the first of them is. */
  private static double zero(List<Entry> entries, ProblemLog problems) {
    Entry first = entries.getFirst();
    boolean seconds = !first.clock() && isOfDay(first.start()) && first.start() < LATEST_MS;
    if (!(first.start() >= LATEST_MS || seconds)) {
      return 0;
    }
    problems.notice(
        "times-shifted",
        first.line(),
        "the times begin at "
            + Instant.ofEpochMilli((long) (seconds ? first.start() * 1_000 : first.start())),
        "counted from there");
    return first.start();
  }

  /** Whether a number counts from 1970, in seconds or milliseconds. */
  private static boolean isOfDay(double number) {
    return number >= LATEST_SECONDS;
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
    if (isOfDay(entries.getFirst().start())) {
      return entries.getFirst().start() >= LATEST_MS ? 1 : 1_000;
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
