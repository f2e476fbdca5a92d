package dev.earmark.source;

/**
 * A source of which nothing can be read. The message says what is wrong and what would be right.
 */
public final class SourceException extends Exception {
  private static final long serialVersionUID = 1L;
  private final int line;

  /**
   * @param line the offending line, counted from 1; 0 if no line applies
   */
  public SourceException(int line, String message) {
    super(message);
    this.line = line;
  }

  public int line() {
    return line;
  }
}
