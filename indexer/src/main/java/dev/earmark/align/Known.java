package dev.earmark.align;

import dev.earmark.model.Anchor;
import dev.earmark.model.Moment;
import dev.earmark.model.QuoteCheck;
import dev.earmark.model.TimeMap;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The moments of a source, and what is known of them so far. Not thread-safe. */
final class Known {
  private final List<Moment> moments;
  private final Anchor[] anchors;
  private final @Nullable TimeMap[] times;
  private final @Nullable QuoteCheck[] checks;
  private final List<List<Bond>> bonds;

  /**
   * A reason to think that a moment is about an instant, short of placing it there.
   *
   * @param sure 0 to 1
   */
  record Bond(long atMs, double sure) {}

  Known(List<Moment> moments) {
    this.moments = moments;
    anchors = moments.stream().map(Moment::anchor).toArray(Anchor[]::new);
    times = moments.stream().map(Moment::times).toArray(TimeMap[]::new);
    checks = moments.stream().map(Moment::check).toArray(QuoteCheck[]::new);
    bonds = new ArrayList<>();
    moments.forEach(moment -> bonds.add(new ArrayList<>()));
  }

  int size() {
    return moments.size();
  }

  Moment moment(int item) {
    return moments.get(item);
  }

  Anchor anchor(int item) {
    return anchors[item];
  }

  /** Whether a moment is not placed yet. */
  boolean isOpen(int item) {
    return anchors[item] instanceof Anchor.Unplaced;
  }

  @Nullable TimeSpan span(int item) {
    return anchors[item].span().orElse(null);
  }

  /** How sure the place of a moment is; 0 if it has none. */
  double sure(int item) {
    return switch (anchors[item]) {
      case Anchor.Exact exact -> 1;
      case Anchor.Estimated estimated -> estimated.confidence();
      case Anchor.Unplaced unplaced -> 0;
    };
  }

  /** Places a moment, if it is open and the confidence is enough to claim anything. */
  void claim(int item, TimeSpan at, double confidence, String how) {
    if (isOpen(item) && confidence >= Calibration.FLOOR) {
      anchors[item] = Anchor.estimated(at, confidence, how);
    }
  }

  /** Narrows what was claimed for a moment to where in the stretch its words fit best. */
  void best(int item, Timestamp best) {
    if (anchors[item] instanceof Anchor.Estimated estimated) {
      anchors[item] = Anchor.within(estimated.at(), best, estimated.confidence(), estimated.how());
    }
  }

  /** A quotation was heard at a place, from somebody if that is known. */
  void heard(int item, TimeSpan at, @Nullable String speaker) {
    QuoteCheck check = checks[item];
    if (check != null) {
      checks[item] = new QuoteCheck(check.result(), at, check.stated(), speaker);
    }
  }

  void times(int item, TimeMap map) {
    times[item] = map;
  }

  void bond(int item, long atMs, double sure) {
    bonds.get(item).add(new Bond(atMs, sure));
  }

  List<Bond> bonds(int item) {
    return bonds.get(item);
  }

  /** The moments with what is known of them now. */
  List<Moment> finish() {
    return IntStream.range(0, moments.size()).mapToObj(i -> finished(i)).toList();
  }

  private Moment finished(int item) {
    return moments.get(item).toBuilder()
        .anchor(anchors[item])
        .times(times[item])
        .check(checks[item])
        .build();
  }
}
