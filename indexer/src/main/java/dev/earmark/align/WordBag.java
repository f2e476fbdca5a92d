package dev.earmark.align;

import dev.earmark.text.PlainWords;
import dev.earmark.text.WordNumbers;
import java.util.Map;
import java.util.TreeMap;

/**
 * The words of a part of a document, by stem, with their frequencies. Not thread-safe.
 *
 * <p>Each further occurrence counts less: that a word occurs at all says most.
 */
final class WordBag {
  private final Map<Integer, Integer> counts = new TreeMap<>();

  void add(CharSequence text, WordNumbers vocabulary) {
    PlainWords plain = PlainWords.of(text, vocabulary);
    for (int i = 0; i < plain.count(); i++) {
      counts.merge(vocabulary.stem(plain.number(i)), 1, Integer::sum);
    }
  }

  void add(WordBag other) {
    other.counts.forEach((stem, count) -> counts.merge(stem, count, Integer::sum));
  }

  /** The stems, each once, in the order of their numbers. */
  Iterable<Integer> stems() {
    return counts.keySet();
  }

  /** How much a stem counts. */
  double amount(int stem) {
    Integer count = counts.get(stem);
    return count == null ? 0 : 1 + Math.log(count);
  }

  double total() {
    double total = 0;
    for (int stem : counts.keySet()) {
      total += amount(stem);
    }
    return total;
  }
}
