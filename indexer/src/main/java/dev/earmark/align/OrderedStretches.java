package dev.earmark.align;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Assigns cells of time to the parts of a document, in order.
 *
 * <p>A left-to-right hidden Markov model: each cell belongs to a part or to none, parts follow each
 * other, and a part may be skipped. (Such models segment text by topic since P. van Mulbregt et
 * al., <i>Text segmentation and topic tracking on broadcast news via a hidden Markov model
 * approach</i>, ICSLP 1998.) The forward and backward passes (L. R. Rabiner, <i>A tutorial on
 * hidden Markov models</i>, 1989) give the probability that each part begins, and lies, in each
 * cell, given all others.
 *
 * <p>Time and memory are the product of parts and cells.
 */
final class OrderedStretches {
  /** For beginning a part in the cell of the one before. */
  private static final double SHARE = -3;

  /** For leaving out a part, and for each one more after it. */
  private static final double SKIP = -4;

  private static final double SKIP_MORE = -0.7;

  /** For beginning a part, and for leaving one for none. */
  private static final double ENTER = -3;

  private static final double LEAVE = -1.5;

  private static final float NEVER = -1e9f;

  private final boolean shared;
  private final float[][] affinity;
  private final int parts;
  private final int cells;
  private final float[][] begins;
  private final float[][] lies;
  private final double evidence;

  /**
   * @param affinity by part and cell: the logarithm of how much likelier the cell is with the part
   *     than with none
   * @param shared whether a cell may belong to several parts, since it is as long as they are
   */
  OrderedStretches(float[][] affinity, boolean shared) {
    this.shared = shared;
    this.affinity = affinity;
    parts = affinity.length;
    cells = parts == 0 ? 0 : affinity[0].length;
    begins = new float[parts][cells];
    lies = new float[parts][cells];
    if (parts > 0 && cells > 0) {
      forward();
      evidence = total();
    } else {
      evidence = 0;
    }
  }

  /**
   * How much likelier the recording is with these parts in this order than with none of them, all
   * ways to lay them out together: a logarithm.
   */
  double evidence() {
    return evidence;
  }

  /** Leaves in {@link #begins} and {@link #lies} the forward values of beginning and lying. */
  private void forward() {
    // Place i + 1 is for part i; place 0 for before the first.
    double[] within = filled(parts + 1);
    double[] after = filled(parts + 1);
    after[0] = 0;
    double[] nextWithin = filled(parts + 1);
    double[] nextAfter = filled(parts + 1);
    for (int cell = 0; cell < cells; cell++) {
      double skipping = NEVER;
      double last = NEVER;
      nextWithin[0] = NEVER;
      nextAfter[0] = after[0];
      for (int part = 1; part <= parts; part++) {
        skipping = sum(skipping + SKIP_MORE, last + SKIP);
        last = sum(within[part - 1], after[part - 1]);
        if (shared) {
          last = sum(last, nextWithin[part - 1] + SHARE);
        }
        double begin = sum(skipping, last) + ENTER + affinity[part - 1][cell];
        double in = sum(begin, within[part] + affinity[part - 1][cell]);
        begins[part - 1][cell] = (float) begin;
        lies[part - 1][cell] = (float) in;
        nextWithin[part] = in;
        nextAfter[part] = sum(after[part], within[part] + LEAVE);
      }
      double[] spare = within;
      within = nextWithin;
      nextWithin = spare;
      spare = after;
      after = nextAfter;
      nextAfter = spare;
    }
  }

  /** Turns the forward values into probabilities. */
  private void backward() {
    double[] within = new double[parts + 1];
    double[] after = new double[parts + 1];
    for (int part = 0; part <= parts; part++) {
      within[part] = skipped(parts - part);
      after[part] = within[part];
    }
    double[] nextWithin = new double[parts + 1];
    double[] nextAfter = new double[parts + 1];
    for (int cell = cells - 1; cell >= 0; cell--) {
      // What lies ahead of each part: to begin the next in this cell, or one after skipping some.
      double next = NEVER;
      double skipping = NEVER;
      for (int part = parts; part >= 0; part--) {
        double ahead = sum(next, skipping);
        double here = shared && part > 0 ? sum(within[part], ahead + SHARE) : within[part];
        double stay = NEVER;
        if (part > 0) {
          begins[part - 1][cell] = probability(begins[part - 1][cell] + here - evidence);
          lies[part - 1][cell] = probability(lies[part - 1][cell] + here - evidence);
          stay = here + affinity[part - 1][cell];
        }
        nextWithin[part] = sum(sum(stay, after[part] + LEAVE), ahead);
        nextAfter[part] = sum(after[part], ahead);
        skipping = sum(skipping + SKIP_MORE, next + SKIP);
        next = stay + ENTER;
      }
      double[] spare = within;
      within = nextWithin;
      nextWithin = spare;
      spare = after;
      after = nextAfter;
      nextAfter = spare;
    }
  }

  /** The forward value of all ways together. */
  private double total() {
    // Before the first part to the end without any.
    double all = skipped(parts);
    for (int part = 0; part < parts; part++) {
      double rest = skipped(parts - 1 - part);
      all = sum(all, lies[part][cells - 1] + rest);
      for (int cell = 0; cell + 1 < cells; cell++) {
        all = sum(all, lies[part][cell] + LEAVE + rest);
      }
    }
    return all;
  }

  /** The price of leaving out so many parts in a row. */
  private static double skipped(int count) {
    return count == 0 ? 0 : SKIP + SKIP_MORE * (count - 1);
  }

  private static double[] filled(int length) {
    double[] values = new double[length];
    Arrays.fill(values, NEVER);
    return values;
  }

  private static float probability(double logarithm) {
    return (float) Math.exp(Math.min(0, logarithm));
  }

  /** The logarithm of the sum of what two logarithms stand for. */
  private static double sum(double a, double b) {
    double more = Math.max(a, b);
    double less = Math.min(a, b);
    return more - less > 30 ? more : more + Math.log1p(Math.exp(less - more));
  }

  /**
   * Where a part lies.
   *
   * @param from its first cell
   * @param to the cell after its last
   * @param begins how likely it begins near its first cell
   * @param lies how likely its first cell is one of its own
   */
  record Stretch(int from, int to, double begins, double lies) {
    /** Both in one figure, 0 to 1. */
    double raw() {
      return Math.sqrt(begins * lies);
    }
  }

  /**
   * The likeliest stretch of every part; asked for once.
   *
   * @param startMs when each cell begins
   * @param nearMs how far on either side of the begin counts as the same
   */
  List<Stretch> all(long[] startMs, long nearMs) {
    if (cells > 0) {
      backward();
    }
    return IntStream.range(0, parts).mapToObj(part -> stretch(part, startMs, nearMs)).toList();
  }

  private Stretch stretch(int part, long[] startMs, long nearMs) {
    float[] begin = begins[part];
    double window = 0;
    int low = 0;
    int high = 0;
    double best = -1;
    double near = 0;
    int from = 0;
    for (int cell = 0; cell < cells; cell++) {
      while (high < cells && startMs[high] <= startMs[cell] + nearMs) {
        window += begin[high++];
      }
      while (startMs[low] < startMs[cell] - nearMs) {
        window -= begin[low++];
      }
      double score = window + begin[cell];
      if (score > best) {
        best = score;
        near = window;
        from = cell;
      }
    }
    int to = from + 1;
    for (int cell = from + 1; cell < cells; cell++) {
      if (lies[part][cell] >= 0.5) {
        to = cell + 1;
      }
    }
    return new Stretch(from, to, Math.min(1, near), lies[part][from]);
  }
}
