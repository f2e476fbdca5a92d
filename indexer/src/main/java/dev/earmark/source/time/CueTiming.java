package dev.earmark.source.time;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The start and end of a caption as one line gives them, in milliseconds.
 *
 * @param startMs may be negative
 * @param endMs may be negative or before the start
 * @param behind the text behind the times; empty if there is none, or settings only
 */
public record CueTiming(long startMs, long endMs, String behind) {
  /** Settings as WebVTT and SubRip write them, and what players add. */
  private static final Pattern SETTINGS =
      Pattern.compile("(?:[A-Za-z]{1,20}[0-9]?:[^ ]{1,40}[ \\t]*)+");

  public CueTiming(long startMs, long endMs) {
    this(startMs, endMs, "");
  }

  /** Longer lines are text: no tool writes so much behind two times. */
  private static final int LONGEST = 1_000;

  /**
   * Reads {@code 00:00:01,000 --> 00:00:02,000}, in the ways SubRip files have it: the arrow with
   * fewer dashes, with spaces in it or none about it; a cue number before, settings or noise after.
   */
  public static @Nullable CueTiming ofArrow(String line) {
    boolean arrow = line.indexOf('>') >= 0 || line.indexOf('\uFF1E') >= 0;
    if (!arrow || line.length() > LONGEST) {
      return null;
    }
    String narrow = CaptionTime.narrowed(line);
    int head = narrow.indexOf('>');
    int shaft = head - 1;
    while (shaft >= 0 && narrow.charAt(shaft) == ' ') {
      shaft--;
    }
    if (shaft < 0 || narrow.charAt(shaft) != '-') {
      return null;
    }
    while (shaft >= 0 && (narrow.charAt(shaft) == '-' || narrow.charAt(shaft) == ' ')) {
      shaft--;
    }
    String before = narrow.substring(0, shaft + 1).strip();
    String after = narrow.substring(head + 1).strip();
    int numberEnd = Math.max(before.lastIndexOf(' '), before.lastIndexOf('\t'));
    if (numberEnd >= 0 && !isNumber(before.substring(0, numberEnd))) {
      return null;
    }
    long start = CaptionTime.parse(before.substring(numberEnd + 1));
    int endOfTimes = tokenEnd(after);
    long end = CaptionTime.parse(after.substring(0, endOfTimes));
    if (start == Times.NONE || end == Times.NONE) {
      return null;
    }
    // Narrowing keeps the length, so the text is taken as it was written.
    String rest = line.strip();
    int behind = rest.length() - (after.length() - endOfTimes);
    rest = rest.substring(Math.max(0, Math.min(rest.length(), behind))).strip();
    boolean isText =
        !rest.isEmpty()
            && rest.chars().anyMatch(Character::isLetter)
            && !SETTINGS.matcher(rest).matches();
    return new CueTiming(start, end, isText ? rest : "");
  }

  /**
   * Reads {@code 0:00:01.000,0:00:02.000}, whatever mark is used for the fraction and between the
   * two; both times have hours, and nothing else is on the line.
   */
  public static @Nullable CueTiming ofPair(String line) {
    String pair = line.strip();
    if (pair.length() > 64) {
      return null;
    }
    int middle = clockEnd(pair, 0);
    if (middle < 0 || middle >= pair.length() || ",.;\t ".indexOf(pair.charAt(middle)) < 0) {
      return null;
    }
    int second = middle + 1;
    while (second < pair.length() && pair.charAt(second) == ' ') {
      second++;
    }
    if (clockEnd(pair, second) != pair.length()) {
      return null;
    }
    long start = CaptionTime.parse(pair.substring(0, middle));
    long end = CaptionTime.parse(pair.substring(second));
    return start == Times.NONE || end == Times.NONE ? null : new CueTiming(start, end);
  }

  /** What stands between two times, blanks with it, is never longer: an arrow as HTML writes it. */
  private static final int LONGEST_BETWEEN = 10;

  /**
   * Reads a line of nothing but two times with hours and a fraction, whatever stands between them:
   * {@code 00:00:01,000 → 00:00:02,000}, an arrow escaped for HTML, a dash; also in brackets.
   */
  public static @Nullable CueTiming ofTwoClocks(String line) {
    String pair = line.strip();
    if (pair.startsWith("[") && pair.endsWith("]")) {
      pair = pair.substring(1, pair.length() - 1).strip();
    }
    int middle = pair.length() > 64 ? -1 : clockEnd(pair, 0);
    if (middle < 0) {
      return null;
    }
    int second = middle;
    while (second < pair.length() && !CaptionTime.isDigit(pair.charAt(second))) {
      second++;
    }
    if (second == middle
        || second - middle > LONGEST_BETWEEN
        || clockEnd(pair, second) != pair.length()) {
      return null;
    }
    long start = CaptionTime.parse(pair.substring(0, middle));
    long end = CaptionTime.parse(pair.substring(second));
    return start == Times.NONE || end == Times.NONE ? null : new CueTiming(start, end);
  }

  /** Where {@code h:mm:ss.fff} that starts at a character ends; -1 if it does not stand there. */
  private static int clockEnd(String text, int from) {
    int at = from;
    for (int part = 0; part < 4; part++) {
      int digits = at;
      while (at < text.length() && CaptionTime.isDigit(text.charAt(at))) {
        at++;
      }
      if (at == digits) {
        return -1;
      }
      if (part < 3) {
        if (at == text.length() || (part < 2 ? ":" : ".,:").indexOf(text.charAt(at)) < 0) {
          return -1;
        }
        at++;
      }
    }
    return at;
  }

  private static int tokenEnd(String text) {
    int end = 0;
    while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Whether a line is a cue number; minus signs and {@code 7.7} occur in the wild. */
  public static boolean isNumber(String line) {
    String number = line.strip();
    int from = number.startsWith("-") ? 1 : 0;
    if (number.length() == from || number.length() > 24) {
      return false;
    }
    boolean point = false;
    for (int i = from; i < number.length(); i++) {
      char c = number.charAt(i);
      if (c == '.' && !point && i > from && i + 1 < number.length()) {
        point = true;
      } else if (!CaptionTime.isDigit(c)) {
        return false;
      }
    }
    return true;
  }
}
