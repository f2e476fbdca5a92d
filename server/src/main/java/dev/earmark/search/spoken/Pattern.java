package dev.earmark.search.spoken;

import dev.earmark.search.Hit.Why;
import dev.earmark.text.SpokenTerms;
import java.util.List;

/**
 * Something to highlight in a text.
 *
 * @param words a test for each of its words, one or more
 * @param slop 0 for a phrase; else the words may stand in any order with up to this many others
 *     among them
 * @param name the part of the query it belongs to; several patterns may share one
 * @param as how a match counts
 */
public record Pattern(List<WordTest> words, int slop, String name, Why as) {
  public Pattern {
    words = List.copyOf(words);
  }

  public Pattern(List<WordTest> words, int slop, String name) {
    this(words, slop, name, Why.EXACT);
  }

  /** Whether it is several words, or a term that stands for several that were heard. */
  public boolean isPhrase() {
    return words.size() > 1
        || (words.getFirst() instanceof WordTest.Exactly one && SpokenTerms.isHeard(one.word()));
  }
}
