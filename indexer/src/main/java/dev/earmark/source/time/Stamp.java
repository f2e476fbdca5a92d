package dev.earmark.source.time;

import dev.earmark.model.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * A time of day of the recording as it stands in running text: {@code 04:33}, {@code [1:04:33]},
 * {@code (00:12:34.5)}, {@code \[04:33\]} with the escapes that Markdown asks for.
 *
 * @param millis when; 0 if it lies before the start
 * @param beforeStart whether it is written with a minus sign
 * @param bracketed whether it stands in brackets
 * @param fraction how many digits follow the seconds
 * @param end the character after it
 */
public record Stamp(long millis, boolean beforeStart, boolean bracketed, int fraction, int end) {

  /** What four numbers with colons between them mean. */
  public enum FourParts {
    /** Hours, minutes, seconds and the frame, which is dropped. */
    FRAMES,
    /** Days, hours, minutes, seconds. */
    DAYS
  }

  /** This stamp with the marks after it. */
  public Stamp withEnd(int newEnd) {
    return new Stamp(millis, beforeStart, bracketed, fraction, newEnd);
  }

  /** The stamp at this place in a line, or null. */
  public static @Nullable Stamp at(String line, int from, FourParts fourParts) {
    int at = from;
    char close = 0;
    at = skipBackslashes(line, at);
    if (at < line.length() && (line.charAt(at) == '[' || line.charAt(at) == '(')) {
      close = line.charAt(at) == '[' ? ']' : ')';
      at = skipBackslashes(line, at + 1);
    } else if (at > from) {
      return null;
    }
    boolean minus = close != 0 && at < line.length() && line.charAt(at) == '-';
    at += minus ? 1 : 0;
    long[] parts = new long[4];
    int count = 0;
    while (count < 4) {
      int digits = at;
      long value = 0;
      while (at < line.length() && isDigit(line.charAt(at)) && at - digits < 4) {
        value = value * 10 + (line.charAt(at++) - '0');
      }
      int width = at - digits;
      if (width == 0 || width > (count == 0 ? 3 : 2) || (count > 0 && value > 59 && count < 3)) {
        return null;
      }
      parts[count++] = value;
      boolean more =
          at + 1 < line.length() && line.charAt(at) == ':' && isDigit(line.charAt(at + 1));
      if (!more) {
        break;
      }
      at += count < 4 ? 1 : 0;
    }
    if (count < 2) {
      return null;
    }
    int point = at;
    int fraction = 0;
    if (at + 1 < line.length()
        && (line.charAt(at) == '.' || line.charAt(at) == ',')
        && isDigit(line.charAt(at + 1))) {
      at++;
      while (at < line.length() && isDigit(line.charAt(at)) && fraction < 6) {
        at++;
        fraction++;
      }
    }
    if (at < line.length() && Character.isLetterOrDigit(line.charAt(at))) {
      return null;
    }
    int end = at;
    if (close != 0) {
      end = skipBackslashes(line, end);
      if (end >= line.length() || line.charAt(end) != close) {
        return null;
      }
      end++;
    }
    long millis = millis(parts, count, fourParts, line.substring(point, at));
    return new Stamp(minus ? 0 : millis, minus, close != 0, fraction, end);
  }

  private static long millis(long[] parts, int count, FourParts fourParts, String fraction) {
    long millis = 0;
    if (!fraction.isEmpty()) {
      millis = Timestamp.parse("0" + fraction.replace(',', '.')).millis();
    }
    if (count == 2) {
      return Timestamp.ofClock(0, parts[0], parts[1], millis).millis();
    }
    if (count == 4 && fourParts == FourParts.DAYS) {
      return Timestamp.ofClock(parts[0] * 24 + parts[1], parts[2], parts[3], millis).millis();
    }
    return Timestamp.ofClock(parts[0], parts[1], parts[2], millis).millis();
  }

  private static int skipBackslashes(String line, int from) {
    int at = from;
    while (at < line.length() && line.charAt(at) == '\\') {
      at++;
    }
    return at;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
