package dev.earmark.search.lucene;

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
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnByteVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;
import org.apache.lucene.search.knn.KnnSearchStrategy;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;

/**
 * Finds the documents whose vectors are nearest to one, among all or among those of a filter.
 *
 * <p>Among few it looks at each. Among many it walks Lucene's graph of neighbours (HNSW), and on
 * its way only over documents that pass the filter where these are fewer than {@value
 * #FILTERED_WALK} in a hundred: a filter that is applied afterwards would leave too few. The walk
 * may miss some, the fewer the more it is asked for; so it is asked for more than is wanted. What
 * it finds has its exact cosine.
 */
public final class NearestVectors {
  /** Among so many, looking at each takes as long as the walk. */
  private static final int FEW = 5_000;

  /** Where less than so many in a hundred pass the filter, the walk goes over these alone. */
  private static final int FILTERED_WALK = 60;

  /** So many more are looked for than are wanted. */
  private static final int BEYOND = 100;

  private NearestVectors() {}

  /**
   * The nearest documents, nearest first; their scores are cosines.
   *
   * @param field whose vectors are {@link ByteVectors}
   * @param query has unit length
   * @param most how many
   * @param filter the documents to look among; null for all
   */
  public static List<ScoreDoc> of(
      IndexSearcher searcher, String field, byte[] query, int most, @Nullable Query filter)
      throws IOException {
    if (count(searcher, field, filter) <= Math.max(FEW, most)) {
      return exact(searcher, field, query, most, filter);
    }
    ScoreDoc[] found =
        searcher.search(
                new KnnByteVectorQuery(
                    field, query, most + BEYOND, filter, new KnnSearchStrategy.Hnsw(FILTERED_WALK)),
                most)
            .scoreDocs;
    return withCosines(searcher, field, query, found);
  }

  /** How many vectors there are to look at, at most. */
  private static long count(IndexSearcher searcher, String field, @Nullable Query filter)
      throws IOException {
    Weight weight = filter == null ? null : weight(searcher, filter);
    long count = 0;
    for (LeafReaderContext leaf : searcher.getLeafContexts()) {
      ByteVectorValues vectors = leaf.reader().getByteVectorValues(field);
      if (vectors == null) {
        continue;
      }
      long among = vectors.size();
      if (weight != null) {
        ScorerSupplier supplier = weight.scorerSupplier(leaf);
        among = supplier == null ? 0 : Math.min(among, supplier.cost());
      }
      count += among;
    }
    return count;
  }

  private static Weight weight(IndexSearcher searcher, Query filter) throws IOException {
    return searcher.createWeight(searcher.rewrite(filter), ScoreMode.COMPLETE_NO_SCORES, 1);
  }

  /** Looks at each document. */
  public static List<ScoreDoc> exact(
      IndexSearcher searcher, String field, byte[] query, int most, @Nullable Query filter)
      throws IOException {
    Comparator<ScoreDoc> farthestFirst =
        Comparator.<ScoreDoc>comparingDouble(hit -> hit.score).thenComparingInt(hit -> -hit.doc);
    PriorityQueue<ScoreDoc> best = new PriorityQueue<>(farthestFirst);
    Weight weight = filter == null ? null : weight(searcher, filter);
    for (LeafReaderContext leaf : searcher.getLeafContexts()) {
      ByteVectorValues vectors = leaf.reader().getByteVectorValues(field);
      Scorer scorer = vectors == null || weight == null ? null : weight.scorer(leaf);
      if (vectors == null || (weight != null && scorer == null)) {
        continue;
      }
      Bits live = leaf.reader().getLiveDocs();
      KnnVectorValues.DocIndexIterator each = vectors.iterator();
      DocIdSetIterator among = scorer == null ? null : scorer.iterator();
      int document = each.nextDoc();
      while (document != DocIdSetIterator.NO_MORE_DOCS) {
        if (among != null) {
          int passes = among.docID() < document ? among.advance(document) : among.docID();
          if (passes != document) {
            document = passes == DocIdSetIterator.NO_MORE_DOCS ? passes : each.advance(passes);
            continue;
          }
        }
        if (live == null || live.get(document)) {
          float cosine = ByteVectors.cosine(query, vectors.vectorValue(each.index()));
          if (best.size() < most || cosine > best.peek().score) {
            best.add(new ScoreDoc(leaf.docBase + document, cosine));
            if (best.size() > most) {
              best.poll();
            }
          }
        }
        document = each.nextDoc();
      }
    }
    List<ScoreDoc> nearest = new ArrayList<>(best);
    nearest.sort(farthestFirst.reversed());
    return nearest;
  }

  private static List<ScoreDoc> withCosines(
      IndexSearcher searcher, String field, byte[] query, ScoreDoc[] found) throws IOException {
    List<ScoreDoc> nearest = new ArrayList<>(List.of(found));
    nearest.sort(Comparator.comparingInt(hit -> hit.doc));
    List<LeafReaderContext> leaves = searcher.getLeafContexts();
    int leaf = -1;
    ByteVectorValues vectors = null;
    KnnVectorValues.DocIndexIterator each = null;
    for (ScoreDoc hit : nearest) {
      int of = ReaderUtil.subIndex(hit.doc, leaves);
      if (of != leaf) {
        leaf = of;
        vectors = leaves.get(of).reader().getByteVectorValues(field);
        each = vectors == null ? null : vectors.iterator();
      }
      if (vectors != null && each != null) {
        int unused = each.advance(hit.doc - leaves.get(of).docBase);
        hit.score = ByteVectors.cosine(query, vectors.vectorValue(each.index()));
      }
    }
    nearest.sort(
        Comparator.<ScoreDoc>comparingDouble(hit -> -hit.score).thenComparingInt(hit -> hit.doc));
    return nearest;
  }
}
