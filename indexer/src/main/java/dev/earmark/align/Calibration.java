package dev.earmark.align;

import java.util.Arrays;

/**
 * Turns a raw score of a method into a confidence: the share of such anchors that are right.
 *
 * <p>Right means within 5 s for words ({@link #QUOTE}, {@link #TRANSCRIPT}); for the rest, in the
 * stretch spoken of or within 60 s of it. Each curve rises. It was drawn by hand through the shares
 * that {@code earmark bench align --tune} prints under "Right, by confidence", where one document
 * of five is about another recording. To redraw one, set it to {@code (0, 1)} and {@link #FLOOR} to
 * 0, and run that command. Without {@code --tune} it measures the other half of the recordings, on
 * which nothing was chosen. {@link #TRANSCRIPT} stays below the measured 1, since printed
 * transcripts differ from speech in more ways than edited ones.
 *
 * <p>The same curves serve where a digest is all there is. For digests made by a program they are
 * slightly overconfident above 0.9, where 82 % are right; nothing about another recording is
 * claimed ({@code order+words, by a digest}). Immutable and thread-safe.
 */
final class Calibration {
  /** Below this confidence nothing is claimed. */
  static final double FLOOR = 0.4;

  /** Words quoted, by what they share with those said. */
  static final Calibration QUOTE =
      new Calibration(0, .2, .72, .90, .93, .945, .98, .99, .99, .99, .99);

  /** Paragraphs of a transcript, by the share of words paired. */
  static final Calibration TRANSCRIPT =
      new Calibration(.3, .90, .95, .97, .97, .97, .98, .98, .98, .99, .99);

  /** Sections, and what stands in them, by how likely order and words put them there. */
  static final Calibration ORDER =
      new Calibration(.15, .78, .87, .92, .935, .94, .945, .95, .965, .98, .98);

  /** What has no order, by how likely words alone put it there. */
  static final Calibration ALONE =
      new Calibration(0, 0, .02, .02, .02, .10, .22, .27, .33, .45, .60);

  /** Topics, by the share of what speaks of them that lies in one stretch. */
  static final Calibration TOPIC = new Calibration(0, .49, .78);

  private final double[] shares;

  /**
   * @param shares what is right at raw scores of 0 to 1, evenly spaced
   */
  private Calibration(double... shares) {
    this.shares = Arrays.copyOf(shares, shares.length);
  }

  /** The confidence of an anchor with a raw score of 0 to 1. */
  double confidence(double raw) {
    double at = Math.max(0, Math.min(1, raw)) * (shares.length - 1);
    int below = Math.min(shares.length - 2, (int) at);
    double confidence = shares[below] + (at - below) * (shares[below + 1] - shares[below]);
    return Math.round(confidence * 100) / 100.0;
  }
}
