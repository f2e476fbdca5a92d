package dev.earmark.search.spoken;

import java.util.List;

/**
 * The forms of one word.
 *
 * @param terms the terms in the index, the exact form first
 * @param weights how much an occurrence of each counts, 0 to 1
 * @param importance how much the word counts in the query, 0 to 1
 */
public record Forms(List<String> terms, List<Float> weights, float importance) {
  public Forms {
    terms = List.copyOf(terms);
    weights = List.copyOf(weights);
  }

  /** The same forms of a word that counts so much. */
  Forms weighing(float newImportance) {
    return new Forms(terms, weights, newImportance);
  }
}
