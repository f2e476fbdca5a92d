package dev.earmark.search.rank;

import dev.earmark.search.Explanation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the best hits in their final order.
 *
 * <ol>
 *   <li>Scores rise by {@link TermProximity} times {@link Prior}, and by {@link ContextBoost}.
 *   <li>Hits are ordered by tier, then score, then index order. A moment that has a rare word
 *       exactly is in a higher tier than one with a word that sounds like it, so no score brings
 *       the second before the first.
 *   <li>Within a tier, the {@link Diversifier} puts the best hit of each stretch first.
 * </ol>
 *
 * <p>It always looks at {@link RankingParameters#reranked} hits, whatever the page, so that pages
 * fit together; later hits follow in their old order. Scores only rise, so none of those could have
 * overtaken. Immutable and thread-safe.
 */
public final class Reranker {
  private final RankingParameters parameters;
  private final ContextBoost context;

  Reranker(RankingParameters parameters, ContextBoost context) {
    this.parameters = parameters;
    this.context = context;
  }

  /**
   * What an engine knows of its hits. Asked for each hit once, in the order of {@link #inOrder}
   * where it says so; for others in their company only for their place, score, prior and speaker.
   *
   * @param <H> how the engine names a hit
   */
  public interface Features<H> {
    /** The order of the index, which breaks ties. */
    Comparator<H> inOrder();

    /** How many of the things it has that go before the score. */
    int tier(H hit);

    /** What it scores so far, its prior included. */
    float score(H hit);

    /** Where it lies. */
    Diversifier.Place place(H hit);

    /** Its {@link Prior}. */
    double prior(H hit) throws IOException;

    /** Whether the query has words that may stand together, or names a speaker. */
    boolean hasMore();

    /** Its {@link TermProximity}, not yet multiplied by the prior; asked in index order. */
    float proximity(H hit) throws IOException;

    /**
     * Other moments of the episode that some hits are of, with what they score so far: what is said
     * around a hit, whether it is listed or not. Empty if the hits are of several.
     */
    List<H> company(List<H> hits) throws IOException;

    /** Whether a speaker says it whom the query names; in order. */
    boolean named(H hit) throws IOException;

    /** Whether the query is a question. */
    boolean isQuestion();
  }

  /**
   * A hit and what it scores.
   *
   * @param score all in all
   * @param proximity how much of it is for words close together
   * @param context how much of it is for the moments around
   * @param company the moments that were looked at together with it; null if none were
   * @param place which of the company it is
   */
  public record Ranked<H>(
      H hit,
      int tier,
      float score,
      float proximity,
      float context,
      ContextBoost.@Nullable Company company,
      int place) {}

  /** How many hits are looked at. */
  public int depth() {
    return (int) parameters.reranked();
  }

  /** How many moments of an episode are looked at to tell what is said around its hits. */
  public int company() {
    return (int) parameters.contextMoments();
  }

  /**
   * The first of some hits in the order they are shown in.
   *
   * @param byScore the best hits by tier and score; as many as are looked at or more, or all
   * @param wanted how many are wanted; there may be fewer hits, and more may be given
   */
  public <H> List<Ranked<H>> rerank(List<H> byScore, Features<H> features, int wanted)
      throws IOException {
    int looked = Math.min(depth(), byScore.size());
    List<H> best = byScore.subList(0, looked);
    List<Ranked<H>> ranked =
        features.hasMore() || Diversifier.areOfOneEpisode(best, features::place)
            ? lifted(best, features)
            : unlifted(best, features);
    int stretchesOfOne =
        (int)
            (features.isQuestion()
                ? parameters.stretchesOfQuestion()
                : parameters.stretchesOfOne());
    List<Ranked<H>> shown = new ArrayList<>(byScore.size());
    for (int from = 0; from < looked; ) {
      int to = from;
      while (to < looked && ranked.get(to).tier() == ranked.get(from).tier()) {
        to++;
      }
      // Of a tier that others follow all hits are wanted, since none of it comes after them.
      int some = to < looked ? to - from : Math.max(0, wanted - shown.size());
      shown.addAll(
          Diversifier.spread(
              ranked.subList(from, to),
              some,
              hit -> features.place(hit.hit()),
              parameters.stretchMs(),
              stretchesOfOne));
      from = to;
    }
    if (shown.size() == looked) {
      shown.addAll(unlifted(byScore.subList(looked, byScore.size()), features));
    }
    return shown;
  }

  /**
   * Explains the score of a hit.
   *
   * @param text what is found in and around it
   * @param prior its prior
   * @param tier null if all hits are of one
   * @param ranked the result of reranking; null if the hit was not reranked
   */
  public static Explanation explain(
      Explanation text, Explanation prior, @Nullable Integer tier, @Nullable Ranked<?> ranked)
      throws IOException {
    List<Explanation> parts = new ArrayList<>();
    double sum = text.value() * prior.value();
    parts.add(new Explanation(sum, "what is found, the product of", List.of(text, prior)));
    if (ranked != null && ranked.proximity() != 0) {
      sum += ranked.proximity();
      parts.add(
          Explanation.of(
              ranked.proximity(), "words of the query that stand close together, times the prior"));
    }
    if (ranked != null && ranked.company() != null && ranked.context() != 0) {
      sum += ranked.context();
      parts.add(ranked.company().explain(ranked.place()));
    }
    return new Explanation(
        sum,
        tier == null
            ? "the sum of"
            : "in tier " + tier + ", which goes before the score; the sum of",
        parts);
  }

  private static <H> List<Ranked<H>> unlifted(List<H> hits, Features<H> features) {
    List<Ranked<H>> ranked = new ArrayList<>(hits.size());
    for (H hit : hits) {
      ranked.add(new Ranked<>(hit, features.tier(hit), features.score(hit), 0, 0, null, 0));
    }
    return ranked;
  }

  private <H> List<Ranked<H>> lifted(List<H> best, Features<H> features) throws IOException {
    List<H> others = features.company(best);
    Set<H> unlisted = Collections.newSetFromMap(new IdentityHashMap<>());
    unlisted.addAll(others);
    List<H> inOrder = new ArrayList<>(best);
    inOrder.addAll(others);
    inOrder.sort(features.inOrder());
    float[] proximity = new float[inOrder.size()];
    List<ContextBoost.Scored> scored = new ArrayList<>(proximity.length);
    for (int i = 0; i < proximity.length; i++) {
      H hit = inOrder.get(i);
      float prior = (float) features.prior(hit);
      proximity[i] = unlisted.contains(hit) ? 0 : features.proximity(hit) * prior;
      scored.add(
          new ContextBoost.Scored(
              features.place(hit), features.score(hit), prior, features.named(hit)));
    }
    float[] around = context.worth(scored);
    ContextBoost.Company company = context.company(scored);
    List<Ranked<H>> ranked = new ArrayList<>(best.size());
    for (int i = 0; i < proximity.length; i++) {
      H hit = inOrder.get(i);
      if (!unlisted.contains(hit)) {
        float score = features.score(hit) + (proximity[i] + around[i]);
        int tier = features.tier(hit);
        ranked.add(new Ranked<>(hit, tier, score, proximity[i], around[i], company, i));
      }
    }
    // Those that are alike stay in the order of the index.
    ranked.sort((one, other) ->
        one.tier() == other.tier()
            ? Float.compare(other.score(), one.score())
            : Integer.compare(other.tier(), one.tier()));
    return ranked;
  }
}
