package dev.earmark.search.spoken;

import dev.earmark.search.Hit.Why;
import dev.earmark.text.SpokenTerms;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The same words, written together or apart: {@code email}, {@code e-mail} and {@code e mail}.
 *
 * <p>Two words are one if both ways are said in the index and neither is a word of grammar: {@code
 * maybe} is not {@code may be}. Not thread-safe; one a search.
 */
final class Spellings {
  /** A phrase is asked for in so many ways at most. */
  private static final int MOST_WAYS = 8;

  private static final int MOST_WORDS = 12;

  /** Words of one letter that stand before others everywhere. */
  private static final Set<String> SHORTEST_WORDS = Set.of("a", "i", "o", "y");

  private final IndexStatistics index;
  private final Grammar grammar;

  /** Tells which of some words are words of grammar. */
  interface Grammar {
    Set<String> in(List<String> words) throws IOException;
  }

  Spellings(IndexStatistics index, Grammar grammar) {
    this.index = index;
    this.grammar = grammar;
  }

  /** The pairs of words that are one word written apart, and are said in a row. */
  List<List<String>> apart(String word) throws IOException {
    List<List<String>> pairs = new ArrayList<>();
    if (word.length() > 2 && word.chars().allMatch(Character::isLetter)) {
      for (List<String> pair : NearWords.of(index).apart(word)) {
        if (!hasGrammar(pair)) {
          pairs.add(pair);
        }
      }
    }
    return pairs;
  }

  /** A letter that stands before a word is none of grammar: {@code e-mail}, {@code x-ray}. */
  private boolean hasGrammar(List<String> pair) throws IOException {
    return grammar.in(pair).stream()
        .anyMatch(word -> word.length() > 1 || SHORTEST_WORDS.contains(word));
  }

  /** Two words written as one, if that is said; or null. */
  @org.jspecify.annotations.Nullable
  String joined(String first, String second) throws IOException {
    String joined = SpokenTerms.bounded(first + second);
    boolean letters = joined.chars().allMatch(Character::isLetter);
    return letters && index.frequency(joined) > 0 && !hasGrammar(List.of(first, second))
        ? joined
        : null;
  }

  /** All ways in which words in a row are written, as they stand first; at least one. */
  Set<List<String>> ways(List<String> words) throws IOException {
    Set<List<String>> ways = new LinkedHashSet<>(Set.of(words));
    for (int i = 0; i < Math.min(words.size(), MOST_WORDS) && ways.size() < MOST_WAYS; i++) {
      String joined = i + 1 < words.size() ? joined(words.get(i), words.get(i + 1)) : null;
      for (List<String> way : List.copyOf(ways)) {
        if (joined != null) {
          replace(way, words.subList(i, i + 2), List.of(joined), ways);
        }
        for (List<String> pair : apart(words.get(i))) {
          replace(way, words.subList(i, i + 1), pair, ways);
        }
      }
    }
    return ways;
  }

  private static void replace(
      List<String> way, List<String> part, List<String> by, Set<List<String>> ways) {
    int at = java.util.Collections.indexOfSubList(way, part);
    if (at < 0 || ways.size() >= MOST_WAYS) {
      return;
    }
    List<String> other = new ArrayList<>(way.subList(0, at));
    other.addAll(by);
    other.addAll(way.subList(at + part.size(), way.size()));
    ways.add(List.copyOf(other));
  }

  /** Marks words in a row as the word itself. */
  static Pattern pattern(List<String> words, String name) {
    List<WordTest> tests = new ArrayList<>();
    words.forEach(word -> tests.add(new WordTest.Exactly(SpokenTerms.bounded(word))));
    return new Pattern(tests, 0, name, Why.EXACT);
  }
}
