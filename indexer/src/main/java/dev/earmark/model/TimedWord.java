package dev.earmark.model;

/**
 * A stretch of a cue's text that the source itself times, usually one word.
 *
 * @param from the first character in the cue's text
 * @param to the character after the last
 * @param startMs when it starts
 * @param endMs when it ends; not before the start
 */
public record TimedWord(int from, int to, long startMs, long endMs) {
  public TimedWord {
    if (from < 0 || to < from || startMs < 0 || endMs < startMs) {
      throw new IllegalArgumentException(
          "a timed word needs 0 <= from <= to and 0 <= start <= end, got "
              + from
              + " to "
              + to
              + " at "
              + startMs
              + " to "
              + endMs);
    }
  }
}
