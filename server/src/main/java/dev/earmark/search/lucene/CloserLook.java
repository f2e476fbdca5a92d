package dev.earmark.search.lucene;

import dev.earmark.search.spoken.Deadline;
import dev.earmark.search.spoken.Stretches;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.ScoreDoc;

/**
 * Puts the best hits of a search in the order in which they are shown: first by what more can be
 * found out about them, then so that every stretch of speech shows its best.
 *
 * <p>Looks at the best {@value #LOOKED_AT} hits, whatever page is asked for, so that the pages of a
 * list fit together; those after them follow as they are. What is found out only adds to a score,
 * so none of those can pass one that was looked at.
 */
final class CloserLook {
  static final int LOOKED_AT = 500;

  private static final Comparator<ScoreDoc> BEST_FIRST =
      Comparator.<ScoreDoc>comparingDouble(hit -> -hit.score).thenComparingInt(hit -> hit.doc);

  private CloserLook() {}

  /**
   * The same hits in the order they are shown in.
   *
   * @param byScore the best hits, best first; {@value #LOOKED_AT} of them or more, or all there are
   * @param evidence what adds to the score of a hit
   */
  static List<ScoreDoc> at(
      List<ScoreDoc> byScore, List<PairEvidence> evidence, Snapshot snapshot, Deadline deadline)
      throws IOException {
    int looked = Math.min(LOOKED_AT, byScore.size());
    List<ScoreDoc> best = new ArrayList<>(byScore.subList(0, looked));
    if (!evidence.isEmpty()) {
      best.sort(Comparator.comparingInt(hit -> hit.doc));
      add(evidence, best, snapshot, deadline);
      best.sort(BEST_FIRST);
    }
    List<ScoreDoc> shown = new ArrayList<>(Stretches.spread(best, new Places(snapshot)::of));
    shown.addAll(byScore.subList(looked, byScore.size()));
    return shown;
  }

  /** Finds where hits lie. */
  private static final class Places {
    private final List<LeafReaderContext> leaves;
    private final List<MomentColumns> columns = new ArrayList<>();

    Places(Snapshot snapshot) throws IOException {
      leaves = snapshot.getIndexReader().leaves();
      for (LeafReaderContext leaf : leaves) {
        columns.add(MomentColumns.of(leaf.reader()));
      }
    }

    Stretches.Place of(ScoreDoc hit) {
      int number = ReaderUtil.subIndex(hit.doc, leaves);
      int first = leaves.get(number).docBase;
      int document = hit.doc - first;
      MomentColumns of = columns.get(number);
      return new Stretches.Place(
          first + of.episode(document), of.isPlaced(document), of.startMs(document));
    }
  }

  /** Adds to the scores of hits in the order of their documents. */
  private static void add(
      List<PairEvidence> evidence, List<ScoreDoc> hits, Snapshot snapshot, Deadline deadline)
      throws IOException {
    List<LeafReaderContext> leaves = snapshot.getIndexReader().leaves();
    LeafReaderContext leaf = null;
    List<PairEvidence.Look> looks = new ArrayList<>();
    for (int i = 0; i < hits.size() && !deadline.hasPassed(); i++) {
      ScoreDoc hit = hits.get(i);
      if (leaf == null || hit.doc >= leaf.docBase + leaf.reader().maxDoc()) {
        leaf = leaves.get(ReaderUtil.subIndex(hit.doc, leaves));
        looks.clear();
        for (PairEvidence one : evidence) {
          looks.add(one.in(leaf));
        }
      }
      int document = hit.doc - leaf.docBase;
      float more = 0;
      for (PairEvidence.Look look : looks) {
        more += look.of(document);
      }
      if (more > 0) {
        float score = hit.score + more * Prior.of(leaf, document);
        hits.set(i, new ScoreDoc(hit.doc, score));
      }
    }
  }
}
