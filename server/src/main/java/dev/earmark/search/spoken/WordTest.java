package dev.earmark.search.spoken;

import dev.earmark.search.Hit.Why;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tests whether a word of a text belongs to a part of a query, by the rule that the index applies
 * to terms. Used for highlighting. Thread-safe.
 */
public sealed interface WordTest {

  /** How the word is one of them, or null if it is not. */
  @Nullable Why test(String folded, String stem);

  /** The same in text of one language: a stem counts only in its own. */
  default WordTest in(String language) {
    return this;
  }

  /** The stems that it looks for; of a word that cannot have one of them it need not be told it. */
  default Set<String> stems() {
    return Set.of();
  }

  /** Any form of a word, or a compound it is part of. */
  record AnyForm(String word, Set<String> stems, Set<String> compounds) implements WordTest {
    @Override
    public @Nullable Why test(String folded, String stem) {
      if (folded.equals(word)) {
        return Why.EXACT;
      }
      boolean otherForm =
          stems.contains(folded)
              || (!stem.equals(folded) && stems.contains(stem))
              || compounds.contains(folded);
      return otherForm ? Why.STEM : null;
    }
  }

  /**
   * Any form of a word, in each language those of that language.
   *
   * @param byLanguage the stem of the word by language
   */
  record FormOfLanguage(String word, Map<String, String> byLanguage, Set<String> compounds)
      implements WordTest {
    public FormOfLanguage {
      byLanguage = Map.copyOf(byLanguage);
    }

    @Override
    public WordTest in(String language) {
      String stem = byLanguage.get(language);
      // A word may be the stem of others and have another stem itself: ciudades, ciudad.
      return new AnyForm(
          word,
          stem == null ? Set.of() : stem.equals(word) ? Set.of(word) : Set.of(stem, word),
          compounds);
    }

    @Override
    public @Nullable Why test(String folded, String stem) {
      return new AnyForm(word, stems(), compounds).test(folded, stem);
    }

    @Override
    public Set<String> stems() {
      Set<String> stems = new LinkedHashSet<>(byLanguage.values());
      stems.add(word);
      return stems;
    }
  }

  /** Any form of a word, or a word that may be it misheard. */
  record AnyFormOrNear(WordTest form, Set<String> near) implements WordTest {
    @Override
    public WordTest in(String language) {
      return new AnyFormOrNear(form.in(language), near);
    }

    @Override
    public @Nullable Why test(String folded, String stem) {
      Why own = form.test(folded, stem);
      return own == null && near.contains(folded) ? Why.FUZZY : own;
    }

    @Override
    public Set<String> stems() {
      return form.stems();
    }
  }

  /** That very word. */
  record Exactly(String word) implements WordTest {
    @Override
    public @Nullable Why test(String folded, String stem) {
      return folded.equals(word) ? Why.EXACT : null;
    }
  }

  /** A test that counts in text of one language only. */
  record OfLanguage(String language, WordTest test) implements WordTest {
    @Override
    public WordTest in(String other) {
      return other.equals(language) ? test : new Exactly("");
    }

    @Override
    public @Nullable Why test(String folded, String stem) {
      return test.test(folded, stem);
    }
  }

  /** Words that begin so. */
  record BeginsWith(String prefix) implements WordTest {
    @Override
    public @Nullable Why test(String folded, String stem) {
      return folded.startsWith(prefix) ? Why.EXACT : null;
    }
  }

  /** One of some words that are nearly the one asked for, each with how near it is, 0 to 1. */
  record NearlyOneOf(String word, Map<String, Float> words) implements WordTest {
    @Override
    public @Nullable Why test(String folded, String stem) {
      if (folded.equals(word)) {
        return Why.EXACT;
      }
      return words.containsKey(folded) ? Why.FUZZY : null;
    }
  }
}
