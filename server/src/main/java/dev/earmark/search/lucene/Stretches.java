package dev.earmark.search.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.ScoreDoc;

/**
 * Puts the best hit of every stretch of speech before the others of it.
 *
 * <p>Neighbouring moments speak of the same and rank alike, so that a list in the order of the
 * scores begins with the same minute several times over. A hit within {@value #STRETCH_MS} ms of a
 * better one of its episode gives way to the first hits of other stretches. It is never dropped: it
 * follows after them, still in the order of the scores.
 *
 * <p>Hits that all lie in one episode stay as they are. Who asks one episode wants to read on
 * around a place, and there the order of the scores finds far more of what is right.
 */
final class Stretches {
  static final long STRETCH_MS = 75_000;

  private final Snapshot snapshot;
  private final Map<Long, List<Long>> taken = new HashMap<>();
  private final Set<Long> episodes = new HashSet<>();

  private Stretches(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * The same hits in the order they are shown in.
   *
   * @param byScore the hits, best first
   */
  static List<ScoreDoc> spread(List<ScoreDoc> byScore, Snapshot snapshot) throws IOException {
    Stretches stretches = new Stretches(snapshot);
    List<ScoreDoc> shown = new ArrayList<>(byScore.size());
    List<ScoreDoc> others = new ArrayList<>();
    for (ScoreDoc hit : byScore) {
      (stretches.takes(hit.doc) ? shown : others).add(hit);
    }
    if (stretches.episodes.size() <= 1) {
      return byScore;
    }
    shown.addAll(others);
    return shown;
  }

  /** Whether a hit is the first of its stretch. */
  private boolean takes(int document) throws IOException {
    List<LeafReaderContext> leaves = snapshot.getIndexReader().leaves();
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(document, leaves));
    int inLeaf = document - leaf.docBase;
    MomentColumns columns = MomentColumns.of(leaf.reader());
    long episode = (long) leaf.docBase + snapshot.episodeEnds(leaf).nextSetBit(inLeaf);
    episodes.add(episode);
    // Times of what is placed and of what is not cannot be compared.
    long timeline = 2 * episode + (columns.isPlaced(inLeaf) ? 0 : 1);
    long start = columns.startMs(inLeaf);
    List<Long> starts = taken.computeIfAbsent(timeline, key -> new ArrayList<>());
    for (long other : starts) {
      if (Math.abs(other - start) <= STRETCH_MS) {
        return false;
      }
    }
    return starts.add(start);
  }
}
