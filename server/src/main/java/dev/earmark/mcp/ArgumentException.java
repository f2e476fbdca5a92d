package dev.earmark.mcp;

/** An argument is not what the tool takes; the message names it and what would be right. */
final class ArgumentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ArgumentException(String message) {
    super(message);
  }
}
