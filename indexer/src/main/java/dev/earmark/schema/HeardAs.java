package dev.earmark.schema;

import dev.earmark.model.Correction;
import dev.earmark.model.Moment;
import dev.earmark.text.SpokenTerms;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The terms that stand at a word of a moment beside the word: what its source has there, where a
 * manifest set it right.
 *
 * <p>Where as many words were heard as are right, each stands at the right one. Otherwise no row of
 * positions holds both: all that was heard stands at the first right word, to be found by itself,
 * and at each right word a {@linkplain SpokenTerms#heardTerm term for the whole}, to be found in a
 * phrase.
 */
public final class HeardAs {
  private HeardAs() {}

  /**
   * For each word of a moment the terms beside it; empty if nothing was set right.
   *
   * @param count how many words the moment has
   */
  public static List<List<String>> of(Moment moment, int count) {
    if (moment.corrections().isEmpty()) {
      return List.of();
    }
    List<List<String>> beside = new ArrayList<>(Collections.nCopies(count, List.of()));
    for (Correction correction : moment.corrections()) {
      List<String> heard =
          Arrays.stream(Words.of(correction.heard()).folded()).map(SpokenTerms::bounded).toList();
      int first = correction.firstWord();
      boolean equal = heard.size() == correction.words();
      for (int i = 0; i < heard.size(); i++) {
        add(heard.get(i), equal ? first + i : first, beside);
      }
      boolean whole =
          !equal
              && heard.stream().noneMatch(word -> word.chars().anyMatch(Character::isWhitespace))
              && SpokenTerms.heardTerm(heard, count, count).length() <= SpokenTerms.LONGEST_WORD;
      for (int i = 0; whole && i < correction.words(); i++) {
        add(SpokenTerms.heardTerm(heard, correction.words(), i), first + i, beside);
      }
    }
    return beside;
  }

  private static void add(String term, int at, List<List<String>> beside) {
    if (!beside.get(at).contains(term)) {
      List<String> there = new ArrayList<>(beside.get(at));
      there.add(term);
      beside.set(at, there);
    }
  }
}
