package dev.earmark.align;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Decides whether a document is about a recording, by a permutation test (E. J. G. Pitman,
 * <i>Significance tests which may be applied to samples from any populations</i>, 1937).
 *
 * <p>Sections of a document about another recording find cells too, since people talk about the
 * same things and a model of order places everything somewhere. But then any other order of the
 * sections fits as well. So the evidence for the actual order is compared with that for random
 * orders: how many of their standard deviations is it above their mean? This needs no knowledge of
 * how well documents usually fit.
 *
 * <p>Episodes of a show begin and end alike, with a welcome and with advertisements, so where there
 * are enough parts the first and last are ignored. The threshold was chosen on the tuning half of
 * {@code earmark bench align}; it is higher for what seems to fit well. Costs one forward pass of
 * {@link OrderedStretches} for each order drawn.
 */
final class OrderEvidence {
  /** With fewer parts, orders hardly differ. */
  private static final int FEWEST_PARTS = 3;

  /** From so many parts on those at the ends can be spared. */
  private static final int MANY_PARTS = 7;

  private static final int ORDERS = 12;
  private static final long SEED = 1_937;

  /** Keeps what hardly varies from counting for much. */
  private static final double LEAST_DEVIATION = 0.05;

  /** How many deviations are asked of what has little to say for it, and of what has much. */
  private static final double ASKED = 0.6;

  private static final double ASKED_OF_WHAT_FITS = 2.2;

  /** The evidence a part, as a logarithm, of what fits well. */
  private static final double FITS = 1.2;

  private static final double WIDTH = 0.3;

  /** So far above what is asked nothing is left to doubt. */
  private static final double BEYOND_DOUBT = 1.5;

  private OrderEvidence() {}

  /**
   * What a test says.
   *
   * @param belongs how likely the document goes along with the recording, 0 to 1
   * @param sure how far that is beyond doubt, 0 to 1
   */
  record Result(double belongs, double sure) {}

  /**
   * Tests a document.
   *
   * @param affinity of its parts, in their order; see {@link OrderedStretches}
   * @return what is sure neither way if there are too few parts
   */
  static Result of(float[][] affinity, boolean shared) {
    if (affinity.length < FEWEST_PARTS) {
      return new Result(1, 0);
    }
    boolean many = affinity.length >= MANY_PARTS;
    float[][] parts = many ? Arrays.copyOfRange(affinity, 1, affinity.length - 1) : affinity;
    double evidence = new OrderedStretches(parts, shared).evidence();
    double sum = 0;
    double squares = 0;
    Random random = new Random(SEED);
    List<float[]> rows = Arrays.asList(parts.clone());
    for (int order = 0; order < ORDERS; order++) {
      Collections.shuffle(rows, random);
      double other = new OrderedStretches(rows.toArray(float[][]::new), shared).evidence();
      sum += other;
      squares += other * other;
    }
    double mean = sum / ORDERS;
    double deviation = Math.sqrt(Math.max(0, squares / ORDERS - mean * mean));
    double above = (evidence - mean) / (deviation + LEAST_DEVIATION);
    double asked = ASKED;
    if (many) {
      double fits = Math.max(0, Math.min(1, evidence / parts.length / FITS));
      asked += (ASKED_OF_WHAT_FITS - ASKED) * fits;
    }
    double belongs = 1 / (1 + Math.exp((asked - above) / WIDTH));
    return new Result(belongs, Math.max(0, Math.min(1, (above - asked) / BEYOND_DOUBT)));
  }
}
