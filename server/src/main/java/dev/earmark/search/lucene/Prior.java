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

  private Prior() {}

  /** The same moments, their scores multiplied. */
  static Query weigh(Query query) {
    return FunctionScoreQuery.boostByValue(query, INSTANCE);
  }

  /** What a moment is worth. */
  static float of(LeafReaderContext leaf, int document) throws IOException {
    return MomentColumns.of(leaf.reader()).prior(document) / 100f;
  }

  @Override
  public DoubleValues getValues(LeafReaderContext context, DoubleValues scores) throws IOException {
    MomentColumns columns = MomentColumns.of(context.reader());
    return new DoubleValues() {
      private int document;

      @Override
      public double doubleValue() {
        return columns.prior(document) / 100.0;
      }

      @Override
      public boolean advanceExact(int newDocument) {
        document = newDocument;
        return true;
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
    return Explanation.match(MomentColumns.of(context.reader()).prior(document) / 100.0, "prior");
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
