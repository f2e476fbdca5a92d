package dev.earmark.search.rank;

import dev.earmark.model.Timestamp;
import dev.earmark.search.Explanation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What one moment gives to another for lying near it.
 *
 * @param gives how much
 * @param placed whether both are placed in the recording
 * @param startMs when it starts
 * @param afterMs how long after the other it starts; negative before it
 * @param itself whether it is that other
 * @param what what it gives, before distance takes from it
 */
record Neighbour(
    double gives, boolean placed, long startMs, long afterMs, boolean itself, String what) {
  /** More are summed up: what they give is little. */
  private static final int MOST = 6;

  private static final double NOTHING = 1e-6;

  /** Those that give most, each by its time and distance, and the rest in one line. */
  static List<Explanation> explained(List<Neighbour> all) {
    List<Neighbour> byWorth =
        all.stream()
            .filter(neighbour -> neighbour.gives() > NOTHING)
            .sorted(Comparator.comparingDouble(Neighbour::gives).reversed())
            .toList();
    List<Explanation> lines = new ArrayList<>();
    byWorth.stream()
        .limit(MOST)
        .forEach(neighbour -> lines.add(Explanation.of(neighbour.gives(), neighbour.where())));
    if (byWorth.size() > MOST) {
      List<Neighbour> rest = byWorth.subList(MOST, byWorth.size());
      lines.add(
          Explanation.of(
              rest.stream().mapToDouble(Neighbour::gives).sum(), rest.size() + " more moments"));
    }
    return lines;
  }

  private String where() {
    if (itself) {
      return "this moment itself, " + what;
    }
    if (!placed) {
      return "another moment without a time, " + what;
    }
    String distance =
        afterMs == 0
            ? "at the same time"
            : (Math.abs(afterMs) + 500) / 1000 + (afterMs < 0 ? " s before" : " s after");
    return "the moment at " + new Timestamp(startMs).clock() + ", " + distance + ", " + what;
  }
}
