package dev.earmark.search.lucene;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.lucene.LuceneIndex;
import dev.earmark.model.Episode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.util.BitSet;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;

/** The entries of the episodes in a snapshot; those read last are remembered. Thread-safe. */
final class EpisodeEntries {
  private static final int KEPT = 5_000;

  private final IndexSearcher searcher;
  private final Cache<String, EpisodeEntry> known =
      Caffeine.newBuilder().executor(Runnable::run).maximumSize(KEPT).build();
  private volatile @Nullable List<EpisodeEntry> all;

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

  /** All episodes, newest first; those without a date last, by title. */
  List<EpisodeEntry> all() throws IOException {
    List<EpisodeEntry> entries = all;
    if (entries == null) {
      List<EpisodeEntry> read =
          new ArrayList<>(LuceneIndex.episodes(searcher.getIndexReader()).values());
      read.sort(EpisodeEntry.NEWEST_FIRST);
      entries = List.copyOf(read);
      if (entries.size() <= KEPT) {
        all = entries;
      }
    }
    return entries;
  }

  int count() throws IOException {
    int count = 0;
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      BitSet ends = MomentColumns.of(leaf.reader()).episodeEnds();
      Bits live = leaf.reader().getLiveDocs();
      int documents = leaf.reader().maxDoc();
      for (int end = ends.nextSetBit(0); end < documents; end = ends.nextSetBit(end + 1)) {
        count += live == null || live.get(end) ? 1 : 0;
      }
    }
    return count;
  }
}
