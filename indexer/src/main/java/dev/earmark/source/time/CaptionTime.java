package dev.earmark.source.time;

import dev.earmark.model.Timestamp;

/**
 * Reads times as caption tools write them, in milliseconds.
 *
 * <p>Wider than {@link Timestamp#tryParse}, which reads what people type: a caption time may be
 * negative, take a full stop, a comma or a third colon before its fraction, stand in full-width
 * characters, and lack any digit that a stricter tool would pad.
 */
public final class CaptionTime {
  /**
   * The frames a second of a time code such as {@code 00:01:02:14} in a file that does not say: a
   * middle value, wrong by less than a tenth of a second for any rate in use.
   */
  private static final int ASSUMED_FRAME_RATE = 25;

  private static final int LONGEST = 32;

  private CaptionTime() {}

  /**
   * Reads a lone time such as {@code 01:02:03,456}, {@code 0:0:0.570}, {@code 7.38} or {@code
   * -00:00:01.000}; after three parts, a fourth is milliseconds if it has three digits, else
   * frames.
   *
   * @return milliseconds, negative before the recording; {@link Times#NONE} if it is no time
   */
  public static long parse(String text) {
    return parse(text, true);
  }

  /**
   * As {@link #parse}, but minutes and seconds that run past 59 behind a larger part are refused.
   */
  public static long parseInRange(String text) {
    return parse(text, false);
  }

  private static long parse(String text, boolean overflow) {
    String token = text.strip();
    if (token.isEmpty() || token.length() > LONGEST) {
      return Times.NONE;
    }
    token = narrowed(token);
    boolean negative = token.charAt(0) == '-';
    String digits = negative ? token.substring(1) : token;
    long millis = dropFrame(digits);
    millis = millis == Times.NONE ? clock(digits, overflow) : millis;
    return negative && millis != Times.NONE ? -millis : millis;
  }

  /**
   * A time code whose last mark is a semicolon, which says that frame numbers are dropped: then its
   * clock is right and its frames are 1001/30 ms long.
   */
  private static long dropFrame(String token) {
    int last = token.lastIndexOf(';');
    if (last < 0 || token.length() - last != 3) {
      return Times.NONE;
    }
    String clock = token.substring(0, last).replace(';', ':');
    char tens = token.charAt(last + 1);
    char ones = token.charAt(last + 2);
    if (clock.chars().filter(c -> c == ':').count() != 2 || !isDigit(tens) || !isDigit(ones)) {
      return Times.NONE;
    }
    long seconds = clock(clock, false);
    long frames = (tens - '0') * 10L + (ones - '0');
    return seconds == Times.NONE ? Times.NONE : seconds + frames * 1_001 / 30;
  }

  private static long clock(String token, boolean overflow) {
    long[] parts = new long[4];
    int[] digits = new int[4];
    int count = 0;
    int at = 0;
    int length = token.length();
    long fraction = 0;
    while (true) {
      int from = at;
      long value = 0;
      while (at < length && isDigit(token.charAt(at))) {
        value = value * 10 + (token.charAt(at++) - '0');
      }
      int width = at - from;
      if (width == 0 || width > 10 || count == 4) {
        return Times.NONE;
      }
      parts[count] = value;
      digits[count++] = width;
      if (at == length) {
        break;
      }
      char mark = token.charAt(at++);
      if (mark == '.' || mark == ',') {
        fraction = fraction(token, at);
        break;
      } else if (mark != ':') {
        return Times.NONE;
      }
    }
    if (fraction == Times.NONE || (count == 4 && fraction != 0)) {
      return Times.NONE;
    }
    if (count == 4) {
      count = 3;
      fraction = digits[3] == 3 ? parts[3] : parts[3] * 1_000 / ASSUMED_FRAME_RATE;
    }
    if (!overflow) {
      for (int i = 1; i < count; i++) {
        if (parts[i] > 59) {
          return Times.NONE;
        }
      }
    }
    long hours = count == 3 ? parts[0] : 0;
    long minutes = count >= 2 ? parts[count - 2] : 0;
    return Timestamp.ofClock(hours, minutes, parts[count - 1], fraction).millis();
  }

  /** The digits after a decimal mark in milliseconds, rounded down; none at all is zero. */
  private static long fraction(String token, int from) {
    long value = 0;
    int scale = 100;
    for (int i = from; i < token.length(); i++) {
      if (!isDigit(token.charAt(i))) {
        return Times.NONE;
      }
      value += (long) (token.charAt(i) - '0') * scale;
      scale /= 10;
    }
    return value;
  }

  public static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Full-width digits and punctuation, which East Asian input methods leave, as ASCII. */
  public static String narrowed(String text) {
    boolean wide = false;
    for (int i = 0; i < text.length() && !wide; i++) {
      wide = text.charAt(i) >= 0x80;
    }
    if (!wide) {
      return text;
    }
    StringBuilder narrow = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0xFF01 && c <= 0xFF5E) {
        narrow.append((char) (c - 0xFEE0));
      } else if (c == 0x3000) {
        narrow.append(' ');
      } else if (c == 0x2013 || c == 0x2014 || c == 0x2212) {
        narrow.append('-');
      } else {
        narrow.append(c);
      }
    }
    return narrow.toString();
  }
}
