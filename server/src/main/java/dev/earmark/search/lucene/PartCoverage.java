package dev.earmark.search.lucene;

import dev.earmark.search.spoken.Deadline;
import dev.earmark.search.spoken.QueryPlan;
import java.io.IOException;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;

/** How much of what a query asks for together some moments say. Stateless. */
final class PartCoverage {
  private PartCoverage() {}

  /**
   * The largest share of the weight of all parts that one of some moments says itself; 1 if not
   * several things are asked for.
   *
   * <p>Reads of each part only the moments given, in order.
   */
  static double of(
      List<QueryPlan.Part> parts, List<ScoreDoc> moments, IndexSearcher searcher, Deadline deadline)
      throws IOException {
    if (parts.isEmpty() || deadline.hasPassed()) {
      return 1;
    }
    int[] documents = moments.stream().mapToInt(moment -> moment.doc).sorted().toArray();
    long[] said = new long[documents.length];
    long all = 0;
    for (QueryPlan.Part part : parts) {
      all += part.weight();
      Query query = searcher.rewrite(QueryTranslator.translate(part.query(), deadline));
      Weight weight = searcher.createWeight(query, ScoreMode.COMPLETE_NO_SCORES, 1);
      add(part.weight(), weight, documents, said, searcher.getIndexReader().leaves());
    }
    long most = 0;
    for (long one : said) {
      most = Math.max(most, one);
    }
    return (double) most / all;
  }

  /** Adds what a part weighs to those documents that have it. */
  private static void add(
      int worth, Weight weight, int[] documents, long[] said, List<LeafReaderContext> leaves)
      throws IOException {
    int of = -1;
    DocIdSetIterator having = null;
    for (int i = 0; i < documents.length; i++) {
      int leaf = ReaderUtil.subIndex(documents[i], leaves);
      if (leaf != of) {
        of = leaf;
        Scorer scorer = weight.scorer(leaves.get(leaf));
        having = scorer == null ? null : scorer.iterator();
      }
      int document = documents[i] - leaves.get(leaf).docBase;
      if (having != null) {
        int at = having.docID() < document ? having.advance(document) : having.docID();
        said[i] += at == document ? worth : 0;
      }
    }
  }
}
