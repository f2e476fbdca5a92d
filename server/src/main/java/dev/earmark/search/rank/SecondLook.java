package dev.earmark.search.rank;

import dev.earmark.search.Explanation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Orders what words match and what is near in meaning as one list.
 *
 * <p>A candidate scores what its words score, and for the nearness of its meaning a part of what
 * the best candidate's words score, since only scores of one query can be compared:
 *
 * <pre>
 *   score = words + {@link RankingParameters#meaningWeight} · best · cosine      cosines below 0 count 0
 *   best  = the highest score by words; 1 where no word matches
 * </pre>
 *
 * <p>Words that score 10 at a cosine of .5, with a best of 20 and a weight of 2, score 10 + 2 · 20
 * · .5 = 30. Tiers go before scores, as they do among words. Then the {@link Diversifier} puts the
 * best hit of each stretch first. Immutable and thread-safe.
 */
public final class SecondLook {
  private final RankingParameters parameters;

  SecondLook(RankingParameters parameters) {
    this.parameters = parameters;
  }

  /**
   * What is looked at.
   *
   * @param hit as the engine names it
   * @param tier how many of the things it has that go before the score
   * @param matched whether words match it
   * @param words what it scores for its words, after {@link Reranker}; 0 if they do not match
   * @param cosine how near its meaning is to that of the query; NaN if that is not known
   */
  public record Candidate<H>(H hit, int tier, boolean matched, float words, float cosine) {}

  /**
   * A candidate and what it scores.
   *
   * @param lift how much of it is for its meaning
   */
  public record Scored<H>(Candidate<H> candidate, float score, float lift) {
    public H hit() {
      return candidate.hit();
    }
  }

  /** What an engine knows of its candidates. */
  public interface Surroundings<H> {
    /** The order of the index, which breaks ties. */
    Comparator<H> inOrder();

    /** Where a candidate lies. */
    Diversifier.Place place(H hit);

    /** Whether the query is a question. */
    boolean isQuestion();
  }

  /** How many moments nearest in meaning are looked at. */
  public int nearest(boolean ofOneEpisode) {
    return (int) (ofOneEpisode ? parameters.meaningNearestOfOne() : parameters.meaningNearest());
  }

  /** How near in meaning a moment has to be that no word matches. */
  public float least(boolean ofOneEpisode) {
    return (float) (ofOneEpisode ? parameters.meaningLeastOfOne() : parameters.meaningLeast());
  }

  /** Whether anything answers a question of which the nearest passage is so near in meaning. */
  public boolean answers(double nearest) {
    return nearest >= parameters.answerLeast();
  }

  /** Whether a passage so near answers beside the nearest. */
  public boolean answersBeside(double cosine) {
    return cosine >= parameters.answerLeast() - parameters.answerMargin();
  }

  /** Whether two moments so near are alike. */
  public boolean alike(double cosine) {
    return cosine >= parameters.similarLeast();
  }

  /** Whether two moments of one episode are of one stretch of speech. */
  public boolean ofOneStretch(Diversifier.Place one, Diversifier.Place other) {
    return one.episode().equals(other.episode())
        && one.placed() == other.placed()
        && Math.abs(one.startMs() - other.startMs()) <= parameters.stretchMs();
  }

  /** All candidates in order: by tier, by score, by the order of the index. */
  public <H> List<Scored<H>> order(List<Candidate<H>> candidates, Surroundings<H> around) {
    float best = 0;
    for (Candidate<H> each : candidates) {
      best = Math.max(best, each.words());
    }
    float most = best == 0 ? 1 : best;
    List<Scored<H>> scored = new ArrayList<>();
    for (Candidate<H> each : candidates) {
      float near = each.cosine() > 0 ? each.cosine() : 0;
      float lift = (float) (parameters.meaningWeight() * most * near);
      scored.add(new Scored<>(each, each.words() + lift, lift));
    }
    scored.sort(
        Comparator.<Scored<H>>comparingInt(each -> -each.candidate().tier())
            .thenComparingDouble(each -> -each.score())
            .thenComparing(Scored::hit, around.inOrder()));
    return scored;
  }

  /** Candidates in {@link #order} as they are shown: the best of each stretch first. */
  public <H> List<Scored<H>> spread(List<Scored<H>> ordered, Surroundings<H> around, int wanted)
      throws IOException {
    int stretchesOfOne =
        (int)
            (around.isQuestion() ? parameters.stretchesOfQuestion() : parameters.stretchesOfOne());
    List<Scored<H>> shown = new ArrayList<>(ordered.size());
    for (int from = 0; from < ordered.size(); ) {
      int to = from;
      while (to < ordered.size()
          && ordered.get(to).candidate().tier() == ordered.get(from).candidate().tier()) {
        to++;
      }
      int some = to < ordered.size() ? to - from : Math.max(0, wanted - shown.size());
      shown.addAll(
          Diversifier.spread(
              ordered.subList(from, to),
              some,
              each -> around.place(each.hit()),
              parameters.stretchMs(),
              stretchesOfOne));
      from = to;
    }
    return shown;
  }

  /**
   * Explains what a candidate scores.
   *
   * @param words why its words score what they do; ignored if they do not match
   */
  public static Explanation explain(Scored<?> scored, Explanation words) {
    Candidate<?> candidate = scored.candidate();
    List<Explanation> parts = new ArrayList<>();
    if (candidate.matched()) {
      parts.add(words);
    }
    parts.add(
        Explanation.of(
            scored.lift(),
            Float.isNaN(candidate.cosine())
                ? "its meaning is not known yet"
                : String.format(
                    java.util.Locale.ROOT, "near in meaning: cosine %.3f", candidate.cosine())));
    return new Explanation(
        scored.score(),
        candidate.matched() ? "the sum of" : "no word matches; for its meaning",
        parts);
  }
}
