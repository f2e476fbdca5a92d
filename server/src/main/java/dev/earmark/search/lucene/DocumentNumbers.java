package dev.earmark.search.lucene;

import java.util.function.IntUnaryOperator;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DoubleValues;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LongValues;
import org.apache.lucene.search.LongValuesSource;

/** A number of each document of a whole index, to order hits by. As thread-safe as the numbers. */
final class DocumentNumbers extends LongValuesSource {
  private final IntUnaryOperator numbers;

  /**
   * @param numbers by the document's number in the whole index
   */
  DocumentNumbers(IntUnaryOperator numbers) {
    this.numbers = numbers;
  }

  @Override
  public LongValues getValues(LeafReaderContext leaf, DoubleValues scores) {
    return new LongValues() {
      private int document;

      @Override
      public long longValue() {
        return numbers.applyAsInt(leaf.docBase + document);
      }

      @Override
      public boolean advanceExact(int doc) {
        document = doc;
        return true;
      }
    };
  }

  @Override
  public boolean isCacheable(LeafReaderContext leaf) {
    return false;
  }

  @Override
  public boolean needsScores() {
    return false;
  }

  @Override
  public LongValuesSource rewrite(IndexSearcher searcher) {
    return this;
  }

  @Override
  public int hashCode() {
    return numbers.hashCode();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DocumentNumbers same && numbers.equals(same.numbers);
  }

  @Override
  public String toString() {
    return "a number of each document";
  }
}
