package dev.earmark.search.lucene;

import dev.earmark.search.spoken.Deadline;
import java.io.IOException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Counts the moments that a query matches, a window of them at a time: to set the bits of a window
 * and count them takes a fraction of what it takes to go from moment to moment.
 */
final class MomentCount {
  private static final int WINDOW = 1 << 12;

  private MomentCount() {}

  /** How many moments match; fewer if time runs out. */
  static long of(IndexSearcher searcher, Query query, Deadline deadline) throws IOException {
    long count = 0;
    try {
      // Not by the searcher, which would keep what may have been cut short.
      Weight weight =
          searcher.rewrite(query).createWeight(searcher, ScoreMode.COMPLETE_NO_SCORES, 1);
      for (LeafReaderContext leaf : searcher.getLeafContexts()) {
        int known = weight.count(leaf);
        Scorer scorer = known < 0 ? weight.scorer(leaf) : null;
        if (known > 0) {
          count += known;
        } else if (scorer != null) {
          count += count(scorer.iterator(), leaf.reader().getLiveDocs(), deadline);
        }
      }
    } catch (Deadline.PassedException e) {
      // What was counted until then is the answer, and the deadline says that it may lack some.
    }
    return count;
  }

  private static long count(DocIdSetIterator matching, @Nullable Bits live, Deadline deadline)
      throws IOException {
    long count = 0;
    FixedBitSet window = new FixedBitSet(WINDOW);
    int document = matching.nextDoc();
    while (document != DocIdSetIterator.NO_MORE_DOCS) {
      deadline.check();
      window.clear();
      matching.intoBitSet(document + WINDOW, window, document);
      if (live != null) {
        live.applyMask(window, document);
      }
      count += window.cardinality();
      document = matching.docID();
    }
    return count;
  }
}
