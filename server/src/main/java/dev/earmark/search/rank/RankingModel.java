package dev.earmark.search.rank;

/**
 * The formulas of one set of parameters, ready for use. Thread-safe.
 *
 * @param parameters what they are made with
 * @param passages scores words by what is said in and around a moment
 * @param proximity scores words that stand close together
 * @param context lifts hits by the hits around them
 * @param prior what moments are worth before anything is asked
 * @param reranker orders the best hits again
 */
public record RankingModel(
    RankingParameters parameters,
    PassageScore passages,
    TermProximity proximity,
    ContextBoost context,
    Prior prior,
    Reranker reranker) {

  public static final RankingModel DEFAULT = of(RankingParameters.DEFAULT);

  public static RankingModel of(RankingParameters parameters) {
    ContextBoost context = new ContextBoost(parameters);
    return new RankingModel(
        parameters,
        new PassageScore(parameters),
        new TermProximity(parameters),
        context,
        new Prior(parameters),
        new Reranker(parameters, context));
  }

  /** What something scores that has this inverse document frequency. */
  public Bm25 bm25(float weight, float averageLength) {
    return new Bm25(weight, averageLength, parameters);
  }
}
