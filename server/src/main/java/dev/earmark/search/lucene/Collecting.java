package dev.earmark.search.lucene;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.FilterCollector;
import org.apache.lucene.search.FilterLeafCollector;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;

/** Collecting of moments that are known before. */
final class Collecting {
  private Collecting() {}

  /** Shows moments with their scores to a collector, in the order of the index. */
  static void show(IndexReader index, Map<Integer, Float> moments, Collector to)
      throws IOException {
    LeafReaderContext leaf = null;
    LeafCollector collector = null;
    Score score = new Score();
    for (Map.Entry<Integer, Float> moment : new TreeMap<>(moments).entrySet()) {
      int document = moment.getKey();
      if (leaf == null || collector == null || document >= leaf.docBase + leaf.reader().maxDoc()) {
        leaf = index.leaves().get(ReaderUtil.subIndex(document, index.leaves()));
        collector = to.getLeafCollector(leaf);
        collector.setScorer(score);
      }
      score.value = moment.getValue();
      collector.collect(document - leaf.docBase);
    }
  }

  private static final class Score extends Scorable {
    private float value;

    @Override
    public float score() {
      return value;
    }
  }

  /** Notes which of some moments go by, and what they score. Not thread-safe; one a search. */
  static final class Noting extends FilterCollector {
    private final int[] awaited;
    private final Map<Integer, Float> seen = new HashMap<>();

    Noting(Collector in, Map<Integer, Float> awaited) {
      super(in);
      this.awaited = awaited.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    /** What went by of what is awaited, by document. */
    Map<Integer, Float> seen() {
      return seen;
    }

    @Override
    public LeafCollector getLeafCollector(LeafReaderContext leaf) throws IOException {
      return new FilterLeafCollector(in.getLeafCollector(leaf)) {
        private int next;
        private Scorable scorer = new Score();

        @Override
        public void setScorer(Scorable newScorer) throws IOException {
          scorer = newScorer;
          super.setScorer(newScorer);
        }

        @Override
        public void collect(int document) throws IOException {
          // Documents come in their order.
          int whole = leaf.docBase + document;
          while (next < awaited.length && awaited[next] < whole) {
            next++;
          }
          if (next < awaited.length && awaited[next] == whole) {
            seen.put(whole, scorer.score());
          }
          super.collect(document);
        }
      };
    }
  }
}
