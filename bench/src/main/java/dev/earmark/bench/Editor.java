package dev.earmark.bench;

import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Edits what was said as an editor does before it is printed: fillers and doubled words dropped,
 * small words changed, contractions and numbers written otherwise. The same seed edits the same
 * way. Not thread-safe.
 */
final class Editor {
  private static final Set<String> FILLERS =
      Set.of(
          "um", "uh", "yeah", "okay", "right", "so", "well", "like", "just", "really", "actually");

  private static final List<String> SMALL =
      List.of(
          "the", "a", "this", "that", "of", "in", "on", "for", "to", "and", "but", "with", "at",
          "it", "these", "those", "some", "from", "as");

  private static final Map<String, String> OTHERWISE =
      Map.ofEntries(
          Map.entry("don't", "do not"),
          Map.entry("it's", "it is"),
          Map.entry("that's", "that is"),
          Map.entry("i'm", "I am"),
          Map.entry("you're", "you are"),
          Map.entry("can't", "cannot"),
          Map.entry("gonna", "going to"),
          Map.entry("two", "2"),
          Map.entry("three", "3"),
          Map.entry("five", "5"),
          Map.entry("10", "ten"),
          Map.entry("20", "twenty"),
          Map.entry("100", "a hundred"),
          Map.entry("percent", "%"),
          Map.entry("million", "million dollars"));

  private final Random random;
  private final double much;

  /**
   * @param much how much is changed beyond fillers: 1 for ordinary editing
   */
  Editor(long seed, double much) {
    random = new Random(seed);
    this.much = much;
  }

  /**
   * What was edited.
   *
   * @param text the words as printed
   * @param origins for each of its {@link Words} the number of the word as spoken
   */
  record Edited(String text, int[] origins) {}

  /** Edits the words from one to before another. */
  Edited edit(List<String> spoken, int from, int to) {
    StringBuilder text = new StringBuilder();
    List<Integer> origins = new ArrayList<>();
    String before = "";
    for (int i = from; i < to; i++) {
      String word = spoken.get(i);
      String lower = word.toLowerCase(Locale.ROOT);
      boolean small = SMALL.contains(lower);
      boolean dropped =
          (FILLERS.contains(lower) && random.nextDouble() < 0.6)
              || lower.equals(before)
              || (small && random.nextDouble() < 0.06 * much)
              || (!small && random.nextDouble() < 0.015 * much);
      before = lower;
      if (dropped) {
        continue;
      }
      String printed = word;
      if (OTHERWISE.containsKey(lower) && random.nextDouble() < 0.5) {
        printed = OTHERWISE.get(lower);
      } else if (small && random.nextDouble() < 0.06 * much) {
        printed = SMALL.get(random.nextInt(SMALL.size()));
      } else if (random.nextDouble() < 0.01 * much) {
        printed = SMALL.get(random.nextInt(SMALL.size())) + " " + word;
      }
      int count = Words.of(printed).count();
      for (int k = 0; k < count; k++) {
        origins.add(i);
      }
      text.append(text.isEmpty() ? "" : " ").append(printed);
      if (random.nextDouble() < 0.02) {
        text.append(random.nextBoolean() ? "," : ".");
      }
    }
    return new Edited(text.toString(), origins.stream().mapToInt(i -> i).toArray());
  }

  /** A number from 0 to before {@code bound}. */
  int pick(int bound) {
    return random.nextInt(bound);
  }
}
