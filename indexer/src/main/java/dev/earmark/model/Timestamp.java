package dev.earmark.model;

import java.util.Locale;
import java.util.Optional;

/**
 * An instant in a recording: milliseconds from its start, never negative.
 *
 * <p>People write the same instant in many ways; {@link #tryParse} reads them all, and it is the
 * only place in the code that multiplies by sixty or a thousand:
 *
 * <ul>
 *   <li>clock: {@code 13:55}, {@code 96:40} (minutes may run past 59), {@code 1:20:16}, {@code
 *       01:20:16.250}, {@code 00:01,5}; with days {@code 1:02:03:04}, with a colon before three
 *       digits of milliseconds {@code 01:02:03:050}
 *   <li>seconds: {@code 835}, {@code 835.2}, {@code 835s}
 *   <li>units: {@code 13m55s}, {@code 1h2m}, {@code 250ms}, {@code 3 hours, 11 minutes}
 * </ul>
 */
public record Timestamp(long millis) implements Comparable<Timestamp> {

  /** The start of the recording. */
  public static final Timestamp ZERO = new Timestamp(0);

  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  /**
   * A million hours, about 114 years: past any recording, all that six digits of hours can say, and
   * far from overflow when times are added.
   */
  private static final long MAX = 1_000_000 * HOUR;

  public Timestamp {
    if (millis < 0 || millis > MAX) {
      throw new IllegalArgumentException(
          "a time must be between 0 and " + MAX + " milliseconds, got " + millis);
    }
  }

  /**
   * The instant {@code millis} milliseconds in; values out of range are moved to the nearest end.
   */
  public static Timestamp clamped(long millis) {
    return new Timestamp(Math.max(0, Math.min(MAX, millis)));
  }

  /** The instant {@code seconds} seconds in, rounded to the millisecond and clamped as above. */
  public static Timestamp ofSeconds(double seconds) {
    return clamped(Math.round(seconds * SECOND));
  }

  /** The instant of a clock reading; parts may exceed their usual range, as in {@code 96:40}. */
  public static Timestamp ofClock(long hours, long minutes, long seconds, long millis) {
    return clamped(hours * HOUR + minutes * MINUTE + seconds * SECOND + millis);
  }

  /**
   * Reads a time as people write it, or nothing if the text is no time.
   *
   * <p>A lone number is seconds. Surrounding white space is ignored; a sign, a stray character or
   * an empty part makes it no time.
   */
  public static Optional<Timestamp> tryParse(String text) {
    String trimmed = text.strip();
    if (trimmed.isEmpty() || trimmed.length() > 40) {
      return Optional.empty();
    }
    long millis = trimmed.indexOf(':') >= 0 ? clockMillis(trimmed) : unitMillis(trimmed);
    return millis < 0 || millis > MAX ? Optional.empty() : Optional.of(new Timestamp(millis));
  }

  /**
   * Reads a time as people write it.
   *
   * @throws IllegalArgumentException naming the text if it is no time
   */
  public static Timestamp parse(String text) {
    return tryParse(text)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "\"" + text + "\" is not a time; write 13:55, 1:20:16, 835 or 13m55s"));
  }

  private static long clockMillis(String text) {
    int end = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
    int colon = text.lastIndexOf(':');
    long millis = 0;
    boolean hasPoint = end >= 0;
    if (end > colon) {
      millis = fractionMillis(text.substring(end + 1));
    } else {
      end = text.length();
    }
    int parts = 1;
    for (int i = text.indexOf(':'); i >= 0 && i < end; i = text.indexOf(':', i + 1)) {
      parts++;
    }
    if (parts == 4 && end - colon == 4 && !hasPoint) {
      millis = digits(text, colon + 1, end);
      end = colon;
      parts--;
    }
    if (millis < 0 || parts > 4) {
      return -1;
    }
    long sum = millis;
    long unit = SECOND;
    for (int i = 0; i < parts; i++) {
      int from = text.lastIndexOf(':', end - 1) + 1;
      long value = digits(text, from, end);
      if (value < 0) {
        return -1;
      }
      sum += value * unit;
      unit = unit == SECOND ? MINUTE : unit == MINUTE ? HOUR : DAY;
      end = from - 1;
    }
    return sum;
  }

  private static long unitMillis(String text) {
    long sum = 0;
    int at = 0;
    boolean anyUnit = false;
    while (at < text.length()) {
      int from = at;
      while (at < text.length() && isDigit(text.charAt(at))) {
        at++;
      }
      long whole = digits(text, from, at);
      long fraction = 0;
      if (at + 1 < text.length()
          && (text.charAt(at) == '.' || text.charAt(at) == ',')
          && isDigit(text.charAt(at + 1))) {
        int dot = ++at;
        while (at < text.length() && isDigit(text.charAt(at))) {
          at++;
        }
        fraction = fractionMillis(text.substring(dot, at));
      }
      int unitFrom = at;
      while (at < text.length() && !isDigit(text.charAt(at))) {
        at++;
      }
      String unitName =
          at == unitFrom ? "" : unitName(text.substring(unitFrom, at), at == text.length());
      long unit =
          switch (unitName) {
            case "" -> anyUnit ? -1 : SECOND;
            case "d", "day", "days" -> DAY;
            case "h", "hr", "hrs", "hour", "hours" -> HOUR;
            case "m", "min", "mins", "minute", "minutes" -> MINUTE;
            case "s", "sec", "secs", "second", "seconds" -> SECOND;
            case "ms" -> 1;
            default -> -1;
          };
      if (whole < 0 || fraction < 0 || unit < 0) {
        return -1;
      }
      anyUnit = true;
      sum += whole * unit + fraction * unit / SECOND;
    }
    return sum;
  }

  /** A unit without the space about it and the comma that may part it from the next. */
  private static String unitName(String written, boolean last) {
    String name = written.strip();
    if (!last && name.length() > 1 && name.endsWith(",")) {
      name = name.substring(0, name.length() - 1).strip();
    }
    return name.toLowerCase(Locale.ROOT);
  }

  /** The fraction after a decimal mark in milliseconds: {@code 5} is 500, {@code 12345} is 123. */
  private static long fractionMillis(String fraction) {
    long value = digits(fraction.length() > 3 ? fraction.substring(0, 3) : fraction);
    if (value < 0 || (fraction.length() > 3 && digits(fraction.substring(3)) < 0)) {
      return -1;
    }
    for (int i = fraction.length(); i < 3; i++) {
      value *= 10;
    }
    return value;
  }

  private static long digits(String text) {
    return digits(text, 0, text.length());
  }

  private static long digits(String text, int from, int to) {
    if (from >= to || to - from > 10) {
      return -1;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      if (!isDigit(text.charAt(i))) {
        return -1;
      }
      value = value * 10 + (text.charAt(i) - '0');
    }
    return value;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Whole seconds, rounded down: what a {@code t=} parameter carries. */
  public long wholeSeconds() {
    return millis / SECOND;
  }

  /** As a person reads it: {@code 0:07}, {@code 21:25}, {@code 1:20:16}. */
  public String clock() {
    long hours = millis / HOUR;
    long minutes = millis / MINUTE % 60;
    long seconds = millis / SECOND % 60;
    StringBuilder text = new StringBuilder(8);
    if (hours > 0) {
      text.append(hours).append(':');
    }
    padded(text, minutes, hours > 0 ? 2 : 1).append(':');
    return padded(text, seconds, 2).toString();
  }

  /** As WebVTT writes it: {@code 01:20:16.250} (W3C WebVTT, section 4.1). */
  public String webVtt() {
    return full('.');
  }

  /** As SubRip writes it: {@code 01:20:16,250}. */
  public String subRip() {
    return full(',');
  }

  private String full(char decimalMark) {
    StringBuilder text = new StringBuilder(12);
    padded(text, millis / HOUR, 2).append(':');
    padded(text, millis / MINUTE % 60, 2).append(':');
    padded(text, millis / SECOND % 60, 2).append(decimalMark);
    return padded(text, millis % SECOND, 3).toString();
  }

  private static StringBuilder padded(StringBuilder text, long number, int width) {
    String digits = Long.toString(number);
    return text.repeat('0', Math.max(0, width - digits.length())).append(digits);
  }

  /** Seconds with as few decimals as say it exactly: {@code 835}, {@code 835.2}. */
  public String seconds() {
    if (millis % SECOND == 0) {
      return Long.toString(millis / SECOND);
    }
    StringBuilder text = new StringBuilder(12).append(millis / SECOND).append('.');
    padded(text, millis % SECOND, 3);
    int end = text.length();
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    return text.substring(0, end);
  }

  @Override
  public int compareTo(Timestamp other) {
    return Long.compare(millis, other.millis);
  }

  @Override
  public String toString() {
    return clock();
  }
}
