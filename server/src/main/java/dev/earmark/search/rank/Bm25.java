package dev.earmark.search.rank;

/**
 * BM25 for phrases, titles and {@code ~} words (S. Robertson, S. Walker, <i>Some simple effective
 * approximations to the 2-Poisson model</i>, 1994), in Lucene's form and precision, so that both
 * engines rank alike.
 *
 * @param weight the inverse document frequency
 * @param averageLength the average length of the field
 * @param k1 how soon further occurrences stop counting
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
