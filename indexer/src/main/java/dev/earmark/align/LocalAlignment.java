package dev.earmark.align;

import dev.earmark.text.WordNumbers;
import java.util.Arrays;

/**
 * The best local alignment of two sequences of words, each word by its weight (T. F. Smith, M. S.
 * Waterman, <i>Identification of common molecular subsequences</i>, 1981).
 *
 * <p>Equal words score their weight; words with the same stem score most of it. A gap costs a share
 * of the weight of the words in it, so small words may come and go almost freely. Time and memory
 * are the product of the lengths; callers bound both.
 *
 * @param places for each word of the query the index of its match, or -1
 * @param score the sum over matches and gaps
 */
record LocalAlignment(int[] places, double score) {
  private static final double SAME_STEM = 0.7;
  private static final double UNSPOKEN = 0.33;
  private static final double UNQUOTED = 0.17;
  private static final double ANY_GAP = 0.02;

  private static final byte STOP = 0;
  private static final byte MATCH = 1;
  private static final byte SKIP_QUERY = 2;
  private static final byte SKIP_ROW = 3;

  /**
   * Aligns a query with part of a timeline.
   *
   * @param query the words sought
   * @param from the first place to look at
   * @param to the place after the last
   */
  static LocalAlignment of(
      int[] query, SpokenTimeline timeline, int from, int to, WordWeights weights) {
    int length = query.length;
    int width = to - from;
    byte[] steps = new byte[(length + 1) * (width + 1)];
    double[] above = new double[width + 1];
    double[] row = new double[width + 1];
    double best = 0;
    int bestAt = 0;
    for (int i = 1; i <= length; i++) {
      double own = weights.of(query[i - 1]);
      for (int j = 1; j <= width; j++) {
        int word = timeline.word(from + j - 1);
        if (word == SpokenTimeline.BREAK) {
          row[j] = 0;
          continue;
        }
        double spoken = weights.of(word);
        double matched = above[j - 1] + likeness(query[i - 1], own, word, spoken, timeline);
        double unspoken = above[j] - UNSPOKEN * own - ANY_GAP;
        double unquoted = row[j - 1] - UNQUOTED * spoken - ANY_GAP;
        double score = Math.max(0, Math.max(matched, Math.max(unspoken, unquoted)));
        row[j] = score;
        if (score > 0) {
          steps[i * (width + 1) + j] =
              score == matched ? MATCH : score == unspoken ? SKIP_QUERY : SKIP_ROW;
        }
        if (score > best) {
          best = score;
          bestAt = i * (width + 1) + j;
        }
      }
      double[] spare = above;
      above = row;
      row = spare;
      row[0] = 0;
    }
    return new LocalAlignment(trace(steps, bestAt, width + 1, query, timeline, from), best);
  }

  private static double likeness(
      int a, double weightA, int b, double weightB, SpokenTimeline timeline) {
    if (a == b) {
      return weightA;
    }
    WordNumbers vocabulary = timeline.vocabulary();
    return vocabulary.stem(a) == vocabulary.stem(b)
        ? SAME_STEM * Math.min(weightA, weightB)
        : -UNSPOKEN * weightA - UNQUOTED * weightB;
  }

  private static int[] trace(
      byte[] steps, int end, int stride, int[] query, SpokenTimeline timeline, int from) {
    int[] places = new int[query.length];
    Arrays.fill(places, -1);
    int at = end;
    while (at > 0 && steps[at] != STOP) {
      switch (steps[at]) {
        case MATCH -> {
          int i = at / stride - 1;
          int place = from + at % stride - 1;
          WordNumbers vocabulary = timeline.vocabulary();
          if (vocabulary.stem(query[i]) == vocabulary.stem(timeline.word(place))) {
            places[i] = place;
          }
          at -= stride + 1;
        }
        case SKIP_QUERY -> at -= stride;
        default -> at--;
      }
    }
    return places;
  }

  /** The first place matched, or -1. */
  int first() {
    for (int place : places) {
      if (place >= 0) {
        return place;
      }
    }
    return -1;
  }

  /** The last place matched, or -1. */
  int last() {
    for (int i = places.length - 1; i >= 0; i--) {
      if (places[i] >= 0) {
        return places[i];
      }
    }
    return -1;
  }
}
