package dev.earmark.source.head;

import dev.earmark.model.Timestamp;
import dev.earmark.source.syntax.CharacterSet;
import dev.earmark.source.time.Stamp;
import dev.earmark.source.time.TimeMark;
import dev.earmark.source.time.Times;
import org.jspecify.annotations.Nullable;

/**
 * A line of a list that gives a time and what comes there: {@code 0:00 Intro}, {@code (12:34)
 * Topic}, {@code - 01:02:03 – Topic}, {@code * **[00:34](#t=00:34)** Topic}.
 *
 * @param startMs the time
 * @param endMs the end, as in {@code 0:00 - 2:13 Intro}; else {@link Times#NONE}
 * @param title what comes there, markup and all; empty if the line gives only a time
 * @param bold whether the time is in bold or a link, as in show notes
 * @param subtitle whether the time is written as subtitle files write it
 */
public record StampedLine(long startMs, long endMs, String title, boolean bold, boolean subtitle) {

  private static final CharacterSet BULLETS = CharacterSet.of("-*+\u2022\u25CF\u00B7");
  private static final CharacterSet SEPARATORS =
      CharacterSet.of("-\u2013\u2014:|\u00B7~\u00BB\u203A\u2192\u21D2");

  /** The same time with another title. */
  public StampedLine withTitle(String newTitle) {
    return new StampedLine(startMs, endMs, newTitle, bold, subtitle);
  }

  /** The time and title in a line, or null if it has none at its beginning. */
  public static @Nullable StampedLine of(String written) {
    int first = skipSpaces(written, 0);
    if (first < written.length()
        && isPlainLetter(written.charAt(first))
        && skipChapterNumber(written, first) == first) {
      // So most lines begin, and no time does.
      return null;
    }
    String line = LineHead.withoutDirection(written);
    int at = skipMarker(line);
    at = skipChapterNumber(line, at);
    boolean bold = line.startsWith("**", at);
    at += bold ? 2 : 0;
    Stamp stamp = Stamp.at(line, at, Stamp.FourParts.FRAMES);
    if (stamp == null || stamp.beforeStart()) {
      return null;
    }
    at = stamp.end();
    long startMs = stamp.millis();
    if (stamp.bracketed() && line.startsWith("(", at)) {
      int close = line.indexOf(')', at);
      if (close < 0 || close - at > 200) {
        return null;
      }
      startMs = linkedTime(line.substring(at + 1, close), startMs);
      at = close + 1;
      bold = true;
    }
    if (bold && line.startsWith("**", at)) {
      at += 2;
    }
    boolean subtitle =
        line.startsWith(" -->", at)
            || (stamp.bracketed() && stamp.fraction() == 2 && !line.startsWith(" ", at))
            || (stamp.fraction() == 3 && line.startsWith(",", at));
    long endMs = Times.NONE;
    int rest = skipSeparators(line, at);
    Stamp end = rest == at ? null : Stamp.at(line, rest, Stamp.FourParts.FRAMES);
    if (end != null && end.millis() >= startMs) {
      endMs = end.millis();
      rest = skipSeparators(line, end.end());
    }
    boolean apart = rest > at || at == line.length() || stamp.bracketed() || bold;
    return apart
        ? new StampedLine(startMs, endMs, line.substring(rest).strip(), bold, subtitle)
        : null;
  }

  private static final String[] CHAPTERS = {
    "chapter ", "kapitel ", "chapitre ", "capítulo ", "capitolo ", "hoofdstuk ", "part ", "teil "
  };

  private static final CharacterSet CHAPTER_INITIALS = CharacterSet.of("ckhptCKHPT");

  /** The first character behind {@code Chapter 1:} and the like; the same if there is none. */
  private static int skipChapterNumber(String line, int from) {
    if (from >= line.length() || !CHAPTER_INITIALS.has(line.charAt(from))) {
      return from;
    }
    for (String chapter : CHAPTERS) {
      if (line.regionMatches(true, from, chapter, 0, chapter.length())) {
        int number = from + chapter.length();
        int end = number;
        while (end < line.length() && end - number < 3 && Character.isDigit(line.charAt(end))) {
          end++;
        }
        int behind = skipSeparators(line, end);
        return end > number && behind > end ? behind : from;
      }
    }
    return from;
  }

  private static boolean isPlainLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** The title and time of a line whose time stands behind: {@code Intro (0:00)}; null if none. */
  public static @Nullable StampedLine ofEnd(LineHead head) {
    TimeMark lead = head.lead();
    if (lead != null && !head.leadFirst() && head.form() == LineHead.Form.ALONE) {
      return new StampedLine(lead.startMs(), lead.endMs(), head.whole(), false, false);
    }
    TimeMark tail = head.tail();
    return tail == null
        ? null
        : new StampedLine(
            tail.startMs(), tail.endMs(), LineHead.withoutTail(head.whole(), tail), false, false);
  }

  /**
   * The time that a link leads to, as in {@code #t=00:34}: it is the one that works, where the text
   * of the link counts frames.
   */
  private static long linkedTime(String address, long shownMs) {
    int t = Math.max(address.lastIndexOf("#t="), address.lastIndexOf("&t="));
    t = Math.max(t, address.lastIndexOf("?t="));
    if (t < 0) {
      return shownMs;
    }
    int end = address.indexOf('&', t + 1);
    String time = address.substring(t + 3, end < 0 ? address.length() : end);
    return Timestamp.tryParse(time).map(Timestamp::millis).orElse(shownMs);
  }

  /** The first character after the indent and a list marker or number. */
  private static int skipMarker(String line) {
    int at = skipSpaces(line, 0);
    if (at + 1 < line.length() && BULLETS.has(line.charAt(at)) && line.charAt(at + 1) == ' ') {
      return skipSpaces(line, at + 1);
    }
    int digits = at;
    while (digits < line.length() && digits - at < 3 && Character.isDigit(line.charAt(digits))) {
      digits++;
    }
    if (digits > at
        && digits + 1 < line.length()
        && (line.charAt(digits) == '.' || line.charAt(digits) == ')')
        && line.charAt(digits + 1) == ' ') {
      return skipSpaces(line, digits + 1);
    }
    return at;
  }

  private static int skipSpaces(String line, int from) {
    int at = from;
    while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int skipSeparators(String line, int from) {
    int at = from;
    while (at < line.length()
        && (Character.isWhitespace(line.charAt(at)) || SEPARATORS.has(line.charAt(at)))) {
      at++;
    }
    return at;
  }
}
