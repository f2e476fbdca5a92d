package dev.earmark.align;

import dev.earmark.text.WordNumbers;
import java.util.Arrays;

/**
 * Pairs the words of two versions of one talk, in order.
 *
 * <p>Patience diff (B. Cohen, 2003) with runs of words for lines: runs that occur once in each
 * version are paired; the longest chain that rises in both is kept (C. Schensted, <i>Longest
 * increasing and decreasing subsequences</i>, 1961); pairs grow along their diagonals; and the gaps
 * are treated the same with shorter runs, at last by global alignment (S. B. Needleman, C. D.
 * Wunsch, 1970) if they are small. A gap that is too large for that and has no common run stays
 * unpaired, so time is nearly linear and memory linear.
 */
final class WordPairs {
  /** Words in a run, by turns. */
  private static final int[] RUNS = {5, 3, 2};

  /** The largest product of lengths that is aligned word by word. */
  private static final int SMALL = 250_000;

  private static final int MATCH = 10;
  private static final int STEM_MATCH = 7;
  private static final int GAP = -2;

  private final int[] left;
  private final int[] right;
  private final WordNumbers vocabulary;
  private final int[] pairs;

  private WordPairs(int[] left, int[] right, WordNumbers vocabulary) {
    this.left = left;
    this.right = right;
    this.vocabulary = vocabulary;
    pairs = new int[left.length];
    Arrays.fill(pairs, -1);
  }

  /** For each word of the left the number of the word of the right it is, or -1. */
  static int[] of(int[] left, int[] right, WordNumbers vocabulary) {
    WordPairs all = new WordPairs(left, right, vocabulary);
    all.between(0, left.length, 0, right.length, 0);
    return all.pairs;
  }

  /** Pairs what lies between two pairs; {@code turn} bounds how deep this goes. */
  private void between(int leftFrom, int leftTo, int rightFrom, int rightTo, int turn) {
    int leftAt = leftFrom;
    int rightAt = rightFrom;
    int leftEnd = leftTo;
    int rightEnd = rightTo;
    while (leftAt < leftEnd && rightAt < rightEnd && same(leftAt, rightAt)) {
      pairs[leftAt++] = rightAt++;
    }
    while (leftAt < leftEnd && rightAt < rightEnd && same(leftEnd - 1, rightEnd - 1)) {
      pairs[--leftEnd] = --rightEnd;
    }
    long product = (long) (leftEnd - leftAt) * (rightEnd - rightAt);
    if (product == 0) {
      return;
    }
    if (product <= SMALL) {
      align(leftAt, leftEnd, rightAt, rightEnd);
      return;
    }
    if (turn == RUNS.length) {
      return;
    }
    int[][] chain = chain(leftAt, leftEnd, rightAt, rightEnd, RUNS[turn]);
    int lastLeft = leftAt;
    int lastRight = rightAt;
    for (int i = 0; i < chain[0].length; i++) {
      int nextLeft = chain[0][i];
      int nextRight = chain[1][i];
      if (nextLeft < lastLeft || nextRight < lastRight) {
        continue;
      }
      between(lastLeft, nextLeft, lastRight, nextRight, turn + 1);
      for (int k = 0; k < RUNS[turn]; k++) {
        pairs[nextLeft + k] = nextRight + k;
      }
      lastLeft = nextLeft + RUNS[turn];
      lastRight = nextRight + RUNS[turn];
    }
    between(lastLeft, leftEnd, lastRight, rightEnd, turn + 1);
  }

  private boolean same(int leftAt, int rightAt) {
    return left[leftAt] == right[rightAt] && left[leftAt] != SpokenTimeline.BREAK;
  }

  /** The longest rising chain of runs that come once on either side. */
  private int[][] chain(int leftFrom, int leftTo, int rightFrom, int rightTo, int run) {
    int[] ours = Arrays.copyOfRange(left, leftFrom, leftTo);
    int[] theirs = Arrays.copyOfRange(right, rightFrom, rightTo);
    NgramIndex inOurs = new NgramIndex(ours, ours.length, run);
    NgramIndex inTheirs = new NgramIndex(theirs, theirs.length, run);
    int[] lefts = new int[ours.length];
    int[] rights = new int[ours.length];
    int count = 0;
    for (int at = 0; at + run <= ours.length; at++) {
      int own = inOurs.first(ours, at);
      int other = inTheirs.first(ours, at);
      if (inOurs.count(ours, at, own, 2) == 1
          && inTheirs.count(ours, at, other, 2) == 1
          && Arrays.equals(
              ours, at, at + run, theirs, inTheirs.place(other), inTheirs.place(other) + run)) {
        lefts[count] = leftFrom + at;
        rights[count++] = rightFrom + inTheirs.place(other);
      }
    }
    int[] rising = rising(rights, count);
    int[][] chain = new int[2][rising.length];
    for (int i = 0; i < rising.length; i++) {
      chain[0][i] = lefts[rising[i]];
      chain[1][i] = rights[rising[i]];
    }
    return chain;
  }

  /** The places of a longest strictly rising subsequence. */
  static int[] rising(int[] values, int count) {
    int[] tails = new int[count];
    int[] before = new int[count];
    int length = 0;
    for (int i = 0; i < count; i++) {
      int low = 0;
      int high = length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (values[tails[middle]] < values[i]) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      before[i] = low == 0 ? -1 : tails[low - 1];
      tails[low] = i;
      length = Math.max(length, low + 1);
    }
    int[] rising = new int[length];
    int at = length == 0 ? -1 : tails[length - 1];
    for (int i = length - 1; i >= 0; i--) {
      rising[i] = at;
      at = before[at];
    }
    return rising;
  }

  private void align(int leftFrom, int leftTo, int rightFrom, int rightTo) {
    int rows = leftTo - leftFrom;
    int columns = rightTo - rightFrom;
    int[] above = new int[columns + 1];
    int[] row = new int[columns + 1];
    byte[] steps = new byte[(rows + 1) * (columns + 1)];
    for (int j = 1; j <= columns; j++) {
      above[j] = j * GAP;
    }
    for (int i = 1; i <= rows; i++) {
      row[0] = i * GAP;
      for (int j = 1; j <= columns; j++) {
        int likeness = likeness(left[leftFrom + i - 1], right[rightFrom + j - 1]);
        int best = Math.max(above[j], row[j - 1]) + GAP;
        byte step = above[j] >= row[j - 1] ? (byte) 1 : (byte) 2;
        if (likeness > 0 && above[j - 1] + likeness > best) {
          best = above[j - 1] + likeness;
          step = 3;
        }
        row[j] = best;
        steps[i * (columns + 1) + j] = step;
      }
      int[] spare = above;
      above = row;
      row = spare;
    }
    int i = rows;
    int j = columns;
    while (i > 0 && j > 0) {
      switch (steps[i * (columns + 1) + j]) {
        case 1 -> i--;
        case 2 -> j--;
        default -> pairs[leftFrom + --i] = rightFrom + --j;
      }
    }
  }

  private int likeness(int a, int b) {
    if (a == SpokenTimeline.BREAK || b == SpokenTimeline.BREAK) {
      return 0;
    }
    if (a == b) {
      return MATCH;
    }
    return vocabulary.stem(a) == vocabulary.stem(b) ? STEM_MATCH : 0;
  }
}
