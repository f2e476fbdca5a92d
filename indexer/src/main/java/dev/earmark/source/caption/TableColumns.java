package dev.earmark.source.caption;

import dev.earmark.source.head.LineHead;
import dev.earmark.source.syntax.JsonValues;
import dev.earmark.source.time.CaptionTime;
import dev.earmark.source.time.TimeMark;
import dev.earmark.source.time.Times;
import dev.earmark.text.Words;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which column of a table of captions is which: by the names in its first row, and where those say
 * nothing by what the columns hold.
 *
 * <p>Times stand in a column most of whose cells are times; the first of those that rise is the
 * start, one that is never before it the end, one that is shorter than the gap to the next row the
 * length. Words stand in the column with the longest texts, names in one of few and short texts
 * that come again.
 *
 * @param start the column of the start, counted from 0
 * @param end that of the end; -1 if there is none
 * @param length that of the length; -1 if there is none
 * @param text that of the words
 * @param speaker that of the names; -1 if there is none
 * @param unit what a plain number in a column of times counts, in milliseconds
 * @param zeroMs what is taken off times that are dates
 * @param width how many columns there are by the first row; unquoted separators make more
 * @param header whether the first row names the columns
 */
record TableColumns(
    int start,
    int end,
    int length,
    int text,
    int speaker,
    double unit,
    long zeroMs,
    int width,
    boolean header) {

  private static final Set<String> STARTS =
      words(
          "start,begin,begins,beginning,onset,in,from,time,times,timecode,time code,timestamp,tc,"
              + "time in,tc in,timecode in,in time,in point,cue in,clock,position,start at,offset,"
              + "tmin,xmin,t0,t,ts,st,at,when,horodatage,von,anfang,beginn,startzeit,zeit,début,debut,temps,"
              + "inicio,tiempo,inizio,tempo,início,начало,время,開始,时间,開始時間,开始");
  private static final Set<String> ENDS =
      words(
          "end,ends,ending,stop,out,to,until,finish,time out,tc out,timecode out,out time,"
              + "out point,cue out,tmax,xmax,t1,te,et,end ts,bis,ende,endzeit,fin,final,fine,fim,конец,終了,结束");
  private static final Set<String> LENGTHS =
      words("duration,dur,length,len,dauer,länge,durée,duree,duración,durata,duração");
  private static final Set<String> TEXTS =
      words(
          "text,texts,txt,utt,msg,transcript,transcription,transcribed text,caption,captions,subtitle,"
              + "subtitles,content,contents,dialogue,dialog,sentence,utterance,line,words,spoken,"
              + "spoken text,message,quote,body,phrase,annotation,segment,speech,value,said,what,"
              + "transkript,texte,texto,testo,tekst,inhalt,текст,テキスト,内容,文本");
  private static final Set<String> SPEAKERS =
      words(
          "speaker,speaker name,speaker id,speaker label,spk,spkr,name,intervenant,who,actor,character,participant,"
              + "person,author,user,voice,role,tier,host,sprecher,sprecherin,locuteur,"
              + "hablante,orador,falante,parlante,оратор,спикер,話者,说话人");

  private static final Set<String> TITLES =
      words("name,title,marker name,marker,label,chapter,chapter title,chapter name,titel,titre");
  private static final Set<String> UNITS = words("ms,msec,s,sec,seconds,milliseconds");

  private static final Pattern DATE =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d(?::\\d\\d)?)(?:[.,](\\d{1,9}))?"
              + "\\s?(?:Z|UTC|[+-]\\d\\d:?\\d\\d)?");
  private static final int SAMPLE = 60;
  private static final double MOST = 0.8;
  private static final double ALL_BUT_FEW = 0.9;
  private static final int LONGEST_NAME = 60;
  private static final int MOST_DIGITS = 12;
  private static final int MOST_FRACTION_DIGITS = 9;

  /** Nobody says so many. */
  private static final double MOST_WORDS_A_SECOND = 60;

  private static final double DAY_MS = 86_400_000;

  /** Where nothing says how many frames a second has, 25. */
  private static final double FRAME_MS = 40;

  /** As .NET counts. */
  private static final double TICK_MS = 1e-4;

  /** A word an hour would be less than any recording has. */
  private static final double MOST_SECONDS_A_WORD = 30;

  private static Set<String> words(String list) {
    return Set.copyOf(Arrays.asList(list.split(",")));
  }

  /** The columns of a table that has times and words; null if it has not. */
  static @Nullable TableColumns of(List<List<String>> rows) {
    if (rows.isEmpty()) {
      return null;
    }
    List<List<String>> sample = rows.subList(0, Math.min(rows.size(), SAMPLE));
    List<String> first = sample.getFirst();
    @Nullable Role[] named = roles(first);
    boolean header = count(named, Role.TEXT) > 0 && count(named, Role.START) > 0;
    List<List<String>> body = sample.subList(1, sample.size());
    if (!header) {
      // A first row without a time, where those below it have one, names the columns all the same.
      header = !body.isEmpty() && !hasTime(first) && hasTime(body.getFirst());
      if (!header) {
        named = new @Nullable Role[first.size()];
        body = sample;
      }
    }
    Column[] columns = new Column[widest(sample)];
    for (int i = 0; i < columns.length; i++) {
      Role role = i < named.length ? named[i] : null;
      String name = header && i < first.size() ? plain(first.get(i)) : "";
      columns[i] = new Column(body, i, role, name);
    }
    return new Finder(columns, body, header ? first.size() : 0, header).find();
  }

  private enum Role {
    START,
    END,
    LENGTH,
    TEXT,
    SPEAKER
  }

  private static int widest(List<List<String>> rows) {
    return rows.stream().mapToInt(List::size).max().orElse(0);
  }

  private static int count(@Nullable Role[] roles, Role wanted) {
    int count = 0;
    for (@Nullable Role role : roles) {
      count += role == wanted ? 1 : 0;
    }
    return count;
  }

  private static boolean hasTime(List<String> row) {
    for (String cell : row) {
      if (LineHead.hasDigit(cell) && (isClock(cell) || !Double.isNaN(number(cell.strip(), 1)))) {
        return true;
      }
    }
    return false;
  }

  /** The words of a column's name in lower case, whatever stands between them. */
  private static String plain(String name) {
    StringBuilder words = new StringBuilder(name.length());
    boolean apart = false;
    int before = 0;
    for (int i = 0; i < name.length(); ) {
      int c = name.codePointAt(i);
      i += Character.charCount(c);
      int type = Character.getType(c);
      boolean number = type == Character.LETTER_NUMBER || type == Character.OTHER_NUMBER;
      if (!number && !Character.isLetterOrDigit(c)) {
        apart = true;
        continue;
      }
      boolean camel =
          type == Character.UPPERCASE_LETTER
              && Character.getType(before) == Character.LOWERCASE_LETTER;
      if ((apart || camel) && !words.isEmpty()) {
        words.append(' ');
      }
      words.appendCodePoint(c);
      apart = false;
      before = c;
    }
    return words.toString().toLowerCase(Locale.ROOT);
  }

  /** What the names of columns say; those that say it in so many words count first. */
  private static @Nullable Role[] roles(List<String> names) {
    @Nullable Role[] roles = new @Nullable Role[names.size()];
    for (int i = 0; i < roles.length; i++) {
      String name = withoutUnit(plain(names.get(i)));
      roles[i] = ROLES.get(name);
      if (roles[i] == null && name.length() <= LONGEST_NAME) {
        roles[i] = within(name);
      }
    }
    return roles;
  }

  private static String withoutUnit(String name) {
    int space = name.lastIndexOf(' ');
    return space >= 0 && UNITS.contains(name.substring(space + 1))
        ? name.substring(0, space)
        : name;
  }

  /** What a name says by itself. */
  private static final Map<String, Role> ROLES = new HashMap<>();

  static {
    SPEAKERS.forEach(name -> ROLES.put(name, Role.SPEAKER));
    TEXTS.forEach(name -> ROLES.put(name, Role.TEXT));
    LENGTHS.forEach(name -> ROLES.put(name, Role.LENGTH));
    ENDS.forEach(name -> ROLES.put(name, Role.END));
    STARTS.forEach(name -> ROLES.put(name, Role.START));
  }

  /** A word that says a role wherever it stands in a name; the one with the lowest rank counts. */
  private record Hint(int rank, Role role) {}

  private static final Map<String, Hint> HINTS = new HashMap<>();

  static {
    hint(0, Role.LENGTH, LENGTHS.toArray(String[]::new));
    hint(1, Role.START, "start", "begin", "onset", "in");
    hint(2, Role.END, "end", "stop", "finish", "out");
    hint(3, Role.SPEAKER, "speaker", "participant", "name", "who", "person", "sprecher");
    hint(4, Role.TEXT, "text", "transcript", "transcription", "caption", "dialogue", "utterance");
    hint(4, Role.TEXT, "said", "spoken", "words");
    hint(5, Role.START, "time", "timecode", "timestamp");
  }

  private static void hint(int rank, Role role, String... words) {
    for (String word : words) {
      HINTS.put(word, new Hint(rank, role));
    }
  }

  private static @Nullable Role within(String name) {
    Hint best = null;
    int from = 0;
    while (from < name.length()) {
      int space = name.indexOf(' ', from);
      int to = space < 0 ? name.length() : space;
      Hint hint = HINTS.get(name.substring(from, to));
      if (hint != null && (best == null || hint.rank() < best.rank())) {
        best = hint;
      }
      from = to + 1;
    }
    return best == null ? null : best.role();
  }

  private static boolean has(List<String> words, String... wanted) {
    for (String word : wanted) {
      if (words.contains(word)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isClock(String cell) {
    String text = cell.strip();
    if (text.isEmpty() || text.length() > 60 || !LineHead.hasDigit(text)) {
      return false;
    }
    boolean marked = text.indexOf(':') >= 0 || text.indexOf(';') >= 0 || text.indexOf('：') >= 0;
    if (marked && CaptionTime.parse(text) != Times.NONE) {
      return true;
    }
    return TimeMark.whole(text) != null || isDate(text);
  }

  private static boolean isDate(String cell) {
    return cell.length() > 4 && cell.charAt(4) == '-' && DATE.matcher(cell).matches();
  }

  /** A column of the sample, and what its cells are like. */
  private static final class Column {
    final int at;
    final @Nullable Role role;
    final String name;
    final List<String> cells = new ArrayList<>();
    final double[] numbers;
    int filled;
    int clocks;
    int plainNumbers;
    int wholeNumbers;
    long letters;
    final Map<String, Integer> values = new HashMap<>();

    Column(List<List<String>> rows, int at, @Nullable Role role, String name) {
      this.at = at;
      this.role = role;
      this.name = name;
      numbers = new double[rows.size()];
      for (int i = 0; i < numbers.length; i++) {
        List<String> row = rows.get(i);
        String cell = at < row.size() ? row.get(at).strip() : "";
        cells.add(cell);
        double value = number(cell, 1);
        boolean number = !Double.isNaN(value);
        numbers[i] = value;
        if (!cell.isEmpty()) {
          filled++;
          clocks += !number && isClock(cell) ? 1 : 0;
          plainNumbers += number ? 1 : 0;
          wholeNumbers += number && isWhole(cell) ? 1 : 0;
          letters += letters(cell);
          values.merge(cell, 1, Integer::sum);
        }
      }
    }

    private static boolean isWhole(String cell) {
      return CaptionTime.isDigit(cell.charAt(cell.length() - 1))
          && cell.indexOf('.') < 0
          && cell.indexOf(',') < 0;
    }

    private static int letters(String cell) {
      int letters = 0;
      for (int i = 0; i < cell.length(); ) {
        int c = cell.codePointAt(i);
        letters += Character.isLetter(c) ? 1 : 0;
        i += Character.charCount(c);
      }
      return letters;
    }

    boolean isOfClocks() {
      return filled > 0 && clocks >= MOST * filled;
    }

    boolean isOfNumbers() {
      return filled > 0 && plainNumbers >= MOST * filled;
    }

    boolean isOfTimes() {
      return filled > 0 && clocks + plainNumbers >= MOST * filled;
    }

    double meanLetters() {
      return filled == 0 ? 0 : letters / (double) filled;
    }

    /** How far the last number lies from the first. */
    double span() {
      return numbers.length == 0 ? 0 : numbers[numbers.length - 1] - numbers[0];
    }

    /** Whether its numbers only count the rows. */
    boolean countsRows() {
      for (int i = 1; i < numbers.length; i++) {
        if (numbers[i] - numbers[i - 1] != 1) {
          return false;
        }
      }
      return numbers.length > 1 && numbers[0] <= 1;
    }

    /** Whether it names few people, who come again. */
    boolean isOfNames() {
      boolean few = values.size() * 2 <= filled || (filled <= 8 && values.size() < filled);
      if (filled == 0 || !few || meanLetters() < 1) {
        return false;
      }
      for (String value : values.keySet()) {
        if (value.length() > LONGEST_NAME || !isName(value)) {
          return false;
        }
      }
      return true;
    }

    private static boolean isName(String value) {
      return Character.isLetter(value.codePointAt(0))
          && ".!?".indexOf(value.charAt(value.length() - 1)) < 0;
    }
  }

  /**
   * A number such as {@code 12}, {@code 3.5}, {@code 3,5 s} or {@code 1200 ms}, in seconds if it
   * names its unit; NaN if it is none.
   *
   * @param unit by which it is multiplied if it names none
   */
  private static double number(String cell, double unit) {
    int at = 0;
    long whole = 0;
    while (at < cell.length() && CaptionTime.isDigit(cell.charAt(at)) && at < MOST_DIGITS) {
      whole = whole * 10 + (cell.charAt(at++) - '0');
    }
    if (at == 0) {
      return Double.NaN;
    }
    double value = whole;
    if (at + 1 < cell.length()
        && ".,".indexOf(cell.charAt(at)) >= 0
        && CaptionTime.isDigit(cell.charAt(at + 1))) {
      int from = ++at;
      long fraction = 0;
      long scale = 1;
      while (at < cell.length()
          && CaptionTime.isDigit(cell.charAt(at))
          && at - from < MOST_FRACTION_DIGITS) {
        fraction = fraction * 10 + (cell.charAt(at++) - '0');
        scale *= 10;
      }
      while (at < cell.length() && CaptionTime.isDigit(cell.charAt(at))) {
        at++;
      }
      value += fraction / (double) scale;
    }
    if (at == cell.length()) {
      return value * unit;
    }
    return switch (cell.substring(at).strip()) {
      case "ms" -> value / 1_000;
      case "s", "sec" -> value;
      default -> Double.NaN;
    };
  }

  /** Whether a name says that what is said stands in its column. */
  static boolean isText(String name) {
    return TEXTS.contains(plain(name));
  }

  /** Whether a name says that a start stands in its column. */
  static boolean isStart(String name) {
    return roles(List.of(name))[0] == Role.START;
  }

  /** Finds the columns of one table. */
  private static final class Finder {
    private final Column[] columns;
    private final List<List<String>> body;
    private final int width;
    private final boolean header;

    Finder(Column[] columns, List<List<String>> body, int width, boolean header) {
      this.columns = columns;
      this.body = body;
      this.width = width;
      this.header = header;
    }

    @Nullable TableColumns find() {
      int text = text();
      int start = start(text);
      if (text < 0 || start < 0) {
        return null;
      }
      int end = end(start);
      int length = end >= 0 ? -1 : length(start);
      return new TableColumns(
          start,
          end,
          length,
          text,
          speaker(text, start, end, length),
          unit(start, text),
          zero(start),
          width,
          header);
    }

    private int text() {
      Column best = null;
      for (Column column : columns) {
        boolean words = column.filled > 0 && !column.isOfTimes();
        if (column.role == Role.TEXT && (words || body.isEmpty())) {
          return column.at;
        }
        // What the name of a column says does not count where it holds something else.
        boolean free = column.role == Role.SPEAKER ? !column.isOfNames() : column.role != Role.TEXT;
        if (words && free && (best == null || column.meanLetters() > best.meanLetters())) {
          best = column;
        }
      }
      if (best == null) {
        // All that is said may be numbers; then the name of the column must say so.
        for (Column column : columns) {
          if (column.role == Role.TEXT) {
            return column.at;
          }
        }
      }
      return best == null ? -1 : best.at;
    }

    private int start(int text) {
      for (Column column : columns) {
        if (column.role == Role.START
            && column.at != text
            && (column.isOfTimes() || body.isEmpty())) {
          return column.at;
        }
      }
      for (Column column : columns) {
        if (column.isOfClocks()
            && column.at != text
            && mayBe(column, Role.START)
            && rises(column)) {
          return column.at;
        }
      }
      for (Column column : columns) {
        boolean fractions = column.isOfNumbers() && column.wholeNumbers < column.filled;
        boolean pair = column.isOfNumbers() && end(column.at) >= 0;
        if ((fractions || pair)
            && column.at != text
            && mayBe(column, Role.START)
            && !column.countsRows()
            && rises(column)) {
          return column.at;
        }
      }
      for (Column column : columns) {
        if (column.role == Role.START && column.at != text) {
          return column.at;
        }
      }
      return -1;
    }

    private static boolean mayBe(Column column, Role role) {
      return column.role == null || column.role == role;
    }

    private double time(Column column, int row) {
      double number = column.numbers[row];
      if (!Double.isNaN(number)) {
        return number;
      }
      long millis = clock(column.cells.get(row), 0, false);
      return millis == Times.NONE ? Double.NaN : millis / 1_000.0;
    }

    private boolean rises(Column column) {
      int pairs = 0;
      int rising = 0;
      double before = Double.NaN;
      for (int i = 0; i < body.size(); i++) {
        double time = time(column, i);
        if (!Double.isNaN(time) && !Double.isNaN(before)) {
          pairs++;
          rising += time >= before ? 1 : 0;
        }
        before = Double.isNaN(time) ? before : time;
      }
      return rising >= MOST * pairs;
    }

    private int end(int start) {
      for (Column column : columns) {
        if (column.role == Role.END && column.at != start && column.isOfTimes()) {
          return column.at;
        }
      }
      for (Column column : columns) {
        boolean alike =
            column.isOfClocks() == columns[start].isOfClocks()
                && column.isOfNumbers() == columns[start].isOfNumbers();
        if (column.at > start
            && column.isOfTimes()
            && alike
            && mayBe(column, Role.END)
            && share(start, column, false) >= ALL_BUT_FEW) {
          return column.at;
        }
      }
      return -1;
    }

    private int length(int start) {
      for (Column column : columns) {
        if (column.role == Role.LENGTH && column.isOfTimes()) {
          return column.at;
        }
      }
      for (Column column : columns) {
        if (column.at != start
            && column.isOfClocks()
            && columns[start].isOfClocks()
            && mayBe(column, Role.LENGTH)
            && body.size() >= 3
            && share(start, column, true) >= ALL_BUT_FEW) {
          return column.at;
        }
      }
      return -1;
    }

    /** The share of rows in which a time could be the end, or the length, of what starts there. */
    private double share(int start, Column column, boolean asLength) {
      int rows = 0;
      int fit = 0;
      boolean differs = false;
      for (int i = 0; i < body.size(); i++) {
        double from = time(columns[start], i);
        double to = time(column, i);
        double next = i + 1 < body.size() ? time(columns[start], i + 1) : Double.NaN;
        if (Double.isNaN(from) || Double.isNaN(to) || (asLength && Double.isNaN(next))) {
          continue;
        }
        rows++;
        fit += (asLength ? from + to <= next + 1 : to >= from) ? 1 : 0;
        differs |= to > from;
      }
      return rows == 0 || !(differs || asLength) ? 0 : fit / (double) rows;
    }

    private int speaker(int text, int start, int end, int length) {
      Column best = null;
      int byId = -1;
      for (Column column : columns) {
        int at = column.at;
        if (at == text || at == start || at == end || at == length || column.filled == 0) {
          continue;
        }
        if (column.role == Role.SPEAKER
            && (!column.isOfNumbers() || column.name.startsWith("sp"))) {
          // A name says more than a number.
          boolean name = !column.name.endsWith(" id");
          if (name) {
            return at;
          }
          byId = byId < 0 ? at : byId;
          continue;
        }
        boolean unknown = column.role == null && (!header || column.name.isEmpty());
        boolean several = column.values.size() >= 2;
        if (unknown
            && several
            && !column.isOfTimes()
            && column.isOfNames()
            && (best == null || column.meanLetters() > best.meanLetters())) {
          best = column;
        }
      }
      if (byId >= 0) {
        return byId;
      }
      if (best == null && header) {
        for (Column column : columns) {
          boolean free = column.at != text && column.at != start && column.role == null;
          boolean capital =
              column.values.keySet().stream()
                  .allMatch(
                      value -> Character.isUpperCase(value.codePointAt(0)) && value.length() > 2);
          if (free
              && column.values.size() >= 2
              && capital
              && !column.isOfTimes()
              && column.isOfNames()) {
            return column.at;
          }
        }
      }
      return best == null ? -1 : best.at;
    }

    /** Seconds, unless the name of the column, or what would be said in them, says otherwise. */
    private double unit(int start, int text) {
      Column column = columns[start];
      List<String> words = Arrays.asList(column.name.split(" "));
      if (has(words, "ms", "msec", "millis", "milliseconds", "millisecond")
          || column.name.endsWith("ms")) {
        return 1;
      }
      if (has(words, "frame", "frames")) {
        return FRAME_MS;
      }
      if (has(words, "ticks")) {
        return TICK_MS;
      }
      if (has(words, "s", "sec", "secs", "seconds", "second")) {
        return 1_000;
      }
      if (column.wholeNumbers < column.plainNumbers) {
        return isOfDays(column, text) ? DAY_MS : 1_000;
      }
      if (columns.length == 3
          && column.name.equals("start")
          && columns[text].at == 2
          && columns[1].name.equals("end")
          && wordsButLast(text) <= MOST_WORDS_A_SECOND * column.span() / 1_000) {
        // Whisper's own table.
        return 1;
      }
      if (column.plainNumbers == 0) {
        return 1_000;
      }
      long said = wordsButLast(text);
      if (body.size() < 2 || said == 0) {
        return 1_000;
      }
      double span = column.span();
      return span / said > MOST_SECONDS_A_WORD ? 1 : 1_000;
    }

    /** How many words stand in all rows but the last. */
    private long wordsButLast(int text) {
      long said = 0;
      for (int i = 0; i + 1 < body.size(); i++) {
        said += Words.of(columns[text].cells.get(i)).count();
      }
      return said;
    }

    /** Whether numbers are fractions of a day, as spreadsheets store times. */
    private boolean isOfDays(Column column, int text) {
      long said = wordsButLast(text);
      double span = column.span();
      return body.size() > 1
          && column.numbers[column.numbers.length - 1] < 1
          && said > MOST_WORDS_A_SECOND * span;
    }

    /** The first of times that are dates. */
    private long zero(int start) {
      for (String cell : columns[start].cells) {
        if (isDate(cell)) {
          return clock(cell, 0, false);
        }
      }
      return 0;
    }
  }

  /** Whether its times are numbers of frames. */
  boolean countsFrames() {
    return unit == FRAME_MS;
  }

  /** Whether a row has a start. */
  boolean reads(List<String> row) {
    return startMs(row) != Times.NONE;
  }

  long startMs(List<String> row) {
    return time(row, start, false);
  }

  /** When a row ends; {@link Times#NONE} if it does not say. */
  long endMs(List<String> row) {
    if (end >= 0) {
      return time(row, end, false);
    }
    long from = startMs(row);
    if (length >= 0) {
      // A length is no time of day, though it may be written as one.
      long lasts = new TableColumns(length, -1, -1, text, -1, unit, 0, width, header).startMs(row);
      return lasts == Times.NONE || from == Times.NONE ? Times.NONE : from + lasts;
    }
    return time(row, start, true);
  }

  private long time(List<String> row, int column, boolean asEnd) {
    String cell = column < row.size() ? row.get(column).strip() : "";
    if (cell.isEmpty()) {
      return Times.NONE;
    }
    if (cell.indexOf(':') >= 0 || cell.indexOf(';') >= 0) {
      return clock(cell, zeroMs, asEnd);
    }
    double number = number(cell, unit / 1_000);
    if (!Double.isNaN(number)) {
      return asEnd ? Times.NONE : Math.round(number * 1_000);
    }
    return clock(cell, zeroMs, asEnd);
  }

  private static long clock(String cell, long zeroMs, boolean asEnd) {
    String text = cell.strip();
    long plain = asEnd ? Times.NONE : CaptionTime.parse(text);
    if (plain != Times.NONE) {
      return plain;
    }
    Matcher date = DATE.matcher(text);
    if (date.matches()) {
      try {
        LocalDateTime at = LocalDateTime.parse(date.group(1) + "T" + date.group(2));
        String fraction = date.group(3) == null ? "" : date.group(3);
        long millis = Long.parseLong((fraction + "000").substring(0, 3));
        return asEnd ? Times.NONE : at.toEpochSecond(ZoneOffset.UTC) * 1_000 + millis - zeroMs;
      } catch (DateTimeException noDate) {
        return Times.NONE;
      }
    }
    TimeMark mark = text.length() > 100 ? null : TimeMark.whole(text);
    if (mark == null) {
      return Times.NONE;
    }
    double rate = mark.dropsFrames() ? 30_000 / 1_001.0 : 25;
    return asEnd ? mark.endMs(rate) : mark.startMs(rate);
  }

  String text(List<String> row, char separator) {
    if (text >= row.size()) {
      return "";
    }
    // What stands behind the last column is the rest of a text whose commas nobody quoted.
    boolean last = text > start && text > end && text > length && text > speaker;
    boolean more =
        last && row.size() > text + 1 && (header ? row.size() > width && text == width - 1 : true);
    return more
        ? String.join(String.valueOf(separator), row.subList(text, row.size()))
        : row.get(text);
  }

  /**
   * The column of the titles in a table of markers, as audio editors write it: its header names a
   * start and titles, and no text that is said; -1 if it is none.
   *
   * @return the column of the title
   */
  static int markers(List<String> header) {
    @Nullable Role[] roles = roles(header);
    if (count(roles, Role.TEXT) > 0 || count(roles, Role.START) == 0 || hasTime(header)) {
      return -1;
    }
    for (int i = 0; i < roles.length; i++) {
      if (TITLES.contains(plain(header.get(i)))) {
        return i;
      }
    }
    return -1;
  }

  /** Whether a first row names start and text. */
  static boolean isHeader(List<String> row) {
    if (row.size() < 2) {
      return false;
    }
    for (String name : row) {
      if (name.length() > LONGEST_NAME || name.indexOf('=') >= 0 || name.contains(": ")) {
        return false;
      }
    }
    if (hasTime(row)) {
      return false;
    }
    @Nullable Role[] roles = roles(row);
    return count(roles, Role.TEXT) > 0 && count(roles, Role.START) > 0;
  }

  @Nullable String speaker(List<String> row) {
    return speaker < 0 || speaker >= row.size() || row.get(speaker).isBlank()
        ? null
        : JsonValues.label(row.get(speaker).strip());
  }
}
