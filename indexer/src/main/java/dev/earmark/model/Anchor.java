package dev.earmark.model;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
   * @param best where its words fit best, if all that is known is that it lies somewhere in the
   *     stretch; null if it begins where the stretch does
   */
  record Estimated(TimeSpan at, double confidence, String how, @Nullable Timestamp best)
      implements Anchor {
    public Estimated {
      if (!(confidence >= 0 && confidence <= 1)) {
        throw new IllegalArgumentException("confidence must be 0 to 1, got " + confidence);
      }
      if (best != null && (best.millis() < at.startMs() || best.millis() > at.endMs())) {
        throw new IllegalArgumentException(best + " does not lie in " + at);
      }
    }
  }

  /** Not placed on the timeline. */
  record Unplaced() implements Anchor {}

  static Anchor exact(TimeSpan at) {
    return new Exact(at);
  }

  static Anchor estimated(TimeSpan at, double confidence, String how) {
    return new Estimated(at, confidence, how, null);
  }

  /**
   * An anchor of which no more is known than that it lies in a stretch.
   *
   * @param best where in it its words fit best
   */
  static Anchor within(TimeSpan at, Timestamp best, double confidence, String how) {
    return new Estimated(at, confidence, how, best);
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

  /**
   * The stretch the moment lies in, wherever in it; empty if it is known where it begins, or
   * nothing is.
   */
  default Optional<TimeSpan> stretch() {
    return this instanceof Estimated estimated && estimated.best() != null
        ? Optional.of(estimated.at())
        : Optional.empty();
  }

  /** The instant to play from, if the moment is placed: where its words fit best in a stretch. */
  default Optional<Timestamp> from() {
    return this instanceof Estimated estimated && estimated.best() != null
        ? Optional.of(estimated.best())
        : span().map(TimeSpan::start);
  }

  /** The name in the API: {@code exact}, {@code estimated} or {@code unplaced}. */
  default String type() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** This anchor with its stretch replaced; an unplaced one stays so. */
  default Anchor withSpan(TimeSpan span) {
    return switch (this) {
      case Exact exact -> new Exact(span);
      case Estimated estimated ->
          new Estimated(span, estimated.confidence(), estimated.how(), null);
      case Unplaced unplaced -> this;
    };
  }
}
