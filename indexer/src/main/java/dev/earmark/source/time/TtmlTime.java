package dev.earmark.source.time;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the time expressions of TTML (W3C TTML1, section 10.3.1) in milliseconds.
 *
 * <p>A clock time is {@code 01:02:03}, with a fraction or with frames; {@code 03:45.702} occurs
 * too. An offset is a number with {@code h}, {@code m}, {@code s}, {@code ms}, {@code f} or {@code
 * t}; without any it is taken for seconds.
 *
 * <p>Where the time base is {@code smpte}, a clock time counts frames: at 29.97 a second, {@code
 * 01:00:00:00} is 3.6 s after the hour unless frame numbers are dropped.
 *
 * @param frameRate nominal frames a second
 * @param numerator of the frame rate multiplier
 * @param denominator of the frame rate multiplier
 * @param tickRate ticks a second
 * @param countsFrames whether clock times are counts of frames at the nominal rate
 * @param dropsFrames whether two frame numbers are left out each minute but the tenth
 */
public record TtmlTime(
    int frameRate,
    int numerator,
    int denominator,
    int tickRate,
    boolean countsFrames,
    boolean dropsFrames) {

  /** The rates of a document that names none. */
  public static final TtmlTime DEFAULT = new TtmlTime(30, 1, 1, 1, false, false);

  private static final long LONGEST = 32;
  private static final int HIGHEST_RATE = 1_000_000_000;

  /** The rates that a document's attributes name; what makes no sense counts as not named. */
  public static TtmlTime of(
      @Nullable String frameRate,
      @Nullable String multiplier,
      @Nullable String tickRate,
      @Nullable String timeBase,
      @Nullable String dropMode) {
    int frames = rate(frameRate, DEFAULT.frameRate);
    int[] factor = {1, 1};
    String[] parts = multiplier == null ? new String[0] : multiplier.strip().split("[ :]+");
    if (parts.length == 2) {
      factor[0] = rate(parts[0], 1);
      factor[1] = rate(parts[1], 1);
    }
    // Section 6.2.11: without a tick rate, a tick is a frame if frames are named, else a second.
    int ticks = rate(tickRate, frameRate == null ? 1 : frames);
    boolean drops = "dropNTSC".equals(dropMode);
    return new TtmlTime(frames, factor[0], factor[1], ticks, "smpte".equals(timeBase), drops);
  }

  private static int rate(@Nullable String text, int otherwise) {
    if (text == null) {
      return otherwise;
    }
    String digits = text.strip();
    if (digits.isEmpty() || digits.length() > 9) {
      return otherwise;
    }
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      if (!CaptionTime.isDigit(digits.charAt(i))) {
        return otherwise;
      }
      value = value * 10 + (digits.charAt(i) - '0');
    }
    return value == 0 || value > HIGHEST_RATE ? otherwise : (int) value;
  }

  /** A time expression in milliseconds, or {@link Times#NONE}. */
  public long parse(String expression) {
    String text = expression.strip();
    if (text.isEmpty() || text.length() > LONGEST) {
      return Times.NONE;
    }
    double millis = text.indexOf(':') >= 0 ? clock(text) : offset(text);
    return Double.isNaN(millis) || millis > 1e15 ? Times.NONE : Math.round(millis);
  }

  private double clock(String text) {
    String[] parts = text.replace(',', '.').split(":", -1);
    if (parts.length < 2 || parts.length > 4) {
      return Double.NaN;
    }
    boolean withFrames = parts.length == 4;
    int last = withFrames ? 2 : parts.length - 1;
    double seconds = number(parts[last], !withFrames);
    double minutes = number(parts[last - 1], false);
    double hours = last == 2 ? number(parts[0], false) : 0;
    if (last == 2 && (minutes > 59 || seconds >= 61)) {
      return Double.NaN;
    }
    double clock = (hours * 3_600 + minutes * 60 + seconds) * 1_000;
    if (!withFrames) {
      return clock;
    }
    double frames = parts[3].length() < 2 ? Double.NaN : number(parts[3], false);
    if (parts[3].length() == 3 && frames >= frameRate) {
      return clock + frames;
    }
    double frameMillis = 1_000.0 * denominator / ((double) frameRate * numerator);
    if (!countsFrames) {
      return clock + frames * frameMillis;
    }
    double count = clock / 1_000 * frameRate + frames;
    if (dropsFrames) {
      double minute = hours * 60 + minutes;
      count -= 2 * (minute - Math.floor(minute / 10));
    }
    return count * frameMillis;
  }

  private double offset(String text) {
    int end = 0;
    while (end < text.length()
        && (CaptionTime.isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
      end++;
    }
    double value = number(text.substring(0, end), true);
    return switch (text.substring(end).toLowerCase(Locale.ROOT)) {
      case "h" -> value * 3_600_000;
      case "m" -> value * 60_000;
      case "s", "" -> value * 1_000;
      case "ms" -> value;
      case "f" -> value * 1_000 * denominator / ((double) frameRate * numerator);
      case "t" -> value * 1_000 / tickRate;
      default -> Double.NaN;
    };
  }

  private static double number(String text, boolean fraction) {
    boolean point = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' && fraction && !point && i > 0) {
        point = true;
      } else if (!CaptionTime.isDigit(c)) {
        return Double.NaN;
      }
    }
    return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
  }
}
