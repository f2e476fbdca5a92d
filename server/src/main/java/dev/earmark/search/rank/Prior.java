package dev.earmark.search.rank;

import dev.earmark.schema.Evidence;
import dev.earmark.search.Explanation;
import java.util.List;

/**
 * Weighs a moment independently of the query; its score is multiplied by the weight.
 *
 * <p>A moment with a time counts more than one without, and a speaker's own words more than a
 * retelling. Advertisements and recogniser loops count little. For example, own words at an exact
 * time have weight 1.2; notes placed with confidence 0.5 have 0.8 + 0.1 · 0.5 = 0.85; an
 * advertisement has 0.25.
 *
 * <p>The index stores {@link Evidence}; this class weighs it. Immutable and thread-safe.
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

  /** The weight of a moment, by the code of its evidence. */
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

  /** Explains the weight. */
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
