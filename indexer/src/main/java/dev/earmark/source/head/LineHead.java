package dev.earmark.source.head;

import dev.earmark.source.syntax.CharacterSet;
import dev.earmark.source.time.TimeMark;
import org.jspecify.annotations.Nullable;

/**
 * One line of a document taken apart: the time and the name that may stand at its head, in whatever
 * order and punctuation, the words, and the time at its end.
 *
 * <p>A line alone does not tell whether {@code Harbour: the crane} names a speaker or {@code 12:30
 * sharp} gives a time of the recording; the reader of the document decides that over all of its
 * lines, and so a head keeps both readings.
 *
 * @param form how the name is written
 * @param lead the time at the head, before or behind the name; null if there is none
 * @param leadFirst whether the time stands before the name
 * @param name what may be a name, without marks; null if there is nothing like one
 * @param rest the words if the name is one
 * @param whole the words if it is not: all but the time
 * @param bold whether the name is in bold
 * @param level the level of a Markdown heading; 0 if the line is none
 * @param item whether the line is an item of a list
 * @param tail the time at the end, set apart from the words or behind a dash; null if there is none
 * @param digits whether there is any digit, as all times have
 */
public record LineHead(
    Form form,
    @Nullable TimeMark lead,
    boolean leadFirst,
    @Nullable String name,
    String rest,
    String whole,
    boolean bold,
    int level,
    boolean item,
    @Nullable TimeMark tail,
    boolean digits) {

  private LineHead(
      Form form,
      @Nullable TimeMark lead,
      boolean leadFirst,
      @Nullable String name,
      String rest,
      String whole,
      @Nullable TimeMark tail) {
    this(form, lead, leadFirst, name, rest, whole, false, 0, false, tail, true);
  }

  /** How a name stands before the words. */
  public enum Form {
    /** No name. */
    NONE,
    /** {@code Name: words}, and with the time before, behind or inside. */
    COLON,
    /** {@code [Name] words}, {@code <Name> words}. */
    BRACKET,
    /** {@code [Name 0:12] words}, which may be a verse of a book: {@code [Genesis 1:12]}. */
    INSIDE,
    /** {@code Mr. ASH. Words}, {@code Q. Words}, {@code A Words}. */
    STOP,
    /** {@code Name – words}. */
    DASH,
    /** A tab or the bar of a table between name and words. */
    TAB,
    /** Nothing but the name, and perhaps a time. */
    ALONE
  }

  /** No head is longer than this, so that looking for one costs no more than that. */
  private static final int LONGEST_HEAD = 140;

  private static final int LONGEST_TAIL = 120;

  /** No name of a unit of time has more letters. */
  private static final int LONGEST_UNIT = 12;

  private static final CharacterSet SEPARATORS = CharacterSet.of("-–—:|·•,~;>→\t");
  private static final CharacterSet BULLETS = CharacterSet.of("-*+•●◦▪‣·–—→►▸");

  /** What stands between words and a time beside them. */
  private static final CharacterSet BESIDE_TIMES = CharacterSet.of("-–—|•·:@");

  private static final String LABEL = "speaker_";
  private static final String LABEL_OF_TOOLS = "SPEAKER_";

  private static final String OPENING = "[({<【（［";
  private static final String CLOSING = "])}>】）］";

  /** With these a time may begin behind a name. */
  private static final CharacterSet TIME_STARTS = CharacterSet.withDigits("([{<#【（［\\!");

  /** With these a time may begin at the end of a line. */
  private static final CharacterSet TAIL_STARTS = CharacterSet.withDigits("[({<#!【（［\u0015*`_");

  /** Whether there is a time, and nothing else. */
  public boolean isTimeAlone() {
    return lead != null && form == Form.NONE && whole.isBlank();
  }

  /** Whether a name and its time stand on this line. */
  public boolean isTimedName() {
    return lead != null && name != null;
  }

  /** The head of a line that is not blank. */
  public static LineHead of(String line) {
    boolean digits = false;
    boolean directions = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c < FIRST_DIRECTION) {
        // Between these and the digits of ASCII there are none of other scripts.
        digits |= c >= '0' && c <= '9';
      } else {
        digits |= Character.isDigit(c);
        directions |= isDirectionMark(c);
      }
    }
    String text = (directions ? withoutDirection(line) : line).strip();
    int level = 0;
    boolean item = false;
    boolean quoted = false;
    for (int i = 0; i < 4; i++) {
      String before = text;
      if (text.startsWith(">")) {
        text = text.substring(1).strip();
        quoted = true;
      } else if (digits && endOfNumber(text) > 0) {
        item = true;
        text = text.substring(endOfNumber(text));
      } else if (level == 0 && text.startsWith("#")) {
        int hashes = 0;
        while (hashes < text.length() && text.charAt(hashes) == '#') {
          hashes++;
        }
        if (hashes < 7 && hashes < text.length() && text.charAt(hashes) == ' ') {
          level = hashes;
          text = text.substring(hashes).strip();
        }
      } else if (quoted && text.startsWith("[!") && text.indexOf(']') > 0) {
        // A callout of Obsidian: > [!quote] Ada Quist (0:03).
        text = text.substring(text.indexOf(']') + 1).strip();
      } else if (isBullet(text)) {
        item = true;
        text = text.substring(1).strip();
      } else if (text.startsWith("|")) {
        text = cells(text);
      }
      if (text.equals(before)) {
        break;
      }
    }
    text = withoutFrame(text);
    boolean bold = text.startsWith("**") || text.startsWith("__");
    boolean boldAfterTime = false;
    String boldWords = "";
    int first = text.indexOf("**");
    if (first >= 0 || bold) {
      boldAfterTime = first >= 0 && first < LONGEST_HEAD;
      int close = boldAfterTime && first > 0 ? text.indexOf("**", first + 2) : -1;
      boldWords = close > 0 ? text.substring(first + 2, close) : "";
      text = withoutBold(text);
    } else if (text.length() > 2 && text.charAt(0) == '*' && Character.isLetter(text.charAt(1))) {
      // CHAT's *ADA: and emphasis about a name.
      int colon = text.indexOf(':');
      if (colon > 0 && colon < LONGEST_HEAD && text.indexOf('*', 1) != colon + 1) {
        int close = text.indexOf('*', 1);
        text =
            close > 0 && close < colon
                ? text.substring(1, close) + text.substring(close + 1)
                : text.indexOf(' ') > colon
                        || text.indexOf(' ') < 0
                        || text.indexOf('\t') == colon + 1
                    ? text.substring(1)
                    : text;
      }
    }
    LineHead head = boldName(new Scan(text, digits).head(), boldWords);
    return new LineHead(
        head.form,
        head.lead,
        head.leadFirst,
        head.name,
        head.rest,
        head.whole,
        (bold || boldAfterTime) && head.name != null,
        level,
        item || quoted,
        head.tail,
        digits);
  }

  /** A head whose time bold words follow, which may be a name without a colon. */
  private static LineHead boldName(LineHead head, String words) {
    TimeMark lead = head.lead;
    boolean follow =
        !words.isEmpty()
            && lead != null
            && head.form == Form.NONE
            && head.whole.startsWith(words + " ");
    String name = follow ? SpeakerName.of(words) : null;
    return name == null
        ? head
        : new LineHead(
            Form.BRACKET,
            lead,
            true,
            name,
            head.whole.substring(words.length()).strip(),
            head.whole,
            head.tail);
  }

  /** Whether a line has any digit, as all times have. */
  public static boolean hasDigit(String line) {
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c < 0x80 ? c >= '0' && c <= '9' : Character.isDigit(c)) {
        return true;
      }
    }
    return false;
  }

  private static final char FIRST_DIRECTION = '\u061C';

  /** Whether a character only says in which direction to write. */
  static boolean isDirection(char c) {
    return c >= FIRST_DIRECTION && isDirectionMark(c);
  }

  private static boolean isDirectionMark(char c) {
    return c == '\u200E'
        || c == '\u200F'
        || c == '\u061C'
        || c == '\uFEFF'
        || (c >= '\u202A' && c <= '\u202E')
        || (c >= '\u2066' && c <= '\u2069');
  }

  /** A text without marks of direction, which stand about times and names in it. */
  static String withoutDirection(String text) {
    int at = 0;
    while (at < text.length() && !isDirection(text.charAt(at))) {
      at++;
    }
    if (at == text.length()) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (!isDirection(text.charAt(i))) {
        plain.append(text.charAt(i));
      }
    }
    return plain.toString();
  }

  /** Where the time begins behind the number of a list's item; 0 if there is no such number. */
  private static int endOfNumber(String text) {
    int from = text.startsWith("#") ? 1 : 0;
    int at = from;
    while (at < text.length() && at < 4 && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    int end = at + (text.startsWith(".", at) || text.startsWith(")", at) ? 1 : 0);
    boolean number =
        at > from
            && end < text.length()
            && Character.isWhitespace(text.charAt(end))
            && TimeMark.at(text, end + 1) != null;
    return number ? end + 1 : 0;
  }

  private static final CharacterSet FRAMES = CharacterSet.of("=-*~_+");

  /** A line such as {@code === Ada Quist 0:03 ===} without the signs about it. */
  private static String withoutFrame(String text) {
    char sign = text.isEmpty() ? ' ' : text.charAt(0);
    if (!FRAMES.has(sign)) {
      return text;
    }
    int from = 1;
    int to = text.length();
    while (from < to && text.charAt(from) == sign) {
      from++;
    }
    while (to > from && text.charAt(to - 1) == sign) {
      to--;
    }
    boolean framed = from > 1 && to < text.length() - 1 && text.charAt(from) == ' ';
    return framed ? text.substring(from, to).strip() : text;
  }

  private static boolean isBullet(String text) {
    return text.length() > 1
        && BULLETS.has(text.charAt(0))
        && Character.isWhitespace(text.charAt(1));
  }

  /** The cells of a table's row, with tabs between. */
  private static String cells(String row) {
    String inside =
        row.endsWith("|") && row.length() > 1
            ? row.substring(1, row.length() - 1)
            : row.substring(1);
    StringBuilder cells = new StringBuilder(inside.length());
    for (String cell : inside.split("(?<!\\\\)\\|", -1)) {
      cells.append(cells.isEmpty() ? "" : "\t").append(cell.strip());
    }
    return cells.toString().strip();
  }

  private static String withoutBold(String text) {
    return text.replace("**", "").replace("__", "");
  }

  /** Looks for the parts of one line, its list marks and emphasis gone. */
  private static final class Scan {
    private final String text;

    /** Without a digit there is no time anywhere, which most lines are spared by. */
    private final boolean digits;

    Scan(String text, boolean digits) {
      this.text = text;
      this.digits = digits;
    }

    LineHead head() {
      if (!digits) {
        return untimed(text, null);
      }
      int from = start();
      TimeMark lead = TimeMark.at(text, from);
      if (lead != null && isJoined(lead)) {
        lead = null;
      }
      if (lead != null) {
        return afterLead(lead);
      }
      LineHead timed = timeInBrackets();
      if (timed == null) {
        timed = nameThenTime();
      }
      if (timed != null) {
        return timed;
      }
      return untimed(text, null);
    }

    /** Symbols and a word such as {@code at} or {@code Time:} may stand before a time. */
    private int start() {
      int at = TimeMark.skipSymbols(text, 0);
      int behind = TimeMark.skipLabel(text, at);
      return behind > at && TimeMark.at(text, behind) == null ? at : behind;
    }

    /** Whether a time goes on as a word or a number, as 10:30pm would if it were not read. */
    private boolean isJoined(TimeMark mark) {
      return !mark.enclosed()
          && mark.end() < text.length()
          && (Character.isDigit(text.charAt(mark.end()))
              || text.charAt(mark.end()) == '%'
              || (Character.isLetter(text.charAt(mark.end()))
                  && !Character.isUpperCase(text.charAt(mark.end()))
                  && text.charAt(mark.end()) < 0x250));
    }

    private LineHead afterLead(TimeMark lead) {
      int at = lead.end();
      while (at < text.length()
          && (Character.isWhitespace(text.charAt(at)) || SEPARATORS.has(text.charAt(at)))) {
        if (text.startsWith(">>", at)) {
          break;
        }
        at++;
      }
      String words = text.substring(at).strip();
      if (!lead.linkText().isEmpty()) {
        words = words.isEmpty() ? lead.linkText() : lead.linkText() + " " + words;
      }
      LineHead found = untimed(words, lead);
      if (found.form == Form.COLON) {
        // A second time behind the name says the same or when the turn ends.
        TimeMark again = TimeMark.at(found.rest, 0);
        if (again != null && again.enclosed()) {
          String rest = found.rest.substring(again.end()).strip();
          return found.withRest(rest);
        }
      }
      return found;
    }

    /** {@code [0:12 Name] words}, {@code (Name, 0:12): words}, {@code [0:12 - 0:15 | Name]}. */
    private @Nullable LineHead timeInBrackets() {
      int kind = text.isEmpty() ? -1 : OPENING.indexOf(text.charAt(0));
      int end = kind < 0 ? -1 : text.indexOf(CLOSING.charAt(kind));
      if (end < 0 || end > LONGEST_HEAD || text.startsWith("(", end + 1)) {
        return null;
      }
      String inside = text.substring(1, end).strip();
      TimeMark mark = TimeMark.at(inside, 0);
      boolean first = mark != null;
      boolean parted = true;
      String written = mark == null ? "" : inside.substring(mark.end());
      for (int i = 1; mark == null && i < inside.length(); i++) {
        boolean starts =
            Character.isDigit(inside.charAt(i))
                && !Character.isLetterOrDigit(inside.charAt(i - 1))
                && inside.charAt(i - 1) != ':';
        mark = starts ? TimeMark.at(inside, i) : null;
        if (mark != null && mark.end() < inside.length()) {
          return null;
        }
        written = inside.substring(0, i);
        parted = mark == null || isParted(inside, i, mark);
      }
      String name = mark == null ? null : SpeakerName.of(withoutPointer(written));
      if (mark == null || name == null || CaptionHead.isSound(name)) {
        return null;
      }
      String rest = text.substring(end + 1).strip();
      boolean colon = !rest.isEmpty() && ":：-–—".indexOf(rest.charAt(0)) >= 0;
      String said = colon ? rest.substring(1).strip() : rest;
      Form form =
          !parted ? Form.INSIDE : said.isEmpty() ? Form.ALONE : colon ? Form.COLON : Form.BRACKET;
      String whole = (withoutEnd(written.strip()) + " " + said).strip();
      return new LineHead(
          form, mark.inBrackets(), first, name, said, whole, first ? null : tail(said));
    }

    /** Whether a time is a clock of hours, minutes and seconds. */
    private static boolean hasSeconds(String text, TimeMark mark) {
      int colons = 0;
      for (int i = mark.from(); i < mark.end(); i++) {
        colons += text.charAt(i) == ':' || text.charAt(i) == ';' ? 1 : 0;
      }
      return colons > 1;
    }

    /** Whether a sign stands before a time, or the time has its seconds. */
    private static boolean isParted(String text, int at, TimeMark mark) {
      String before = text.substring(0, at).stripTrailing();
      return hasSeconds(text, mark)
          || SEPARATORS.has(before.charAt(before.length() - 1))
          || BESIDE_TIMES.has(before.charAt(before.length() - 1));
    }

    /** What stands before a time, without the {@code at} or {@code @} that leads to it. */
    private static String withoutPointer(String written) {
      String name = written.stripTrailing();
      for (String pointer : POINTERS) {
        if (name.endsWith(pointer)) {
          return name.substring(0, name.length() - pointer.length());
        }
      }
      return name;
    }

    private static final String[] POINTERS = {" at", " @", " um", " à", "→"};

    /** {@code Name (00:12): words}, {@code Name – 0:12}, {@code Name: 0:12}. */
    private @Nullable LineHead nameThenTime() {
      int limit = Math.min(text.length(), LONGEST_HEAD);
      boolean word = false;
      for (int i = 1; i < limit; i++) {
        char c = text.charAt(i);
        char before = text.charAt(i - 1);
        boolean possible =
            TIME_STARTS.has(c)
                ? c > '9' || c < '0' || (!Character.isLetterOrDigit(before) && before != ':')
                : isOtherStart(before, c);
        word = word || Character.isLetter(before);
        boolean behindName =
            word || (possible && SpeakerName.isPhone(text.substring(0, i).strip()));
        if (!possible || !behindName) {
          if (isSentenceEnd(i - 1)) {
            return null;
          }
          continue;
        }
        TimeMark mark = TimeMark.at(text, i);
        if (mark != null && !isJoined(mark)) {
          return around(i, mark);
        }
      }
      return null;
    }

    /** Whether a digit of another script, or emphasis behind a blank, may begin a time. */
    private static boolean isOtherStart(char before, char c) {
      return c < 0x80
          ? before == ' ' && (c == '*' || c == '_' || c == '`')
          : Character.isDigit(c) && !Character.isLetterOrDigit(before) && before != ':';
    }

    private boolean isSentenceEnd(int at) {
      char c = text.charAt(at);
      return c == '?'
          || c == '!'
          || (c == '.'
              && at > 5
              && at + 1 < text.length()
              && text.charAt(at + 1) == ' '
              && at - text.lastIndexOf(' ', at) > 4
              && text.lastIndexOf('.', at - 1) < text.lastIndexOf(' ', at));
    }

    private @Nullable LineHead around(int at, TimeMark mark) {
      String written = text.substring(0, at).stripTrailing();
      boolean separated =
          !written.isEmpty()
              && ("-–—:|,•·@/~;>→".indexOf(written.charAt(written.length() - 1)) >= 0
                  || (at > 0 && text.charAt(at - 1) == '\t')
                  || (at > 1 && text.charAt(at - 1) == ' ' && text.charAt(at - 2) == ' '));
      boolean colonBefore = written.endsWith(":") || written.endsWith("：");
      String after = text.substring(mark.end()).strip();
      boolean colon = after.startsWith(":") || after.startsWith("：");
      boolean dash =
          !after.isEmpty() && "-–—|/~;>".indexOf(after.charAt(0)) >= 0 && !after.startsWith("--");
      String name = SpeakerName.of(withoutPointer(withoutNumber(written)));
      if (name == null || hasColonInside(written)) {
        return null;
      }
      if (after.isEmpty() || after.equals(":")) {
        return new LineHead(Form.ALONE, mark, false, name, "", withoutEnd(written), null);
      }
      // Timetables have no seconds.
      boolean full = hasSeconds(text, mark);
      boolean inBrackets =
          !written.isEmpty()
              && OPENING.indexOf(written.charAt(0)) >= 0
              && CLOSING.indexOf(written.charAt(written.length() - 1)) >= 0;
      boolean clear = colon || dash || mark.enclosed() || separated || full || inBrackets;
      if (!clear) {
        return null;
      }
      String rest = colon || dash ? after.substring(1).strip() : after;
      if (dash && TimeMark.whole(rest) != null) {
        // A row of times, such as those of a timetable.
        return null;
      }
      Form form = colon || colonBefore || dash ? Form.COLON : Form.BRACKET;
      return new LineHead(form, mark, false, name, rest, written + " " + rest, tail(rest));
    }

    /** What stands behind the number of a line, as in {@code 12. Ada Quist}. */
    private static String withoutNumber(String written) {
      int at = 0;
      while (at < written.length() && at < 4 && Character.isDigit(written.charAt(at))) {
        at++;
      }
      boolean number =
          at > 0
              && at + 2 < written.length()
              && (written.charAt(at) == '.' || written.charAt(at) == ')')
              && written.charAt(at + 1) == ' ';
      return number ? written.substring(at + 2) : written;
    }

    private static String withoutEnd(String written) {
      String title = written;
      while (!title.isEmpty() && "-–—|•·:@,".indexOf(title.charAt(title.length() - 1)) >= 0) {
        title = title.substring(0, title.length() - 1).stripTrailing();
      }
      return title;
    }

    private static boolean hasColonInside(String written) {
      int colon = written.indexOf(": ");
      return colon >= 0 && colon < written.length() - 1;
    }

    /** What stands at the head of words behind a time, or of a line without one. */
    private LineHead untimed(String words, @Nullable TimeMark lead) {
      if (words.isEmpty()) {
        return new LineHead(Form.NONE, lead, true, null, "", "", null);
      }
      String turn = words;
      int marks = 0;
      while (marks < 3 && turn.startsWith(">")) {
        turn = turn.substring(1);
        marks++;
      }
      turn = marks > 0 ? turn.strip() : turn;
      if (turn.isEmpty()) {
        return new LineHead(Form.NONE, lead, true, null, "", "", null);
      }
      if (lead != null && turn.startsWith("From ")) {
        turn = withoutRoute(turn);
      }
      int limit = Math.min(turn.length(), LONGEST_HEAD);
      LineHead found = lead == null ? null : labelName(turn, words, lead);
      if (found != null) {
        return found;
      }
      found = bracketName(turn, words, lead);
      if (found != null) {
        return found;
      }
      int colon = colon(turn, limit);
      if (colon > 0) {
        String name = SpeakerName.of(turn.substring(0, colon));
        if (name != null) {
          String rest = turn.substring(colon + 1).strip();
          if (rest.startsWith("*") && turn.charAt(colon) == ':') {
            rest = rest.substring(1).strip();
          }
          return named(Form.COLON, lead, name, rest, words);
        }
      }
      int tab = turn.indexOf('\t');
      if (tab > 0 && tab < limit) {
        String name = SpeakerName.of(turn.substring(0, tab));
        if (name != null) {
          String rest = turn.substring(tab + 1).strip();
          TimeMark second = lead == null ? TimeMark.at(rest, 0) : null;
          if (second != null) {
            rest = rest.substring(second.end()).strip();
            return new LineHead(
                rest.isEmpty() ? Form.ALONE : Form.TAB,
                second,
                false,
                name,
                rest,
                turn.substring(0, tab) + " " + rest,
                null);
          }
          return named(Form.TAB, lead, name, rest, words);
        }
      }
      found = stopName(turn, words, lead);
      if (found != null) {
        return found;
      }
      TimeMark tail = lead == null && digits ? tail(words) : null;
      boolean mayBeName = turn.length() <= 100 && tail == null && !endsSentence(turn);
      String name = mayBeName ? SpeakerName.of(turn) : null;
      if (name != null) {
        return new LineHead(Form.ALONE, lead, true, name, "", words, null);
      }
      for (int at = 1; at < Math.min(turn.length(), LONGEST_DASHED); at++) {
        int end = DASH_MARKS.has(turn.charAt(at)) ? endOfDash(turn, at, lead != null) : -1;
        String dashed = end < 0 ? null : SpeakerName.of(turn.substring(0, at));
        if (dashed != null && (lead == null || hasLetter(turn, end))) {
          return named(Form.DASH, lead, dashed, turn.substring(end).strip(), words);
        }
      }
      return new LineHead(Form.NONE, lead, true, null, words, words, tail);
    }

    /** Whether there are words rather than the numbers of a table. */
    private static boolean hasLetter(String turn, int from) {
      for (int i = from; i < turn.length(); i++) {
        if (Character.isLetter(turn.charAt(i))) {
          return true;
        }
      }
      return false;
    }

    private static final int LONGEST_DASHED = 60;

    /** With these begins what parts a name from the words. */
    private static final CharacterSet DASH_MARKS = CharacterSet.of("-–—|~/;>: ");

    /**
     * Where a dash, a bar or the like between a name and the words ends; -1 if none begins here.
     *
     * @param timed whether a time stands before the name: then any sign may part the columns
     */
    private static int endOfDash(String turn, int at, boolean timed) {
      char c = turn.charAt(at);
      if (c != ' ') {
        boolean column = timed && (c == '|' || c == '~' || c == ';' || turn.startsWith("> ", at));
        return column ? at + 1 : turn.startsWith("— ", at) ? at + 2 : -1;
      }
      for (String sign : timed ? SIGNS_AFTER_TIMES : SIGNS) {
        if (turn.startsWith(sign, at)) {
          return at + sign.length();
        }
      }
      return -1;
    }

    private static final String[] SIGNS = {" – ", " — ", " - ", " | ", " >> "};
    private static final String[] SIGNS_AFTER_TIMES = {
      " – ", " — ", " - ", " | ", " >> ", " / ", " > ", " :: ", " ~ ", " ; "
    };

    /** {@code From Ada to Everyone: words}, as Zoom saves a chat, without the way it went. */
    private static String withoutRoute(String turn) {
      int colon = turn.indexOf(':');
      if (colon < 0 || colon > LONGEST_HEAD) {
        return turn;
      }
      String who = turn.substring(5, colon);
      int to = who.indexOf(" to ");
      return who.substring(0, to < 0 ? who.length() : to).strip() + turn.substring(colon);
    }

    private static boolean endsSentence(String text) {
      char last = text.charAt(text.length() - 1);
      return ".?!…。？！".indexOf(last) >= 0
          && text.indexOf(' ') > 0
          && !text.endsWith("Jr.")
          && !text.endsWith("Sr.");
    }

    private LineHead named(
        Form form, @Nullable TimeMark lead, String name, String rest, String whole) {
      TimeMark tail = lead == null && digits ? tail(rest) : null;
      return new LineHead(form, lead, true, name, rest, whole, tail);
    }

    private static int colon(String turn, int limit) {
      for (int i = 1; i < limit; i++) {
        char c = turn.charAt(i);
        if (c == '：') {
          return i;
        }
        if (c == ':') {
          boolean spaced =
              i + 1 == turn.length()
                  || Character.isWhitespace(turn.charAt(i + 1))
                  || turn.charAt(i + 1) == '*'
                  || turn.charAt(i + 1) == '_';
          return spaced ? i : -1;
        }
        boolean end = c == '?' || c == '!' || c == ';' || c == '。';
        if (end) {
          return -1;
        }
      }
      return -1;
    }

    private @Nullable LineHead bracketName(String turn, String words, @Nullable TimeMark lead) {
      char open = turn.charAt(0);
      int kind = open < 0x80 && Character.isLetterOrDigit(open) ? -1 : "[<({【（［".indexOf(open);
      if (kind < 0) {
        return null;
      }
      if (open == '<' && (turn.length() < 2 || !isCapital(turn.charAt(1)))) {
        // Nicknames in chats.
        return null;
      }
      char close = "]>)}】）］".charAt(kind);
      int end = turn.indexOf(close);
      if (end < 0 || end > LONGEST_HEAD) {
        return null;
      }
      if (turn.startsWith("[[")) {
        end = turn.startsWith("]]", end) ? end + 1 : end;
      }
      String rest = turn.substring(end + 1).strip();
      String name = SpeakerName.of(turn.substring(0, end + 1));
      if (name == null || rest.startsWith("(")) {
        return null;
      }
      if (rest.startsWith(":") || rest.startsWith("：")) {
        return named(Form.COLON, lead, name, rest.substring(1).strip(), words);
      }
      return rest.isEmpty()
          ? new LineHead(Form.ALONE, lead, true, name, "", words, null)
          : named(Form.BRACKET, lead, name, rest, words);
    }

    /** {@code SPEAKER_01 Words} behind a time: no sentence begins with what tools call people. */
    private @Nullable LineHead labelName(String turn, String words, TimeMark lead) {
      boolean twice = turn.startsWith(LABEL) && turn.startsWith(LABEL_OF_TOOLS, LABEL.length());
      String label = twice ? turn.substring(LABEL.length()) : turn;
      int end = label.indexOf(' ');
      boolean is =
          end > LABEL.length()
              && label.regionMatches(true, 0, LABEL, 0, LABEL.length())
              && SpeakerName.isLabel(label.substring(0, end));
      return is
          ? named(
              Form.BRACKET, lead, label.substring(0, end), label.substring(end + 1).strip(), words)
          : null;
    }

    private static boolean isCapital(char c) {
      return Character.isLetter(c) && !Character.isLowerCase(c);
    }

    /** {@code Q. Words}, {@code MR. ASH. Words}, {@code Mr. ASH of Harbour. Words}. */
    private @Nullable LineHead stopName(String turn, String words, @Nullable TimeMark lead) {
      if (turn.length() > 3
          && (turn.charAt(0) == 'Q' || turn.charAt(0) == 'A')
          && (turn.startsWith(". ", 1) || turn.startsWith(".\t", 1) || turn.startsWith("  ", 1))) {
        return named(Form.STOP, lead, turn.substring(0, 1), turn.substring(2).strip(), words);
      }
      int limit = Math.min(turn.length() - 1, 60);
      if (!hasStop(turn, limit)) {
        return null;
      }
      boolean capitals = false;
      for (int i = 1; i < limit; i++) {
        char c = turn.charAt(i);
        if (c == '.' && Character.isWhitespace(turn.charAt(i + 1))) {
          int word = turn.lastIndexOf(' ', i) + 1;
          boolean abbreviated = i - word <= 3 && !isCapitals(turn, word, i);
          if (abbreviated) {
            continue;
          }
          String name =
              capitals || isCapitals(turn, word, i) ? SpeakerName.of(turn.substring(0, i)) : null;
          return name == null
              ? null
              : named(Form.STOP, lead, name, turn.substring(i + 1).strip(), words);
        }
        if (c == ' ') {
          int word = turn.lastIndexOf(' ', i - 1) + 1;
          capitals |= isCapitals(turn, word, i);
        }
        if (",:;?!".indexOf(c) >= 0) {
          return null;
        }
      }
      return null;
    }

    /** Whether a full stop that ends a word comes before any other mark. */
    private static boolean hasStop(String turn, int limit) {
      for (int i = 1; i < limit; i++) {
        char c = turn.charAt(i);
        if (c == '.' && Character.isWhitespace(turn.charAt(i + 1))) {
          return true;
        }
        if (c == ',' || c == ':' || c == ';' || c == '?' || c == '!') {
          return false;
        }
      }
      return false;
    }

    private static boolean isCapitals(String text, int from, int to) {
      int letters = 0;
      for (int i = from; i < to; i++) {
        char c = text.charAt(i);
        if (Character.isLowerCase(c)) {
          return false;
        }
        letters += Character.isUpperCase(c) ? 1 : 0;
      }
      return letters > 1;
    }

    /** The time at the end of a text. */
    static @Nullable TimeMark tail(String text) {
      int end = text.length();
      while (end > 0 && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == '.')) {
        end--;
      }
      if (end < 4) {
        return null;
      }
      char last = text.charAt(end - 1);
      boolean possible =
          Character.isDigit(last)
              || ")]}>#】）］*_`\u0015".indexOf(last) >= 0
              || Character.isLetter(last);
      if (!possible) {
        return null;
      }
      if (Character.isLetter(last) && !endsInUnit(text, end)) {
        return null;
      }
      boolean link = last == ')' || last == ']' || last == '>';
      int first = Math.max(0, end - (link ? 2_000 : LONGEST_TAIL));
      boolean words = Character.isLetter(last);
      for (int i = first; i < end; i++) {
        char c = text.charAt(i);
        if (!TAIL_STARTS.has(c) && (c < 0x80 || !Character.isDigit(c))) {
          continue;
        }
        boolean start =
            Character.isDigit(c)
                ? end - i <= LONGEST_TAIL && isOutside(i == 0 ? ' ' : text.charAt(i - 1))
                : !link || (c != '*' && c != '`' && c != '_');
        if (!start) {
          continue;
        }
        TimeMark mark = TimeMark.at(text, i);
        if (mark != null && mark.end() == end) {
          boolean apart = mark.enclosed() || isSeparated(text, i) || isBehindSentence(text, mark);
          return apart && !(words && !mark.enclosed() && !isSeparated(text, i)) ? mark : null;
        }
        if (mark != null && mark.enclosed()) {
          i = mark.end() - 1;
        }
      }
      return null;
    }

    /**
     * Whether a digit stands before the last letters, as in {@code 12 seconds} and {@code 9:30
     * p.m}.
     */
    private static boolean endsInUnit(String text, int end) {
      int at = end;
      while (at > 0 && end - at <= LONGEST_UNIT && Character.isLetter(text.charAt(at - 1))) {
        at--;
      }
      if (end - at == 1 && at > 1 && text.charAt(at - 1) == '.') {
        at -= 2;
      }
      boolean space =
          at > 0
              && (Character.isWhitespace(text.charAt(at - 1)) || text.charAt(at - 1) == '\u00A0');
      at -= space ? 1 : 0;
      return at > 0 && Character.isDigit(text.charAt(at - 1));
    }

    /** Whether a clock with its seconds stands behind a full stop. */
    private static boolean isBehindSentence(String text, TimeMark mark) {
      int from = mark.from();
      return from > 1
          && hasSeconds(text, mark)
          && text.charAt(from - 1) == ' '
          && ".?!…。".indexOf(text.charAt(from - 2)) >= 0;
    }

    private static boolean isOutside(char before) {
      return Character.isWhitespace(before)
          || before == ','
          || (before != '@' && BESIDE_TIMES.has(before));
    }

    /** Whether a dash, a bar, a tab or two spaces part a time at the end from the words. */
    private static boolean isSeparated(String text, int at) {
      if (at > 1 && (text.charAt(at - 1) == '\t' || text.startsWith("  ", at - 2))) {
        return true;
      }
      int before = at - 1;
      while (before >= 0 && text.charAt(before) == ' ') {
        before--;
      }
      return before > 0 && BESIDE_TIMES.has(text.charAt(before));
    }
  }

  private LineHead withRest(String newRest) {
    return new LineHead(
        form, lead, leadFirst, name, newRest, whole, bold, level, item, tail, digits);
  }

  /** The same line with a time at its end that stands on the next line. */
  public LineHead withTailBelow(TimeMark mark) {
    return new LineHead(
        form, lead, leadFirst, name, rest, whole, bold, level, item, mark.ofNoLength(), true);
  }

  /** The words without the time at their end. */
  public static String withoutTail(String words, TimeMark tail) {
    if (tail.from() == tail.end()) {
      return words;
    }
    // The mark was found in these words, or in words that end with them.
    int length = tail.end() - tail.from();
    int end = words.length();
    while (end > 0 && (words.charAt(end - 1) == ' ' || words.charAt(end - 1) == '.')) {
      end--;
    }
    int from = Math.max(0, end - length);
    while (from > 0
        && (Character.isWhitespace(words.charAt(from - 1))
            || words.charAt(from - 1) == '('
            || BESIDE_TIMES.has(words.charAt(from - 1)))) {
      from--;
    }
    String before = words.substring(0, from);
    String linked = tail.linkText();
    return linked.isEmpty() ? before : before + " " + linked;
  }
}
