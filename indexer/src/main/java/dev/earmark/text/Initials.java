package dev.earmark.text;

import java.util.Map;

/**
 * Keeps initials apart from the small words they would be folded to: {@code U.S.} and {@code US}
 * are not {@code us}. Stateless.
 */
final class Initials {
  /** By what they are folded to: how they are kept. */
  private static final Map<String, String> APART = Map.of("us", "u.s", "it", "i.t", "who", "w.h.o");

  private static final int LONGEST = 3;

  private Initials() {}

  /**
   * A word as it is searched.
   *
   * @param text what it stands in; in a text without any small letter capitals say nothing
   * @param folded what it is folded to otherwise
   */
  static String apart(CharSequence text, int start, int end, String folded) {
    if (folded.length() > LONGEST || folded.length() < 2) {
      return folded;
    }
    String kept = APART.get(folded);
    if (kept == null) {
      return folded;
    }
    boolean spelled = end - start > folded.length();
    return spelled || (isCapital(text, start, end) && !isShouted(text, start, end)) ? kept : folded;
  }

  private static boolean isCapital(CharSequence text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (!Character.isUpperCase(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether there are other letters and all are capitals. */
  private static boolean isShouted(CharSequence text, int start, int end) {
    boolean others = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isLowerCase(c)) {
        return false;
      }
      others |= (i < start || i >= end) && Character.isUpperCase(c);
    }
    return others;
  }
}
