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
import dev.earmark.source.cue.WordTimes;
import dev.earmark.source.episode.LanguageTag;
import dev.earmark.source.syntax.Excerpt;
import dev.earmark.source.syntax.LineCursor;
import dev.earmark.source.time.CaptionTime;
import dev.earmark.source.time.Times;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * LRC lyrics, which transcription tools write too, and enhanced LRC with word times.
 *
 * <p>{@code [01:02.50]text}; a line with several times is sung several times; {@code <01:02.80>}
 * inside starts a word. {@code [offset:250]} moves all text earlier by so many milliseconds. A line
 * ends where the next one starts; the last has no known end. Where a line has several times the
 * order of the file says nothing, so the captions come in the order of time.
 */
@AutoService(SourceFormat.class)
public final class LrcFormat implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "lrc",
          "LRC lyrics, with word times",
          "lines that start with a time and a fraction in brackets, [01:02.50]");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    int timed = 0;
    int other = 0;
    LineCursor lines = new LineCursor(source.head());
    for (String line = lines.next(); line != null; line = lines.next()) {
      int close = line.startsWith("[") ? line.indexOf(']') : -1;
      if (close > 0 && CaptionTime.parse(line.substring(1, close)) != Times.NONE) {
        boolean clock = line.lastIndexOf(':', close) > 0;
        timed += clock && line.lastIndexOf('.', close) > 0 ? 1 : 0;
      } else if (!line.isBlank() && !isTag(line)) {
        other++;
      }
    }
    if (timed > 0 && timed > other) {
      return source.hasExtension("lrc") ? Recognition.CERTAIN : Recognition.LIKELY;
    }
    return source.hasExtension("lrc") ? Recognition.BY_NAME : Recognition.NO;
  }

  private static boolean isTag(String line) {
    return line.startsWith("[") && line.indexOf(':') > 0 && line.strip().endsWith("]");
  }

  /**
   * A time in brackets in milliseconds; the third part of {@code 01:02:50} is hundredths, as lyrics
   * have no hours.
   */
  private static long time(String inside) {
    int first = inside.indexOf(':');
    int last = inside.lastIndexOf(':');
    boolean hundredths = first >= 0 && last > first && inside.indexOf('.') < 0;
    String text =
        hundredths ? inside.substring(0, last) + "." + inside.substring(last + 1) : inside;
    return first < 0 ? Times.NONE : CaptionTime.parse(text);
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    return new Reader(problems).read(new LineCursor(source.text()));
  }

  private record Sung(long startMs, String marked, int line) {}

  /** Reads one file. */
  private static final class Reader {
    private final ProblemLog problems;
    private final EpisodeFields.Builder episode = EpisodeFields.builder();
    private final List<Sung> sung = new ArrayList<>();
    private long offset;
    private boolean grouped;

    Reader(ProblemLog problems) {
      this.problems = problems;
    }

    ParsedSource read(LineCursor lines) throws SourceException {
      for (String line = lines.next(); line != null; line = lines.next()) {
        line(line.strip(), lines.number());
      }
      if (sung.isEmpty()) {
        throw new SourceException(0, "no line found that starts with a time like [01:02.50]");
      }
      long[] starts = sung.stream().mapToLong(Sung::startMs).sorted().toArray();
      if (grouped) {
        sung.sort(Comparator.comparingLong(Sung::startMs));
      }
      CueBuilder cues = new CueBuilder(problems);
      for (Sung one : sung) {
        add(cues, one, nextAfter(starts, one.startMs()));
      }
      return cues.finish(episode.build());
    }

    private void line(String line, int number) {
      int at = 0;
      int times = 0;
      List<Long> starts = new ArrayList<>(1);
      while (at < line.length() && line.charAt(at) == '[') {
        int close = line.indexOf(']', at);
        long start = close < 0 ? Times.NONE : time(line.substring(at + 1, close));
        if (start == Times.NONE) {
          break;
        }
        starts.add(start);
        times++;
        at = close + 1;
        while (at < line.length() && line.charAt(at) == ' ') {
          at++;
        }
      }
      if (times == 0) {
        tag(line, number);
        return;
      }
      grouped |= times > 1;
      for (long start : starts) {
        sung.add(new Sung(start, line.substring(at), number));
      }
    }

    private void tag(String line, int number) {
      int colon = line.indexOf(':');
      if (!isTag(line) || colon < 0) {
        if (!line.isEmpty()) {
          problems.notice(
              "text-without-time", number, "\"" + Excerpt.of(line) + "\" has no time", "left out");
        }
        return;
      }
      String value = line.substring(colon + 1, line.length() - 1).strip();
      switch (line.substring(1, colon).strip().toLowerCase(Locale.ROOT)) {
        case "ti" -> episode.title(value);
        case "al" -> episode.show(value);
        case "la", "lang", "language" -> episode.language(LanguageTag.orNull(value));
        case "length" ->
            Timestamp.tryParse(value).ifPresent(length -> episode.durationMs(length.millis()));
        case "offset" -> {
          try {
            offset = Math.clamp(Long.parseLong(value), -86_400_000L, 86_400_000L);
          } catch (NumberFormatException e) {
            problems.warning(
                "unreadable-offset",
                number,
                "the offset \"" + value + "\" is not a number",
                "ignored");
          }
        }
        default -> {
          // Artist, author and tool say nothing that is searched.
        }
      }
    }

    private static long nextAfter(long[] sorted, long start) {
      int low = 0;
      int high = sorted.length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (sorted[middle] > start) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      return low == sorted.length ? Times.NONE : sorted[low];
    }

    private void add(CueBuilder cues, Sung one, long next) {
      long start = one.startMs() - offset;
      long end = next == Times.NONE ? next : next - offset;
      StringBuilder text = new StringBuilder();
      List<TimedWord> words = new ArrayList<>();
      long wordStart = Math.max(0, start);
      int wordFrom = 0;
      boolean timed = false;
      int at = 0;
      String marked = one.marked();
      while (at < marked.length()) {
        int open = marked.indexOf('<', at);
        int close = open < 0 ? -1 : CaptionMarkup.tagEnd(marked, open) - 1;
        long time = close < 0 ? Times.NONE : time(marked.substring(open + 1, close));
        if (open < 0 || time == Times.NONE) {
          int to = open < 0 ? marked.length() : open + 1;
          text.append(marked, at, to);
          at = to;
          continue;
        }
        text.append(marked, at, open);
        long instant = Math.max(wordStart, time - offset);
        WordTimes.add(words, text, wordFrom, text.length(), wordStart, instant);
        timed = true;
        wordFrom = text.length();
        wordStart = instant;
        at = close + 1;
        boolean spaced = text.isEmpty() || text.charAt(text.length() - 1) == ' ';
        while (spaced && at < marked.length() && marked.charAt(at) == ' ') {
          at++;
        }
      }
      WordTimes.add(words, text, wordFrom, text.length(), wordStart, end);
      CaptionMarkup plain = CaptionMarkup.of(text.toString());
      boolean same = plain.text().length() == text.length();
      cues.add(start, end, null, plain.text(), timed && same ? words : List.of(), one.line());
    }
  }
}
