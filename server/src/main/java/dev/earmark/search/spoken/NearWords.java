package dev.earmark.search.spoken;

import com.github.benmanes.caffeine.cache.Cache;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The words of a snapshot that are similar to a given word, cached. Thread-safe. */
public final class NearWords {
  private static final int MOST_ALIKE = 60;
  private static final int MOST_TYPED = 2;
  private static final int MOST_PAIRS = 3;

  /** A word with more letters wrong than one in so many is another word. */
  private static final int LETTERS_A_TYPO = 4;

  private static final int SHORTEST_PART = 1;
  private static final long BYTES_KEPT = 4 << 20;

  private final IndexStatistics index;
  private final Cache<String, List<WordList.Near>> alike = Footprint.cache(BYTES_KEPT);
  private final Cache<String, List<List<String>>> apart = Footprint.cache(BYTES_KEPT);

  private NearWords(IndexStatistics index) {
    this.index = index;
  }

  static NearWords of(IndexStatistics index) throws IOException {
    return index.once(NearWords.class, NearWords::new);
  }

  /** All words that are said, read when they are first needed. */
  public static WordList words(IndexStatistics index) throws IOException {
    return index.once(WordList.class, IndexStatistics::readWords);
  }

  /** The words that may be this one misheard, the likest first, then those it may be mistyped. */
  List<WordList.Near> alike(String word) throws IOException {
    List<WordList.Near> known = alike.getIfPresent(word);
    if (known == null) {
      int edits = Math.min(2, word.length() / LETTERS_A_TYPO);
      known = new ArrayList<>(words(index).alike(word, WordList.LEAST_LIKENESS, MOST_ALIKE));
      for (WordList.Near typed : words(index).spelledLike(word, edits, MOST_TYPED)) {
        if (known.size() < MOST_ALIKE
            && known.stream().noneMatch(near -> near.word().equals(typed.word()))) {
          known.add(new WordList.Near(typed.word(), WordList.LEAST_LIKENESS, typed.moments()));
        }
      }
      alike.put(word, List.copyOf(known));
    }
    return known;
  }

  /** The pairs of words that are said in a row somewhere and read together are this one. */
  List<List<String>> apart(String word) throws IOException {
    List<List<String>> known = apart.getIfPresent(word);
    if (known == null) {
      known = new ArrayList<>();
      List<String> parts = new ArrayList<>();
      for (int i = SHORTEST_PART; i <= word.length() - SHORTEST_PART; i++) {
        parts.add(word.substring(0, i));
        parts.add(word.substring(i));
      }
      index.lookUp(parts);
      for (int i = SHORTEST_PART;
          i <= word.length() - SHORTEST_PART && known.size() < MOST_PAIRS;
          i++) {
        List<String> pair = List.of(word.substring(0, i), word.substring(i));
        if (isSaid(pair.getFirst())
            && isSaid(pair.getLast())
            && index.hasAtLeast(1, new SpokenQuery.Row(pair, 0))) {
          known.add(pair);
        }
      }
      apart.put(word, List.copyOf(known));
    }
    return known;
  }

  private boolean isSaid(String word) throws IOException {
    return index.frequency(word) > 0;
  }
}
