package dev.earmark.search.lucene;

import dev.earmark.search.spoken.Deadline;
import java.io.IOException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.FilterWeight;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.TwoPhaseIterator;
import org.apache.lucene.search.Weight;
import org.jspecify.annotations.Nullable;

/**
 * Wraps a query and stops it when time is up.
 *
 * <p>Checks the clock every {@value #STEPS} moments, and stops too if a look into one of them took
 * too long ({@link Deadline.PassedException}). Hits, counts and facets come from one pass, so they
 * agree even when it stops early.
 */
final class DeadlineQuery extends Query {
  private static final int STEPS = 64;

  private final Query query;
  private final Deadline deadline;

  DeadlineQuery(Query query, Deadline deadline) {
    this.query = query;
    this.deadline = deadline;
  }

  @Override
  public Query rewrite(IndexSearcher searcher) throws IOException {
    Query rewritten = query.rewrite(searcher);
    return rewritten.equals(query) ? this : new DeadlineQuery(rewritten, deadline);
  }

  @Override
  public void visit(QueryVisitor visitor) {
    query.visit(visitor);
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost)
      throws IOException {
    try {
      return new DeadlineWeight(query.createWeight(searcher, scoreMode, boost), deadline);
    } catch (Deadline.PassedException e) {
      return new MatchNoDocsQuery("time was up").createWeight(searcher, scoreMode, boost);
    }
  }

  private static final class DeadlineWeight extends FilterWeight {
    private final Deadline deadline;

    DeadlineWeight(Weight weight, Deadline deadline) {
      super(weight);
      this.deadline = deadline;
    }

    @Override
    public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext context) throws IOException {
      ScorerSupplier supplier = deadline.hasPassed() ? null : in.scorerSupplier(context);
      if (supplier == null) {
        return null;
      }
      return new ScorerSupplier() {
        @Override
        public Scorer get(long leadCost) throws IOException {
          try {
            return new DeadlineScorer(supplier.get(leadCost), deadline);
          } catch (Deadline.PassedException e) {
            // Filters may be read to their end to make the scorer.
            return new ConstantScoreScorer(0, ScoreMode.COMPLETE, DocIdSetIterator.empty());
          }
        }

        @Override
        public long cost() {
          return supplier.cost();
        }
      };
    }

    @Override
    public int count(LeafReaderContext context) throws IOException {
      return in.count(context);
    }

    @Override
    public boolean isCacheable(LeafReaderContext context) {
      return false;
    }
  }

  private static final class DeadlineScorer extends Scorer {
    private final Scorer in;
    private final @Nullable TwoPhaseIterator twoPhase;
    private final DocIdSetIterator iterator;

    DeadlineScorer(Scorer scorer, Deadline deadline) {
      in = scorer;
      TwoPhaseIterator inner = scorer.twoPhaseIterator();
      if (inner == null) {
        twoPhase = null;
        iterator = new Watched(scorer.iterator(), deadline);
      } else {
        twoPhase =
            new TwoPhaseIterator(new Watched(inner.approximation(), deadline)) {
              @Override
              public boolean matches() throws IOException {
                try {
                  return inner.matches();
                } catch (Deadline.PassedException e) {
                  return false;
                }
              }

              @Override
              public float matchCost() {
                return inner.matchCost();
              }
            };
        iterator = TwoPhaseIterator.asDocIdSetIterator(twoPhase);
      }
    }

    @Override
    public DocIdSetIterator iterator() {
      return iterator;
    }

    @Override
    public @Nullable TwoPhaseIterator twoPhaseIterator() {
      return twoPhase;
    }

    @Override
    public int docID() {
      return iterator.docID();
    }

    @Override
    public float score() throws IOException {
      try {
        return in.score();
      } catch (Deadline.PassedException e) {
        // What only lifts a score is looked up when that is asked for.
        return 0;
      }
    }

    @Override
    public float getMaxScore(int upTo) throws IOException {
      return in.getMaxScore(upTo);
    }
  }

  /** Ends where the other does, or when time is up. */
  private static final class Watched extends DocIdSetIterator {
    private final DocIdSetIterator in;
    private final Deadline deadline;
    private int steps;
    private int document = -1;

    Watched(DocIdSetIterator in, Deadline deadline) {
      this.in = in;
      this.deadline = deadline;
    }

    private boolean isLate() {
      return ++steps % STEPS == 0 && deadline.hasPassed();
    }

    @Override
    public int docID() {
      return document;
    }

    @Override
    public int nextDoc() throws IOException {
      try {
        return document = isLate() ? NO_MORE_DOCS : in.nextDoc();
      } catch (Deadline.PassedException e) {
        return document = NO_MORE_DOCS;
      }
    }

    @Override
    public int advance(int target) throws IOException {
      try {
        return document = isLate() ? NO_MORE_DOCS : in.advance(target);
      } catch (Deadline.PassedException e) {
        return document = NO_MORE_DOCS;
      }
    }

    @Override
    public long cost() {
      return in.cost();
    }
  }

  @Override
  public String toString(String field) {
    return query.toString(field);
  }

  @Override
  public boolean equals(Object other) {
    return sameClassAs(other)
        && query.equals(((DeadlineQuery) other).query)
        && deadline.equals(((DeadlineQuery) other).deadline);
  }

  @Override
  public int hashCode() {
    return 31 * classHash() + query.hashCode();
  }
}
