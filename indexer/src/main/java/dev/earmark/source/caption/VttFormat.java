package dev.earmark.source.caption;

import com.google.auto.service.AutoService;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.ProblemLog;
import dev.earmark.model.TimedWord;
import dev.earmark.model.Timestamp;
import dev.earmark.source.FormatDescriptor;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.source.cue.CueBuilder;
import dev.earmark.source.episode.LanguageTag;
import dev.earmark.source.head.SpeakerName;
import dev.earmark.source.syntax.Excerpt;
import dev.earmark.source.syntax.LineCursor;
import dev.earmark.source.time.CaptionTime;
import dev.earmark.source.time.CueTiming;
import dev.earmark.source.time.Times;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * WebVTT captions, read by the parsing rules of <a
 * href="https://www.w3.org/TR/webvtt1/#parsing">W3C WebVTT, section 6</a>, and beyond them where
 * published files need it and the rules lose nothing by it:
 *
 * <ul>
 *   <li>Some tools write {@code 0:0:0.570}, {@code 00:00:01.5} or bare seconds. A file in which
 *       nine of ten timing lines can be read that way was written by such a tool, and all of it is
 *       read that way; in any other file a line that breaks the rules is damage and its cue is
 *       dropped, as the rules say.
 *   <li>Where a blank line follows the times, so that the rules give the cue no text at all, the
 *       text behind it up to the next cue is taken; and where one stands inside a cue, the text
 *       behind it, which the rules drop, goes to the cue before it, with a problem.
 *   <li>Segments of an HTTP Live Stream, alone or joined in one file, are moved to the time that
 *       their {@code X-TIMESTAMP-MAP} says.
 *   <li>Each of several voices in one cue is a cue of its own.
 * </ul>
 *
 * <p>Names come from voice spans, else from names before the words. The header's {@code Language}
 * and {@code Title}, and {@code NOTE language:} and {@code NOTE duration:} as Microsoft writes
 * them, describe the episode. Regions and styles are skipped.
 */
@AutoService(SourceFormat.class)
public final class VttFormat implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "vtt", "WebVTT captions, with voices and word times", "the first line, WEBVTT");

  private static final Pattern CHAPTERS_NAME =
      Pattern.compile("^(?:.*[._ -])?chapters?(?:[._ -].*)?\\.vtt");
  private static final Pattern CHAPTERS_HEADER =
      Pattern.compile(
          "WEBVTT[^\\n]*\\n(?:[^\\n]+\\n){0,20}?kind:[ \\t]*chapters[ \\t]*\\n.*", Pattern.DOTALL);
  private static final int CHAPTERS_HEADER_LENGTH = 2_000;
  private static final String SIGNATURE = "WEBVTT";
  private static final String ARROW = "-->";
  private static final String TIMESTAMP_MAP = "X-TIMESTAMP-MAP";

  /** {@code 7 "Ada Quist" (3944020992)}, as Webex numbers its cues. */
  private static final Pattern NAMED_NUMBER =
      Pattern.compile("\\d{1,9} \"([^\"]{1,100})\"(?: \\(\\d{1,20}\\))?");

  private static final Pattern TIMESTAMP_MAP_PARTS =
      Pattern.compile("MPEGTS:(\\d{1,15})|LOCAL:([\\d:.]{4,20})");
  private static final Pattern SETTING =
      Pattern.compile("(?:vertical|line|position|size|align|region)\\s*:");
  private static final long TICKS_A_MILLISECOND = 90;
  private static final long CLOCK_ROUND = 1L << 33;

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    if (isSigned(source.head())) {
      return holdsChapters(source) ? Recognition.LIKELY : Recognition.CERTAIN;
    }
    return source.hasExtension("vtt") ? Recognition.BY_NAME : Recognition.NO;
  }

  /** Whether a source is WebVTT and says that its cues are chapters. */
  public static boolean holdsChapters(RawSource source) {
    String head = source.head();
    if (!head.startsWith("WEBVTT")) {
      return false;
    }
    String opening = head.substring(0, Math.min(head.length(), CHAPTERS_HEADER_LENGTH));
    return CHAPTERS_NAME.matcher(source.name().toLowerCase(Locale.ROOT)).matches()
        || CHAPTERS_HEADER
            .matcher(opening.toLowerCase(Locale.ROOT).replaceFirst("^webvtt", "WEBVTT"))
            .matches();
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    String text = source.text();
    if (!isSigned(text)) {
      throw new SourceException(
          1,
          "a WebVTT file starts with the line WEBVTT, this one with \""
              + Excerpt.of(text.substring(0, Math.min(text.length(), 80)))
              + "\"; if it is SubRip, name it .srt");
    }
    return new Reader(text, problems).read();
  }

  private static boolean isSigned(String text) {
    return text.startsWith(SIGNATURE)
        && (text.length() == SIGNATURE.length()
            || " \t\n".indexOf(text.charAt(SIGNATURE.length())) >= 0);
  }

  /** Two times by the letter of section 6.3; null if the line breaks it. */
  private static @Nullable CueTiming strictTiming(String line) {
    int[] at = {0};
    skipSpace(line, at);
    long start = strictTime(line, at);
    skipSpace(line, at);
    if (start == Times.NONE || !line.startsWith(ARROW, at[0])) {
      return null;
    }
    at[0] += ARROW.length();
    skipSpace(line, at);
    long end = strictTime(line, at);
    return end == Times.NONE ? null : new CueTiming(start, end);
  }

  private static void skipSpace(String line, int[] at) {
    while (at[0] < line.length() && " \t\f\n".indexOf(line.charAt(at[0])) >= 0) {
      at[0]++;
    }
  }

  /** "Collect a WebVTT timestamp", section 6.3. */
  private static long strictTime(String line, int[] at) {
    int from = at[0];
    long first = digits(line, at);
    int width = at[0] - from;
    if (width == 0 || width > 12 || !takes(line, at, ':')) {
      return Times.NONE;
    }
    long second = twoDigits(line, at);
    boolean hours =
        width != 2 || first > 59 || (at[0] < line.length() && line.charAt(at[0]) == ':');
    long third = second;
    if (hours) {
      if (!takes(line, at, ':')) {
        return Times.NONE;
      }
      third = twoDigits(line, at);
    }
    if (!takes(line, at, '.')) {
      return Times.NONE;
    }
    int fractionFrom = at[0];
    long fraction = digits(line, at);
    long minutes = hours ? second : first;
    if (at[0] - fractionFrom != 3 || second < 0 || third < 0 || minutes > 59 || third > 59) {
      return Times.NONE;
    }
    // Hours past any recording are moved to the latest time there is before they can overflow.
    return Timestamp.ofClock(hours ? Math.min(first, 100_000_000) : 0, minutes, third, fraction)
        .millis();
  }

  private static long digits(String line, int[] at) {
    long value = 0;
    while (at[0] < line.length() && CaptionTime.isDigit(line.charAt(at[0]))) {
      value = Math.min(value * 10 + (line.charAt(at[0]++) - '0'), Integer.MAX_VALUE);
    }
    return value;
  }

  private static long twoDigits(String line, int[] at) {
    int from = at[0];
    long value = digits(line, at);
    return at[0] - from == 2 ? value : -1;
  }

  private static boolean takes(String line, int[] at, char c) {
    if (at[0] < line.length() && line.charAt(at[0]) == c) {
      at[0]++;
      return true;
    }
    return false;
  }

  /** Two times in the way of tools that do not pad; null if it cannot be read so either. */
  private static @Nullable CueTiming lenientTiming(String line) {
    int arrow = line.indexOf(ARROW);
    if (line.indexOf('\u000B') >= 0) {
      // Java takes a vertical tab for white space, WebVTT does not.
      return null;
    }
    String after = line.substring(arrow + ARROW.length()).strip();
    int end = 0;
    while (end < after.length() && !Character.isWhitespace(after.charAt(end))) {
      end++;
    }
    long startMs = CaptionTime.parseInRange(line.substring(0, arrow));
    long endMs = CaptionTime.parseInRange(after.substring(0, end));
    return startMs == Times.NONE || endMs == Times.NONE ? null : new CueTiming(startMs, endMs);
  }

  /** Reads one file. */
  private static final class Reader {
    private final LineCursor lines;
    private final ProblemLog problems;
    private final CueBuilder cues;
    private final EpisodeFields.Builder episode = EpisodeFields.builder();
    private final boolean lenient;
    private final boolean namesItsCues;

    /** The times of a cue to which the rules give no text, while text may still follow. */
    private @Nullable CueTiming waiting;

    private int waitingLine;

    /** The last cue, which loose text behind it may belong to. */
    private @Nullable CueTiming held;

    private int heldLine;
    private @Nullable String heldSpeaker;
    private String heldText = "";

    /** Blocks without times behind the last cue. */
    private final StringBuilder loose = new StringBuilder();

    private int looseLine;

    /** What is added to the times of the cues; and the clock it was worked out from. */
    private long offsetMs;

    private long lastTicks;
    private final StringBuilder late = new StringBuilder();

    Reader(String text, ProblemLog problems) {
      this.lines = new LineCursor(text);
      this.problems = problems;
      this.cues = new CueBuilder(problems);
      this.lenient = isLenientFile(text);
      this.namesItsCues = namesItsCues(text);
    }

    /**
     * Whether cues have names for identifiers: nearly all have one, and it is one of few that come
     * again and again.
     */
    private static boolean namesItsCues(String text) {
      LineCursor cursor = new LineCursor(text);
      Map<String, Integer> names = new HashMap<>();
      int cues = 0;
      int named = 0;
      String before = "";
      String above = "";
      for (String line = cursor.next(); line != null; line = cursor.next()) {
        if (line.contains(ARROW)) {
          cues++;
          if (above.isBlank() && SpeakerName.looksLikeName(before)) {
            names.merge(before, 1, Integer::sum);
            named++;
          } else if (named == 0) {
            return false;
          }
        }
        above = before;
        before = line;
      }
      return named > 2 && named * 10L >= cues * 9L && names.size() * 2 <= named;
    }

    private static boolean isLenientFile(String text) {
      LineCursor cursor = new LineCursor(text);
      int timings = 0;
      int strict = 0;
      int readable = 0;
      for (String line = cursor.next(); line != null; line = cursor.next()) {
        if (line.contains(ARROW)) {
          timings++;
          boolean byRule = strictTiming(line) != null;
          strict += byRule ? 1 : 0;
          readable += byRule || lenientTiming(line) != null ? 1 : 0;
        }
      }
      return strict < timings && readable * 10L >= timings * 9L;
    }

    ParsedSource read() {
      header();
      while (block()) {
        // Each block does its own work.
      }
      flushWaiting();
      flushHeld(true);
      return cues.finish(episode.build());
    }

    private void header() {
      lines.next();
      for (String line = lines.next(); line != null && !line.isEmpty(); line = lines.next()) {
        if (line.contains(ARROW)) {
          lines.back();
          return;
        }
        headerLine(line);
      }
    }

    private void headerLine(String line) {
      if (line.startsWith(TIMESTAMP_MAP)) {
        map(line);
        return;
      }
      int colon = line.indexOf(':');
      if (colon > 0) {
        field(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }

    /**
     * Reads {@code X-TIMESTAMP-MAP=MPEGTS:900000,LOCAL:00:00:00.000} (RFC 8216, section 3.5): what
     * the cues call {@code LOCAL} is the time {@code MPEGTS}, 90,000 a second, of the programme.
     */
    private void map(String line) {
      Matcher parts = TIMESTAMP_MAP_PARTS.matcher(line);
      long ticks = -1;
      long local = Times.NONE;
      while (parts.find()) {
        if (parts.group(1) != null) {
          ticks = Long.parseLong(parts.group(1));
        } else {
          local = CaptionTime.parse(parts.group(2));
        }
      }
      if (ticks < 0 || local == Times.NONE) {
        problems.warning(
            "unreadable-time",
            lines.number(),
            "\"" + Excerpt.of(line) + "\" does not say which time is which",
            "the times of the captions are taken as they stand");
        return;
      }
      // The clock has 33 bits and begins again after a day.
      while (ticks + CLOCK_ROUND / 2 < lastTicks) {
        ticks += CLOCK_ROUND;
      }
      lastTicks = ticks;
      offsetMs = ticks / TICKS_A_MILLISECOND - local;
    }

    private void field(String name, String value) {
      switch (name.strip().toLowerCase(Locale.ROOT)) {
        case "language" -> episode.language(LanguageTag.orNull(value));
        case "title" -> episode.title(value);
        default -> {
          // Kind, X-TIMESTAMP-MAP and free text say nothing of the episode.
        }
      }
    }

    /** "Collect a WebVTT block", section 6.2; false at the end of the file. */
    private boolean block() {
      StringBuilder buffer = new StringBuilder();
      CueTiming cue = null;
      int cueLine = 0;
      String times = "";
      boolean seenArrow = false;
      int count = 0;
      int first = 0;
      String named = null;
      String line;
      while ((line = lines.next()) != null) {
        count++;
        first = count == 1 ? lines.number() : first;
        if (line.contains(ARROW)) {
          if (seenArrow || count > 2) {
            lines.back();
            break;
          }
          seenArrow = true;
          cueLine = lines.number();
          cue = timing(line);
          times = line;
          if (cue == null) {
            problems.warning(
                "unreadable-time",
                cueLine,
                "\"" + Excerpt.of(line) + "\" is not a pair of times",
                "the caption is left out; write 00:01:02.000 --> 00:01:04.000");
          }
          named = nameIn(buffer.toString());
          buffer.setLength(0);
        } else if (line.isEmpty()) {
          break;
        } else {
          buffer.append(buffer.isEmpty() ? "" : "\n").append(line);
        }
      }
      if (count == 0) {
        return false;
      }
      if (cue != null) {
        flushWaiting();
        String beside = buffer.isEmpty() ? beside(times) : "";
        if (!beside.isEmpty()) {
          add(cue, beside, cueLine);
        } else if (buffer.toString().isBlank()) {
          waiting = cue;
          waitingLine = cueLine;
        } else {
          add(cue, buffer.toString(), cueLine);
          heldSpeaker = named;
        }
      } else if (!seenArrow) {
        loose(buffer.toString(), first);
      }
      return true;
    }

    /** Who speaks, where the identifier of a cue names him; null if it does not. */
    private @Nullable String nameIn(String identifier) {
      if (namesItsCues && SpeakerName.looksLikeName(identifier)) {
        return identifier.strip();
      }
      Matcher named = NAMED_NUMBER.matcher(identifier);
      return named.matches() ? named.group(1).strip() : null;
    }

    /** The words that some write behind the times; settings, such as {@code line:0}, are none. */
    private static String beside(String line) {
      String after = line.substring(line.indexOf(ARROW) + ARROW.length()).strip();
      int end = 0;
      while (end < after.length() && !Character.isWhitespace(after.charAt(end))) {
        end++;
      }
      String words = after.substring(end).strip();
      boolean setting = SETTING.matcher(words).lookingAt();
      return setting || words.indexOf(' ') < 0 ? "" : words;
    }

    private @Nullable CueTiming timing(String line) {
      CueTiming strict = strictTiming(line);
      if (strict != null || !lenient) {
        return strict;
      }
      CueTiming read = lenientTiming(line);
      if (read != null) {
        problems.notice(
            "loose-time",
            lines.number(),
            "\"" + Excerpt.of(line) + "\" is not how WebVTT writes times",
            "read all the same, as the whole file is so");
      }
      return read;
    }

    /**
     * A block without times: a comment, a style, a region, or the text of a cue that waits for it.
     */
    private void loose(String block, int line) {
      if (block.startsWith(TIMESTAMP_MAP) && held == null && waiting == null) {
        headerLine(block.lines().findFirst().orElse(""));
      } else if (isKeyword(block, SIGNATURE)) {
        // Segments of a stream that were put into one file each bring a header.
        flushWaiting();
        flushHeld(false);
        block.lines().skip(1).forEach(this::headerLine);
      } else if (isKeyword(block, "NOTE")) {
        note(block.substring(4).strip());
      } else if (!isKeyword(block, "STYLE") && !isKeyword(block, "REGION")) {
        if (waiting != null) {
          late.append(late.isEmpty() ? "" : "\n").append(block);
        } else if (held != null
            && !block.isBlank()
            && !CueTiming.isNumber(block)
            && !isDamagedTiming(block)) {
          loose.append('\n').append(block);
          looseLine = looseLine == 0 ? line : looseLine;
        } else if (isDamagedTiming(block)) {
          String first = block.lines().findFirst().orElse(block);
          problems.warning(
              "unreadable-time",
              line,
              "\"" + Excerpt.of(first) + "\" has no arrow --> between its times",
              "the caption is left out; write 00:01:02.000 --> 00:01:04.000");
        } else if (!block.isBlank()) {
          problems.notice(
              "text-without-time",
              line,
              "\"" + Excerpt.of(block) + "\" stands between captions",
              "left out");
        }
      }
    }

    /** Whether a block begins with what once was a pair of times: one of two is enough. */
    private static boolean isDamagedTiming(String block) {
      String[] words = block.lines().findFirst().orElse("").strip().split("\\s+", 4);
      return isClock(words[0])
          || (words.length > 2
              && words[1].chars().noneMatch(Character::isLetterOrDigit)
              && words[0].indexOf(':') > 0
              && isClock(words[2]));
    }

    private static boolean isClock(String word) {
      return word.indexOf(':') > 0 && CaptionTime.parse(word) != Times.NONE;
    }

    private static boolean isKeyword(String block, String word) {
      return block.startsWith(word)
          && (block.length() == word.length()
              || Character.isWhitespace(block.charAt(word.length())));
    }

    private void note(String comment) {
      if (!cues.isEmpty() || held != null) {
        return;
      }
      if (comment.startsWith("language:")) {
        episode.language(LanguageTag.orNull(comment.substring("language:".length())));
      } else if (comment.startsWith("duration:")) {
        String value = comment.substring("duration:".length()).replace("\"", "").strip();
        Timestamp.tryParse(value).ifPresent(duration -> episode.durationMs(duration.millis()));
      }
    }

    private void flushWaiting() {
      CueTiming cue = waiting;
      if (cue != null && !late.isEmpty()) {
        problems.notice(
            "blank-line-in-caption",
            waitingLine,
            "a blank line stands between the times and the text",
            "the text after it is read as the caption's");
        add(cue, late.toString(), waitingLine);
      }
      waiting = null;
      late.setLength(0);
    }

    private void add(CueTiming cue, String marked, int line) {
      flushHeld(false);
      held = cue;
      heldSpeaker = null;
      heldText = marked;
      heldLine = line;
    }

    private void flushHeld(boolean last) {
      CueTiming cue = held;
      held = null;
      if (cue == null) {
        return;
      }
      takeLoose(last);
      long start = cue.startMs() + offsetMs;
      long end = cue.endMs() + offsetMs;
      MeetingLine said = MeetingLine.of(heldText);
      if (said != null) {
        cues.add(start, end, said.speaker(), said.text(), heldLine);
        return;
      }
      VttCueText text = VttCueText.of(heldText, cue.startMs(), cue.endMs());
      List<VttCueText.Part> parts = text.parts();
      if (parts.size() < 2) {
        cues.addMarked(
            start,
            end,
            text.voice() == null ? heldSpeaker : text.voice(),
            text.text(),
            shifted(text.words(), 0),
            text.marked(),
            heldLine);
        return;
      }
      problems.notice(
          "several-voices",
          heldLine,
          "one caption has " + text.voices() + " voices",
          "each is a caption of its own, its time in proportion to its length");
      long length = Math.max(0, end - start);
      int whole = Math.max(1, text.text().length());
      int firstFrom = parts.getFirst().from();
      for (VttCueText.Part part : parts) {
        List<TimedWord> words = part.words(text.words());
        long from = part.from() <= firstFrom ? start : start + length * part.from() / whole;
        long to = start + length * part.to() / whole;
        if (!words.isEmpty()) {
          from = words.getFirst().startMs() + offsetMs;
          to = words.getLast().endMs() + offsetMs;
        }
        String spoken = text.text().substring(part.from(), part.to());
        cues.add(from, to, part.voice(), spoken, shifted(words, part.from()), heldLine);
      }
    }

    /**
     * Gives the held cue the text behind it, unless it is the only cue of the file: then nothing
     * shows that the blank line stands where none should.
     */
    private void takeLoose(boolean last) {
      if (loose.isEmpty()) {
        return;
      }
      boolean only = last && cues.isEmpty();
      String text = loose.toString();
      problems.warning(
          only ? "text-without-time" : "blank-line-in-caption",
          looseLine,
          "\"" + Excerpt.of(text) + "\" follows a blank line, which ends a caption",
          only ? "left out" : "taken for the text of the caption before it");
      heldText = only ? heldText : heldText + text;
      loose.setLength(0);
      looseLine = 0;
    }

    /**
     * The words of a part of the text that begins at a character, on the clock of the programme.
     */
    private List<TimedWord> shifted(List<TimedWord> words, int from) {
      if (offsetMs == 0 && from == 0) {
        return words;
      }
      return words.stream()
          .map(word ->
              new TimedWord(
                  word.from() - from,
                  word.to() - from,
                  Math.max(0, word.startMs() + offsetMs),
                  Math.max(0, word.endMs() + offsetMs)))
          .toList();
    }
  }
}
