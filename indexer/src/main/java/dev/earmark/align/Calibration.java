package dev.earmark.align;

/**
 * What share of the anchors of a method and a raw score are right: the confidence they are given.
 *
 * <p>A curve runs through points fitted by isotonic regression. Immutable and thread-safe.
 */
enum Calibration {
  QUOTE(0, 1),
  TRANSCRIPT(0, 1),
  SECTION(0, 1),
  ITEM(0, 1),
  ALONE(0, 1);

  /** Below this confidence nothing is claimed. */
  static final double FLOOR = 0.3;

  private final double[] shares;

  /**
   * @param shares what is right at raw scores of 0 to 1, evenly spaced
   */
  Calibration(double... shares) {
    this.shares = shares;
  }

  /** The confidence of an anchor with a raw score of 0 to 1. */
  double confidence(double raw) {
    double at = Math.max(0, Math.min(1, raw)) * (shares.length - 1);
    int below = Math.min(shares.length - 2, (int) at);
    double confidence = shares[below] + (at - below) * (shares[below + 1] - shares[below]);
    return Math.round(confidence * 100) / 100.0;
  }
}
