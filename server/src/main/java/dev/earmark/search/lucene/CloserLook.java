package dev.earmark.search.lucene;

import dev.earmark.search.spoken.Deadline;
import dev.earmark.search.spoken.Neighbours;
import dev.earmark.search.spoken.Stretches;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.jspecify.annotations.Nullable;

/**
 * Puts the best hits of a search in the order in which they are shown: first by what more can be
 * found out about them ({@link PairEvidence}, {@link Neighbours}), then so that every stretch of
 * speech shows its best ({@link Stretches}).
 *
 * <p>Looks at the best {@value #LOOKED_AT} hits, whatever page is asked for, so that the pages of a
 * list fit together; those after them follow as they are. What is found out only adds to a score,
 * so none of those can pass one that was looked at. Not thread-safe; one a search.
 */
final class CloserLook {
  static final int LOOKED_AT = 500;

  private static final Comparator<ScoreDoc> BEST_FIRST =
      Comparator.<ScoreDoc>comparingDouble(hit -> -hit.score).thenComparingInt(hit -> hit.doc);

  private final CompiledQuery query;
  private final Snapshot snapshot;
  private final Deadline deadline;
  private final List<LeafReaderContext> leaves;

  CloserLook(CompiledQuery query, Snapshot snapshot, Deadline deadline) {
    this.query = query;
    this.snapshot = snapshot;
    this.deadline = deadline;
    this.leaves = snapshot.getIndexReader().leaves();
  }

  /**
   * The same hits in the order they are shown in.
   *
   * @param byScore the best hits, best first; {@value #LOOKED_AT} of them or more, or all there are
   */
  List<ScoreDoc> at(List<ScoreDoc> byScore) throws IOException {
    int looked = Math.min(LOOKED_AT, byScore.size());
    List<ScoreDoc> best = new ArrayList<>(byScore.subList(0, looked));
    best.sort(Comparator.comparingInt(hit -> hit.doc));
    add(best);
    best.sort(BEST_FIRST);
    List<ScoreDoc> shown = new ArrayList<>(Stretches.spread(best, this::place));
    shown.addAll(byScore.subList(looked, byScore.size()));
    return shown;
  }

  private Stretches.Place place(ScoreDoc hit) throws IOException {
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(hit.doc, leaves));
    return place(leaf, hit.doc - leaf.docBase);
  }

  private static Stretches.Place place(LeafReaderContext leaf, int document) throws IOException {
    MomentColumns columns = MomentColumns.of(leaf.reader());
    int episode = leaf.docBase + columns.episode(document);
    return new Stretches.Place(episode, columns.isPlaced(document), columns.startMs(document));
  }

  /** Adds to the scores of hits in the order of their documents. */
  private void add(List<ScoreDoc> hits) throws IOException {
    List<Neighbours.Neighbour> neighbours = new ArrayList<>();
    float[] together = new float[hits.size()];
    for (int from = 0; from < hits.size() && !deadline.hasPassed(); ) {
      LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(hits.get(from).doc, leaves));
      int end = leaf.docBase + leaf.reader().maxDoc();
      List<PairEvidence.Look> looks = new ArrayList<>();
      for (PairEvidence one : query.evidence()) {
        looks.add(one.in(leaf));
      }
      DocIdSetIterator named = named(leaf);
      int hit = from;
      for (; hit < hits.size() && hits.get(hit).doc < end; hit++) {
        int document = hits.get(hit).doc - leaf.docBase;
        for (PairEvidence.Look look : looks) {
          together[hit] += look.of(document);
        }
        float prior = Prior.of(leaf, document);
        together[hit] *= prior;
        neighbours.add(
            new Neighbours.Neighbour(
                place(leaf, document), hits.get(hit).score, prior, isAt(named, document)));
      }
      from = hit;
    }
    float[] company = Neighbours.worth(neighbours, query.nearOnly() == null);
    for (int i = 0; i < company.length; i++) {
      ScoreDoc hit = hits.get(i);
      hits.set(i, new ScoreDoc(hit.doc, hit.score + together[i] + company[i]));
    }
  }

  /** What speakers say whom the query names; null if that is nothing. */
  private @Nullable DocIdSetIterator named(LeafReaderContext leaf) throws IOException {
    Query named = query.named();
    if (named == null) {
      return null;
    }
    Weight weight = snapshot.createWeight(snapshot.rewrite(named), ScoreMode.COMPLETE_NO_SCORES, 1);
    Scorer scorer = weight.scorer(leaf);
    return scorer == null ? null : scorer.iterator();
  }

  private static boolean isAt(@Nullable DocIdSetIterator documents, int document)
      throws IOException {
    if (documents == null) {
      return false;
    }
    int at = documents.docID() < document ? documents.advance(document) : documents.docID();
    return at == document;
  }
}
