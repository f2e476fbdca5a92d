package dev.earmark.source.syntax;

import dev.earmark.text.Quotations;

/**
 * Which sorts of signs stand in a text, noted in one pass over it, so that nothing is looked for
 * that needs a sign which is not there.
 *
 * <p>A sort that is noted may stand anywhere and mean nothing; one that is not noted is nowhere.
 */
public record Signs(int noted) {
  /** Those of no text. */
  public static final Signs NONE = new Signs(0);

  private static final int DIGIT = 1;
  private static final int QUOTATION = 2;
  private static final int QUOTE = 4;
  private static final int HASH = 8;
  private static final int EMPHASIS = 16;
  private static final int MARKUP = 32;

  private static final int[] ASCII = new int[128];

  static {
    note(DIGIT, "0123456789");
    note(QUOTATION, "\"'");
    note(QUOTE, ">");
    note(HASH, "#");
    note(EMPHASIS, "*_=<");
    note(MARKUP, MarkdownText.MARKS);
  }

  private static void note(int sort, String signs) {
    signs.chars().filter(c -> c < ASCII.length).forEach(c -> ASCII[c] |= sort);
  }

  /** The signs of a text. */
  public static Signs of(String text) {
    int noted = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      noted |= c < ASCII.length ? ASCII[c] : foreign(c);
    }
    return noted == 0 ? NONE : new Signs(noted);
  }

  private static int foreign(char c) {
    return (Character.isDigit(c) ? DIGIT : 0) | (Quotations.isMark(c) ? QUOTATION : 0);
  }

  /** Those of either of two texts. */
  public Signs and(Signs other) {
    int both = noted | other.noted;
    return both == noted ? this : both == other.noted ? other : new Signs(both);
  }

  private boolean has(int sort) {
    return (noted & sort) != 0;
  }

  /** Whether there is a digit of any script, as in all times. */
  public boolean hasDigit() {
    return has(DIGIT);
  }

  /** Whether there is a mark that opens quotations. */
  public boolean hasQuotationMark() {
    return has(QUOTATION);
  }

  /** Whether there is the sign before each line of a block quotation. */
  public boolean hasQuoteSign() {
    return has(QUOTE);
  }

  /** Whether there is a sign with which headings and tags begin. */
  public boolean hasHash() {
    return has(HASH);
  }

  /** Whether there is what may set words apart by emphasis. */
  public boolean hasEmphasis() {
    return has(EMPHASIS);
  }

  /** Whether there is what may be markup of any kind. */
  public boolean hasMarkup() {
    return has(MARKUP);
  }
}
