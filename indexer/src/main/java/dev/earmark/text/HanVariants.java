package dev.earmark.text;

import com.ibm.icu.text.Transliterator;

/**
 * Folds traditional Chinese characters to simplified ones, character by character, as ICU does.
 *
 * <p>Where one simplified character stands for several traditional ones ({@code 后} for {@code 後}
 * and {@code 后}), these are one word; the characters around tell them apart in a phrase.
 * Thread-safe.
 */
final class HanVariants {
  private static final int FROM = 0x4E00;
  private static final int TO = 0x9FFF;
  private static final Transliterator SIMPLIFIED =
      Transliterator.getInstance("Traditional-Simplified");

  /** What each character is folded to, once it was asked for; two threads write the same. */
  private static final char[] KNOWN = new char[TO - FROM + 1];

  private HanVariants() {}

  /** Whether a character may have a variant: CJK Unified Ideographs. */
  static boolean mayHave(int c) {
    return c >= FROM && c <= TO;
  }

  /** The simplified form of a character of that block; itself if it is one or has none. */
  static char simplified(int c) {
    char known = KNOWN[c - FROM];
    if (known == 0) {
      String folded = SIMPLIFIED.transliterate(Character.toString(c));
      known = folded.length() == 1 ? folded.charAt(0) : (char) c;
      KNOWN[c - FROM] = known;
    }
    return known;
  }
}
