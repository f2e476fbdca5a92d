package dev.earmark.align;

import dev.earmark.model.Anchor;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeMap;
import dev.earmark.model.TimeSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The moments of a source, and what is known of them so far. Not thread-safe. */
final class Known {
  private final List<Moment> moments;
  private final Anchor[] anchors;
  private final @Nullable TimeMap[] times;
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
    return IntStream.range(0, moments.size())
        .mapToObj(i -> moments.get(i).toBuilder().anchor(anchors[i]).times(times[i]).build())
        .toList();
  }
}
