package dev.earmark.schema;

import dev.earmark.model.Anchor;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;

/**
 * What an index keeps of a moment that says how far to trust it, whatever is asked: facts, not
 * weights, so that ranking can change without a new index.
 *
 * @param place how the moment is placed in the recording
 * @param confidence of an estimated place, 0 to 1 in hundredths; 0 for others
 * @param ownWords whether these are somebody's own words rather than a retelling
 * @param aside whether it is an advertisement or a recognizer's loop
 */
public record Evidence(Place place, double confidence, boolean ownWords, boolean aside) {
  /** All codes are smaller than this. */
  public static final int CODES = 1 << 11;

  /** So many codes follow each other that differ in confidence alone. */
  public static final int CODES_OF_CONFIDENCE = 1 << 7;

  private static final int HUNDREDTHS = 100;

  /** How a moment is placed. */
  public enum Place {
    UNPLACED(0),
    ESTIMATED(1),
    EXACT(2);

    private final int code;

    Place(int code) {
      this.code = code;
    }

    private static Place of(int code) {
      return switch (code) {
        case 0 -> UNPLACED;
        case 1 -> ESTIMATED;
        default -> EXACT;
      };
    }
  }

  /** What there is of a moment. */
  static Evidence of(IndexedMoment indexed) {
    Moment moment = indexed.moment();
    boolean ownWords =
        (moment.kind() == Kind.QUOTE && moment.speaker() != null) || moment.times() != null;
    return switch (moment.anchor()) {
      case Anchor.Exact exact -> new Evidence(Place.EXACT, 0, ownWords, indexed.aside());
      case Anchor.Estimated estimated ->
          new Evidence(
              Place.ESTIMATED, hundredths(estimated.confidence()), ownWords, indexed.aside());
      case Anchor.Unplaced unplaced -> new Evidence(Place.UNPLACED, 0, ownWords, indexed.aside());
    };
  }

  private static double hundredths(double confidence) {
    return Math.round(HUNDREDTHS * Math.clamp(confidence, 0, 1)) / (double) HUNDREDTHS;
  }

  /**
   * The number an index keeps: from the highest bit down, whether it is an aside, whether these are
   * own words, two bits for the place, seven for hundredths of confidence.
   */
  public int code() {
    int code = aside ? 1 : 0;
    code = code << 1 | (ownWords ? 1 : 0);
    code = code << 2 | place.code;
    return code << 7 | (int) Math.round(HUNDREDTHS * confidence);
  }

  /** The evidence of a code; every number below {@link #CODES} is one. */
  public static Evidence of(int code) {
    return new Evidence(
        Place.of(code >> 7 & 3),
        Math.min(HUNDREDTHS, code & 0x7F) / (double) HUNDREDTHS,
        (code >> 9 & 1) == 1,
        (code >> 10 & 1) == 1);
  }
}
