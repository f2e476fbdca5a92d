package dev.earmark.search.spoken;

import dev.earmark.index.StoredMoment;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The words of one episode, in order.
 *
 * <p>A recogniser that does not know a name spells it differently each time, sometimes as two
 * words. Within one episode, every word can be compared with the name. Immutable.
 */
final class EpisodeWords {
  private static final int SHORTEST_PART = 2;

  /** A pair has to be this much more like a word than another word has to: there are more pairs. */
  private static final float PAIR = 0.05f;

  private final List<List<String>> runs = new ArrayList<>();

  EpisodeWords(List<StoredMoment> moments) {
    Map<String, List<String>> bySource = new HashMap<>();
    for (StoredMoment moment : moments) {
      List<String> run = bySource.get(moment.source());
      if (run == null || !moment.moment().continues()) {
        run = new ArrayList<>();
        runs.add(run);
        bySource.put(moment.source(), run);
      }
      Words words = Words.of(moment.moment().text());
      for (int i = 0; i < words.count(); i++) {
        run.add(words.folded(i));
      }
    }
  }

  /** The words like one, the likest first. */
  List<SaidWords.Near> alike(String word, int most) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    runs.forEach(run -> run.forEach(said -> counts.merge(said, 1, Integer::sum)));
    WordList.Builder words = new WordList.Builder();
    counts.forEach(words::add);
    return words.build(Integer.MAX_VALUE).alike(word, WordList.LEAST_LIKENESS, most);
  }

  /** The pairs of words said in a row that read as one are like a word, the likest first. */
  List<List<String>> pairsAlike(String word, int most) {
    int reach = Math.max(2, word.length() / 3);
    Map<String, List<String>> pairs = new LinkedHashMap<>();
    for (List<String> run : runs) {
      for (int i = 0; i + 1 < run.size(); i++) {
        String first = run.get(i);
        String second = run.get(i + 1);
        int length = first.length() + second.length();
        if (Math.abs(length - word.length()) <= reach
            && Math.min(first.length(), second.length()) >= SHORTEST_PART) {
          pairs.putIfAbsent(first + second, List.of(first, second));
        }
      }
    }
    WordList.Builder words = new WordList.Builder();
    pairs.keySet().forEach(joined -> words.add(joined, 1));
    return words.build(Integer.MAX_VALUE).alike(word, WordList.LEAST_LIKENESS + PAIR, most).stream()
        .map(near -> pairs.getOrDefault(near.word(), List.of()))
        .toList();
  }
}
