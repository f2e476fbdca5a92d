package dev.earmark.text;

/** Encodes words and stems as index terms. */
public final class SpokenTerms {
  /** Longer words are cut for the index: nobody speaks them. In UTF-16 units. */
  public static final int LONGEST_WORD = 200;

  /** Sorts before every word, so that no prefix or range of words meets a stem. */
  private static final char STEM = '\u0001';

  private SpokenTerms() {}

  /** The term that all words of a language with this stem share, but the stem itself. */
  public static String stemTerm(String language, String stem) {
    return STEM + language + ':' + stem;
  }

  /** Whether a term is a word as it was said, and not a stem. */
  public static boolean isWord(String term) {
    return term.isEmpty() || term.charAt(0) != STEM;
  }

  /** A word as it stands in the index. */
  public static String bounded(String word) {
    return word.length() <= LONGEST_WORD ? word : word.substring(0, LONGEST_WORD);
  }
}
