package dev.earmark.source.syntax;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earmark.model.Timestamp;
import dev.earmark.source.time.Times;
import org.jspecify.annotations.Nullable;

/** Reads times and texts out of JSON, however a program wrote them. */
public final class JsonValues {
  private JsonValues() {}

  /**
   * A time in seconds, as a number ({@code 7.6}), a text ({@code "7.6"}, {@code "7.600s"}, {@code
   * "00:00:07.600"}, {@code "PT7.6S"}) or an object with {@code seconds} and {@code nanos}; in
   * milliseconds, or {@link Times#NONE}. Times before the start are negative.
   */
  public static long seconds(JsonNode value) {
    if (value.isNumber()) {
      return fromSeconds(value.doubleValue());
    }
    if (value.isTextual()) {
      return fromText(value.textValue());
    }
    if (value.isObject() && (value.has("seconds") || value.has("nanos"))) {
      // Protocol Buffers leave a zero out of JSON.
      double whole = value.has("seconds") ? fromNumber(value.path("seconds")) : 0;
      double nanos = value.has("nanos") ? fromNumber(value.path("nanos")) : 0;
      return fromSeconds(whole + nanos / 1e9);
    }
    return Times.NONE;
  }

  /** A time in milliseconds, as a number or a text of one; or {@link Times#NONE}. */
  public static long millis(JsonNode value) {
    double millis = fromNumber(value);
    return Double.isNaN(millis) ? Times.NONE : fromSeconds(millis / 1e3);
  }

  /** A time in ticks of 100 nanoseconds; in milliseconds, or {@link Times#NONE}. */
  public static long ticks(JsonNode value) {
    double ticks = fromNumber(value);
    return Double.isNaN(ticks) ? Times.NONE : fromSeconds(ticks / 1e7);
  }

  /** A number, or a text that holds nothing else; NaN if it is neither. */
  public static double fromNumber(JsonNode value) {
    if (value.isNumber()) {
      return value.doubleValue();
    }
    if (value.isTextual() && value.textValue().length() < 40) {
      try {
        return Double.parseDouble(value.textValue().strip());
      } catch (NumberFormatException notANumber) {
        return Double.NaN;
      }
    }
    return Double.NaN;
  }

  /**
   * A number of seconds in milliseconds; {@link Times#NONE} if it is none or past any recording.
   */
  public static long fromSeconds(double seconds) {
    if (Double.isNaN(seconds)) {
      return Times.NONE;
    }
    double positive = Math.abs(seconds);
    long millis = Timestamp.ofSeconds(positive).millis();
    // A time past all recordings was clamped; it is no time at all.
    if (positive > millis / 1e3 + 1) {
      return Times.NONE;
    }
    return seconds < 0 ? -millis : millis;
  }

  /** A time written as text, as {@link #seconds} reads it. */
  public static long fromText(String text) {
    String clock = text.strip();
    if (clock.regionMatches(true, 0, "PT", 0, 2)) {
      clock = clock.substring(2);
    }
    if (clock.startsWith("-")) {
      return Timestamp.tryParse(clock.substring(1)).map(time -> -time.millis()).orElse(Times.NONE);
    }
    return Timestamp.tryParse(clock).map(Timestamp::millis).orElse(Times.NONE);
  }

  /** The first of these members that is there and not null; else a missing node. */
  public static JsonNode first(JsonNode object, String... names) {
    for (String name : names) {
      JsonNode value = object.path(name);
      if (!value.isMissingNode() && !value.isNull()) {
        return value;
      }
    }
    return object.path("\u0000none");
  }

  /** A text, or a number as text; null if it is neither or blank. */
  public static @Nullable String text(JsonNode value) {
    if (!value.isTextual() && !value.isNumber()) {
      return null;
    }
    String text = value.asText().strip();
    return text.isEmpty() ? null : text;
  }

  /**
   * Who speaks, as a person reads it. The labels that programs number speakers by become {@code
   * Speaker 0}; a name stays as it is. Null if the program does not know.
   */
  public static @Nullable String speaker(JsonNode value) {
    String label =
        text(
            value.isObject()
                ? first(value, "name", "display_name", "displayName", "id", "@id")
                : value);
    return label == null ? null : label(label);
  }

  /** A label of a speaker as {@link #speaker} gives it. */
  public static @Nullable String label(String label) {
    if (label.equals("UU") || label.equals("?") || label.equalsIgnoreCase("null")) {
      return null;
    }
    int digits = label.length();
    while (digits > 0 && Character.isDigit(label.charAt(digits - 1))) {
      digits--;
    }
    String stem = label.substring(0, digits);
    if (digits < label.length()
        && label.length() - digits < 5
        && (stem.isEmpty()
            || stem.equals("S")
            || stem.equalsIgnoreCase("spk_")
            || stem.equalsIgnoreCase("speaker")
            || stem.equalsIgnoreCase("speaker_")
            || stem.equalsIgnoreCase("speaker "))) {
      return "Speaker " + Integer.parseInt(label.substring(digits));
    }
    return label.length() == 1 && Character.isLetter(label.charAt(0)) ? "Speaker " + label : label;
  }
}
