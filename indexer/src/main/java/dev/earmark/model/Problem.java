package dev.earmark.model;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong with an input, where, and what was done about it.
 *
 * @param severity how much is lost
 * @param code a stable name for this kind of problem, such as {@code cue-ends-before-start}
 * @param source the file or address it was found in
 * @param line the line, counted from 1; 0 if no line applies
 * @param message what is wrong, naming the offending text
 * @param remedy what was done, or what would put it right; null if the message says it all
 */
public record Problem(
    Severity severity,
    String code,
    String source,
    int line,
    String message,
    @Nullable String remedy) {
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  /** How much a problem costs. */
  public enum Severity {
    /** Nothing of this input could be used. */
    ERROR,
    /** A part was dropped or had to be guessed. */
    WARNING,
    /** Repaired without loss. */
    NOTICE
  }

  /**
   * One line for a person: {@code talk.vtt:12: warning: … (…)}. What would steer a terminal, such
   * as a control character in the name of a file, is written as {@code U+0007}.
   */
  public String describe() {
    StringBuilder line1 = new StringBuilder(source);
    if (line > 0) {
      line1.append(':').append(line);
    }
    line1.append(": ").append(severity.name().toLowerCase(java.util.Locale.ROOT));
    line1.append(": ").append(message);
    if (remedy != null) {
      line1.append(" (").append(remedy).append(')');
    }
    return CONTROL
        .matcher(line1)
        .replaceAll(found -> "U+%04X".formatted(found.group().codePointAt(0)));
  }
}
