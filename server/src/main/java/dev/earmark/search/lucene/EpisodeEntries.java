package dev.earmark.search.lucene;

import com.github.benmanes.caffeine.cache.Cache;
import dev.earmark.index.EntryJson;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.StoredMoment;
import dev.earmark.index.lucene.LuceneIndex;
import dev.earmark.model.Episode;
import dev.earmark.search.spoken.Deadline;
import dev.earmark.search.spoken.Footprint;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.util.BitSet;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;

/**
 * The entries of the episodes in a snapshot, and their order: newest first, those without a date
 * last, by title.
 *
 * <p>The order is worked out once, from keys that are read once a segment; entries are read when
 * they are asked for, and those asked for by id are remembered. Thread-safe.
 */
final class EpisodeEntries {
  private static final long BYTES_KEPT = 16 << 20;

  private static final SegmentCache<List<Key>> KEYS = new SegmentCache<>(EpisodeEntries::readKeys);

  private final IndexSearcher searcher;
  private final Cache<String, EpisodeEntry> known = Footprint.cache(BYTES_KEPT);
  private volatile int @Nullable [] order;
  private volatile @Nullable ById byId;

  /** What an episode is ordered by, the document of its entry, and how many words it has. */
  record Key(int document, @Nullable LocalDate date, String title, String id, long words) {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::date, Comparator.nullsLast(Comparator.reverseOrder()))
            .thenComparing(Key::title)
            .thenComparing(Key::id);

    private Key at(int elsewhere) {
      return new Key(elsewhere, date, title, id, words);
    }
  }

  /** The documents of the entries in the order of the index, and the place of each by its id. */
  private record ById(int[] documents, int[] places) {}

  private EpisodeEntries(IndexSearcher searcher) {
    this.searcher = searcher;
  }

  static EpisodeEntries of(Snapshot snapshot) throws IOException {
    return snapshot.once(EpisodeEntries.class, () -> new EpisodeEntries(snapshot.searcher()));
  }

  Optional<EpisodeEntry> find(String id) throws IOException {
    EpisodeEntry entry = known.getIfPresent(id);
    if (entry != null) {
      return Optional.of(entry);
    }
    int document = document(id);
    if (document < 0) {
      return Optional.empty();
    }
    entry = LuceneIndex.entry(searcher.storedFields(), document);
    known.put(id, entry);
    return Optional.of(entry);
  }

  /** What is kept of an episode to be read; empty if there is nothing, or no such episode. */
  List<StoredMoment> alternatives(String id) throws IOException {
    int document = document(id);
    return document < 0 ? List.of() : LuceneIndex.alternatives(searcher.storedFields(), document);
  }

  /** The episode that a moment is of. */
  Episode get(String id) throws IOException {
    return find(id)
        .map(EpisodeEntry::episode)
        .orElseThrow(() ->
            new IllegalStateException(
                "the index has a moment of \"" + id + "\" but no such episode"));
  }

  /** The document that ends the episode's block; -1 if there is no such episode. */
  private int document(String id) throws IOException {
    TopDocs found = searcher.search(new TermQuery(new Term(LuceneIndex.ENTRY, id)), 1);
    return found.scoreDocs.length == 0 ? -1 : found.scoreDocs[0].doc;
  }

  /** The document of an episode's first moment; -1 if it has none. */
  int firstDocument(String id) throws IOException {
    int last = document(id) - 1;
    int ordinal = MomentColumns.ordinal(searcher.getIndexReader(), last);
    return ordinal < 0 ? -1 : last - ordinal;
  }

  int count() throws IOException {
    return order().length;
  }

  /** A range of the ordered episodes; shorter if time runs out. */
  List<EpisodeEntry> list(int from, int most, Deadline deadline) throws IOException {
    int[] documents = order();
    StoredFields stored = searcher.storedFields();
    List<EpisodeEntry> list = new ArrayList<>();
    for (int i = from; i < documents.length && list.size() < most && !deadline.hasPassed(); i++) {
      list.add(LuceneIndex.entry(stored, documents[i]));
    }
    return list;
  }

  /** The place of an episode in the order; -1 if it is not there. */
  int place(String id) throws IOException {
    int[] documents = order();
    int document = document(id);
    int place = documents.length - 1;
    while (place >= 0 && documents[place] != document) {
      place--;
    }
    return place;
  }

  private int[] order() throws IOException {
    int[] documents = order;
    if (documents == null) {
      List<Key> keys = keys();
      keys.sort(Key.ORDER);
      documents = keys.stream().mapToInt(Key::document).toArray();
      order = documents;
    }
    return documents;
  }

  /** The keys of all episodes, in the order of the index. */
  private List<Key> keys() throws IOException {
    List<Key> keys = new ArrayList<>();
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      Bits live = leaf.reader().getLiveDocs();
      for (Key key : KEYS.of(leaf.reader())) {
        if (live == null || live.get(key.document())) {
          keys.add(key.at(leaf.docBase + key.document()));
        }
      }
    }
    return keys;
  }

  /**
   * The place of a document's episode among all, by their ids: what orders hits that score alike
   * the same way however the index came about. What is returned is not thread-safe.
   */
  IntUnaryOperator placeById() throws IOException {
    ById known = byId;
    if (known == null) {
      List<Key> keys = keys();
      int[] documents = keys.stream().mapToInt(Key::document).toArray();
      int[] places = new int[documents.length];
      int place = 0;
      for (int each :
          IntStream.range(0, places.length)
              .boxed()
              .sorted(Comparator.comparing(i -> keys.get(i).id()))
              .toList()) {
        places[each] = place++;
      }
      known = new ById(documents, places);
      byId = known;
    }
    return new PlaceById(known);
  }

  /** Remembers the last episode, since documents are mostly asked for in their order. */
  private static final class PlaceById implements IntUnaryOperator {
    private final ById all;
    private int from;
    private int to = -1;
    private int place;

    PlaceById(ById all) {
      this.all = all;
    }

    @Override
    public int applyAsInt(int document) {
      if (document < from || document > to) {
        int found = Arrays.binarySearch(all.documents, document);
        int entry = found < 0 ? -found - 1 : found;
        from = entry == 0 ? 0 : all.documents[entry - 1] + 1;
        to = all.documents[entry];
        place = all.places[entry];
      }
      return place;
    }
  }

  /** The keys of the episodes in a segment, those deleted as well, in the order of the index. */
  static List<Key> keys(LeafReader segment) throws IOException {
    return KEYS.of(segment);
  }

  private static List<Key> readKeys(LeafReader segment) throws IOException {
    List<Key> keys = new ArrayList<>();
    LuceneIndex.Heads heads = LuceneIndex.heads(segment);
    BitSet ends = MomentColumns.of(segment).episodeEnds();
    for (int end = ends.nextSetBit(0); end < segment.maxDoc(); end = ends.nextSetBit(end + 1)) {
      EntryJson.Head head = heads.of(end);
      EntryJson.Head.Titled episode = head.episode();
      keys.add(new Key(end, episode.date(), episode.title(), episode.id(), head.words()));
    }
    return keys;
  }
}
