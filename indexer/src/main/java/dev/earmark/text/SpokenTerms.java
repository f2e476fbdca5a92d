package dev.earmark.text;

import java.util.List;

/** Encodes words, stems and corrected words as index terms. */
public final class SpokenTerms {
  /** Longer words are cut for the index: nobody speaks them. In UTF-16 units. */
  public static final int LONGEST_WORD = 200;

  /** Sorts before every word, so that no prefix or range of words meets a stem. */
  private static final char STEM = '\u0001';

  /** Before what was heard where other words are right; 2 to 4 are taken by OpenSearch's terms. */
  private static final char HEARD = '\u0005';

  /** Before each word that was heard. */
  private static final char HEARD_WORD = '\u0006';

  private SpokenTerms() {}

  /** The term that all words of a language with this stem share, but the stem itself. */
  public static String stemTerm(String language, String stem) {
    return STEM + language + ':' + stem;
  }

  /**
   * The term at one of the right words that stand where others were heard, more or fewer than they.
   * All of these terms in a row are what was heard, so it can be found with what is said before and
   * after it: {@code gull haven the crane}, where the text has {@code Gullhaven the crane}.
   *
   * @param heard the folded words that were heard
   * @param words how many words are right
   * @param at which of them, from 0
   */
  public static String heardTerm(List<String> heard, int words, int at) {
    StringBuilder term = new StringBuilder().append(HEARD).append(at).append('/').append(words);
    heard.forEach(word -> term.append(HEARD_WORD).append(word));
    return term.toString();
  }

  /** Whether a term is a word as it was said, and neither a stem nor a stretch of heard words. */
  public static boolean isWord(String term) {
    return !isStem(term) && !isHeard(term);
  }

  /** Whether a term is a stem. */
  public static boolean isStem(String term) {
    return !term.isEmpty() && term.charAt(0) == STEM;
  }

  /** The stem of a term that {@linkplain #isStem is one}, without its language. */
  public static String stemOf(String term) {
    return term.substring(term.indexOf(':') + 1);
  }

  /** Whether a term stands for words that were heard where others are right. */
  public static boolean isHeard(String term) {
    return !term.isEmpty() && term.charAt(0) == HEARD;
  }

  /** What the first terms of all stretches of heard words begin with. */
  public static String firstHeard() {
    return HEARD + "0/";
  }

  /** The words that a {@linkplain #heardTerm term} says were heard. */
  public static List<String> heardWords(String term) {
    return List.of(term.substring(term.indexOf(HEARD_WORD) + 1).split(String.valueOf(HEARD_WORD)));
  }

  /** How many words are right where a {@linkplain #heardTerm term} stands. */
  public static int rightWords(String term) {
    return Integer.parseInt(term, term.indexOf('/') + 1, term.indexOf(HEARD_WORD), 10);
  }

  /** A word as it stands in the index. */
  public static String bounded(String word) {
    return word.length() <= LONGEST_WORD ? word : word.substring(0, LONGEST_WORD);
  }
}
