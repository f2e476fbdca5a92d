package dev.earmark.search.lucene;

import dev.earmark.search.spoken.Deadline;
import java.io.IOException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;

/** Goes through the documents that match a query, unscored, in the order of the index. */
final class MomentScan {
  private MomentScan() {}

  /** Sees documents go by. */
  interface Visitor {
    /** The documents that follow are of this part of the index. */
    void enter(LeafReaderContext leaf) throws IOException;

    /** A document, by its number within the part. */
    void visit(int document) throws IOException;
  }

  /** Goes through them as far as there is time. */
  static void run(Snapshot snapshot, Query query, Deadline deadline, Visitor visitor)
      throws IOException {
    try {
      scan(snapshot, query, deadline, visitor);
    } catch (Deadline.PassedException e) {
      // What went by until then is the answer, and the deadline says that it may lack something.
    }
  }

  private static void scan(Snapshot snapshot, Query query, Deadline deadline, Visitor visitor)
      throws IOException {
    Weight weight = snapshot.createWeight(snapshot.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
    for (LeafReaderContext leaf : snapshot.getIndexReader().leaves()) {
      Scorer scorer = weight.scorer(leaf);
      if (scorer == null) {
        continue;
      }
      visitor.enter(leaf);
      Bits live = leaf.reader().getLiveDocs();
      DocIdSetIterator each = scorer.iterator();
      for (int doc = each.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = each.nextDoc()) {
        deadline.step();
        if (live == null || live.get(doc)) {
          visitor.visit(doc);
        }
      }
    }
  }
}
