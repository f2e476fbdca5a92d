package dev.earmark.search.lucene;

import dev.earmark.search.spoken.ContextBoost;
import dev.earmark.search.spoken.Deadline;
import dev.earmark.search.spoken.Diversifier;
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
 * found out about them ({@link PairEvidence}, {@link ContextBoost}), then so that every stretch of
 * speech shows its best ({@link Diversifier}).
 *
 * <p>Looks at the best {@value #LOOKED_AT} hits, whatever page is asked for, so that the pages of a
 * list fit together; those after them follow as they are. What is found out only adds to a score,
 * so none of those can pass one that was looked at. Not thread-safe; one a search.
 */
final class Reranker {
  static final int LOOKED_AT = 500;

  private static final Comparator<ScoreDoc> BEST_FIRST =
      Comparator.<ScoreDoc>comparingDouble(hit -> -hit.score).thenComparingInt(hit -> hit.doc);

  private final CompiledQuery query;
  private final Snapshot snapshot;
  private final Deadline deadline;
  private final List<LeafReaderContext> leaves;
  private final List<MomentColumns> columns = new ArrayList<>();

  Reranker(CompiledQuery query, Snapshot snapshot, Deadline deadline) throws IOException {
    this.query = query;
    this.snapshot = snapshot;
    this.deadline = deadline;
    this.leaves = snapshot.getIndexReader().leaves();
    for (LeafReaderContext leaf : leaves) {
      columns.add(MomentColumns.of(leaf.reader()));
    }
  }

  /**
   * The first of some hits in the order they are shown in.
   *
   * @param byScore the best hits, best first; {@value #LOOKED_AT} of them or more, or all there are
   * @param wanted how many are wanted; there may be fewer hits, and more may be given
   */
  List<ScoreDoc> at(List<ScoreDoc> byScore, int wanted) throws IOException {
    int looked = Math.min(LOOKED_AT, byScore.size());
    List<ScoreDoc> best = new ArrayList<>(byScore.subList(0, looked));
    boolean company = query.named() != null || Diversifier.areOfOneEpisode(best, this::place);
    if (company || !query.evidence().isEmpty()) {
      best.sort(Comparator.comparingInt(hit -> hit.doc));
      add(best, company);
      best.sort(BEST_FIRST);
    }
    List<ScoreDoc> shown = new ArrayList<>(Diversifier.spread(best, wanted, this::place));
    if (shown.size() == looked) {
      shown.addAll(byScore.subList(looked, byScore.size()));
    }
    return shown;
  }

  private Diversifier.Place place(ScoreDoc hit) {
    int leaf = ReaderUtil.subIndex(hit.doc, leaves);
    int first = leaves.get(leaf).docBase;
    int document = hit.doc - first;
    MomentColumns of = columns.get(leaf);
    return new Diversifier.Place(
        first + of.episode(document), of.isPlaced(document), of.startMs(document));
  }

  /**
   * Adds to the scores of hits in the order of their documents.
   *
   * @param company whether their company counts, too
   */
  private void add(List<ScoreDoc> hits, boolean company) throws IOException {
    float[] more = new float[hits.size()];
    List<ContextBoost.Scored> neighbours = new ArrayList<>();
    for (int from = 0; from < more.length && !deadline.hasPassed(); ) {
      int number = ReaderUtil.subIndex(hits.get(from).doc, leaves);
      LeafReaderContext leaf = leaves.get(number);
      List<PairEvidence.Look> looks = new ArrayList<>();
      for (PairEvidence one : query.evidence()) {
        looks.add(one.in(leaf));
      }
      DocIdSetIterator named = named(leaf);
      int end = leaf.docBase + leaf.reader().maxDoc();
      int i = from;
      for (; i < more.length && hits.get(i).doc < end; i++) {
        int document = hits.get(i).doc - leaf.docBase;
        for (PairEvidence.Look look : looks) {
          more[i] += look.of(document);
        }
        float prior = Prior.of(columns.get(number), document);
        more[i] *= prior;
        if (company) {
          neighbours.add(
              new ContextBoost.Scored(
                  place(hits.get(i)), hits.get(i).score, prior, isAt(named, document)));
        }
      }
      from = i;
    }
    float[] worth = ContextBoost.worth(neighbours, query.nearOnly() == null);
    for (int i = 0; i < more.length; i++) {
      ScoreDoc hit = hits.get(i);
      float lift = more[i] + (i < worth.length ? worth[i] : 0);
      hits.set(i, new ScoreDoc(hit.doc, hit.score + lift));
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
