package dev.earmark.cli;

/**
 * Whether somebody is watching. The launcher says so, since Java 21 cannot tell which of the
 * streams is a terminal.
 */
final class Terminal {
  private static final String STREAMS = String.valueOf(System.getenv("EARMARK_TERMINAL"));

  private Terminal() {}

  /** Whether standard output is a terminal. */
  static boolean isOut() {
    return STREAMS.contains("out");
  }

  /** Whether standard error is a terminal. */
  static boolean isErr() {
    return STREAMS.contains("err");
  }
}
