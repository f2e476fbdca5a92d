package dev.earmark.model;

import org.jspecify.annotations.Nullable;

/**
 * A stretch of a recording: where it starts and, where that is known, where it ends.
 *
 * @param start the first instant
 * @param end the instant after the last, or null if the source does not say; never before the start
 */
public record TimeSpan(Timestamp start, @Nullable Timestamp end) {

  public TimeSpan {
    if (end != null && end.compareTo(start) < 0) {
      throw new IllegalArgumentException(
          "a span must not end before it starts, got " + start.millis() + " to " + end.millis());
    }
  }

  /** The stretch between two times in milliseconds. */
  public static TimeSpan ofMillis(long startMs, long endMs) {
    return new TimeSpan(new Timestamp(startMs), new Timestamp(endMs));
  }

  /** A stretch of unknown length. */
  public static TimeSpan from(Timestamp start) {
    return new TimeSpan(start, null);
  }

  public long startMs() {
    return start.millis();
  }

  /** The end in milliseconds, or the start where the end is not known. */
  public long endMs() {
    return end == null ? start.millis() : end.millis();
  }

  public long durationMs() {
    return endMs() - startMs();
  }
}
