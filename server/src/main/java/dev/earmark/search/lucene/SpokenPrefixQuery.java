package dev.earmark.search.lucene;

import dev.earmark.search.spoken.Deadline;
import java.io.IOException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.DocIdSetBuilder;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;

/**
 * Matches moments with a word that has a prefix; all score the same.
 *
 * <p>Lucene's own prefix query reads all such words first and cannot be stopped. This one stops
 * when half of the time is up and reports that through the {@link Deadline}. Under a {@code NOT},
 * where stopping would show too much, it ends the search instead.
 */
final class SpokenPrefixQuery extends Query {
  private final String field;
  private final String prefix;
  private final boolean wholly;
  private final Deadline deadline;

  /**
   * @param wholly whether a part of what begins so would be wrong, rather than less
   */
  SpokenPrefixQuery(String field, String prefix, boolean wholly, Deadline deadline) {
    this.field = field;
    this.prefix = prefix;
    this.wholly = wholly;
    this.deadline = deadline;
  }

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost) {
    return new ConstantScoreWeight(this, boost) {
      @Override
      public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext context) throws IOException {
        Terms terms = context.reader().terms(field);
        BytesRef beginning = new BytesRef(prefix);
        TermsEnum each = terms == null ? null : terms.iterator();
        if (terms == null || each == null || !begins(each, beginning)) {
          return null;
        }
        return new ScorerSupplier() {
          @Override
          public Scorer get(long leadCost) throws IOException {
            DocIdSetIterator moments = read(context, terms, each, beginning);
            return new ConstantScoreScorer(score(), scoreMode, moments);
          }

          @Override
          public long cost() {
            // As Lucene guesses where many words may match.
            return context.reader().maxDoc();
          }
        };
      }

      @Override
      public boolean isCacheable(LeafReaderContext context) {
        return false;
      }
    };
  }

  private static boolean begins(TermsEnum terms, BytesRef beginning) throws IOException {
    return terms.seekCeil(beginning) != TermsEnum.SeekStatus.END
        && StringHelper.startsWith(terms.term(), beginning);
  }

  private DocIdSetIterator read(
      LeafReaderContext context, Terms terms, TermsEnum each, BytesRef beginning)
      throws IOException {
    DocIdSetBuilder moments = new DocIdSetBuilder(context.reader().maxDoc(), terms);
    PostingsEnum postings = null;
    do {
      if (wholly) {
        deadline.check();
      } else if (deadline.isHalfway()) {
        deadline.narrowed();
        break;
      }
      postings = each.postings(postings, PostingsEnum.NONE);
      moments.add(postings);
    } while (each.next() != null && StringHelper.startsWith(each.term(), beginning));
    DocIdSetIterator found = moments.build().iterator();
    return found == null ? DocIdSetIterator.empty() : found;
  }

  @Override
  public String toString(String defaultField) {
    return prefix + '*';
  }

  @Override
  public boolean equals(Object other) {
    return sameClassAs(other)
        && field.equals(((SpokenPrefixQuery) other).field)
        && prefix.equals(((SpokenPrefixQuery) other).prefix)
        && wholly == ((SpokenPrefixQuery) other).wholly;
  }

  @Override
  public int hashCode() {
    return 31 * classHash() + prefix.hashCode();
  }
}
