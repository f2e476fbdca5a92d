package dev.earmark.search.lucene;

import dev.earmark.index.lucene.VectorStore;
import dev.earmark.vector.TextEmbedder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;

/** The vectors that one model made of the moments in a snapshot. Not thread-safe; one a search. */
final class MomentVectors {
  private final Snapshot snapshot;
  private final String field;
  private final float unrelated;
  private final List<LeafReaderContext> leaves;
  private int leaf = -1;
  private @Nullable ByteVectorValues values;
  private KnnVectorValues.@Nullable DocIndexIterator each;

  private MomentVectors(Snapshot snapshot, String field, float unrelated) {
    this.snapshot = snapshot;
    this.field = field;
    this.unrelated = unrelated;
    this.leaves = snapshot.reader().leaves();
  }

  /** Those of a model. */
  static MomentVectors of(Snapshot snapshot, TextEmbedder model) {
    return new MomentVectors(snapshot, VectorStore.field(model.model()), model.unrelated());
  }

  /** Those of the model that made most of them. */
  static MomentVectors ofAny(Snapshot snapshot) throws IOException {
    Map<String, Integer> counts = Counts.of(snapshot);
    String most = VectorStore.field("");
    for (Map.Entry<String, Integer> each : counts.entrySet()) {
      most = each.getValue() > counts.getOrDefault(most, 0) ? each.getKey() : most;
    }
    return new MomentVectors(snapshot, most, 0);
  }

  /** How many moments have a vector, by the field that holds them. */
  private record Counts(Map<String, Integer> byField) {
    static Map<String, Integer> of(Snapshot snapshot) throws IOException {
      return snapshot.once(Counts.class, () -> new Counts(count(snapshot))).byField();
    }

    private static Map<String, Integer> count(Snapshot snapshot) throws IOException {
      Map<String, Integer> counts = new TreeMap<>();
      for (LeafReaderContext leaf : snapshot.reader().leaves()) {
        Bits live = leaf.reader().getLiveDocs();
        for (FieldInfo info : leaf.reader().getFieldInfos()) {
          ByteVectorValues vectors =
              info.hasVectorValues() ? leaf.reader().getByteVectorValues(info.name) : null;
          if (vectors != null) {
            counts.merge(info.name, count(vectors, live), Integer::sum);
          }
        }
      }
      return counts;
    }

    private static int count(ByteVectorValues vectors, @Nullable Bits live) throws IOException {
      if (live == null) {
        return vectors.size();
      }
      int count = 0;
      KnnVectorValues.DocIndexIterator each = vectors.iterator();
      for (int doc = each.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = each.nextDoc()) {
        count += live.get(doc) ? 1 : 0;
      }
      return count;
    }
  }

  /** How many moments have one. */
  int count() throws IOException {
    return Counts.of(snapshot).getOrDefault(field, 0);
  }

  /** How many moments of a snapshot have one of any model. */
  static int countAll(Snapshot snapshot) throws IOException {
    return Counts.of(snapshot).values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  /**
   * How near texts are whose vectors have a cosine: 1 if they are the same, 0 if they have as
   * little to do with each other as any two. Numbers that were chosen for one model then hold for
   * others.
   */
  float nearness(float cosine) {
    return (cosine - unrelated) / (1 - unrelated);
  }

  /**
   * The moments nearest to a vector, nearest first; their scores are their {@link #nearness}.
   *
   * @param query has unit length
   * @param filter the moments to look among; null for all
   */
  List<ScoreDoc> nearest(byte[] query, int most, @Nullable Query filter) throws IOException {
    List<ScoreDoc> nearest = NearestVectors.of(snapshot.searcher(), field, query, most, filter);
    nearest.forEach(hit -> hit.score = nearness(hit.score));
    return nearest;
  }

  /** The vector of a document of the whole index; null if it has none. Fastest in their order. */
  byte @Nullable [] of(int document) throws IOException {
    int of = ReaderUtil.subIndex(document, leaves);
    int inLeaf = document - leaves.get(of).docBase;
    if (of != leaf || each == null || each.docID() > inLeaf) {
      leaf = of;
      values = leaves.get(of).reader().getByteVectorValues(field);
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
