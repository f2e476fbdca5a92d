package dev.earmark.transcript;

/** Where sentences end, by their marks alone: captions rarely have more to go by. */
final class Sentences {
  private static final String ENDS = ".?!…。？！｡";
  private static final String CLOSERS = "\"'”’»)]」』";

  private Sentences() {}

  /** Whether a text ends at the end of a sentence. */
  static boolean endsWithSentence(String text) {
    int at = text.length() - 1;
    while (at >= 0 && (CLOSERS.indexOf(text.charAt(at)) >= 0 || text.charAt(at) == ' ')) {
      at--;
    }
    return at >= 0 && ENDS.indexOf(text.charAt(at)) >= 0;
  }

  /**
   * Whether a sentence ends in the stretch between the end of one word and the start of the next.
   */
  static boolean endsBetween(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (ENDS.indexOf(text.charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }
}
