package dev.earmark.search.lucene;

import dev.earmark.search.rank.RankingModel;
import dev.earmark.search.spoken.Once;
import dev.earmark.search.spoken.SnapshotParts;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.similarities.BM25Similarity;

/**
 * The index at one point in time: a reader, a searcher, and the ranking of its moments.
 *
 * <p>Depends on nothing else in this package. What other classes compute for the whole snapshot
 * they keep with {@link #once}. Thread-safe.
 */
final class Snapshot {
  /**
   * A query has at most 256 parts, and a part a few clauses; what a part costs is bounded apart.
   */
  private static final int MOST_CLAUSES = 8_192;

  private static final AtomicLong NUMBERS = new AtomicLong();

  static {
    IndexSearcher.setMaxClauseCount(MOST_CLAUSES);
  }

  private final DirectoryReader reader;
  private final RankingModel ranking;
  private final CommitFiles files;
  private final Searcher searcher;
  private final long number = NUMBERS.incrementAndGet();
  private final SnapshotParts parts = new SnapshotParts();

  Snapshot(DirectoryReader reader, RankingModel ranking) throws IOException {
    this.reader = reader;
    this.ranking = ranking;
    this.files = CommitFiles.of(reader.getIndexCommit());
    this.searcher = new Searcher(this);
    searcher.setSimilarity(
        new BM25Similarity(
            (float) ranking.parameters().bm25K1(), (float) ranking.parameters().bm25B()));
  }

  /**
   * A searcher that leads back to its snapshot: all that Lucene hands to a query is the searcher.
   */
  private static final class Searcher extends IndexSearcher {
    private final Snapshot snapshot;

    Searcher(Snapshot snapshot) {
      super(snapshot.reader);
      this.snapshot = snapshot;
    }
  }

  /** The snapshot of a searcher that {@link #searcher} gave. */
  static Snapshot of(IndexSearcher searcher) {
    return ((Searcher) searcher).snapshot;
  }

  DirectoryReader reader() {
    return reader;
  }

  IndexSearcher searcher() {
    return searcher;
  }

  RankingModel ranking() {
    return ranking;
  }

  /** The files of the commit that this is a snapshot of. */
  CommitFiles files() {
    return files;
  }

  /** A number that no other snapshot has; a later one's is higher. */
  long number() {
    return number;
  }

  /** The one object of a class that belongs to this snapshot; see {@link SnapshotParts#once}. */
  <T> T once(Class<T> type, Once.Maker<T> maker) throws IOException {
    return parts.once(type, maker);
  }

  /** Forgets what was kept; what is asked for is worked out again. */
  void forget() {
    parts.forget();
  }
}
