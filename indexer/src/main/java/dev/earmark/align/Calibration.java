package dev.earmark.align;

/**
 * What share of the anchors of a method and a raw score are right: the confidence they are given.
 *
 * <p>A curve runs through points fitted by isotonic regression. Immutable and thread-safe.
 */
enum Calibration {
  QUOTE(0, .1, .5, .77, .88, .95, .97, .98, .99, .99, .99),
  TRANSCRIPT(.3, .9, .95, .97, .97, .97, .98, .98, .98, .99, .99),
  ORDER(0, .62, .87, .93, .94, .94, .94, .95, .98, .99, .99),
  ALONE(0, 0, .02, .03, .08, .18, .3, .4, .5, .65, .78);

  /** Below this confidence nothing is claimed. */
  static final double FLOOR = 0.4;

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
