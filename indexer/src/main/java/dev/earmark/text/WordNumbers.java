package dev.earmark.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Numbers the distinct words of an episode, from 0.
 *
 * <p>A word also has the number of its stem, which is its first {@value #STEM_LETTERS} letters:
 * truncation conflates forms nearly as well as rules, in any language (P. McNamee, C. Nicholas, J.
 * Mayfield, <i>Addressing morphological variation in alphabetic languages</i>, SIGIR 2009). Not
 * thread-safe.
 */
public final class WordNumbers {
  private static final int STEM_LETTERS = 6;

  private final Map<String, Integer> numbers = new HashMap<>();
  private int[] stems = new int[256];

  /** The number of a word, a new one if it was not known. */
  public int number(String word) {
    Integer known = numbers.get(word);
    if (known != null) {
      return known;
    }
    int number = numbers.size();
    numbers.put(word, number);
    if (number == stems.length) {
      stems = Arrays.copyOf(stems, number * 2);
    }
    stems[number] = number;
    if (word.length() > STEM_LETTERS && word.charAt(0) != NumberWords.SIGN) {
      int stem = number(word.substring(0, word.offsetByCodePoints(0, letters(word))));
      stems[number] = stem;
    }
    return number;
  }

  private static int letters(String word) {
    return Math.min(STEM_LETTERS, word.codePointCount(0, word.length()));
  }

  /** The number of a word's stem; a short word is its own. */
  public int stem(int word) {
    return stems[word];
  }

  /** How many numbers there are, stems among them. */
  public int size() {
    return numbers.size();
  }
}
