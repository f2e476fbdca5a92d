package dev.earmark.search.rank;

import dev.earmark.search.Explanation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Boosts the best hits by the moments around them, and by whether a named speaker has the floor.
 *
 * <p>One moment may score high by chance; where a subject is discussed, its neighbours score too.
 * And an answer is a stretch in which its speaker has the floor: a moment there is worth more than
 * that speaker's interjection in somebody else's talk.
 *
 * <pre>
 *   boost = AROUND prior around (1 + FLOOR floor) + FLOOR floor score
 * </pre>
 *
 * <p>where <i>around</i> is the mean score of the episode's moments, weighted by their scores so
 * that poor ones do not pull a good one down, and <i>floor</i> is the share of moments by a named
 * speaker. In both, moments count less with distance: 1/e after a time constant. <i>Around</i>
 * counts only if all hits are in one episode. Within an episode people look for where a subject is
 * discussed; across episodes they want the best moment, and there <i>around</i> costs more than it
 * brings.
 *
 * <p>The moments are all that score for the query, also for what is said around them or for words
 * that match nothing by themselves. With hits alone, one that stands by itself would be the whole
 * of its surroundings, and its speaker would always have the floor. Across episodes they are the
 * hits. Time is that of sorting them. Constants are in {@link RankingParameters}. Immutable and
 * thread-safe.
 */
public final class ContextBoost {
  /** What is divided by is at least this. */
  private static final double LEAST = 1e-9;

  private final double timeMs;
  private final double hitsAround;
  private final double hasFloor;

  public ContextBoost(RankingParameters parameters) {
    timeMs = parameters.contextMs();
    hitsAround = parameters.contextHits();
    hasFloor = parameters.contextFloor();
  }

  /**
   * A hit, or another moment in its company.
   *
   * @param place where it lies
   * @param score how good it is by itself
   * @param prior what its score was multiplied by before anything was asked
   * @param named whether a speaker whom the query names says it
   */
  public record Scored(Diversifier.Place place, float score, float prior, boolean named) {}

  private record Timeline(Object episode, boolean placed) {}

  /** The boosts of moments, in the order given, which may be any. */
  public float[] worth(List<Scored> hits) throws IOException {
    float[] worth = new float[hits.size()];
    boolean around = Diversifier.areOfOneEpisode(hits, Scored::place);
    if (!around && hits.stream().noneMatch(Scored::named)) {
      return worth;
    }
    Map<Timeline, List<Integer>> timelines = new HashMap<>();
    for (int i = 0; i < worth.length; i++) {
      Diversifier.Place place = hits.get(i).place();
      timelines
          .computeIfAbsent(
              new Timeline(place.episode(), place.placed()), timeline -> new ArrayList<>())
          .add(i);
    }
    for (List<Integer> timeline : timelines.values()) {
      timeline.sort(Comparator.comparingLong(i -> hits.get(i).place().startMs()));
      weigh(timeline.stream().map(hits::get).toList(), around, timeline, worth);
    }
    return worth;
  }

  /** Moments that were looked at together, to explain the boost of any. Immutable. */
  public final class Company {
    private final List<Scored> hits;

    private Company(List<Scored> hits) {
      this.hits = hits;
    }

    /** Explains the boost of one of them. */
    Explanation explain(int at) throws IOException {
      return ContextBoost.this.explain(hits, at);
    }
  }

  /** The moments that {@link #worth} was given, kept for an explanation. */
  Company company(List<Scored> hits) {
    return new Company(hits);
  }

  /** The definition, by looking at all others. */
  private Explanation explain(List<Scored> hits, int at) throws IOException {
    Scored hit = hits.get(at);
    double scores = 0;
    double named = 0;
    double count = 0;
    for (Scored other : hits) {
      double left = hit.place().left(other.place(), timeMs);
      scores += left * other.score();
      named += other.named() ? left : 0;
      count += left;
    }
    double floor = hasFloor * named / count;
    List<Explanation> parts = new ArrayList<>();
    double sum = 0;
    if (Diversifier.areOfOneEpisode(hits, Scored::place)) {
      List<Neighbour> neighbours = new ArrayList<>();
      for (int i = 0; i < hits.size(); i++) {
        Scored other = hits.get(i);
        double square = hit.place().left(other.place(), timeMs) * other.score() * other.score();
        double gives = hitsAround * hit.prior() * (1 + floor) * square / Math.max(scores, LEAST);
        long startMs = other.place().startMs();
        neighbours.add(
            new Neighbour(
                gives,
                other.place().placed(),
                startMs,
                startMs - hit.place().startMs(),
                i == at,
                String.format(Locale.ROOT, "which scores %.2f", other.score())));
        sum += gives;
      }
      parts.add(
          new Explanation(
              sum,
              "moments around it by their scores, less the farther off, the sum of",
              Neighbour.explained(neighbours)));
    }
    if (floor != 0) {
      parts.add(
          Explanation.of(
              floor * hit.score(),
              "a named speaker has the floor: "
                  + Math.round(100 * named / count)
                  + "% of the moments around are theirs, near ones counting more"));
      sum += floor * hit.score();
    }
    return new Explanation(
        sum, "moments around it, and how much a named speaker has the floor, the sum of", parts);
  }

  /**
   * Weighs the moments of one timeline.
   *
   * @param inOrder the moments by their time
   * @param aroundToo whether what is around counts
   * @param places where to put the boost of each
   */
  private void weigh(List<Scored> inOrder, boolean aroundToo, List<Integer> places, float[] worth) {
    int size = inOrder.size();
    double[] left = new double[size];
    double[] scores = new double[size];
    double[] squares = new double[size];
    double[] named = new double[size];
    double[] count = new double[size];
    for (int i = 0; i < size; i++) {
      Scored hit = inOrder.get(i);
      long since = i == 0 ? 0 : hit.place().startMs() - inOrder.get(i - 1).place().startMs();
      left[i] = i == 0 ? 0 : Math.exp(-since / timeMs);
      scores[i] = hit.score();
      squares[i] = scores[i] * scores[i];
      named[i] = hit.named() ? 1 : 0;
      count[i] = 1;
    }
    DecayedSums.sumAround(scores, left);
    DecayedSums.sumAround(squares, left);
    DecayedSums.sumAround(named, left);
    DecayedSums.sumAround(count, left);
    for (int i = 0; i < size; i++) {
      double around =
          aroundToo
              ? hitsAround * inOrder.get(i).prior() * squares[i] / Math.max(scores[i], LEAST)
              : 0;
      double floor = hasFloor * named[i] / count[i];
      worth[places.get(i)] = (float) (around * (1 + floor) + floor * inOrder.get(i).score());
    }
  }
}
