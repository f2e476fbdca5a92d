package dev.earmark.align;

import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.List;

/** The longer quotations in a paragraph, between opening and closing marks. Stateless. */
final class QuotedWords {
  private static final int FEWEST = 5;
  private static final String OPENING = "“«„\"‘";
  private static final String CLOSING = "”»“\"’";

  private QuotedWords() {}

  /** What is quoted, in order, without the marks; linear in the length of the text. */
  static List<String> in(String text) {
    List<String> quoted = new ArrayList<>();
    int open = -1;
    char close = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (open >= 0 && c == close && !isApostrophe(text, i)) {
        String inside = text.substring(open, i);
        if (Words.of(inside).count() >= FEWEST) {
          quoted.add(inside);
        }
        open = -1;
      } else if (OPENING.indexOf(c) >= 0 && (open < 0 || close != '"')) {
        // A mark that opens inside another begins anew, so that a stray one costs no more than one.
        open = i + 1;
        close = CLOSING.charAt(OPENING.indexOf(c));
      }
    }
    return quoted;
  }

  private static boolean isApostrophe(String text, int at) {
    return text.charAt(at) == '’'
        && at + 1 < text.length()
        && Character.isLetterOrDigit(text.charAt(at + 1));
  }
}
