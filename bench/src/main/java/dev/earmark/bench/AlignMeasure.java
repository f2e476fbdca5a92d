package dev.earmark.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How near anchors come to where they should be. Not thread-safe. */
final class AlignMeasure {
  /**
   * One moment.
   *
   * @param beginMs how far the anchor begins from where it should
   * @param outsideMs how far it begins from the stretch it should lie in; 0 inside
   * @param confidence its confidence; -1 if it is not placed
   * @param how the method; empty if it is not placed
   */
  record Outcome(long beginMs, long outsideMs, double confidence, String how) {
    /** Whether it is as near as its method promises: words within 5 s, the rest within 60 s. */
    boolean isRight() {
      boolean words = how.equals("quote") || how.equals("transcript");
      return words ? beginMs <= 5_000 : outsideMs <= 60_000;
    }
  }

  private final List<Outcome> outcomes = new ArrayList<>();

  void add(Outcome outcome) {
    outcomes.add(outcome);
  }

  List<Outcome> outcomes() {
    return outcomes;
  }

  int moments() {
    return outcomes.size();
  }

  /** The share of moments with an anchor of at least this confidence. */
  double coverage(double confidence) {
    return (double) outcomes.stream().filter(o -> o.confidence() >= confidence).count()
        / outcomes.size();
  }

  /** Of the anchors of at least this confidence, the share that begins this near. */
  double within(long ms, double confidence) {
    return share(confidence, outcome -> outcome.beginMs() <= ms);
  }

  /** Of the anchors of at least this confidence, the share that begins in or near its stretch. */
  double inside(long ms, double confidence) {
    return share(confidence, outcome -> outcome.outsideMs() <= ms);
  }

  private double share(double confidence, java.util.function.Predicate<Outcome> right) {
    List<Outcome> placed =
        outcomes.stream().filter(outcome -> outcome.confidence() >= confidence).toList();
    return placed.isEmpty()
        ? Double.NaN
        : (double) placed.stream().filter(right).count() / placed.size();
  }

  /** The median distance of begins, in seconds, of anchors of at least this confidence. */
  double median(double confidence) {
    List<Long> errors = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      if (outcome.confidence() >= confidence) {
        errors.add(outcome.beginMs());
      }
    }
    Collections.sort(errors);
    return errors.isEmpty() ? Double.NaN : errors.get(errors.size() / 2) / 1000.0;
  }
}
