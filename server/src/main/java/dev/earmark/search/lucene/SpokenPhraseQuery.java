package dev.earmark.search.lucene;

import dev.earmark.search.spoken.Deadline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TermState;
import org.apache.lucene.index.TermStates;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.Weight;
import org.apache.lucene.search.similarities.Similarity.SimScorer;
import org.jspecify.annotations.Nullable;

/**
 * Matches the moments in which a phrase begins, across captions, paragraphs and speakers.
 *
 * <p>The definition: for each word of a moment, do the words from there on in the episode equal the
 * phrase? In fact the rarest word of the phrase leads, and the others are checked at the word
 * numbers they must have; see the package documentation. The frequency in a moment is the number of
 * times the phrase begins there; the score is that of a Lucene phrase.
 *
 * <p>With slop the words may stand in any order, with others among them; a match begins at its
 * first word.
 */
final class SpokenPhraseQuery extends Query {
  private final String field;
  private final List<String> words;
  private final int slop;

  /** No part of what is asked, so neither of equality. */
  private final Deadline deadline;

  /**
   * @param words two or more
   * @param slop 0 for words in a row; else the words in any order with at most this many others
   *     among them
   * @param deadline when looking must end
   */
  SpokenPhraseQuery(String field, List<String> words, int slop, Deadline deadline) {
    if (words.size() < 2) {
      throw new IllegalArgumentException("a phrase needs two words, got " + words);
    }
    this.field = field;
    this.words = List.copyOf(words);
    this.slop = slop;
    this.deadline = deadline;
  }

  @Override
  public void visit(QueryVisitor visitor) {
    // One clause, however many words: their number is bounded where the query is read.
    visitor.visitLeaf(this);
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost)
      throws IOException {
    List<TermStates> states = new ArrayList<>();
    List<TermStatistics> statistics = new ArrayList<>();
    for (String word : words) {
      deadline.check();
      Term term = new Term(field, word);
      TermStates state = TermStates.build(searcher, term, scoreMode.needsScores());
      states.add(state);
      if (scoreMode.needsScores() && state.docFreq() > 0) {
        statistics.add(searcher.termStatistics(term, state.docFreq(), state.totalTermFreq()));
      }
    }
    SimScorer scorer =
        statistics.size() == words.size()
            ? searcher
                .getSimilarity()
                .scorer(
                    boost,
                    searcher.collectionStatistics(field),
                    statistics.toArray(TermStatistics[]::new))
            : null;
    return new PhraseWeight(this, states, scorer, scoreMode);
  }

  private static final class PhraseWeight extends Weight {
    private final SpokenPhraseQuery query;
    private final List<TermStates> states;
    private final @Nullable SimScorer scorer;
    private final ScoreMode scoreMode;

    PhraseWeight(
        SpokenPhraseQuery query,
        List<TermStates> states,
        @Nullable SimScorer scorer,
        ScoreMode scoreMode) {
      super(query);
      this.query = query;
      this.states = states;
      this.scorer = scorer;
      this.scoreMode = scoreMode;
    }

    @Override
    public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext context) throws IOException {
      Terms terms = context.reader().terms(query.field);
      if (terms == null) {
        return null;
      }
      List<TermState> found = new ArrayList<>();
      long cost = Long.MAX_VALUE;
      TermsEnum each = terms.iterator();
      for (int i = 0; i < states.size(); i++) {
        var supplier = states.get(i).get(context);
        TermState state = supplier == null ? null : supplier.get();
        if (state == null) {
          return null;
        }
        found.add(state);
        each.seekExact(new Term(query.field, query.words.get(i)).bytes(), state);
        cost = Math.min(cost, each.totalTermFreq());
      }
      long rarest = cost;
      return new ScorerSupplier() {
        @Override
        public Scorer get(long leadCost) throws IOException {
          MomentColumns columns = MomentColumns.of(context.reader());
          List<TermCursor> cursors = new ArrayList<>();
          for (int i = 0; i < found.size(); i++) {
            TermsEnum term = terms.iterator();
            term.seekExact(new Term(query.field, query.words.get(i)).bytes(), found.get(i));
            cursors.add(
                new TermCursor(
                    term.postings(null, PostingsEnum.POSITIONS), columns, query.deadline));
          }
          SpokenIterator iterator =
              query.slop == 0
                  ? new PhraseIterator(cursors, columns, rarest)
                  : new NearIterator(query.words, cursors, query.slop, rarest);
          return new SpokenScorer(
              iterator,
              scoreMode.needsScores() ? scorer : null,
              context.reader().getNormValues(query.field));
        }

        @Override
        public long cost() {
          return rarest;
        }
      };
    }

    @Override
    public Explanation explain(LeafReaderContext context, int document) throws IOException {
      Scorer found = scorer(context);
      return found != null && found.iterator().advance(document) == document
          ? Explanation.match(found.score(), "phrase " + query)
          : Explanation.noMatch("no phrase " + query);
    }

    @Override
    public boolean isCacheable(LeafReaderContext context) {
      return true;
    }
  }

  @Override
  public String toString(String defaultField) {
    return '"' + String.join(" ", words) + '"' + (slop == 0 ? "" : "~" + slop);
  }

  @Override
  public boolean equals(Object other) {
    return sameClassAs(other)
        && field.equals(((SpokenPhraseQuery) other).field)
        && words.equals(((SpokenPhraseQuery) other).words)
        && slop == ((SpokenPhraseQuery) other).slop;
  }

  @Override
  public int hashCode() {
    return Objects.hash(classHash(), field, words, slop);
  }
}
