package dev.earmark.search.rank;

/**
 * The formulas, set up with one set of parameters. Thread-safe.
 *
 * @param parameters what they are set up with
 * @param passages scores words in and around a moment
 * @param proximity scores words that stand close together
 * @param context boosts hits by the moments around them
 * @param prior weighs moments independently of the query
 * @param reranker reorders the best hits
 * @param secondLook orders what words match and what is near in meaning as one list
 */
public record RankingModel(
    RankingParameters parameters,
    PassageScore passages,
    TermProximity proximity,
    ContextBoost context,
    Prior prior,
    Reranker reranker,
    SecondLook secondLook) {

  public static final RankingModel DEFAULT = of(RankingParameters.DEFAULT);

  public static RankingModel of(RankingParameters parameters) {
    ContextBoost context = new ContextBoost(parameters);
    return new RankingModel(
        parameters,
        new PassageScore(parameters),
        new TermProximity(parameters),
        context,
        new Prior(parameters),
        new Reranker(parameters, context),
        new SecondLook(parameters));
  }

  /** What something scores that has this inverse document frequency. */
  public Bm25 bm25(float weight, float averageLength) {
    return new Bm25(weight, averageLength, parameters);
  }
}
