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
import dev.earmark.source.cue.ChapterList;
import dev.earmark.source.cue.CueBuilder;
import dev.earmark.source.syntax.Excerpt;
import dev.earmark.source.time.BroadcastHour;
import dev.earmark.source.time.Times;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.List;

/**
 * Captions in a table: a row a caption, fields apart by commas, semicolons, tabs or other signs,
 * quoted as in RFC 4180, in any order of columns.
 *
 * <p>{@link TableColumns} finds out which column is which, by a first row of names or by what the
 * columns hold. Times are of any form: clocks, time codes, seconds, milliseconds, dates, both times
 * in one column. Lines above the table are left out. Where names stand only at changes, they hold
 * for the rows below.
 */
@AutoService(SourceFormat.class)
public final class CsvFormat implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "csv",
          "captions in a table, CSV or TSV",
          "a first row that names start and text, or columns of times and texts");

  private static final String OTHERS = "[{<";
  private static final int MOST_LINES_ABOVE = 8;
  private static final int SAMPLE = 60;
  private static final long SLOWEST_WORD_MS = 1_500;

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    String head = source.head();
    if (OTHERS.indexOf(firstMark(head)) >= 0
        || head.startsWith("WEBVTT")
        || source.hasExtension("html", "htm")) {
      return Recognition.NO;
    }
    boolean named = source.hasExtension("csv", "tsv", "tab");
    TableRows rows = new TableRows(head);
    List<List<String>> sample = sample(rows, named ? SAMPLE : MOST_LINES_ABOVE);
    if (!named && sample.stream().noneMatch(row -> row.size() > 1)) {
      return Recognition.NO;
    }
    int header = sample.isEmpty() ? -1 : header(sample);
    if (!named && !isEven(sample) && header < 0) {
      return Recognition.NO;
    }
    if (!named && sample.size() == MOST_LINES_ABOVE) {
      sample.addAll(sample(rows, SAMPLE));
    }
    if (header != 0 && isMarkers(sample)) {
      return Recognition.CERTAIN;
    }
    int above = above(sample, header);
    TableColumns columns = TableColumns.of(sample.subList(above, sample.size()));
    // Notes may have a table somewhere; one that is a table begins with its header.
    boolean within = source.hasExtension("md", "markdown") && header != 0;
    if (columns == null || within) {
      return Recognition.NO;
    }
    if (header >= 0 || (named && columns.end() >= 0)) {
      return Recognition.CERTAIN;
    }
    if (!named && rows.separator() != '\t' && !columns.header()) {
      // Prose has commas and bars as well.
      return Recognition.NO;
    }
    if ((named || (columns.end() >= 0 && isEven(sample)))
        && isSaid(columns, sample.subList(above, sample.size()))) {
      return Recognition.CERTAIN;
    }
    boolean table =
        columns.end() >= 0
            || columns.header()
            || (columns.speaker() >= 0 && "\t|;".indexOf(rows.separator()) >= 0);
    return (table && isEven(sample)) || named ? Recognition.LIKELY : Recognition.NO;
  }

  /** The first character that is no white space: JSON, too, has commas and quotation marks. */
  private static char firstMark(String head) {
    int at = 0;
    while (at < head.length() && Character.isWhitespace(head.charAt(at))) {
      at++;
    }
    return at < head.length() ? head.charAt(at) : ' ';
  }

  /** Whether nearly all rows have as many fields as the last; one that is cut does not count. */
  private static boolean isEven(List<List<String>> rows) {
    int size = rows.get(rows.size() / 2).size();
    long alike = rows.stream().filter(row -> row.size() == size).count();
    return size > 1 && alike * 10 >= (rows.size() - 1) * 8L;
  }

  /** Whether there are about as many words as are said in the time, so that they are no titles. */
  private static boolean isSaid(TableColumns columns, List<List<String>> rows) {
    long words = 0;
    long first = Times.NONE;
    long last = Times.NONE;
    for (List<String> row : rows) {
      long start = columns.startMs(row);
      if (start != Times.NONE) {
        first = first == Times.NONE ? start : first;
        last = start;
        words += Words.of(columns.text(row, ',')).count();
      }
    }
    return last > first && last - first <= words * SLOWEST_WORD_MS;
  }

  private static List<List<String>> sample(TableRows rows, int most) {
    List<List<String>> sample = new ArrayList<>();
    while (sample.size() < most) {
      List<String> row = rows.next();
      if (row == null) {
        break;
      }
      sample.add(row);
    }
    return sample;
  }

  /** Which of the first rows names columns; -1 if none does. */
  private static int header(List<List<String>> rows) {
    for (int i = 0; i < Math.min(rows.size(), MOST_LINES_ABOVE); i++) {
      if (TableColumns.isHeader(rows.get(i))) {
        return i;
      }
    }
    return -1;
  }

  /** How many rows stand above the table: up to one that names columns, or the first wide one. */
  private static int above(List<List<String>> rows, int header) {
    if (header >= 0) {
      return header;
    }
    for (int i = 0; i < Math.min(rows.size(), MOST_LINES_ABOVE); i++) {
      if (rows.get(i).size() > 1) {
        return i;
      }
    }
    return 0;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    TableRows rows = new TableRows(source.text());
    List<List<String>> all = new ArrayList<>();
    List<Integer> lines = new ArrayList<>();
    for (List<String> row = rows.next(); row != null; row = rows.next()) {
      all.add(row);
      lines.add(rows.line());
    }
    int header = header(all);
    int above = above(all, header);
    if (above == 0 && header < 0 && isMarkers(all)) {
      return markers(all, lines, problems);
    }
    TableColumns columns =
        all.isEmpty()
            ? null
            : TableColumns.of(all.subList(above, Math.min(all.size(), above + SAMPLE)));
    if (columns == null) {
      throw new SourceException(
          0, "no row with a time and a text found; name the columns start, end, speaker and text");
    }
    for (int i = 0; i < above; i++) {
      problems.notice(
          "not-speech",
          lines.get(i),
          "\"" + Excerpt.of(String.join(" ", all.get(i))) + "\" stands above the table",
          "left out");
    }
    int first = above + (columns.header() ? 1 : 0);
    List<List<String>> body = all.subList(first, all.size());
    return cues(columns, body, lines.subList(first, lines.size()), rows.separator(), problems)
        .finish(EpisodeFields.NONE);
  }

  /** The cues of a table, the row of whose names is gone. */
  static CueBuilder cues(
      TableColumns columns,
      List<List<String>> body,
      List<Integer> lines,
      char separator,
      ProblemLog problems)
      throws SourceException {
    if (columns.countsFrames()) {
      problems.warning(
          "rate-guessed",
          0,
          "the times are counted in frames, and nothing says how many there are in a second",
          "taken for 25; write times as 0:01:02.5 or as seconds");
    }
    boolean atChanges = namesStandAtChanges(columns, body);
    CueBuilder cues = new CueBuilder(problems);
    boolean any = false;
    long zero = 0;
    String speaker = null;
    for (int i = 0; i < body.size(); i++) {
      List<String> row = body.get(i);
      int line = lines.get(i);
      long start = columns.startMs(row);
      if (start == Times.NONE) {
        problems.warning(
            "unreadable-row",
            line,
            "the row \"" + Excerpt.of(String.join(" ", row)) + "\" has no start time",
            "left out; write the start as 0:01:02.5 or as seconds");
        continue;
      }
      if (!any && row.get(columns.start()).indexOf(':') >= 0) {
        zero = BroadcastHour.startMs(start, problems);
      }
      any = true;
      long end = columns.endMs(row);
      String name = columns.speaker(row);
      speaker = name == null && atChanges ? speaker : name;
      cues.add(
          start - zero,
          end == Times.NONE ? end : end - zero,
          speaker,
          columns.text(row, separator),
          line);
    }
    if (!any) {
      throw new SourceException(
          0, "no row with a time and a text found; name the columns start, end, speaker and text");
    }
    return cues;
  }

  /** Whether a table whose first row names no words is of markers with a title. */
  private static boolean isMarkers(List<List<String>> rows) {
    return rows.size() > 1
        && rows.getFirst().size() > 1
        && TableColumns.markers(rows.getFirst()) >= 0
        && TableColumns.of(rows.subList(0, Math.min(rows.size(), SAMPLE))) != null;
  }

  private static ParsedSource markers(
      List<List<String>> rows, List<Integer> lines, ProblemLog problems) throws SourceException {
    int title = TableColumns.markers(rows.getFirst());
    ChapterList chapters = new ChapterList(problems);
    TableColumns columns = TableColumns.of(rows.subList(0, Math.min(rows.size(), SAMPLE)));
    for (int i = 1; i < rows.size() && columns != null; i++) {
      List<String> row = rows.get(i);
      long start = columns.startMs(row);
      long end = columns.endMs(row);
      chapters.add(
          start,
          end > start ? end : Times.NONE,
          title < row.size() ? row.get(title).strip() : "",
          null,
          lines.get(i));
    }
    return ParsedSource.ofMoments(
        EpisodeFields.NONE, chapters.orRefuse("rows with a start and a title are needed"));
  }

  /** Whether rows without a name go on with the one above: no name comes twice in a row. */
  private static boolean namesStandAtChanges(TableColumns columns, List<List<String>> rows) {
    String before = null;
    int blank = 0;
    for (List<String> row : rows) {
      String name = columns.speaker(row);
      if (name == null) {
        blank++;
      } else if (name.equals(before)) {
        return false;
      }
      before = name == null ? before : name;
    }
    return before != null && blank > 0;
  }
}
