package dev.earmark.schema;

import dev.earmark.model.Correction;
import dev.earmark.model.Moment;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What is found at a word of a moment beside the word: what its source has there, where a manifest
 * set it right.
 *
 * <p>The first word that was heard stands at the first that is right, and so on; where more words
 * were heard than are right, the rest stand at the words after them, so that a phrase of what was
 * heard is a phrase of neighbours. At the end of a text they are moved back as far as need be.
 */
public final class HeardAs {
  private HeardAs() {}

  /**
   * For each word of a moment the folded words that were heard there; empty if nothing was set
   * right.
   *
   * @param count how many words the moment has
   */
  public static List<List<String>> of(Moment moment, int count) {
    if (moment.corrections().isEmpty()) {
      return List.of();
    }
    List<List<String>> beside = new ArrayList<>(Collections.nCopies(count, List.of()));
    for (Correction correction : moment.corrections()) {
      String[] heard = Words.of(correction.heard()).folded();
      int first = first(correction, heard.length, count);
      for (int i = 0; i < heard.length && first + i < count; i++) {
        List<String> there = new ArrayList<>(beside.get(first + i));
        if (!there.contains(heard[i])) {
          there.add(heard[i]);
        }
        beside.set(first + i, there);
      }
    }
    return beside;
  }

  /** The right word at which to show a word of what was heard there. */
  public static int shownAt(Moment moment, int count, int word) {
    for (Correction correction : moment.corrections()) {
      int heard = Words.of(correction.heard()).count();
      int first = first(correction, heard, count);
      if (word >= first && word < first + heard) {
        int last = correction.firstWord() + correction.words() - 1;
        return Math.clamp(word, correction.firstWord(), last);
      }
    }
    return word;
  }

  private static int first(Correction correction, int heard, int count) {
    return Math.max(0, Math.min(correction.firstWord(), count - heard));
  }
}
