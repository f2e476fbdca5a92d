package dev.earmark.page;

import java.util.List;

/**
 * Which way a text runs, as HTML's {@code dir} says it.
 *
 * <p>What most of its letters are decides. A browser left to itself goes by the first letter, and
 * sets a Hebrew sentence that opens with a name in Latin letters the wrong way round.
 */
final class Direction {
  private Direction() {}

  /** {@code ltr} or {@code rtl}; {@code auto} where no letter says. */
  static String of(List<Run> text) {
    int right = 0;
    int left = 0;
    for (Run run : text) {
      String part = run.text();
      for (int i = 0; i < part.length(); ) {
        int c = part.codePointAt(i);
        switch (Character.getDirectionality(c)) {
          case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
              Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC ->
              right++;
          case Character.DIRECTIONALITY_LEFT_TO_RIGHT -> left++;
          default -> {}
        }
        i += Character.charCount(c);
      }
    }
    return right == left ? "auto" : right > left ? "rtl" : "ltr";
  }
}
