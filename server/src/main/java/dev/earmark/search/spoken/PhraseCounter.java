package dev.earmark.search.spoken;

import dev.earmark.search.Suggestion;
import dev.earmark.text.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds frequent phrases to suggest: two or three consecutive words that neither begin nor end with
 * a small word.
 *
 * <p>Holds at most {@value #MOST_COUNTED} phrases. Not thread-safe.
 */
public final class PhraseCounter {
  /** A word that a greater share of the moments holds is small, in whatever language. */
  private static final double SMALL_WORD = 0.03;

  private static final int MOST_COUNTED = 300_000;
  private static final int MOST_PHRASES = 30_000;
  private static final int OFTEN = 3;
  private static final int SHORTEST = 3;

  private final Set<String> smallWords;
  private final Map<String, Counted> counted = new HashMap<>();

  /**
   * @param words the words that are said
   * @param documents how many documents the index has
   */
  public PhraseCounter(SaidWords words, int documents) throws IOException {
    smallWords = Set.copyOf(words.heldByMoreThan((int) Math.max(5, documents * SMALL_WORD)));
  }

  /**
   * The phrases that were met often, the most frequent first.
   *
   * @param step every so manieth moment was counted
   */
  public List<Suggestion> often(int step) {
    List<Counted> often = new ArrayList<>(counted.values());
    often.removeIf(phrase -> phrase.times < OFTEN);
    often.sort(Comparator.comparingInt((Counted phrase) -> -phrase.times));
    List<Suggestion> phrases = new ArrayList<>();
    for (Counted phrase : often.subList(0, Math.min(often.size(), MOST_PHRASES))) {
      phrases.add(
          Suggestion.query(
              phrase.text, Suggestion.Type.PHRASE, phrase.times * step, '"' + phrase.text + '"'));
    }
    return phrases;
  }

  /** What was said once so far is unlikely to be said often: a bound on memory. */
  private void forgetRare() {
    if (counted.size() > MOST_COUNTED) {
      counted.values().removeIf(phrase -> phrase.times <= 1);
      if (counted.size() > MOST_COUNTED / 2) {
        counted.values().removeIf(phrase -> phrase.times <= OFTEN);
      }
    }
  }

  /** A phrase as it was first written, and how often it was met. */
  private static final class Counted {
    private final String text;
    private int times;

    Counted(String text) {
      this.text = text;
    }
  }

  /** Counts the phrases of a text, each once. */
  public void count(String text) {
    Words words = Words.of(text);
    String[] folded = words.folded();
    Map<String, int[]> here = new LinkedHashMap<>();
    for (int first = 0; first + 1 < folded.length; first++) {
      if (isSmall(folded[first])) {
        continue;
      }
      String phrase = folded[first];
      for (int last = first + 1; last <= first + 2 && last < folded.length; last++) {
        if (!isOneSpace(text, words.end(last - 1), words.start(last))) {
          break;
        }
        phrase += ' ' + folded[last];
        if (!isSmall(folded[last])) {
          here.putIfAbsent(phrase, new int[] {words.start(first), words.end(last)});
        }
      }
    }
    here.forEach((phrase, at) -> {
      Counted known =
          counted.computeIfAbsent(phrase, key -> new Counted(text.substring(at[0], at[1])));
      known.times++;
    });
    forgetRare();
  }

  /** Whether two words stand in one stretch of speech: nothing but a space between them. */
  private static boolean isOneSpace(String text, int from, int to) {
    return to == from + 1 && text.charAt(from) == ' ';
  }

  private boolean isSmall(String word) {
    return word.length() < SHORTEST || smallWords.contains(word);
  }
}
