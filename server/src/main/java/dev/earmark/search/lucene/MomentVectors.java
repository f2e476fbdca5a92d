package dev.earmark.search.lucene;

import dev.earmark.search.spoken.Deadline;
import dev.earmark.vector.ByteVectors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;

/** The vectors of the moments in a snapshot. Not thread-safe; one a search. */
final class MomentVectors {
  private static final String VECTOR = "vector";

  private final Snapshot snapshot;
  private final List<LeafReaderContext> leaves;
  private int leaf = -1;
  private @Nullable ByteVectorValues values;
  private KnnVectorValues.@Nullable DocIndexIterator each;

  MomentVectors(Snapshot snapshot) {
    this.snapshot = snapshot;
    this.leaves = snapshot.reader().leaves();
  }

  private record Count(int vectors) {}

  /** How many moments of a snapshot have a vector. */
  static int count(Snapshot snapshot) throws IOException {
    return snapshot
        .once(
            Count.class,
            () -> {
              int sum = 0;
              for (LeafReaderContext leaf : snapshot.reader().leaves()) {
                ByteVectorValues vectors = leaf.reader().getByteVectorValues(VECTOR);
                sum += vectors == null ? 0 : vectors.size();
              }
              return new Count(sum);
            })
        .vectors();
  }

  /**
   * The moments nearest to a vector, nearest first; their scores are cosines.
   *
   * @param query has unit length
   * @param filter the moments to look among
   */
  List<ScoreDoc> nearest(byte[] query, int most, Query filter, Deadline deadline)
      throws IOException {
    Comparator<ScoreDoc> farthestFirst =
        Comparator.<ScoreDoc>comparingDouble(hit -> hit.score).thenComparingInt(hit -> -hit.doc);
    PriorityQueue<ScoreDoc> best = new PriorityQueue<>(farthestFirst);
    Weight weight =
        snapshot
            .searcher()
            .createWeight(snapshot.searcher().rewrite(filter), ScoreMode.COMPLETE_NO_SCORES, 1);
    for (LeafReaderContext context : leaves) {
      ByteVectorValues vectors = context.reader().getByteVectorValues(VECTOR);
      Scorer scorer = vectors == null ? null : weight.scorer(context);
      if (vectors == null || scorer == null) {
        continue;
      }
      Bits live = context.reader().getLiveDocs();
      KnnVectorValues.DocIndexIterator with = vectors.iterator();
      DocIdSetIterator among = scorer.iterator();
      for (int doc = among.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = among.nextDoc()) {
        if (with.docID() < doc && with.advance(doc) == DocIdSetIterator.NO_MORE_DOCS) {
          break;
        }
        if (with.docID() != doc || (live != null && !live.get(doc))) {
          continue;
        }
        if (deadline.hasPassed()) {
          break;
        }
        float cosine = ByteVectors.cosine(query, vectors.vectorValue(with.index()));
        best.add(new ScoreDoc(context.docBase + doc, cosine));
        if (best.size() > most) {
          best.poll();
        }
      }
    }
    List<ScoreDoc> nearest = new ArrayList<>(best);
    nearest.sort(farthestFirst.reversed());
    return nearest;
  }

  /** The vector of a document of the whole index; null if it has none. Fastest in their order. */
  byte @Nullable [] of(int document) throws IOException {
    int of = ReaderUtil.subIndex(document, leaves);
    int inLeaf = document - leaves.get(of).docBase;
    if (of != leaf || each == null || each.docID() > inLeaf) {
      leaf = of;
      values = leaves.get(of).reader().getByteVectorValues(VECTOR);
      each = values == null ? null : values.iterator();
    }
    ByteVectorValues vectors = values;
    KnnVectorValues.DocIndexIterator at = each;
    if (vectors == null || at == null) {
      return null;
    }
    int found = at.docID() < inLeaf ? at.advance(inLeaf) : at.docID();
    return found == inLeaf ? vectors.vectorValue(at.index()).clone() : null;
  }
}
