package dev.earmark.search.lucene;

import dev.earmark.search.rank.Prior;
import java.io.IOException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.FilterCollector;
import org.apache.lucene.search.FilterLeafCollector;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;

/** Multiplies scores by the {@link Prior} of their moments. */
final class PriorCollector extends FilterCollector {
  private final Prior prior;

  PriorCollector(Collector hits, Prior prior) {
    super(hits);
    this.prior = prior;
  }

  @Override
  public LeafCollector getLeafCollector(LeafReaderContext leaf) throws IOException {
    return new Weighing(in.getLeafCollector(leaf), MomentColumns.of(leaf.reader()), prior);
  }

  private static final class Weighing extends FilterLeafCollector {
    private final MomentColumns columns;
    private final Prior prior;
    private int current;

    Weighing(LeafCollector in, MomentColumns columns, Prior prior) {
      super(in);
      this.columns = columns;
      this.prior = prior;
    }

    @Override
    public void setScorer(Scorable scorer) throws IOException {
      in.setScorer(
          new Scorable() {
            @Override
            public float score() throws IOException {
              return (float) (scorer.score() * prior.of(columns.evidence(current)));
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
