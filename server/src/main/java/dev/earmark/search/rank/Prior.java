package dev.earmark.search.rank;

import dev.earmark.schema.Evidence;
import dev.earmark.search.Explanation;
import java.util.List;

/**
 * What a moment is worth before anything is asked; its score is multiplied by it.
 *
 * <p>A moment one can jump to is worth more than one that only tells of it, and somebody's own
 * words more than a retelling. Advertisements and a recognizer's loops are worth little. For
 * example, somebody's own words at an exact time are worth 1.2, notes that are placed with a
 * confidence of 0.5 are worth 0.8 + 0.1 · 0.5 = 0.85, and an advertisement 0.25.
 *
 * <p>The index keeps the {@link Evidence}; this weighs it. Immutable and thread-safe.
 */
public final class Prior {
  private static final double HUNDRED = 100;
  private static final double LITTLE = 1e-6;

  private final RankingParameters parameters;
  private final double[] worths = new double[Evidence.CODES];

  public Prior(RankingParameters parameters) {
    this.parameters = parameters;
    for (int code = 0; code < worths.length; code++) {
      worths[code] = worth(Evidence.of(code));
    }
  }

  /** What a moment is worth, by the code of its evidence. */
  public double of(int code) {
    return worths[code];
  }

  private double worth(Evidence evidence) {
    double form =
        evidence.aside() ? parameters.aside() : evidence.ownWords() ? parameters.ownWords() : 1;
    // Rounded down, but not for what a product of doubles lacks.
    return Math.floor(HUNDRED * placed(evidence) * form + LITTLE) / HUNDRED;
  }

  private double placed(Evidence evidence) {
    return switch (evidence.place()) {
      case EXACT -> 1;
      case ESTIMATED ->
          Math.round(
                  HUNDRED
                      * (parameters.estimated() + parameters.confidence() * evidence.confidence()))
              / HUNDRED;
      case UNPLACED -> parameters.unplaced();
    };
  }

  /** Why a moment is worth that. */
  public Explanation explain(int code) {
    Evidence evidence = Evidence.of(code);
    String why =
        switch (evidence.place()) {
          case EXACT -> "its place in the recording is exact";
          case ESTIMATED ->
              "its place in the recording is estimated, with confidence " + evidence.confidence();
          case UNPLACED -> "it has no place in the recording";
        };
    Explanation place = new Explanation(placed(evidence), why, List.of());
    Explanation form =
        evidence.aside()
            ? new Explanation(parameters.aside(), "an advertisement or a loop", List.of())
            : new Explanation(
                evidence.ownWords() ? parameters.ownWords() : 1,
                evidence.ownWords() ? "somebody's own words" : "not marked as somebody's own words",
                List.of());
    return new Explanation(
        of(code),
        "worth before anything is asked, the product in hundredths of",
        List.of(place, form));
  }
}
