package dev.earmark.source.time;

import dev.earmark.model.Timestamp;
import dev.earmark.source.syntax.CharacterSet;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A time, or a stretch between two, as it stands in running text, with the marks about it.
 *
 * <ul>
 *   <li>clocks: {@code 0:03}, {@code 96:40}, {@code 1:02:33.5}, {@code 00:00:03,120}, full-width
 *       digits and colons too; with frames {@code 00:00:03:12} and {@code 00;00;03;12};
 *   <li>units and words: {@code 1m20s}, {@code 1 minute 12 seconds}, {@code 12 Sekunden}, {@code
 *       3:12 min}, and {@code 3'12"} in brackets or at the head of a line;
 *   <li>stretches: {@code [00:00:03.120 --> 00:00:12.050]}, {@code 0:03 – 0:12}, {@code
 *       {0:03}{0:12}}, and in seconds {@code [3.12s -> 12.05s]} and {@code start=3.12s
 *       stop=12.05s}, as recognisers print them;
 *   <li>marks: brackets of any kind, {@code #00:00:05-1#}, bold, code, backslash escapes;
 *   <li>links of any player in Markdown, HTML, Obsidian or bare: {@code [0:41](https://…?t=41s)},
 *       {@code ![[talk.mp4#t=831]]}. The address is the time that works; it leaves the text.
 * </ul>
 *
 * <p>Whether a time in a text is one of the recording is for the reader of the document to say. All
 * looking ahead is bounded, so reading a line takes time linear in its length.
 *
 * @param startMs when, without the frames; negative before the recording
 * @param startFrames frames to be added; -1 if the time counts none
 * @param endMs until when; {@link Times#NONE} if the text does not say
 * @param endFrames likewise
 * @param from the first character
 * @param end the character after the last
 * @param enclosed whether marks set it apart from the text, so that it is no part of a sentence
 * @param dropsFrames whether a semicolon says that frame numbers are dropped
 * @param timeOfDay whether it says a.m. or p.m.
 * @param linkText the words of a link that are no time and stay in the text; else empty
 */
public record TimeMark(
    long startMs,
    int startFrames,
    long endMs,
    int endFrames,
    int from,
    int end,
    boolean enclosed,
    boolean dropsFrames,
    boolean timeOfDay,
    String linkText) {

  private static final int LONGEST_ADDRESS = 2_000;
  private static final int LONGEST_LINK_TEXT = 200;
  private static final int LONGEST_WIKI_LINK = 300;
  private static final int LONGEST_INSIDE = 120;

  /** With these times begin, and the marks about them. */
  private static final CharacterSet STARTS = CharacterSet.withDigits("*_`\\([{<【（［#!h\u0015");

  private static final String OPENING = "([{<【（［#";
  private static final String CLOSING = ")]}>】）］#";

  /** What the units of time are called where tools write them out, in milliseconds. */
  private static final Map<String, Long> UNITS = units();

  /** With these, large or small, the names of units begin. */
  private static final String UNIT_INITIALS = "hmosuHMOSU";

  private static Map<String, Long> units() {
    Map<String, Long> units = new java.util.HashMap<>();
    for (String hour :
        "h hr hrs hour hours stunde stunden std heure heures hora horas ora ore uur uren"
            .split(" ")) {
      units.put(hour, 3_600_000L);
    }
    for (String minute :
        "m min mins minute minutes minuten minuto minutos minuut minuti minuta".split(" ")) {
      units.put(minute, 60_000L);
    }
    for (String second :
        ("s sec secs second seconds sek sekunde sekunden seconde secondes segundo segundos secondo"
                + " secondi seconden")
            .split(" ")) {
      units.put(second, 1_000L);
    }
    return Map.copyOf(units);
  }

  /** Whether it counts frames. */
  public boolean hasFrames() {
    return startFrames >= 0;
  }

  /** When it begins, in milliseconds. */
  public long startMs(double framesASecond) {
    return startFrames > 0 ? startMs + Math.round(startFrames * 1_000 / framesASecond) : startMs;
  }

  /** When it ends, in milliseconds, or {@link Times#NONE}. */
  public long endMs(double framesASecond) {
    return endMs != Times.NONE && endFrames > 0
        ? endMs + Math.round(endFrames * 1_000 / framesASecond)
        : endMs;
  }

  /** The time that stands at this place in a line, or null. */
  public static @Nullable TimeMark at(String line, int from) {
    if (from >= line.length() || !canStart(line.charAt(from))) {
      return null;
    }
    int at = from;
    int marks = 0;
    while (at < line.length() && marks < 3 && isEmphasis(line.charAt(at))) {
      at++;
      marks++;
    }
    TimeMark mark = unmarked(line, at);
    if (mark == null || (marks == 0 && mark.from == from)) {
      return mark;
    }
    if (marks == 0) {
      return mark.moved(from, mark.end, mark.enclosed);
    }
    int end = mark.end;
    int closed = 0;
    while (end < line.length() && closed < marks && line.charAt(end) == line.charAt(from)) {
      end++;
      closed++;
    }
    return closed == marks ? mark.moved(from, end, true) : null;
  }

  private static boolean isEmphasis(char c) {
    return c == '*' || c == '_' || c == '`';
  }

  private static boolean canStart(char c) {
    return STARTS.has(c) || (c >= 0x80 && Character.isDigit(c));
  }

  private TimeMark moved(int newFrom, int newEnd, boolean apart) {
    return new TimeMark(
        startMs,
        startFrames,
        endMs,
        endFrames,
        newFrom,
        newEnd,
        apart,
        dropsFrames,
        timeOfDay,
        linkText);
  }

  /** The same, set apart by what stands about it. */
  public TimeMark inBrackets() {
    return moved(from, end, true);
  }

  /** The same, where it takes no room in the line. */
  public TimeMark ofNoLength() {
    return moved(0, 0, true);
  }

  private static @Nullable TimeMark unmarked(String line, int from) {
    if (from >= line.length()) {
      return null;
    }
    char c = line.charAt(from);
    if (Character.isDigit(c)) {
      return stretch(line, from, false);
    }
    if (c == 'h') {
      return address(line, from);
    }
    if (c == '\u0015') {
      return bullet(line, from);
    }
    int at = c == '!' ? from + 1 : from;
    if (line.startsWith("[[", at)) {
      return wikiLink(line, at);
    }
    if (line.startsWith("[", at)) {
      TimeMark link = link(line, at);
      if (link != null || c == '!') {
        return link;
      }
    }
    if (line.startsWith("<a ", at)) {
      return anchor(line, at);
    }
    return c == '!' ? null : bracketed(line, from);
  }

  /** Brackets of which two may stand side by side, one for each end. */
  private static final String PAIRED = "[{<";

  /** One time in brackets or two, as in {@code {0:03}{0:12}} and {@code [0:03] [0:12]}. */
  private static @Nullable TimeMark bracketed(String line, int from) {
    TimeMark mark = oneBracketed(line, from);
    char open = line.charAt(from);
    if (mark == null || mark.endMs != Times.NONE || PAIRED.indexOf(open) < 0) {
      return mark;
    }
    int next = line.startsWith(" ", mark.end) ? mark.end + 1 : mark.end;
    boolean again = next < line.length() && line.charAt(next) == open;
    TimeMark until = again ? oneBracketed(line, next) : null;
    return until == null || until.startMs < mark.startMs ? mark : mark.until(until);
  }

  /** {@code [00:03]}, {@code \[00:03\]}, {@code #00:00:05-1#}. */
  private static @Nullable TimeMark oneBracketed(String line, int from) {
    int at = skipBackslashes(line, from);
    if (at >= line.length()) {
      return null;
    }
    int kind = OPENING.indexOf(line.charAt(at));
    if (kind < 0) {
      return null;
    }
    char close = CLOSING.charAt(kind);
    at = skipBackslashes(line, at + 1);
    at = skipSymbols(line, at);
    int label = skipLabel(line, at);
    boolean worded = label > at && POINTERS.indexOf(Character.toLowerCase(line.charAt(at))) >= 0;
    at = label;
    boolean minus = at < line.length() && line.charAt(at) == '-';
    TimeMark inside = stretch(line, minus ? at + 1 : at, true);
    if (inside == null && close == ')' && !minus) {
      // A link between brackets: ([0:41](https://…?t=41s)).
      inside = linkAt(line, at);
    }
    if (inside == null || (worded && !isInUnits(line, inside))) {
      return null;
    }
    int end = inside.end;
    while (end < line.length() && (line.charAt(end) == ' ' || line.charAt(end) == ':')) {
      end++;
    }
    end = skipBackslashes(line, end);
    if (end >= line.length() || line.charAt(end) != close) {
      return null;
    }
    TimeMark mark = inside.moved(from, end + 1, true);
    return minus
        ? new TimeMark(-mark.startMs, -1, Times.NONE, -1, from, end + 1, true, false, false, "")
        : mark;
  }

  private static @Nullable TimeMark linkAt(String line, int at) {
    return line.startsWith("[", at)
        ? link(line, at)
        : line.startsWith("http", at) ? address(line, at) : null;
  }

  /** Words before a time that say nothing but that it is one. */
  private static final String[] LABELS = {
    "timestamp:",
    "timestamp ",
    "timecode:",
    "time:",
    "time ",
    "tc:",
    "tc ",
    "t+",
    "min ",
    "min. ",
    "minute ",
    "t=",
    "start=",
    "at ",
    "um ",
    "bei "
  };

  /** With these, large or small, the labels begin. */
  private static final CharacterSet LABEL_INITIALS = CharacterSet.of("tmaubsTMAUBS");

  /** With these begin the words that stand before times of day, too. */
  private static final String POINTERS = "aub";

  /** The first character behind a word such as {@code Time:}; the same if none stands there. */
  public static int skipLabel(String line, int from) {
    if (from >= line.length() || !LABEL_INITIALS.has(line.charAt(from))) {
      return from;
    }
    for (String label : LABELS) {
      if (line.regionMatches(true, from, label, 0, label.length())) {
        return skipSymbols(line, from + label.length());
      }
    }
    return from;
  }

  /** Whether a time is written with units, so that it is no time of day. */
  private static boolean isInUnits(String line, TimeMark mark) {
    char last = line.charAt(mark.end - 1);
    return Character.isLetter(last) || last == '.';
  }

  private TimeMark until(TimeMark other) {
    return new TimeMark(
        startMs,
        startFrames,
        other.startMs,
        other.startFrames,
        from,
        other.end,
        enclosed,
        dropsFrames,
        timeOfDay,
        linkText);
  }

  /** One time or two, with no marks about them. */
  private static @Nullable TimeMark stretch(String line, int from, boolean enclosed) {
    Clock start = Clock.at(line, from, enclosed);
    if (start == null) {
      return seconds(line, from, enclosed);
    }
    int at = afterRangeSign(line, start, enclosed);
    Clock end = at < 0 ? null : Clock.at(line, at, enclosed);
    if (end != null && end.millis < start.millis) {
      end = null;
    }
    // Whisper-JAX prints so where a recording ends within what is said.
    int open = end == null && enclosed && at >= 0 && line.startsWith("None", at) ? at + 4 : -1;
    return new TimeMark(
        start.millis,
        start.frames,
        end == null ? Times.NONE : end.millis,
        end == null ? -1 : end.frames,
        from,
        end != null ? end.end : open >= 0 ? open : afterUnit(line, start.end),
        false,
        start.drops,
        start.timeOfDay,
        "");
  }

  /** The character behind {@code min} after a clock, as in {@code 3:12 min}. */
  private static int afterUnit(String line, int from) {
    if (!line.regionMatches(true, from, " min", 0, 4)) {
      return from;
    }
    int end = from + 4;
    end += end < line.length() && line.charAt(end) == '.' ? 1 : 0;
    return end < line.length() && Character.isLetterOrDigit(line.charAt(end)) ? from : end;
  }

  /** {@code 3.12 --> 12.05}, and in brackets {@code [3.12s - 12.05s]}. */
  private static @Nullable TimeMark seconds(String line, int from, boolean enclosed) {
    Clock start = Clock.seconds(line, from);
    if (start == null) {
      return null;
    }
    int at = afterRangeSign(line, start, enclosed);
    boolean arrow = at > 0 && line.lastIndexOf('>', at) >= start.end;
    boolean units = (enclosed || from == 0) && line.charAt(start.end - 1) == 's';
    // As programs print what they hold: start=3.12s stop=12.05s.
    boolean named =
        at > 0 && line.charAt(at - 1) == '=' && from > 0 && line.charAt(from - 1) == '=';
    if (enclosed && units && line.startsWith(")", start.end) && isHead(line, from)) {
      return new TimeMark(
          start.millis, -1, Times.NONE, -1, from, start.end, false, false, false, "");
    }
    // A pair in brackets is one of times only where it heads a line.
    boolean pair =
        enclosed
            && at > 0
            && at < line.length()
            && ",-–".indexOf(line.charAt(skipSpace(line, start.end))) >= 0
            && isHead(line, from);
    Clock end = at < 0 || !(units || arrow || named || pair) ? null : Clock.seconds(line, at);
    return end == null || end.millis < start.millis
        ? null
        : new TimeMark(start.millis, -1, end.millis, -1, from, end.end, false, false, false, "");
  }

  /** Whether nothing but a bracket and spaces stands before a character. */
  private static boolean isHead(String line, int from) {
    return from > 0 && skipSpace(line, 0) == from - 1;
  }

  private static final String[] RANGE_SIGNS = {"-->", "->", "=>", "-", "–", "—", "→", "~", "～"};
  private static final String[] RANGE_WORDS = {"to ", "until ", "bis ", "stop=", "end="};
  private static final CharacterSet RANGE_INITIALS = CharacterSet.of("-=–—→~～tubse");

  /** Where a second time would begin; -1 if nothing says that there is one. */
  private static int afterRangeSign(String line, Clock start, boolean enclosed) {
    int from = start.end;
    int at = skipSpace(line, from);
    if (at < line.length() && RANGE_INITIALS.has(line.charAt(at))) {
      for (String sign : RANGE_SIGNS) {
        if (line.startsWith(sign, at)) {
          return skipSpace(line, at + sign.length());
        }
      }
      for (String word : RANGE_WORDS) {
        if (at > from && line.startsWith(word, at)) {
          return skipSpace(line, at + word.length());
        }
      }
    }
    if (at > from && (line.charAt(at - 1) == '\t' || start.frames >= 0)) {
      return at;
    }
    // A row: 00:00:03.12,00:00:12.05,words or 00:00:03.12 | 00:00:12.05 | words.
    boolean row = (at == from && line.startsWith(",", at)) || line.startsWith("|", at);
    if (row && from - start.from > 6) {
      return skipSpace(line, at + 1);
    }
    boolean loose = enclosed && at < line.length() && ",/;".indexOf(line.charAt(at)) >= 0;
    return loose ? skipSpace(line, at + 1) : enclosed && at > from ? at : -1;
  }

  /** One time of a text, as the parts of {@link TimeMark} say it. */
  private record Clock(
      long millis, int frames, int from, int end, boolean drops, boolean timeOfDay) {

    static @Nullable Clock at(String line, int from, boolean enclosed) {
      int at = from;
      while (at < line.length() && at - from < 5 && Character.isDigit(line.charAt(at))) {
        at++;
      }
      if (at == from || at - from > 4 || at >= line.length()) {
        return null;
      }
      char mark = line.charAt(at);
      if ((enclosed || from == 0) && "'\u2032\u2019".indexOf(mark) >= 0) {
        return primes(line, from, at);
      }
      boolean colon = isColon(mark) || mark == ';';
      return colon ? clock(line, from, enclosed) : units(line, from, enclosed);
    }

    /** {@code 3'12"}, {@code 3′12″}, {@code 3'12''}. */
    private static @Nullable Clock primes(String line, int from, int mark) {
      int at = mark + 1;
      while (at < line.length() && at - mark < 3 && Character.isDigit(line.charAt(at))) {
        at++;
      }
      if (at == mark + 1 || at >= line.length()) {
        return null;
      }
      int end =
          "\"\u2033\u201D".indexOf(line.charAt(at)) >= 0
              ? at + 1
              : line.startsWith("''", at) || line.startsWith("\u2019\u2019", at) ? at + 2 : -1;
      if (end < 0) {
        return null;
      }
      long seconds =
          Long.parseLong(line, from, mark, 10) * 60 + Long.parseLong(line, mark + 1, at, 10);
      return new Clock(seconds * 1_000, -1, from, end, false, false);
    }

    /** {@code 12.05}, {@code 12.05s}. */
    static @Nullable Clock seconds(String line, int from) {
      int point = from;
      while (point < line.length()
          && point - from < 6
          && line.charAt(point) >= '0'
          && line.charAt(point) <= '9') {
        point++;
      }
      if (point == from || !line.startsWith(".", point)) {
        return null;
      }
      int at = point + 1;
      long fraction = 0;
      int scale = 100;
      while (at < line.length() && line.charAt(at) >= '0' && line.charAt(at) <= '9') {
        fraction += (long) (line.charAt(at++) - '0') * scale;
        scale /= 10;
      }
      if (at == point + 1) {
        return null;
      }
      long millis = Long.parseLong(line, from, point, 10) * 1_000 + fraction;
      at += line.startsWith("s", at) ? 1 : line.startsWith(" s", at) ? 2 : 0;
      boolean joined = at < line.length() && Character.isLetterOrDigit(line.charAt(at));
      return joined ? null : new Clock(millis, -1, from, at, false, false);
    }

    private static boolean isColon(char c) {
      return c == ':' || c == '：' || c == '∶';
    }

    private static @Nullable Clock clock(String line, int from, boolean enclosed) {
      long[] parts = new long[4];
      int[] widths = new int[4];
      int count = 0;
      int at = from;
      boolean drops = false;
      while (count < 4) {
        int digits = at;
        long value = 0;
        while (at < line.length() && Character.isDigit(line.charAt(at)) && at - digits < 4) {
          value = value * 10 + Character.digit(line.charAt(at++), 10);
        }
        int width = at - digits;
        int most = count == 0 ? 3 : count == 3 ? 3 : 2;
        if (width == 0 || width > most || (count == 1 && width < 2)) {
          return null;
        }
        if (count > 0 && count < 3 && value > 59) {
          return null;
        }
        widths[count] = width;
        parts[count++] = value;
        boolean more =
            count < 4
                && at + 1 < line.length()
                && (isColon(line.charAt(at)) || line.charAt(at) == ';')
                && Character.isDigit(line.charAt(at + 1));
        if (!more) {
          break;
        }
        drops |= line.charAt(at) == ';';
        at++;
      }
      if (count < 2 || (count == 2 && drops)) {
        return null;
      }
      long fraction = 0;
      int frames = -1;
      if (count == 4 && widths[3] == 3) {
        fraction = parts[3];
      } else if (count == 4) {
        frames = (int) parts[3];
      } else if (at + 1 < line.length() && Character.isDigit(line.charAt(at + 1))) {
        char point = line.charAt(at);
        if (point == '.' || point == ',') {
          int scale = 100;
          at++;
          while (at < line.length() && Character.isDigit(line.charAt(at))) {
            fraction += (long) Character.digit(line.charAt(at++), 10) * scale;
            scale /= 10;
          }
        } else if (point == ';' && count == 3) {
          return null;
        } else if (point == '-' && enclosed && line.startsWith("#", at + 2)) {
          fraction = Character.digit(line.charAt(at + 1), 10) * 100L;
          at += 2;
        }
      }
      long hours = count == 2 ? 0 : parts[0];
      long minutes = count == 2 ? parts[0] : parts[1];
      long seconds = count == 2 ? parts[1] : parts[2];
      int half = halfOfDay(line, at);
      boolean timeOfDay = half > 0;
      if (timeOfDay) {
        hours = count == 2 ? parts[0] : hours;
        minutes = count == 2 ? parts[1] : minutes;
        seconds = count == 2 ? 0 : seconds;
        char letter = Character.toLowerCase(line.charAt(skipSpace(line, at)));
        hours = hours % 12 + (letter == 'p' ? 12 : 0);
        at = half;
      }
      long millis = Timestamp.ofClock(hours, minutes, seconds, fraction).millis();
      return new Clock(millis, frames, from, at, drops, timeOfDay);
    }

    /** Where {@code AM} or {@code p.m.} that follows a clock ends; -1 if none does. */
    private static int halfOfDay(String line, int from) {
      int at = skipSpace(line, from);
      if (at - from > 1 || at + 1 >= line.length() || "aApP".indexOf(line.charAt(at)) < 0) {
        return -1;
      }
      int end = at + 1;
      end += line.charAt(end) == '.' ? 1 : 0;
      if (end >= line.length() || "mM".indexOf(line.charAt(end)) < 0) {
        return -1;
      }
      end++;
      end += end < line.length() && line.charAt(end) == '.' && line.charAt(end - 2) == '.' ? 1 : 0;
      return end < line.length() && Character.isLetterOrDigit(line.charAt(end)) ? -1 : end;
    }

    private static final String[] ANDS = {"and ", "und ", "et ", "y ", "e "};

    /** {@code 1h2m3s}, {@code 1 minute 12 seconds}. */
    private static @Nullable Clock units(String line, int from, boolean enclosed) {
      long millis = 0;
      int at = from;
      int end = from;
      int groups = 0;
      boolean written = false;
      long before = Long.MAX_VALUE;
      while (groups < 4) {
        int digits = at;
        long value = 0;
        while (at < line.length() && Character.isDigit(line.charAt(at)) && at - digits < 5) {
          value = value * 10 + Character.digit(line.charAt(at++), 10);
        }
        if (at == digits) {
          break;
        }
        int name = skipSpace(line, at);
        if (name == line.length() || UNIT_INITIALS.indexOf(line.charAt(name)) < 0) {
          break;
        }
        int nameEnd = name;
        // YouTube's page, copied, has "3 secondsGood morning".
        while (nameEnd < line.length()
            && Character.isLetter(line.charAt(nameEnd))
            && (nameEnd == name
                || !Character.isUpperCase(line.charAt(nameEnd))
                || Character.isUpperCase(line.charAt(nameEnd - 1)))
            && nameEnd - name < 12) {
          nameEnd++;
        }
        Long unit = UNITS.get(line.substring(name, nameEnd).toLowerCase(Locale.ROOT));
        boolean spaced = name > at;
        if (unit == null
            || unit >= before
            || name - at > 1
            || (spaced && nameEnd - name < 3 && groups == 0 && !isClosed(line, nameEnd, enclosed))
            || (nameEnd < line.length()
                && Character.isLetter(line.charAt(nameEnd))
                && !(Character.isUpperCase(line.charAt(nameEnd)) && nameEnd - name > 2))) {
          break;
        }
        written |= nameEnd - name > 2;
        before = unit;
        millis += value * unit;
        groups++;
        end = nameEnd + (nameEnd - name > 2 && isAbbreviated(line, nameEnd) ? 1 : 0);
        at = skipSpace(line, end);
        if (line.startsWith(",", at)) {
          at = skipSpace(line, at + 1);
        }
        for (String and : ANDS) {
          if (line.startsWith(and, at)) {
            at = skipSpace(line, at + and.length());
          }
        }
      }
      boolean enough = groups > 1 || (groups == 1 && (enclosed || written));
      boolean apart = end >= line.length() || !Character.isDigit(line.charAt(end));
      if (!apart) {
        // Teams, copied, says each time twice: "0 minutes 3 seconds0:03".
        Clock again = clock(line, end, enclosed);
        apart = again != null && again.millis == millis;
        end = apart && again != null ? again.end : end;
      }
      return enough && apart
          ? new Clock(Timestamp.clamped(millis).millis(), -1, from, end, false, false)
          : null;
    }

    /** Whether a bracket closes at once behind a unit: {@code (3 s)}. */
    private static boolean isClosed(String line, int at, boolean enclosed) {
      return enclosed && at < line.length() && ")]".indexOf(line.charAt(at)) >= 0;
    }

    /** Whether the full stop behind a unit is one of {@code Min.} rather than of a sentence. */
    private static boolean isAbbreviated(String line, int at) {
      if (!line.startsWith(".", at) || at + 1 >= line.length()) {
        return false;
      }
      char next = line.charAt(at + 1);
      return ")]}".indexOf(next) >= 0
          || (next == ' ' && at + 2 < line.length() && Character.isDigit(line.charAt(at + 2)));
    }
  }

  /** The time in the address of a link, in milliseconds, or {@link Times#NONE}. */
  public static long ofAddress(String address) {
    long[] span = span(address);
    return span[0];
  }

  private static final String[] PARAMETERS = {
    "t=",
    "start=",
    "time_continue=",
    "time=",
    "start_time=",
    "starttime=",
    "ts=",
    "begin=",
    "seek=",
    "at="
  };

  private static final String[] NO_PARAMETERS = {};
  private static final CharacterSet BEFORE_PARAMETERS = CharacterSet.of("?&#;/");

  private static long[] span(String address) {
    for (String parameter : hasParameter(address) ? PARAMETERS : NO_PARAMETERS) {
      int at = address.indexOf(parameter);
      while (at >= 0) {
        if (at > 0 && BEFORE_PARAMETERS.has(address.charAt(at - 1))) {
          int from = at + parameter.length();
          int to = from;
          while (to < address.length() && "&#|)]\"' ".indexOf(address.charAt(to)) < 0) {
            to++;
          }
          String value = address.substring(from, to).replace("npt:", "").replace("%3A", ":");
          int comma = value.indexOf(',');
          long start = parsed(comma < 0 ? value : value.substring(0, comma));
          if (start != Times.NONE) {
            return new long[] {start, comma < 0 ? Times.NONE : parsed(value.substring(comma + 1))};
          }
        }
        at = address.indexOf(parameter, at + 1);
      }
    }
    int slash = address.lastIndexOf('/');
    boolean clock = slash > 8 && address.indexOf(':', slash) > slash + 1;
    return new long[] {clock ? parsed(address.substring(slash + 1)) : Times.NONE, Times.NONE};
  }

  /** Whether a parameter whose value may be a time stands in an address. */
  private static boolean hasParameter(String address) {
    for (int end = address.indexOf('='); end >= 0; end = address.indexOf('=', end + 1)) {
      for (String parameter : PARAMETERS) {
        int at = end + 1 - parameter.length();
        if (at > 0
            && BEFORE_PARAMETERS.has(address.charAt(at - 1))
            && address.startsWith(parameter, at)) {
          return true;
        }
      }
    }
    return false;
  }

  private static long parsed(String value) {
    return Timestamp.tryParse(value).map(Timestamp::millis).orElse(Times.NONE);
  }

  /** A bare address that leads to a time. */
  private static @Nullable TimeMark address(String line, int from) {
    if (!line.startsWith("http://", from) && !line.startsWith("https://", from)) {
      return null;
    }
    int end = from;
    int last = Math.min(line.length(), from + LONGEST_ADDRESS);
    while (end < last
        && !Character.isWhitespace(line.charAt(end))
        && ")<>".indexOf(line.charAt(end)) < 0) {
      end++;
    }
    return mayLead(line, from, end) ? linked(line.substring(from, end), null, "", from, end) : null;
  }

  /** {@code [0:41](https://…?t=41s)}. */
  private static @Nullable TimeMark link(String line, int from) {
    int close = find(line, ']', from + 1, LONGEST_LINK_TEXT);
    if (close < 0 || close + 1 >= line.length() || line.charAt(close + 1) != '(') {
      return null;
    }
    int end = find(line, ')', close + 2, LONGEST_ADDRESS);
    if (end < 0 || !(hasDigit(line, from + 1, close) || mayLead(line, close + 2, end))) {
      return null;
    }
    String text = line.substring(from + 1, close);
    return linked(line.substring(close + 2, end), whole(text), text, from, end + 1);
  }

  /** No address has the colon of a clock so near its beginning. */
  private static final int SCHEME = 9;

  /** Whether an address has a sign of what {@link #span} finds in it. */
  private static boolean mayLead(String line, int from, int end) {
    return line.indexOf('=', from, end) >= 0
        || (end - from > SCHEME && line.indexOf(':', from + SCHEME, end) >= 0);
  }

  private static boolean hasDigit(String line, int from, int end) {
    for (int i = from; i < end; i++) {
      if (Character.isDigit(line.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** {@code [[talk.mp4#t=00:21:23|21:23]]}. */
  private static @Nullable TimeMark wikiLink(String line, int from) {
    int close = find(line, ']', from + 2, LONGEST_WIKI_LINK);
    if (close < 0 || !line.startsWith("]]", close)) {
      return null;
    }
    String inside = line.substring(from + 2, close);
    int bar = inside.indexOf('|');
    String address = bar < 0 ? inside : inside.substring(0, bar);
    String text = bar < 0 ? "" : inside.substring(bar + 1);
    if (ofAddress(address) == Times.NONE) {
      return null;
    }
    return linked(address, whole(text), text, from, close + 2);
  }

  /** {@code <a href="…#t=41s">0:41</a>}. */
  private static @Nullable TimeMark anchor(String line, int from) {
    int open = find(line, '>', from, LONGEST_ADDRESS);
    int end = open < 0 ? -1 : find(line, '<', open, LONGEST_LINK_TEXT);
    if (end < 0 || !line.startsWith("</a>", end)) {
      return null;
    }
    String tag = line.substring(from, open);
    int href = tag.indexOf("href=");
    char quote = href < 0 || href + 6 >= tag.length() ? ' ' : tag.charAt(href + 5);
    int to = quote == '"' || quote == '\'' ? tag.indexOf(quote, href + 6) : -1;
    if (to < 0) {
      return null;
    }
    String address = tag.substring(href + 6, to).replace("&amp;", "&");
    String text = line.substring(open + 1, end);
    return linked(address, whole(text), text, from, end + 4);
  }

  /**
   * A link is a time if its address leads to one or its text is one. Where the two are within a
   * second, the text may be finer; where they are not, the address is what works.
   */
  private static @Nullable TimeMark linked(
      String address, @Nullable TimeMark text, String words, int from, int end) {
    long[] span = span(address);
    if (span[0] == Times.NONE && text == null) {
      return null;
    }
    boolean finer = text != null && Math.abs(text.startMs - span[0]) < 1_000;
    if (text != null && (span[0] == Times.NONE || (finer && !text.hasFrames()))) {
      return text.moved(from, end, true);
    }
    String stays = text != null || !hasLetter(words) ? "" : words.strip();
    return new TimeMark(span[0], -1, span[1], -1, from, end, true, false, false, stays);
  }

  private static boolean hasLetter(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isLetter(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** The time that is all of a text, symbols about it aside; null if there is more to it. */
  public static @Nullable TimeMark whole(String text) {
    int at = skipLabel(text, skipSymbols(text, 0));
    TimeMark mark = text.length() > LONGEST_INSIDE ? null : at(text, at);
    if (mark == null) {
      return null;
    }
    int end = skipSymbols(text, mark.end);
    return end == text.length() ? mark : null;
  }

  /** CHAT's bullets (TalkBank, CHAT manual): {@code \u0015 3000_12000 \u0015} in milliseconds. */
  private static @Nullable TimeMark bullet(String line, int from) {
    int close = find(line, '\u0015', from + 1, 40);
    if (close < 0) {
      return null;
    }
    String inside = line.substring(from + 1, close);
    int bar = inside.indexOf('_');
    if (bar <= 0 || !isNumber(inside.substring(0, bar)) || !isNumber(inside.substring(bar + 1))) {
      return null;
    }
    long start = Long.parseLong(inside.substring(0, bar));
    long end = Math.max(start, Long.parseLong(inside.substring(bar + 1)));
    return new TimeMark(start, -1, end, -1, from, close + 1, true, false, false, "");
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() < 12
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static int find(String line, char what, int from, int within) {
    int last = Math.min(line.length(), from + within);
    return from < last ? line.indexOf(what, from, last) : -1;
  }

  private static int skipBackslashes(String line, int from) {
    int at = from;
    while (at < line.length() && at - from < 4 && line.charAt(at) == '\\') {
      at++;
    }
    return at;
  }

  private static int skipSpace(String line, int from) {
    int at = from;
    while (at < line.length()
        && (Character.isWhitespace(line.charAt(at)) || line.charAt(at) == '\u00A0')) {
      at++;
    }
    return at;
  }

  /** The first character after space, symbols such as a clock face, and {@code @}. */
  public static int skipSymbols(String line, int from) {
    int at = from;
    while (at < line.length()) {
      int c = line.codePointAt(at);
      if (c < 0x80) {
        if (c == '@' || Character.isWhitespace(c)) {
          at++;
          continue;
        }
        break;
      }
      int type = Character.getType(c);
      boolean symbol =
          Character.isWhitespace(c)
              || c == 0xA0
              || c == 0xFE0F
              || c == '•'
              || type == Character.OTHER_SYMBOL;
      if (!symbol) {
        break;
      }
      at += Character.charCount(c);
    }
    return at;
  }
}
