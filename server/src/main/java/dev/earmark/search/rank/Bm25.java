package dev.earmark.search.rank;

/**
 * What occurrences in a moment are worth by BM25 (S. Robertson, S. Walker, <i>Some simple effective
 * approximations to the 2-Poisson model</i>, 1994), in the form and the precision Lucene computes
 * it, so that two engines rank alike.
 *
 * @param weight the inverse document frequency of what is looked for
 * @param averageLength how long the field is on average
 * @param k1 how slowly more occurrences stop to count
 * @param b how much the length of the field counts
 */
public record Bm25(float weight, float averageLength, float k1, float b) {
  public Bm25(float weight, float averageLength, RankingParameters parameters) {
    this(weight, averageLength, (float) parameters.bm25K1(), (float) parameters.bm25B());
  }

  /**
   * The weight of something that so many moments have.
   *
   * @param moments how many have it
   * @param all how many have the field
   */
  public static float idf(long moments, long all) {
    return (float) Math.log(1 + (all - moments + 0.5) / (moments + 0.5));
  }

  /**
   * The score of a moment.
   *
   * @param frequency how often it has what is looked for
   * @param length of the field in words, as Lucene keeps it
   */
  public float score(float frequency, int length) {
    float inverse = 1f / (k1 * ((1 - b) + b * length / averageLength));
    return weight - weight / (1f + frequency * inverse);
  }
}
