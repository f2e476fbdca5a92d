package dev.earmark.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A search of a known kind, so that each contender can ask it in its own language.
 *
 * @param kind what is asked of the words
 * @param words folded words
 * @param episode the one episode to search in; null for all
 */
record Ask(Kind kind, List<String> words, @Nullable String episode) {
  /** How words are asked for. */
  enum Kind {
    TERM("a term"),
    ALL_OF_TWO("all of two"),
    ANY_OF_FOUR("any of four"),
    PHRASE("a phrase of 2 to 5"),
    PHRASE_IN_EPISODE("a phrase in one episode");

    final String title;

    Kind(String title) {
      this.title = title;
    }
  }

  Ask {
    words = List.copyOf(words);
  }
}
