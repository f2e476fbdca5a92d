package dev.earmark.align;

import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import dev.earmark.text.PlainWords;
import java.util.Arrays;

/**
 * Finds where in a stretch the words of a text fit best: the half minute in which the rarest of
 * them come, each counted once.
 *
 * <p>Only words that are rare in the recording are looked at, so the cost is bounded by the length
 * of the text rather than by that of the stretch. Not thread-safe, as the timeline's vocabulary is
 * not.
 */
final class BestPlace {
  private static final long WINDOW_MS = 30_000;

  /** A word that comes more often than this tells nothing. */
  private static final int MOST_OFTEN = 24;

  private static final int MOST_WORDS = 200;

  /** What is played begins with the sentence in which the first of the words comes. */
  private static final long LEAD_MS = 20_000;

  private final SpokenTimeline timeline;
  private final WordWeights weights;
  private final NgramIndex index;

  BestPlace(SpokenTimeline timeline) {
    this.timeline = timeline;
    weights = new WordWeights(timeline.counts());
    int[] row = new int[timeline.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = timeline.word(i);
    }
    index = new NgramIndex(row, row.length, 1);
  }

  /** The instant in a stretch from which to play; its start if no word of the text tells. */
  Timestamp in(TimeSpan stretch, CharSequence text) {
    int[] words =
        Arrays.stream(PlainWords.of(text, timeline.vocabulary()).numbers())
            .distinct()
            .limit(MOST_WORDS)
            .toArray();
    long[] found = new long[words.length * MOST_OFTEN];
    int count = 0;
    for (int i = 0; i < words.length; i++) {
      int first = index.first(words, i);
      int often = index.count(words, i, first, MOST_OFTEN + 1);
      for (int entry = first; often <= MOST_OFTEN && entry < first + often; entry++) {
        long ms = timeline.startMs(index.place(entry));
        if (ms >= stretch.startMs() && ms < stretch.endMs()) {
          found[count++] = (ms << 9) | i;
        }
      }
    }
    long[] sorted = Arrays.copyOf(found, count);
    Arrays.sort(sorted);
    long start = bestStart(sorted, words, stretch.startMs());
    long from = timeline.startBefore(start, LEAD_MS);
    return new Timestamp(Math.max(stretch.startMs(), from));
  }

  /** The first of the words of the window that weighs most. */
  private long bestStart(long[] sorted, int[] words, long otherwise) {
    int[] inside = new int[words.length];
    double weight = 0;
    double most = 0;
    long best = otherwise;
    int first = 0;
    for (long last : sorted) {
      int word = (int) (last & 511);
      weight += inside[word]++ == 0 ? weights.of(words[word]) : 0;
      while ((sorted[first] >> 9) + WINDOW_MS < last >> 9) {
        int gone = (int) (sorted[first++] & 511);
        weight -= --inside[gone] == 0 ? weights.of(words[gone]) : 0;
      }
      if (weight > most + 1e-9) {
        most = weight;
        best = sorted[first] >> 9;
      }
    }
    return best;
  }
}
