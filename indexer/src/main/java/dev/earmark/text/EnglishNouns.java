package dev.earmark.text;

/** Regular plurals and other regular forms of English words. Stateless. */
public final class EnglishNouns {
  private EnglishNouns() {}

  /** A folded word without the endings of plural and possessive. */
  public static String singular(String word) {
    if (word.length() > 4 && word.endsWith("ies")) {
      return word.substring(0, word.length() - 3) + "y";
    }
    if (word.length() > 3 && word.endsWith("s") && !word.endsWith("ss") && !word.endsWith("us")) {
      return word.substring(0, word.length() - 1);
    }
    return word;
  }
}
