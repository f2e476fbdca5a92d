package dev.earmark.source.caption;

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
import dev.earmark.source.syntax.Excerpt;
import dev.earmark.source.time.CaptionTime;
import dev.earmark.source.time.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Captions in a table: a row a caption, fields apart by commas, semicolons, tabs or bars, quoted as
 * in RFC 4180.
 *
 * <p>A first row of names says which column is which; without it the first column that holds times
 * is the start, the second the end, and the last column without times is the text. Times are
 * clocks, time codes or seconds; columns whose names end in {@code ms}, and whole numbers under
 * Whisper's {@code start, end, text}, are milliseconds.
 */
@AutoService(SourceFormat.class)
public final class CsvFormat implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "csv",
          "captions in a table, CSV or TSV",
          "a first row that names start and text, or rows that start with times");

  private static final String JSON = "[{";

  private static final String SEPARATORS = "\t;,|";
  private static final int MOST_FIELDS = 64;

  private static final Set<String> STARTS =
      Set.of(
          "start",
          "start time",
          "starttime",
          "begin",
          "in",
          "time",
          "timecode",
          "timestamp",
          "from",
          "time in",
          "tc in",
          "start ms",
          "startms");
  private static final Set<String> ENDS =
      Set.of(
          "end",
          "end time",
          "endtime",
          "stop",
          "out",
          "to",
          "time out",
          "tc out",
          "end ms",
          "endms");
  private static final Set<String> TEXTS =
      Set.of(
          "text",
          "caption",
          "subtitle",
          "transcript",
          "content",
          "dialogue",
          "dialog",
          "sentence",
          "utterance",
          "line");
  private static final Set<String> SPEAKERS =
      Set.of("speaker", "speaker name", "name", "who", "actor", "character");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    if (JSON.indexOf(firstMark(source.head())) >= 0) {
      return Recognition.NO;
    }
    Rows rows = new Rows(source.head());
    List<String> first = rows.next();
    if (first != null) {
      Columns named = Columns.named(first);
      if (named != null) {
        return Recognition.CERTAIN;
      }
      Columns guessed = Columns.guessed(first);
      if (guessed != null) {
        return guessed.end >= 0 || source.hasExtension("csv", "tsv")
            ? Recognition.LIKELY
            : Recognition.NO;
      }
    }
    return Recognition.NO;
  }

  /** The first character that is no white space: JSON, too, has commas and quotation marks. */
  private static char firstMark(String head) {
    int at = 0;
    while (at < head.length() && Character.isWhitespace(head.charAt(at))) {
      at++;
    }
    return at < head.length() ? head.charAt(at) : ' ';
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    Rows rows = new Rows(source.text());
    CueBuilder cues = new CueBuilder(problems);
    Columns columns = null;
    boolean any = false;
    for (List<String> row = rows.next(); row != null; row = rows.next()) {
      if (columns == null) {
        columns = Columns.named(row);
        if (columns != null) {
          continue;
        }
        columns = Columns.guessed(row);
      }
      any |= columns != null && add(cues, columns, row, rows.line);
      if (columns == null || !columns.reads(row)) {
        problems.warning(
            "unreadable-row",
            rows.line,
            "the row \"" + Excerpt.of(String.join(" ", row)) + "\" has no start time",
            "left out");
      }
    }
    if (!any) {
      throw new SourceException(
          0, "no row with a time and a text found; name the columns start, end, speaker and text");
    }
    return cues.finish(EpisodeFields.NONE);
  }

  private static boolean add(CueBuilder cues, Columns columns, List<String> row, int line) {
    if (!columns.reads(row)) {
      return false;
    }
    long end = columns.time(row, columns.end);
    cues.add(
        columns.time(row, columns.start),
        end == Times.NONE ? Times.NONE : end,
        columns.speaker < 0 || columns.speaker >= row.size() ? null : row.get(columns.speaker),
        columns.text >= row.size() ? "" : row.get(columns.text),
        line);
    return true;
  }

  /**
   * Which column is which, counted from 0; -1 where there is none.
   *
   * @param millis whether whole numbers are milliseconds
   */
  private record Columns(int start, int end, int text, int speaker, boolean millis) {

    static @Nullable Columns named(List<String> row) {
      int[] found = {-1, -1, -1, -1};
      List<Set<String>> kinds = List.of(STARTS, ENDS, TEXTS, SPEAKERS);
      for (int i = 0; i < row.size(); i++) {
        String name = row.get(i).strip().toLowerCase(Locale.ROOT).replaceAll("[ _()-]+", " ");
        for (int kind = 0; kind < found.length; kind++) {
          if (found[kind] < 0 && kinds.get(kind).contains(name.strip())) {
            found[kind] = i;
          }
        }
      }
      if (found[0] < 0 || found[2] < 0) {
        return null;
      }
      boolean named = row.get(found[0]).strip().toLowerCase(Locale.ROOT).endsWith("ms");
      boolean whisper = row.size() == 3 && row.get(0).equals("start") && row.get(1).equals("end");
      return new Columns(found[0], found[1], found[2], found[3], named || whisper);
    }

    static @Nullable Columns guessed(List<String> row) {
      int start = -1;
      int end = -1;
      int text = -1;
      int speaker = -1;
      for (int i = 0; i < row.size(); i++) {
        if (CaptionTime.parse(row.get(i)) == Times.NONE) {
          speaker = text >= 0 ? text : speaker;
          text = i;
        } else if (start < 0) {
          start = i;
        } else if (end < 0 && text < start) {
          end = i;
        }
      }
      boolean clock = start >= 0 && row.get(start).indexOf(':') > 0;
      return clock && text >= 0 ? new Columns(start, end, text, speaker, false) : null;
    }

    boolean reads(List<String> row) {
      return time(row, start) != Times.NONE;
    }

    long time(List<String> row, int column) {
      if (column < 0 || column >= row.size()) {
        return Times.NONE;
      }
      String text = row.get(column).strip();
      long time = CaptionTime.parse(text);
      boolean whole = time != Times.NONE && text.chars().allMatch(c -> c >= '0' && c <= '9');
      return millis && whole ? time / 1_000 : time;
    }
  }

  /** Splits a text into rows of fields; one row is held at a time. */
  private static final class Rows {
    private final String text;
    private final char separator;
    private int at;
    private int nextLine = 1;

    /** The line that the row {@link #next} gave starts at. */
    int line;

    Rows(String text) {
      this.text = text;
      this.separator = separator(text);
    }

    /** The mark that the first line has most of, outside quotes. */
    private static char separator(String text) {
      int[] counts = new int[SEPARATORS.length()];
      boolean quoted = false;
      int limit = Math.min(text.length(), 10_000);
      boolean any = false;
      for (int i = 0; i < limit && !(any && !quoted && text.charAt(i) == '\n'); i++) {
        char c = text.charAt(i);
        quoted ^= c == '"';
        any |= !Character.isWhitespace(c);
        int mark = quoted ? -1 : SEPARATORS.indexOf(c);
        if (mark >= 0) {
          counts[mark]++;
        }
      }
      int best = 2;
      for (int i = 0; i < counts.length; i++) {
        best = counts[i] > counts[best] ? i : best;
      }
      // A tab between times is a separator even where the text has more commas.
      return counts[0] > 0 ? '\t' : SEPARATORS.charAt(best);
    }

    /** The fields of the next row that is not blank; null at the end. */
    @Nullable List<String> next() {
      while (at < text.length()) {
        line = nextLine;
        List<String> row = row();
        if (row.size() > 1 || !row.getFirst().isBlank()) {
          return row;
        }
      }
      return null;
    }

    private List<String> row() {
      List<String> fields = new ArrayList<>();
      while (true) {
        String field = field();
        if (fields.size() < MOST_FIELDS) {
          fields.add(field);
        }
        if (at >= text.length()) {
          return fields;
        }
        if (text.charAt(at++) == '\n') {
          nextLine++;
          return fields;
        }
      }
    }

    /** Reads up to the separator or line end, which stays unread. */
    private String field() {
      int start = at;
      while (start < text.length() && text.charAt(start) == ' ') {
        start++;
      }
      if (start < text.length() && text.charAt(start) == '"') {
        String quoted = quoted(start);
        if (quoted != null) {
          return quoted;
        }
      }
      int end = at;
      while (end < text.length() && text.charAt(end) != separator && text.charAt(end) != '\n') {
        end++;
      }
      String field = text.substring(at, end);
      at = end;
      return field;
    }

    /** A quoted field; null, and nothing read, if its quote is never closed. */
    private @Nullable String quoted(int open) {
      StringBuilder field = new StringBuilder();
      int from = open + 1;
      while (true) {
        int close = text.indexOf('"', from);
        if (close < 0) {
          return null;
        }
        field.append(text, from, close);
        if (close + 1 < text.length() && text.charAt(close + 1) == '"') {
          field.append('"');
          from = close + 2;
          continue;
        }
        int end = close + 1;
        while (end < text.length() && text.charAt(end) != separator && text.charAt(end) != '\n') {
          end++;
        }
        String value = field.toString();
        nextLine += (int) value.chars().filter(c -> c == '\n').count();
        at = end;
        return value;
      }
    }
  }
}
