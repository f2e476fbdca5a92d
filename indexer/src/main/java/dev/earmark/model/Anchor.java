package dev.earmark.model;

import java.util.Locale;
import java.util.Optional;

/**
 * Where a moment lies in the recording, and how that is known.
 *
 * <p>The three cases never mix: a reader can always tell what a source says from what was worked
 * out.
 */
public sealed interface Anchor {

  /** The source itself says when. */
  record Exact(TimeSpan at) implements Anchor {}

  /**
   * Worked out, for example by alignment.
   *
   * @param confidence the share of such anchors that are right, 0 to 1
   * @param how the method in a word or two, such as {@code quote} or {@code share of words}
   */
  record Estimated(TimeSpan at, double confidence, String how) implements Anchor {
    public Estimated {
      if (!(confidence >= 0 && confidence <= 1)) {
        throw new IllegalArgumentException("confidence must be 0 to 1, got " + confidence);
      }
    }
  }

  /** Not placed on the timeline. */
  record Unplaced() implements Anchor {}

  static Anchor exact(TimeSpan at) {
    return new Exact(at);
  }

  static Anchor estimated(TimeSpan at, double confidence, String how) {
    return new Estimated(at, confidence, how);
  }

  static Anchor unplaced() {
    return new Unplaced();
  }

  /** The stretch, if the moment is placed. */
  default Optional<TimeSpan> span() {
    return switch (this) {
      case Exact exact -> Optional.of(exact.at());
      case Estimated estimated -> Optional.of(estimated.at());
      case Unplaced unplaced -> Optional.empty();
    };
  }

  /** The name in the API: {@code exact}, {@code estimated} or {@code unplaced}. */
  default String type() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** This anchor with its stretch replaced; an unplaced one stays so. */
  default Anchor withSpan(TimeSpan span) {
    return switch (this) {
      case Exact exact -> new Exact(span);
      case Estimated estimated -> new Estimated(span, estimated.confidence(), estimated.how());
      case Unplaced unplaced -> this;
    };
  }
}
