package dev.earmark.search.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryRescorer;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.jspecify.annotations.Nullable;

/**
 * Puts the best hits of a search in the order in which they are shown: first by what more can be
 * found out about them, then so that every stretch of speech shows its best.
 *
 * <p>Looks at the best {@value #LOOKED_AT} hits, whatever page is asked for, so that the pages of a
 * list fit together; those after them follow as they are. What is found out only adds to a score,
 * so none of those can pass one that was looked at.
 */
final class CloserLook {
  static final int LOOKED_AT = 1_000;

  private CloserLook() {}

  /**
   * The same hits in the order they are shown in.
   *
   * @param byScore the best hits; {@value #LOOKED_AT} of them or all there are
   * @param evidence what adds to the score of a hit; null if there is nothing
   */
  static List<ScoreDoc> at(TopDocs byScore, @Nullable Query evidence, Snapshot snapshot)
      throws IOException {
    int looked = Math.min(LOOKED_AT, byScore.scoreDocs.length);
    List<ScoreDoc> hits = List.of(byScore.scoreDocs);
    List<ScoreDoc> best = hits.subList(0, looked);
    if (evidence != null) {
      TopDocs first = new TopDocs(byScore.totalHits, Arrays.copyOf(byScore.scoreDocs, looked));
      best = List.of(new Adding(evidence).rescore(snapshot, first, looked).scoreDocs);
    }
    List<ScoreDoc> shown = new ArrayList<>(Stretches.spread(best, snapshot));
    shown.addAll(hits.subList(looked, hits.size()));
    return shown;
  }

  private static final class Adding extends QueryRescorer {
    Adding(Query evidence) {
      super(evidence);
    }

    @Override
    protected float combine(float score, boolean hasMore, float more) {
      return hasMore ? score + more : score;
    }
  }
}
