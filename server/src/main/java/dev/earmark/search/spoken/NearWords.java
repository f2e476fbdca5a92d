package dev.earmark.search.spoken;

import com.github.benmanes.caffeine.cache.Cache;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The words of a snapshot that are similar to a given word, cached. Thread-safe. */
public final class NearWords {
  private static final int MOST_ALIKE = 60;
  private static final int MOST_TYPED = 2;

  /** A word with more letters wrong than one in so many is another word. */
  private static final int LETTERS_A_TYPO = 4;

  private static final long BYTES_KEPT = 4 << 20;

  private final IndexStatistics index;
  private final Cache<String, List<SaidWords.Near>> alike = Footprint.cache(BYTES_KEPT);

  private NearWords(IndexStatistics index) {
    this.index = index;
  }

  static NearWords of(IndexStatistics index) throws IOException {
    return index.once(NearWords.class, NearWords::new);
  }

  private static int edits(String word) {
    return Math.min(2, word.length() / LETTERS_A_TYPO);
  }

  /** Tells that some words are asked about next: a hint. */
  void lookUp(Collection<String> words) throws IOException {
    Map<String, Integer> edits = new LinkedHashMap<>();
    for (String word : words) {
      if (alike.getIfPresent(word) == null) {
        edits.put(word, edits(word));
      }
    }
    if (!edits.isEmpty()) {
      index.words().lookUp(edits);
    }
  }

  /** The words that may be this one misheard, the likest first, then those it may be mistyped. */
  List<SaidWords.Near> alike(String word) throws IOException {
    List<SaidWords.Near> known = alike.getIfPresent(word);
    if (known == null) {
      lookUp(List.of(word));
      known = new ArrayList<>(index.words().alike(word, WordList.LEAST_LIKENESS, MOST_ALIKE));
      for (SaidWords.Near typed : index.words().spelledLike(word, edits(word), MOST_TYPED)) {
        if (known.size() < MOST_ALIKE
            && known.stream().noneMatch(near -> near.word().equals(typed.word()))) {
          known.add(new SaidWords.Near(typed.word(), WordList.LEAST_LIKENESS, typed.moments()));
        }
      }
      alike.put(word, List.copyOf(known));
    }
    return known;
  }
}
