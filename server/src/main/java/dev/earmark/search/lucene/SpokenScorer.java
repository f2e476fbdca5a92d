package dev.earmark.search.lucene;

import java.io.IOException;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.similarities.Similarity.SimScorer;
import org.jspecify.annotations.Nullable;

/** Scores moments by frequency, as a phrase is scored. */
final class SpokenScorer extends Scorer {
  private final SpokenIterator iterator;
  private final @Nullable SimScorer scorer;
  private final @Nullable NumericDocValues norms;

  /**
   * @param scorer null if no scores are needed
   * @param norms the lengths of the moments; null if the field has none
   */
  SpokenScorer(
      SpokenIterator iterator, @Nullable SimScorer scorer, @Nullable NumericDocValues norms) {
    this.iterator = iterator;
    this.scorer = scorer;
    this.norms = norms;
  }

  @Override
  public int docID() {
    return iterator.docID();
  }

  @Override
  public DocIdSetIterator iterator() {
    return iterator;
  }

  /** How often what is looked for begins in the current moment. */
  float frequency() throws IOException {
    return iterator.frequency();
  }

  @Override
  public float score() throws IOException {
    if (scorer == null) {
      return 0;
    }
    long norm = norms != null && norms.advanceExact(docID()) ? norms.longValue() : 1;
    return scorer.score(iterator.frequency(), norm);
  }

  @Override
  public float getMaxScore(int upTo) {
    return scorer == null ? 0 : scorer.score(Float.MAX_VALUE, 1);
  }
}
