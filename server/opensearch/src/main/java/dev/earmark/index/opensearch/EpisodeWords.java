package dev.earmark.index.opensearch;

import dev.earmark.text.FunctionWords;
import dev.earmark.text.SpokenTerms;
import dev.earmark.text.Stemmer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The terms of an episode, each once: what a word is written as is found out where it is first
 * said, since a talk says few words often. Not thread-safe.
 */
final class EpisodeWords {
  /** A term of a moment, in the language of the moment. */
  static final class Word {
    private final String term;
    private final String written;
    private final boolean isWord;
    private final @Nullable String stem;
    private final int around;
    private int moments;
    private int last = -1;

    private Word(String term, boolean isWord, @Nullable String stem, int around) {
      this.term = term;
      this.written = OpenSearchTerms.wellFormed(term);
      this.isWord = isWord;
      this.stem = stem;
      this.around = around;
    }

    /** The term. */
    String term() {
      return term;
    }

    /** The term as it is sent. */
    String written() {
      return written;
    }

    /** Whether it is a word as it was said. */
    boolean isWord() {
      return isWord;
    }

    /** The term of its stem as it is sent; null if that is the word itself. */
    @Nullable String stem() {
      return stem;
    }

    /** The number of its stem among {@link #around()}; negative if it has none there. */
    int around() {
      return around;
    }

    /** Takes note that a moment has it, which may have it again. */
    void isIn(int moment) {
      if (last != moment) {
        last = moment;
        moments++;
      }
    }
  }

  /** The words and stems of one language. */
  private final class Language {
    private final Map<String, Word> words = new HashMap<>();
    private final String primary;
    private final Stemmer stemmer;
    private final Set<String> function;

    Language(String primary) {
      this.primary = primary;
      this.stemmer = Stemmer.forLanguage(primary);
      this.function = FunctionWords.of(primary);
    }

    Word word(String term) {
      Word known = words.get(term);
      if (known == null) {
        known = made(term);
        words.put(term, known);
      }
      return known;
    }

    private Word made(String term) {
      if (!SpokenTerms.isWord(term)) {
        return new Word(term, false, null, -1);
      }
      String stem = stemmer.stem(term);
      return new Word(
          term,
          true,
          stem.equals(term)
              ? null
              : OpenSearchTerms.wellFormed(OpenSearchTerms.stem(primary, stem)),
          function.contains(term) ? -1 : number(OpenSearchTerms.around(stem)));
    }
  }

  private final Map<String, Language> languages = new HashMap<>();

  /** Stems of all languages, and the number of each. */
  private final Map<String, Integer> numbers = new HashMap<>();

  private final List<String> around = new ArrayList<>();

  /** What is written for some terms of a moment. */
  Word[] of(String language, Collection<String> terms) {
    Language spoken = languages.computeIfAbsent(Stemmer.primary(language), Language::new);
    Word[] words = new Word[terms.size()];
    int at = 0;
    for (String term : terms) {
      words[at++] = spoken.word(term);
    }
    return words;
  }

  private int number(String stem) {
    Integer known = numbers.putIfAbsent(stem, around.size());
    if (known == null) {
      around.add(OpenSearchTerms.wellFormed(stem));
      return around.size() - 1;
    }
    return known;
  }

  /** The stems that stand in what is around a moment, as they are sent, by their numbers. */
  List<String> around() {
    return around;
  }

  /** The words that were said, and in how many moments each was. */
  Map<String, Integer> said() {
    Map<String, Integer> said = new HashMap<>();
    for (Language language : languages.values()) {
      for (Word word : language.words.values()) {
        if (word.isWord) {
          said.merge(word.term, word.moments, Integer::sum);
        }
      }
    }
    return said;
  }
}
