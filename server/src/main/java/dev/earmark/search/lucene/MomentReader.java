package dev.earmark.search.lucene;

import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.MomentCodec;
import dev.earmark.index.StoredMoment;
import dev.earmark.schema.Schema;
import dev.earmark.search.spoken.Deadline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Reads stored moments; fastest in index order. Not thread-safe; one a request. */
final class MomentReader {
  private final IndexReader reader;
  private final StoredFields stored;

  MomentReader(Snapshot snapshot) throws IOException {
    this.reader = snapshot.reader();
    this.stored = reader.storedFields();
  }

  /** The moments of an episode, in order; as many as there is time for. */
  static List<StoredMoment> ofEpisode(Snapshot snapshot, String id, Deadline deadline)
      throws IOException {
    MomentReader reader = new MomentReader(snapshot);
    EpisodeEntries entries = EpisodeEntries.of(snapshot);
    int first = entries.firstDocument(id);
    int count = entries.find(id).map(EpisodeEntry::moments).orElse(0);
    List<StoredMoment> moments = new ArrayList<>();
    for (int i = 0; first >= 0 && i < count && !deadline.hasPassed(); i++) {
      moments.add(reader.read(first + i));
    }
    return moments;
  }

  StoredMoment read(int document) throws IOException {
    Document fields = stored.document(document, Set.of(Schema.BODY));
    BytesRef bytes = fields.getBinaryValue(Schema.BODY);
    return MomentCodec.decode(bytes.bytes, bytes.offset, bytes.length);
  }

  /** The moment after that of a document in its source; null if there is none. */
  @Nullable StoredMoment after(int document, StoredMoment moment) throws IOException {
    if (document + 1 >= reader.maxDoc()
        || MomentColumns.ordinal(reader, document + 1) != moment.ordinal() + 1) {
      return null;
    }
    StoredMoment next = read(document + 1);
    return next.episodeId().equals(moment.episodeId()) && next.source().equals(moment.source())
        ? next
        : null;
  }

  /** The moment that goes on where that of a document ends; null if none does. */
  @Nullable StoredMoment following(int document, StoredMoment moment) throws IOException {
    StoredMoment next = after(document, moment);
    return next != null && next.moment().continues() ? next : null;
  }
}
