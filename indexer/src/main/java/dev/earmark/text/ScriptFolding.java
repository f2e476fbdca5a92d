package dev.earmark.text;

/**
 * Folds what writers of a script do not write alike. Stateless.
 *
 * <p>Arabic letters as in Lucene's ArabicNormalizer and PersianNormalizer; Hebrew points and Arabic
 * harakat are dropped; a nasal before a consonant of its own row is the anusvara (Unicode Standard,
 * chapter 12.1), and so is the chandrabindu; the nukta is dropped; decimal digits are those of
 * ASCII; traditional Chinese characters are simplified ({@link HanVariants}).
 */
final class ScriptFolding {
  static final int DROPPED = -1;

  /** In each of the blocks of Indic scripts a letter has the same place. */
  private static final int INDIC_FROM = 0x0900;

  private static final int INDIC_TO = 0x0D7F;
  private static final int BLOCK = 0x80;
  private static final int CHANDRABINDU = 0x01;
  private static final int ANUSVARA = 0x02;
  private static final int NUKTA = 0x3C;
  private static final int VIRAMA = 0x4D;

  private ScriptFolding() {}

  /**
   * What a character is folded to, or {@link #DROPPED}.
   *
   * @param text a word, decomposed (NFKD)
   * @param at where the character stands
   */
  static int fold(CharSequence text, int at, int c) {
    if (c < 0x80) {
      // A quotation mark inside a word is that of a Hebrew abbreviation.
      return c == '"' ? DROPPED : c;
    }
    if (c >= INDIC_FROM && c <= INDIC_TO && !Character.isDigit(c)) {
      return foldIndic(text, at, c);
    }
    if (HanVariants.mayHave(c)) {
      return HanVariants.simplified(c);
    }
    int type = Character.getType(c);
    if (type == Character.DECIMAL_DIGIT_NUMBER) {
      return '0' + Character.digit(c, 10);
    }
    if (type == Character.FORMAT || isPoint(c)) {
      return DROPPED;
    }
    return switch (c) {
      case 0x640, 0x66C, 0x5F3, 0x5F4 -> DROPPED;
      case 0x66B -> '.';
      case 0x66A -> '%';
      case 0x671 -> 0x627;
      case 0x6A9 -> 0x643;
      case 0x649, 0x6CC, 0x6D2 -> 0x64A;
      case 0x629, 0x6C0, 0x6C1, 0x6D5 -> 0x647;
      default -> c;
    };
  }

  /** Points and signs of Hebrew and Arabic, and what makes a symbol an emoji. */
  private static boolean isPoint(int c) {
    return (c >= 0x591 && c <= 0x5BD)
        || c == 0x5BF
        || c == 0x5C1
        || c == 0x5C2
        || c == 0x5C4
        || c == 0x5C5
        || c == 0x5C7
        || (c >= 0x610 && c <= 0x61A)
        || (c >= 0x64B && c <= 0x65F)
        || c == 0x670
        || (c >= 0x6D6 && c <= 0x6DC)
        || (c >= 0x6DF && c <= 0x6E8)
        || (c >= 0x6EA && c <= 0x6ED)
        || (c >= 0xFE00 && c <= 0xFE0F)
        || Character.isEmojiModifier(c);
  }

  private static int foldIndic(CharSequence text, int at, int c) {
    int block = c - c % BLOCK;
    int letter = c % BLOCK;
    if (letter == CHANDRABINDU) {
      return block + ANUSVARA;
    }
    if (letter == NUKTA) {
      return DROPPED;
    }
    if (letter == VIRAMA) {
      return at > 0 && isNasalOfRow(text, at - 1) ? DROPPED : c;
    }
    return isNasalOfRow(text, at) ? block + ANUSVARA : c;
  }

  /** Whether a nasal with a virama stands here before a stop of its own row. */
  private static boolean isNasalOfRow(CharSequence text, int at) {
    if (at + 2 >= text.length() || text.charAt(at + 1) % BLOCK != VIRAMA) {
      return false;
    }
    int from =
        switch (text.charAt(at) % BLOCK) {
          case 0x19 -> 0x15;
          case 0x1E -> 0x1A;
          case 0x23 -> 0x1F;
          case 0x28 -> 0x24;
          case 0x2E -> 0x2A;
          default -> -1;
        };
    int next = text.charAt(at + 2) % BLOCK;
    return from >= 0 && next >= from && next < from + 4;
  }
}
