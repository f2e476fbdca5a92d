package dev.earmark.search.spoken;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The words that are said in a snapshot, by what they are like. An engine that cannot look through
 * all of them looks through the likeliest. Thread-safe.
 */
public interface SaidWords {
  /**
   * A word that is nearly another.
   *
   * @param word as it stands in the index
   * @param likeness how near it is, 0 to 1
   * @param moments how many moments hold it
   */
  record Near(String word, float likeness, int moments) {}

  /**
   * The words that sound and look like one, the likest first, itself not among them.
   *
   * <p>The likeness is seven parts by ear and three by letter, and less for words that are common:
   * a recogniser writes those when they are said.
   */
  List<Near> alike(String word, float least, int most) throws IOException;

  /**
   * The words that somebody may have meant who typed one with at most so many letters wrong, the
   * likeliest first: those with the fewest letters wrong, missing, extra or swapped, then the most
   * frequent.
   */
  List<Near> spelledLike(String word, int edits, int most) throws IOException;

  /**
   * Tells that it is asked next what sounds like some words and what is spelled like them: a hint.
   *
   * @param edits the words, and how many letters may be wrong
   */
  default void lookUp(Map<String, Integer> edits) throws IOException {}

  /** The same with as many letters wrong as one may type in a word of its length. */
  default List<Near> spelledLike(String word, int most) throws IOException {
    return spelledLike(word, word.length() <= 4 ? 1 : 2, most);
  }

  /** The words that begin so, the most frequent first. */
  List<Near> startingWith(String prefix, int most) throws IOException;

  /**
   * The words that have some letters and, beside them, at least so many others; the most frequent
   * first.
   */
  List<String> containing(String part, int others, int most) throws IOException;

  /** The words that more moments hold than so many. */
  List<String> heldByMoreThan(int most) throws IOException;
}
