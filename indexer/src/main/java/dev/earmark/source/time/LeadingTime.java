package dev.earmark.source.time;

import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The time at the start of a line, and the rest of the line: {@code 13:55 · title}, {@code [13:55]
 * text}, {@code [13:55, 10 years] text}, {@code 13:55–14:20 text}.
 *
 * <p>Only a clock counts as a time here: a line may well begin with a number.
 *
 * @param start when
 * @param end until when; null if the line does not say, or says a time before the start
 * @param note what stands behind the time in the same brackets; null if nothing does
 * @param rest what follows, without the separator
 */
public record LeadingTime(
    Timestamp start, @Nullable Timestamp end, @Nullable String note, String rest) {

  private static final int LONGEST_BRACKET = 200;
  private static final String SEPARATORS = "·|-–—:•→,";

  public static Optional<LeadingTime> of(String line) {
    if (line.isEmpty()) {
      return Optional.empty();
    }
    char first = line.charAt(0);
    if (first != '[' && first != '(') {
      return bare(line);
    }
    int close = line.indexOf(first == '[' ? ']' : ')');
    if (close < 0 || close > LONGEST_BRACKET) {
      return Optional.empty();
    }
    String inside = line.substring(1, close).strip();
    return bare(inside)
        .map(time ->
            new LeadingTime(
                time.start, time.end, note(time.rest), afterSeparator(line.substring(close + 1))));
  }

  private static @Nullable String note(String text) {
    return text.isBlank() ? null : text.strip();
  }

  private static Optional<LeadingTime> bare(String line) {
    int end = endOfClock(line, 0);
    Optional<Timestamp> start = clock(line, 0, end);
    if (start.isEmpty()) {
      return Optional.empty();
    }
    int at = skipSpace(line, end);
    if (at < line.length() && "-–—→".indexOf(line.charAt(at)) >= 0) {
      int from = skipSpace(line, at + 1);
      int to = endOfClock(line, from);
      Optional<Timestamp> until = clock(line, from, to);
      if (until.isPresent()) {
        Timestamp last = until.get().compareTo(start.get()) < 0 ? null : until.get();
        return Optional.of(
            new LeadingTime(start.get(), last, null, afterSeparator(line.substring(to))));
      }
    }
    return Optional.of(
        new LeadingTime(start.get(), null, null, afterSeparator(line.substring(end))));
  }

  private static int skipSpace(String line, int from) {
    int at = from;
    while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int endOfClock(String line, int from) {
    int at = from;
    while (at < line.length()
        && at - from < 20
        && ((line.charAt(at) >= '0' && line.charAt(at) <= '9') || line.charAt(at) == ':')) {
      at++;
    }
    int fraction = at;
    if (at + 1 < line.length()
        && line.charAt(at) == '.'
        && Character.isDigit(line.charAt(at + 1))) {
      fraction++;
      while (fraction < line.length()
          && fraction - at < 8
          && Character.isDigit(line.charAt(fraction))) {
        fraction++;
      }
    }
    return fraction;
  }

  private static Optional<Timestamp> clock(String line, int from, int to) {
    String text = line.substring(from, to);
    boolean goesOn = to < line.length() && Character.isLetterOrDigit(line.charAt(to));
    return goesOn || text.indexOf(':') < 1 ? Optional.empty() : Timestamp.tryParse(text);
  }

  private static String afterSeparator(String text) {
    String rest = text.strip();
    if (!rest.isEmpty() && SEPARATORS.indexOf(rest.charAt(0)) >= 0) {
      boolean sign = rest.charAt(0) == '-' && rest.length() > 1 && isDigit(rest.charAt(1));
      return sign ? rest : rest.substring(1).strip();
    }
    return rest;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** The stretch; of unknown length if the line names no end. */
  public TimeSpan span() {
    return new TimeSpan(start, end);
  }
}
