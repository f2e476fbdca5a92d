package dev.earmark.search.lucene;

import dev.earmark.index.MomentCodec;
import dev.earmark.index.StoredMoment;
import dev.earmark.schema.Schema;
import java.io.IOException;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Reads the moments of documents; fastest in their order. Not thread-safe; one a request. */
final class MomentReader {
  private final IndexReader reader;
  private final StoredFields stored;

  MomentReader(Snapshot snapshot) throws IOException {
    this.reader = snapshot.reader();
    this.stored = reader.storedFields();
  }

  StoredMoment read(int document) throws IOException {
    Document fields = stored.document(document, Set.of(Schema.BODY));
    BytesRef bytes = fields.getBinaryValue(Schema.BODY);
    return MomentCodec.decode(bytes.bytes, bytes.offset, bytes.length);
  }

  /** The moment that goes on where that of a document ends; null if none does. */
  @Nullable StoredMoment following(int document, StoredMoment moment) throws IOException {
    if (document + 1 >= reader.maxDoc()
        || MomentColumns.ordinal(reader, document + 1) != moment.ordinal() + 1) {
      return null;
    }
    StoredMoment next = read(document + 1);
    return next.episodeId().equals(moment.episodeId())
            && next.source().equals(moment.source())
            && next.moment().continues()
        ? next
        : null;
  }
}
