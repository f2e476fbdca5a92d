package dev.earmark.search.spoken;

import dev.earmark.search.Hit.Why;
import java.util.List;

/**
 * Something a query looks for in a text, to be marked where it stands.
 *
 * @param words a test for each word of it, one or more
 * @param slop 0 if the words stand in a row; else they stand in any order with at most this many
 *     others among them
 * @param name what of the query it is; several patterns may be ways to find the same
 * @param as how a phrase counts that is found
 */
public record Pattern(List<WordTest> words, int slop, String name, Why as) {
  public Pattern {
    words = List.copyOf(words);
  }

  public Pattern(List<WordTest> words, int slop, String name) {
    this(words, slop, name, Why.EXACT);
  }

  public boolean isPhrase() {
    return words.size() > 1;
  }
}
