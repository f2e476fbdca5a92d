package dev.earmark.search.lucene;

import java.io.IOException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.FilterCollector;
import org.apache.lucene.search.FilterLeafCollector;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;

/** What a moment is worth before anything is asked; its score is multiplied by it. */
final class Prior {
  private Prior() {}

  /** What a moment is worth. */
  static float of(MomentColumns columns, int document) {
    return columns.prior(document) / 100f;
  }

  /** Hands on the same hits, their scores multiplied. */
  static Collector weighing(Collector hits) {
    return new FilterCollector(hits) {
      @Override
      public LeafCollector getLeafCollector(LeafReaderContext leaf) throws IOException {
        return new Weighing(in.getLeafCollector(leaf), MomentColumns.of(leaf.reader()));
      }
    };
  }

  private static final class Weighing extends FilterLeafCollector {
    private final MomentColumns columns;
    private int current;

    Weighing(LeafCollector in, MomentColumns columns) {
      super(in);
      this.columns = columns;
    }

    @Override
    public void setScorer(Scorable scorer) throws IOException {
      in.setScorer(
          new Scorable() {
            @Override
            public float score() throws IOException {
              return (float) (scorer.score() * (columns.prior(current) / 100.0));
            }

            @Override
            public void setMinCompetitiveScore(float minScore) {
              // All hits are counted, so none is skipped.
            }
          });
    }

    @Override
    public void collect(int document) throws IOException {
      current = document;
      in.collect(document);
    }
  }
}
