package dev.earmark.search.lucene;

import dev.earmark.search.spoken.Forms;
import dev.earmark.search.spoken.SpokenScore;
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
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Moments that hold any of some words, ranked by what is said in and around them ({@link
 * SpokenScore}).
 *
 * <h2>How it is computed</h2>
 *
 * <p>Nothing of this is indexed. An episode is a block of neighbouring documents, so the postings
 * of the words are read an episode at a time, and what decays with time is summed over the moments
 * with a hit. Where something more selective leads the way through the index, what matches is asked
 * of the postings alone, and only the episodes that it comes to are summed up. Time is linear in
 * the postings, which a search that counts its hits must read in any case, and in words times hits;
 * memory is that of the postings of one episode.
 */
final class SpokenWordsQuery extends Query {
  private final String field;
  private final List<Forms> words;

  SpokenWordsQuery(String field, List<Forms> words) {
    this.field = field;
    this.words = List.copyOf(words);
  }

  @Override
  public void visit(QueryVisitor visitor) {
    if (visitor.acceptField(field)) {
      for (Forms forms : words) {
        visitor.consumeTerms(
            this, forms.terms().stream().map(term -> new Term(field, term)).toArray(Term[]::new));
      }
    }
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost)
      throws IOException {
    CollectionStatistics statistics = searcher.collectionStatistics(field);
    List<List<TermStates>> states = new ArrayList<>();
    float[] weights = new float[words.size()];
    for (int i = 0; i < words.size(); i++) {
      List<TermStates> ofWord = new ArrayList<>();
      long documents = 0;
      for (String term : words.get(i).terms()) {
        TermStates state = TermStates.build(searcher, new Term(field, term), true);
        ofWord.add(state);
        // As for synonyms: the commonest form says how common the word is.
        documents = Math.max(documents, state.docFreq());
      }
      states.add(ofWord);
      long all = statistics == null ? 1 : statistics.docCount();
      weights[i] = boost * SpokenScore.weight(words.get(i).importance(), documents, all);
    }
    float averageLength =
        statistics == null
            ? 1
            : (float) statistics.sumTotalTermFreq() / Math.max(1, statistics.docCount());
    return new WordsWeight(this, (Snapshot) searcher, states, weights, averageLength);
  }

  private static final class WordsWeight extends Weight {
    private final SpokenWordsQuery query;
    private final Snapshot snapshot;
    private final List<List<TermStates>> states;
    private final float[] weights;
    private final float[] norms;

    WordsWeight(
        SpokenWordsQuery query,
        Snapshot snapshot,
        List<List<TermStates>> states,
        float[] weights,
        float averageLength) {
      super(query);
      this.query = query;
      this.snapshot = snapshot;
      this.states = states;
      this.weights = weights;
      this.norms = new float[MomentColumns.LENGTHS];
      for (int kept = 0; kept < norms.length; kept++) {
        norms[kept] = SpokenScore.norm(MomentColumns.length(kept), averageLength);
      }
    }

    @Override
    public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext context) throws IOException {
      Terms terms = context.reader().terms(query.field);
      if (terms == null) {
        return null;
      }
      TermsEnum each = terms.iterator();
      List<Found> found = new ArrayList<>();
      long sum = 0;
      for (int word = 0; word < states.size(); word++) {
        for (int form = 0; form < states.get(word).size(); form++) {
          var supplier = states.get(word).get(form).get(context);
          TermState state = supplier == null ? null : supplier.get();
          if (state != null) {
            Term term = new Term(query.field, query.words.get(word).terms().get(form));
            each.seekExact(term.bytes(), state);
            sum += each.docFreq();
            found.add(new Found(word, query.words.get(word).weights().get(form), term, state));
          }
        }
      }
      if (found.isEmpty()) {
        return null;
      }
      long cost = sum;
      return new ScorerSupplier() {
        @Override
        public Scorer get(long leadCost) throws IOException {
          MomentColumns columns = MomentColumns.of(context.reader());
          WordsWeighed weighed =
              new WordsWeighed(
                  forms(terms, found, PostingsEnum.FREQS),
                  weights,
                  norms,
                  snapshot.episodeEnds(context),
                  columns);
          // What leads the way through fewer moments only asks for some of these.
          DocIdSetIterator moments =
              leadCost < cost
                  ? new AnyForm(forms(terms, found, PostingsEnum.NONE), cost)
                  : weighed.all(cost);
          return new WordsScorer(moments, weighed);
        }

        @Override
        public long cost() {
          return cost;
        }
      };
    }

    private static List<Form> forms(Terms terms, List<Found> found, int flags) throws IOException {
      List<Form> forms = new ArrayList<>();
      for (Found one : found) {
        TermsEnum term = terms.iterator();
        term.seekExact(one.term().bytes(), one.state());
        forms.add(new Form(one.word(), one.weight(), term.postings(null, flags)));
      }
      return forms;
    }

    private record Found(int word, float weight, Term term, TermState state) {}

    @Override
    public Explanation explain(LeafReaderContext context, int document) throws IOException {
      Scorer found = scorer(context);
      return found != null && found.iterator().advance(document) == document
          ? Explanation.match(found.score(), "words " + query)
          : Explanation.noMatch("none of " + query);
    }

    @Override
    public boolean isCacheable(LeafReaderContext context) {
      return true;
    }
  }

  /** The postings of one form of a word. */
  private record Form(int word, float weight, PostingsEnum postings) {}

  private static final class WordsScorer extends Scorer {
    private final DocIdSetIterator moments;
    private final WordsWeighed weighed;

    WordsScorer(DocIdSetIterator moments, WordsWeighed weighed) {
      this.moments = moments;
      this.weighed = weighed;
    }

    @Override
    public int docID() {
      return moments.docID();
    }

    @Override
    public DocIdSetIterator iterator() {
      return moments;
    }

    @Override
    public float score() throws IOException {
      return weighed.score(moments.docID());
    }

    @Override
    public float getMaxScore(int upTo) {
      return Float.MAX_VALUE;
    }
  }

  /** The moments that have any of some forms, without what stands around them. */
  private static final class AnyForm extends DocIdSetIterator {
    private final PostingsEnum[] postings;
    private final long cost;
    private int document = -1;

    AnyForm(List<Form> forms, long cost) {
      this.postings = forms.stream().map(Form::postings).toArray(PostingsEnum[]::new);
      this.cost = cost;
    }

    @Override
    public int docID() {
      return document;
    }

    @Override
    public int nextDoc() throws IOException {
      return advance(document + 1);
    }

    @Override
    public int advance(int target) throws IOException {
      int first = NO_MORE_DOCS;
      for (PostingsEnum each : postings) {
        int at = each.docID() < target ? each.advance(target) : each.docID();
        first = Math.min(first, at);
      }
      return document = first;
    }

    @Override
    public long cost() {
      return cost;
    }
  }

  /** What the moments with a hit score, worked out an episode at a time. */
  private static final class WordsWeighed {
    private final List<Form> forms;
    private final float[] weights;

    /** Where what is in and near a moment counts half, by how its length is kept. */
    private final float[] norms;

    private final BitSet episodeEnds;
    private final MomentColumns columns;

    /** The moments of the current episode that have a hit, in order, and their frequencies. */
    private final EpisodeHits hits;

    WordsWeighed(
        List<Form> forms,
        float[] weights,
        float[] norms,
        BitSet episodeEnds,
        MomentColumns columns) {
      this.forms = forms;
      this.weights = weights;
      this.norms = norms;
      this.episodeEnds = episodeEnds;
      this.columns = columns;
      this.hits = new EpisodeHits(weights.length, forms.size() == 1);
    }

    /**
     * Gathers the first episode with a hit that ends after a document. All of it, also what stands
     * before that document: a score must not depend on how somebody got here.
     */
    private boolean gather(int after) throws IOException {
      if (after >= episodeEnds.length()) {
        return false;
      }
      int start = columns.isMoment(after) ? columns.episode(after) : after;
      int first = DocIdSetIterator.NO_MORE_DOCS;
      for (Form form : forms) {
        PostingsEnum postings = form.postings();
        int hit = postings.docID() < start ? postings.advance(start) : postings.docID();
        first = Math.min(first, hit);
      }
      if (first == DocIdSetIterator.NO_MORE_DOCS) {
        return false;
      }
      int end = episodeEnds.nextSetBit(first);
      hits.begin(columns.episode(first), end);
      for (Form form : forms) {
        PostingsEnum postings = form.postings();
        int hit = postings.docID();
        while (hit < end) {
          hits.add(form.word(), hit, form.weight() * postings.freq());
          hit = postings.nextDoc();
        }
      }
      hits.finish();
      return true;
    }

    /** What a moment with a hit scores; asked for in the order of the moments. */
    float score(int document) throws IOException {
      if (document >= hits.end()) {
        var unused = gather(document);
      }
      return of(hits.hit(document));
    }

    private float of(int hit) {
      hits.survey(columns);
      float norm = norms[columns.lengthKept(hits.document(hit))];
      float score = 0;
      for (int word = 0; word < weights.length; word++) {
        if (hits.has(word)) {
          score +=
              weights[word]
                  * SpokenScore.of(
                      hits.own(word, hit), hits.near(word, hit), hits.block(word, hit), norm);
        }
      }
      return score;
    }

    /** All moments with a hit, gathered as they are gone through. */
    DocIdSetIterator all(long cost) {
      return new DocIdSetIterator() {
        private int at = -1;
        private int document = -1;

        @Override
        public int docID() {
          return document;
        }

        @Override
        public int nextDoc() throws IOException {
          return advance(document + 1);
        }

        @Override
        public int advance(int target) throws IOException {
          int from = target;
          while (from != NO_MORE_DOCS) {
            while (++at < hits.size()) {
              if (hits.document(at) >= from) {
                return document = hits.document(at);
              }
            }
            if (!gather(Math.max(from, hits.end()))) {
              break;
            }
            at = -1;
          }
          return document = NO_MORE_DOCS;
        }

        @Override
        public long cost() {
          return cost;
        }
      };
    }
  }

  @Override
  public String toString(String defaultField) {
    return words.stream().map(forms -> forms.terms().getFirst()).toList().toString();
  }

  @Override
  public boolean equals(Object other) {
    return sameClassAs(other)
        && field.equals(((SpokenWordsQuery) other).field)
        && words.equals(((SpokenWordsQuery) other).words);
  }

  @Override
  public int hashCode() {
    return Objects.hash(classHash(), field, words);
  }
}
