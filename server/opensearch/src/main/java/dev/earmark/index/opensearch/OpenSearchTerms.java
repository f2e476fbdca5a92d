package dev.earmark.index.opensearch;

import dev.earmark.text.SpokenTerms;

/**
 * How words are written in the fields of OpenSearch, which parts a text at its blanks.
 *
 * <p>A term is what {@link SpokenTerms} makes of the word, but that what folds to nothing is
 * written {@code ␃}, and so is a blank within a word: some ligatures fold to several words. So the
 * <em>n</em>-th word of a text is its <em>n</em>-th token.
 */
public final class OpenSearchTerms {
  /** Stands for what cannot be written. */
  private static final char NONE = '\u0003';

  /** Before a word that is not of the moment itself but of what goes on after it. */
  private static final char CONTINUED = '\u0002';

  /** Between a term and how often it is to count, if more than once. */
  static final char COUNTED = '|';

  /**
   * Before each of several terms that stand at one place. A term that stands alone does not have
   * it, so that the analyzer sees at once that there is nothing to part.
   */
  public static final char BESIDE = '\u0004';

  private OpenSearchTerms() {}

  /** The term of a folded word. */
  public static String word(String folded) {
    String cut =
        folded.length() > SpokenTerms.LONGEST_WORD
            ? folded.substring(0, SpokenTerms.LONGEST_WORD)
            : folded;
    return cut.isEmpty() ? String.valueOf(NONE) : withoutBlanks(cut);
  }

  /** The term that all words of a language with this stem share, but the stem itself. */
  public static String stem(String language, String stem) {
    return withoutBlanks(SpokenTerms.stemTerm(language, stem));
  }

  /** The term of a word, given the word's own, where it is said after the moment. */
  public static String continued(String word) {
    return CONTINUED + word;
  }

  /** Adds a term, or that of the word said after the moment, to a text. */
  static void write(String word, boolean continued, StringBuilder text) {
    if (continued) {
      text.append(CONTINUED);
    }
    text.append(word);
  }

  /** The term of a stem, of whichever language, in {@link Mapping#AROUND}. */
  public static String around(String stem) {
    return word(stem.replace(COUNTED, NONE));
  }

  private static String withoutBlanks(String term) {
    for (int i = 0; i < term.length(); i++) {
      if (Character.isWhitespace(term.charAt(i))) {
        char[] letters = term.toCharArray();
        for (int j = i; j < letters.length; j++) {
          letters[j] = Character.isWhitespace(letters[j]) ? NONE : letters[j];
        }
        return new String(letters);
      }
    }
    return term;
  }

  /**
   * A text that can be written as UTF-8: halves of letters, which hostile or cut texts hold, become
   * the replacement character, as Lucene has it.
   */
  static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return replaceHalves(text);
      }
    }
    return text;
  }

  private static String replaceHalves(String text) {
    StringBuilder whole = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int letter = text.codePointAt(i);
      i += Character.charCount(letter);
      boolean half = letter >= Character.MIN_SURROGATE && letter <= Character.MAX_SURROGATE;
      whole.appendCodePoint(half ? 0xFFFD : letter);
    }
    return whole.toString();
  }
}
