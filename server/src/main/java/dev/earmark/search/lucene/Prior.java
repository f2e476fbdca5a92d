package dev.earmark.search.lucene;

import dev.earmark.schema.Schema;
import java.io.IOException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.queries.function.FunctionScoreQuery;
import org.apache.lucene.search.DoubleValues;
import org.apache.lucene.search.DoubleValuesSource;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;

/** Multiplies the score of a moment by what it is worth before anything is asked. */
final class Prior extends DoubleValuesSource {
  private static final Prior INSTANCE = new Prior();
  private final DoubleValuesSource hundredths = DoubleValuesSource.fromLongField(Schema.PRIOR);

  private Prior() {}

  /** The same moments, their scores multiplied. */
  static Query weigh(Query query) {
    return FunctionScoreQuery.boostByValue(query, INSTANCE);
  }

  @Override
  public DoubleValues getValues(LeafReaderContext context, DoubleValues scores) throws IOException {
    DoubleValues values = hundredths.getValues(context, scores);
    return new DoubleValues() {
      @Override
      public double doubleValue() throws IOException {
        return values.doubleValue() / 100;
      }

      @Override
      public boolean advanceExact(int document) throws IOException {
        return values.advanceExact(document);
      }
    };
  }

  @Override
  public boolean needsScores() {
    return false;
  }

  @Override
  public DoubleValuesSource rewrite(IndexSearcher searcher) {
    return this;
  }

  @Override
  public boolean isCacheable(LeafReaderContext context) {
    return true;
  }

  @Override
  public Explanation explain(LeafReaderContext context, int document, Explanation score)
      throws IOException {
    return hundredths.explain(context, document, score);
  }

  @Override
  public int hashCode() {
    return Prior.class.hashCode();
  }

  @Override
  public boolean equals(Object other) {
    return other == INSTANCE;
  }

  @Override
  public String toString() {
    return Schema.PRIOR;
  }
}
