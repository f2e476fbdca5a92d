package dev.earmark.search.lucene;

import dev.earmark.schema.Schema;
import java.io.IOException;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;

/**
 * When moments start, for documents asked about in increasing order.
 *
 * <p>A moment that is not placed gets the time it would have if its document were read out at
 * {@value #MS_PER_WORD} ms a word: enough to tell what stands near it in its own text. Not
 * thread-safe.
 */
final class MomentTimes {
  private static final long MS_PER_WORD = 400;

  private final NumericDocValues starts;
  private final NumericDocValues positions;
  private long startMs;

  MomentTimes(LeafReader reader) throws IOException {
    starts = DocValues.getNumeric(reader, Schema.START);
    positions = DocValues.getNumeric(reader, Schema.POSITION);
  }

  /** Moves to a document; true if it is placed in the recording. */
  boolean moveTo(int document) throws IOException {
    if (starts.advanceExact(document)) {
      startMs = starts.longValue();
      return true;
    }
    startMs = positions.advanceExact(document) ? positions.longValue() * MS_PER_WORD : 0;
    return false;
  }

  /** When it starts; comparable only among moments that are placed, or only among others. */
  long startMs() {
    return startMs;
  }
}
