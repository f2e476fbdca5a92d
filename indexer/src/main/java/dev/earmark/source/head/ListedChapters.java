package dev.earmark.source.head;

import dev.earmark.source.syntax.CharacterSet;
import dev.earmark.source.time.TimeMark;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The chapters that a line of a list names, with whatever signs about them: {@code ▶ 0:00 Intro},
 * {@code Intro ........ 0:00}, {@code Chapter 2: The crane [1:35]}, {@code 0:00 Intro | 1:35 The
 * crane | 12:05 Questions}.
 *
 * <p>The times stand all before their titles or all behind them. A line with a time amid its words
 * is a sentence, and names none; so does one whose titles are as long as sentences.
 */
public final class ListedChapters {
  private static final int LONGEST_LINE = 1_000;
  private static final int MOST_CHAPTERS = 60;
  private static final int LONGEST_TITLE = 150;

  /** Stamps nearer to each other stand in what somebody says. */
  private static final long SHORTEST_MS = 15_000;

  private static final int FEW = 3;
  private static final CharacterSet SEPARATORS = CharacterSet.of("-–—−:|/·•~,;.…»›>→⇒=@#▶►⋯‧・");

  private static final char KEYCAP = '\u20E3';
  private static final Pattern KEYCAPS = Pattern.compile("[0-9#*]\\uFE0F?\\u20E3");

  private static final Pattern GAP_BEHIND = Pattern.compile("(?:\\t| {2}|[|•·/] ?)$");
  private static final Pattern GAP_BEFORE = Pattern.compile("\\)?(?:\\t| {2}| ?[|•·/] ?)");

  /** What stands behind the digits of a time. */
  private static final CharacterSet SIGNS = CharacterSet.of(":;：∶s");

  private static final String ADDRESS = "http";

  /** With these begin links, and the addresses in them. */
  private static final CharacterSet LINKS = CharacterSet.of("([<");

  private static final String OPENINGS = "([{【（［#*`<";
  private static final CharacterSet STARTS = CharacterSet.withDigits(OPENINGS);

  private final String line;
  private @Nullable List<TimeMark> marks;

  private ListedChapters(String line) {
    this.line = line;
  }

  private List<TimeMark> marks() {
    List<TimeMark> known = marks;
    if (known == null) {
      known = marks(line);
      marks = known;
    }
    return known;
  }

  /** What chapters a line may name. */
  public static ListedChapters in(String line) {
    return new ListedChapters(line);
  }

  /** The chapter of a line that names one; null if it names none. */
  public @Nullable StampedLine single() {
    List<TimeMark> marks = marks();
    if (marks.size() != 1) {
      return null;
    }
    TimeMark mark = marks.getFirst();
    String before = title(line.substring(0, mark.from()));
    String after = title(line.substring(mark.end()));
    if (isNumber(before)) {
      before = "";
    }
    if (before.isEmpty() == after.isEmpty()) {
      return null;
    }
    return chapter(mark, before.isEmpty() ? after : before);
  }

  /** Whether the time of the only chapter of a line stands behind its title. */
  public boolean endsWithTime() {
    List<TimeMark> marks = marks();
    return marks.size() == 1
        && hasWord(line.substring(0, marks.getFirst().from()))
        && !hasWord(line.substring(marks.getFirst().end()));
  }

  /** The chapters of a line that names several; none if it names one or none. */
  public List<StampedLine> several() {
    if (!mayBeSeveral(line)) {
      return List.of();
    }
    List<TimeMark> marks = marks();
    boolean many = marks.size() >= FEW || (marks.size() == 2 && areSetApart(line, marks));
    if (!many || !areFarApart(marks)) {
      return List.of();
    }
    String first = line.substring(0, marks.getFirst().from()).strip();
    String last = line.substring(marks.getLast().end());
    boolean before = !hasWord(first) || first.endsWith(":");
    if (before ? !hasWord(last) : hasWord(last)) {
      return List.of();
    }
    List<StampedLine> chapters = new ArrayList<>();
    for (int i = 0; i < marks.size(); i++) {
      TimeMark mark = marks.get(i);
      int from = before ? mark.end() : i == 0 ? 0 : marks.get(i - 1).end();
      int to =
          !before ? mark.from() : i + 1 < marks.size() ? marks.get(i + 1).from() : line.length();
      String title = title(line.substring(from, to));
      if (title.isEmpty() || title.length() > LONGEST_TITLE) {
        return List.of();
      }
      chapters.add(chapter(mark, title));
    }
    return chapters;
  }

  /**
   * Whether there are signs of more than one time: colons, or numbers with seconds behind. Those of
   * one clock count once, and so do those of one link in Markdown, whether it has any or not; other
   * links may have times without a sign of their own.
   */
  private static boolean mayBeSeveral(String line) {
    int signs = 0;
    int clocks = 0;
    int linkClocks = 0;
    boolean goesOn = false;
    boolean otherLinks = line.startsWith("[[");
    int address = line.indexOf(ADDRESS, 1);
    for (int i = 1; i < line.length() && clocks < 2; i++) {
      char c = line.charAt(i);
      char before = line.charAt(i - 1);
      boolean behindDigit = Character.isDigit(before);
      if (!behindDigit && !LINKS.has(c) && i != address) {
        goesOn = goesOn && Character.isDigit(c);
        continue;
      }
      if (c == '(' && before == ']') {
        int close = line.indexOf(')', i);
        clocks = linkClocks + 1;
        signs += 2;
        i = close < 0 ? i : close;
        goesOn = false;
        linkClocks = clocks;
        address = address >= 0 && address < i ? line.indexOf(ADDRESS, i) : address;
        continue;
      }
      if (c == '[') {
        linkClocks = clocks;
      }
      otherLinks |= c == '<' || (c == '[' && before == '[') || i == address;
      boolean sign = behindDigit && SIGNS.has(c);
      signs += sign ? 1 : 0;
      clocks += sign && !goesOn ? 1 : 0;
      goesOn = sign || (goesOn && Character.isDigit(c));
    }
    return clocks > 1 || (signs > 1 && otherLinks);
  }

  /** Whether a sign or a wide gap stands between two chapters, which a sentence does not have. */
  private static boolean areSetApart(String line, List<TimeMark> marks) {
    boolean first = !hasWord(line.substring(0, marks.getFirst().from()));
    String between = line.substring(marks.getFirst().end(), marks.getLast().from());
    return first ? GAP_BEHIND.matcher(between).find() : GAP_BEFORE.matcher(between).lookingAt();
  }

  private static StampedLine chapter(TimeMark mark, String title) {
    return new StampedLine(mark.startMs(), mark.endMs(), title, false, false);
  }

  private static boolean areFarApart(List<TimeMark> marks) {
    for (int i = 1; i < marks.size(); i++) {
      if (marks.get(i).startMs() <= marks.get(i - 1).startMs()) {
        return false;
      }
    }
    long length = marks.getLast().startMs() - marks.getFirst().startMs();
    return length >= SHORTEST_MS * (marks.size() - 1);
  }

  private static List<TimeMark> marks(String line) {
    List<TimeMark> marks = new ArrayList<>(1);
    if (line.length() > LONGEST_LINE || line.startsWith("<") || !LineHead.hasDigit(line)) {
      return marks;
    }
    int colons = lastColon(line);
    for (int at = 0; at < line.length() && marks.size() < MOST_CHAPTERS; at++) {
      if (at > 0 && !STARTS.has(line.charAt(at)) && line.charAt(at) < 0x80) {
        continue;
      }
      if (at > colons && isNumberAlone(line, at)) {
        continue;
      }
      boolean start = at == 0 || isStart(line.charAt(at - 1), line.charAt(at));
      TimeMark mark = start ? TimeMark.at(line, at) : null;
      if (mark != null && mark.startMs() >= 0 && hasClock(line, mark)) {
        marks.add(mark);
        at = Math.max(at, mark.end() - 1);
      }
    }
    return marks;
  }

  /** Whether a time may begin here: behind no word, and not amid a row of the same signs. */
  private static boolean isStart(char before, char c) {
    return !Character.isLetterOrDigit(before)
        && before != c
        && (Character.isDigit(c) || OPENINGS.indexOf(c) >= 0);
  }

  private static int lastColon(String line) {
    int last = Math.max(line.lastIndexOf(':'), line.lastIndexOf(';'));
    return Math.max(last, line.lastIndexOf('：'));
  }

  /** Whether a number stands here with a space behind it: no time {@link #hasClock by its form}. */
  private static boolean isNumberAlone(String line, int from) {
    int at = from;
    while (at < line.length() && line.charAt(at) >= '0' && line.charAt(at) <= '9') {
      at++;
    }
    return at > from && at < line.length() && line.charAt(at) == ' ';
  }

  /** Whether a time is one by its form; {@code 5 minutes} may be how long something lasts. */
  private static boolean hasClock(String line, TimeMark mark) {
    String text = line.substring(mark.from(), mark.end());
    boolean colons = text.indexOf(':') >= 0 || text.indexOf(';') >= 0 || text.indexOf('：') >= 0;
    return colons || (text.indexOf(' ') < 0 && text.indexOf('s') > 0);
  }

  /** Whether this only counts the lines of a list. */
  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (i == 3 || !Character.isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasWord(String text) {
    return hasLetterOrDigit(text) && !isNumber(text.strip());
  }

  private static boolean hasLetterOrDigit(String text) {
    int at = 0;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      if (Character.isLetterOrDigit(c)) {
        return true;
      }
      at += Character.charCount(c);
    }
    return false;
  }

  /** A title without the signs about it: bullets, numbers of a list, dots that lead to the time. */
  private static String title(String marked) {
    String text = marked.indexOf(KEYCAP) < 0 ? marked : KEYCAPS.matcher(marked).replaceAll("");
    int from = 0;
    int to = text.length();
    while (from < to && isSign(text.codePointAt(from))) {
      from += Character.charCount(text.codePointAt(from));
    }
    int number = endOfNumber(text, from);
    if (number > from) {
      from = number;
    }
    while (to > from
        && (isSign(text.codePointBefore(to)) || "([{【".indexOf(text.charAt(to - 1)) >= 0)) {
      if (text.charAt(to - 1) == '.' && !endsInDots(text, to)) {
        break;
      }
      to -= Character.charCount(text.codePointBefore(to));
    }
    String title = text.substring(from, to).strip();
    return hasLetterOrDigit(title) ? title : "";
  }

  /** A full stop belongs to the title, a row of dots does not. */
  private static boolean endsInDots(String text, int to) {
    int at = to - 1;
    while (at > 0 && (text.charAt(at - 1) == '.' || text.charAt(at - 1) == ' ')) {
      at--;
    }
    return to - at > 1;
  }

  private static boolean isSign(int c) {
    if (c < 0x80 && (c == ' ' || Character.isLetterOrDigit(c))) {
      return c == ' ';
    }
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || c == 0xFE0F
        || c == 0x200D
        || c == 0x20E3
        || (Character.isBmpCodePoint(c) && SEPARATORS.has((char) c))
        || Character.getType(c) == Character.OTHER_SYMBOL
        || Character.getType(c) == Character.MODIFIER_SYMBOL
        || (c >= 0x1F3FB && c <= 0x1F3FF);
  }

  /** The end of {@code 12. } or {@code 12) }, which count the lines of a list. */
  private static int endOfNumber(String text, int from) {
    int at = from;
    while (at < text.length() && at - from < 3 && Character.isDigit(text.charAt(at))) {
      at++;
    }
    boolean counts =
        at > from
            && at < text.length()
            && ".)".indexOf(text.charAt(at)) >= 0
            && (at + 1 == text.length() || text.charAt(at + 1) == ' ');
    return counts ? Math.min(text.length(), at + 2) : from;
  }
}
