package dev.earmark.search.lucene;

import dev.earmark.search.spoken.Deadline;
import java.io.IOException;
import java.util.Collection;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;

/** Visits the documents that match a query, unscored, in index order. */
final class MomentScan {
  private MomentScan() {}

  /** Sees documents go by. */
  interface Visitor {
    /** The documents that follow are of this part of the index. */
    void enter(LeafReaderContext leaf) throws IOException;

    /** A document, by its number within the part. */
    void visit(int document) throws IOException;
  }

  /** Shows all hits of a query to a collector, in the order of the index. */
  static void collect(IndexSearcher searcher, Query query, Collector hits) throws IOException {
    searcher.search(
        query,
        new CollectorManager<Collector, Collector>() {
          @Override
          public Collector newCollector() {
            // Asked once: a searcher without an executor collects in one go.
            return hits;
          }

          @Override
          public Collector reduce(Collection<Collector> collectors) {
            return hits;
          }
        });
  }

  /** Visits the matches until time runs out. */
  static void run(IndexSearcher searcher, Query query, Deadline deadline, Visitor visitor)
      throws IOException {
    try {
      scan(searcher, query, deadline, visitor);
    } catch (Deadline.PassedException e) {
      // What went by until then is the answer, and the deadline says that it may lack something.
    }
  }

  private static void scan(IndexSearcher searcher, Query query, Deadline deadline, Visitor visitor)
      throws IOException {
    Weight weight = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
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
