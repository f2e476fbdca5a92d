package dev.earmark.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A search of a known kind, so that each contender can ask it in its own language.
 *
 * @param kind what is asked of the words
 * @param words folded words
 * @param episode the one episode to search in; null for all
 * @param speaker the one speaker to search in the words of; null for all
 */
record Ask(Kind kind, List<String> words, @Nullable String episode, @Nullable String speaker) {
  /** How words are asked for. */
  enum Kind {
    TERM("a term", false),
    ALL_OF_TWO("all of two", false),
    ANY_OF_FOUR("any of four", false),
    PHRASE("a phrase of 2 to 5", true),
    PHRASE_OF_SPEAKER("a phrase, of one speaker", true),
    PHRASE_IN_EPISODE("a phrase, in one episode", true);

    final String title;
    final boolean phrase;

    Kind(String title, boolean phrase) {
      this.title = title;
      this.phrase = phrase;
    }
  }

  Ask {
    words = List.copyOf(words);
  }
}
