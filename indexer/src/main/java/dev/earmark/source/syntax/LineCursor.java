package dev.earmark.source.syntax;

import org.jspecify.annotations.Nullable;

/**
 * Walks the lines of a text one by one, and one back.
 *
 * <p>A list of lines costs many times the text when lines are short; a cursor holds one line, so a
 * file of a hundred million empty lines costs no more than its bytes. Lines end at {@code \n}; a
 * last line needs no end. Not thread-safe.
 */
public final class LineCursor {
  private final String text;
  private int lineStart;
  private int nextStart;
  private int number;

  public LineCursor(String text) {
    this.text = text;
  }

  /** The next line without its end, or null after the last. */
  public @Nullable String next() {
    if (nextStart >= text.length()) {
      return null;
    }
    lineStart = nextStart;
    int end = text.indexOf('\n', lineStart);
    int lineEnd = end < 0 ? text.length() : end;
    nextStart = lineEnd + 1;
    number++;
    return text.substring(lineStart, lineEnd);
  }

  /** Makes the line that {@link #next} gave last the next one again. */
  public void back() {
    nextStart = lineStart;
    number--;
  }

  /** The number of the line that {@link #next} gave last, counted from 1. */
  public int number() {
    return number;
  }
}
