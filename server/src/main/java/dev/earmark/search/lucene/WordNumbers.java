package dev.earmark.search.lucene;

import dev.earmark.schema.Schema;
import java.io.IOException;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;

/**
 * The numbers of the words of an episode, for documents asked about in increasing order.
 *
 * <p>Not thread-safe; one a cursor, since doc values only go forward.
 */
final class WordNumbers {
  private final NumericDocValues positions;
  private final NumericDocValues ordinals;
  private int document = -1;
  private long first;
  private int episodeStart;

  WordNumbers(LeafReader reader) throws IOException {
    positions = DocValues.getNumeric(reader, Schema.POSITION);
    ordinals = DocValues.getNumeric(reader, Schema.ORDINAL);
  }

  /** Moves to a document; false if it is no moment. */
  boolean moveTo(int newDocument) throws IOException {
    if (newDocument == document) {
      return true;
    }
    if (!positions.advanceExact(newDocument) || !ordinals.advanceExact(newDocument)) {
      return false;
    }
    document = newDocument;
    first = positions.longValue();
    episodeStart = newDocument - (int) ordinals.longValue();
    return true;
  }

  /** The number of the document's first word. */
  long first() {
    return first;
  }

  /** The first document of the document's episode. */
  int episodeStart() {
    return episodeStart;
  }
}
