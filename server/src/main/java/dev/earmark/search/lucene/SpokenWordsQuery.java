package dev.earmark.search.lucene;

import dev.earmark.search.rank.PassageScore;
import dev.earmark.search.spoken.Forms;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TermState;
import org.apache.lucene.index.TermStates;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.ConjunctionUtils;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Matches moments that have a word of every group, and scores them by the words in and around them:
 * the sum over the groups of {@link PassageScore}. One group means "any of these words"; groups of
 * one word mean "all of them".
 *
 * <h2>How it works</h2>
 *
 * <p>Nothing of this is indexed. An episode is a block of documents, so postings are read an
 * episode at a time ({@link EpisodeHits}), and evidence that decays with time is summed over the
 * hits. The group with the fewest postings leads; the others are read only in its episodes, and
 * nothing is summed where the groups never meet. If a more selective clause leads, matching uses
 * postings alone, and only the episodes it reaches are read whole. Time is linear in the postings,
 * which any search that counts its hits has to read, and in words times hits; memory is that of one
 * episode.
 */
final class SpokenWordsQuery extends Query {
  private final String field;
  private final List<List<Forms>> groups;

  SpokenWordsQuery(String field, List<List<Forms>> groups) {
    this.field = field;
    this.groups = groups.stream().map(List::copyOf).toList();
  }

  @Override
  public void visit(QueryVisitor visitor) {
    // One clause, however many words: their number is bounded where the query is planned.
    visitor.visitLeaf(this);
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost)
      throws IOException {
    CollectionStatistics statistics = searcher.collectionStatistics(field);
    long all = statistics == null ? 1 : statistics.docCount();
    float averageLength =
        statistics == null
            ? 1
            : (float) statistics.sumTotalTermFreq() / Math.max(1, statistics.docCount());
    PassageScore score = Snapshot.of(searcher).ranking().passages();
    float[] norms = new float[MomentColumns.LENGTHS];
    for (int kept = 0; kept < norms.length; kept++) {
      norms[kept] = score.norm(MomentColumns.length(kept), averageLength);
    }
    List<Group> weighed = new ArrayList<>();
    for (List<Forms> words : groups) {
      List<Form> forms = new ArrayList<>();
      float[] weights = new float[words.size()];
      for (int word = 0; word < weights.length; word++) {
        long documents = 0;
        for (int i = 0; i < words.get(word).terms().size(); i++) {
          Term term = new Term(field, words.get(word).terms().get(i));
          TermStates states = TermStates.build(searcher, term, true);
          forms.add(new Form(word, words.get(word).weights().get(i), term, states));
          // As for synonyms: the commonest form says how common the word is.
          documents = Math.max(documents, states.docFreq());
        }
        weights[word] = boost * score.weight(words.get(word).importance(), documents, all);
      }
      weighed.add(new Group(forms, weights));
    }
    return new WordsWeight(this, scoreMode.needsScores() ? score : null, weighed, norms);
  }

  /** A form of a word of a group, and where it stands in the index. */
  private record Form(int word, float weight, Term term, TermStates states) {}

  /** Words of which a moment must have one, in all their forms, and what each word weighs. */
  private record Group(List<Form> forms, float[] weights) {

    /** The forms that a segment of the index has. */
    Leaf in(LeafReaderContext context, Terms terms) throws IOException {
      TermsEnum each = terms.iterator();
      List<Found> found = new ArrayList<>();
      long cost = 0;
      for (Form form : forms) {
        var supplier = form.states().get(context);
        TermState state = supplier == null ? null : supplier.get();
        if (state != null) {
          each.seekExact(form.term().bytes(), state);
          cost += each.docFreq();
          found.add(new Found(form, state));
        }
      }
      return new Leaf(terms, found, weights, cost);
    }
  }

  private record Found(Form form, TermState state) {}

  /** A group in one segment of the index. */
  private record Leaf(Terms terms, List<Found> found, float[] weights, long cost) {

    List<PostingsEnum> postings(int flags) throws IOException {
      List<PostingsEnum> postings = new ArrayList<>();
      for (Found one : found) {
        TermsEnum term = terms.iterator();
        term.seekExact(one.form().term().bytes(), one.state());
        postings.add(term.postings(null, flags));
      }
      return postings;
    }

    GroupHits hits(float[] norms, MomentColumns columns, PassageScore score) throws IOException {
      List<PostingsEnum> postings = postings(PostingsEnum.FREQS);
      List<FormHits> forms = new ArrayList<>();
      for (int i = 0; i < found.size(); i++) {
        Form form = found.get(i).form();
        forms.add(new FormHits(form.word(), form.weight(), postings.get(i)));
      }
      return new GroupHits(forms, weights, norms, columns, score);
    }
  }

  private static final class WordsWeight extends Weight {
    private final SpokenWordsQuery query;

    /** Null where only what matches is asked for. */
    private final @Nullable PassageScore score;

    private final List<Group> groups;

    /** Where what is in and near a moment counts half, by how its length is kept. */
    private final float[] norms;

    WordsWeight(
        SpokenWordsQuery query, @Nullable PassageScore score, List<Group> groups, float[] norms) {
      super(query);
      this.query = query;
      this.score = score;
      this.groups = groups;
      this.norms = norms;
    }

    @Override
    public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext context) throws IOException {
      Terms terms = context.reader().terms(query.field);
      if (terms == null) {
        return null;
      }
      List<Leaf> leaves = new ArrayList<>();
      for (Group group : groups) {
        Leaf leaf = group.in(context, terms);
        if (leaf.found().isEmpty()) {
          return null;
        }
        leaves.add(leaf);
      }
      leaves.sort(Comparator.comparingLong(Leaf::cost));
      long cost = leaves.getFirst().cost();
      return new ScorerSupplier() {
        @Override
        public Scorer get(long leadCost) throws IOException {
          if (score == null) {
            return new ConstantScoreScorer(0, ScoreMode.COMPLETE_NO_SCORES, anyOfEach(leaves));
          }
          MomentColumns columns = MomentColumns.of(context.reader());
          List<GroupHits> hits = new ArrayList<>();
          for (Leaf leaf : leaves) {
            hits.add(leaf.hits(norms, columns, score));
          }
          EpisodeWalk walk = new EpisodeWalk(hits, columns, cost);
          // What leads the way through fewer moments only asks for some of these.
          return new WordsScorer(leadCost < cost ? anyOfEach(leaves) : walk, walk);
        }

        @Override
        public long cost() {
          return cost;
        }
      };
    }

    private static DocIdSetIterator anyOfEach(List<Leaf> leaves) throws IOException {
      List<DocIdSetIterator> all = new ArrayList<>();
      for (Leaf leaf : leaves) {
        all.add(new AnyForm(leaf.postings(PostingsEnum.NONE), leaf.cost()));
      }
      return all.size() == 1 ? all.getFirst() : ConjunctionUtils.intersectIterators(all);
    }

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

  private static final class WordsScorer extends Scorer {
    private final DocIdSetIterator moments;
    private final EpisodeWalk walk;

    WordsScorer(DocIdSetIterator moments, EpisodeWalk walk) {
      this.moments = moments;
      this.walk = walk;
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
      return walk.score(moments.docID());
    }

    @Override
    public float getMaxScore(int upTo) {
      return Float.MAX_VALUE;
    }
  }

  /** The moments that have any of some forms, without what stands around them. */
  private static final class AnyForm extends MomentIterator {
    private final List<PostingsEnum> postings;

    AnyForm(List<PostingsEnum> postings, long cost) {
      super(cost);
      this.postings = postings;
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
    public void intoBitSet(int upTo, FixedBitSet bits, int offset) throws IOException {
      int first = NO_MORE_DOCS;
      for (PostingsEnum each : postings) {
        if (each.docID() < upTo) {
          each.intoBitSet(upTo, bits, offset);
        }
        first = Math.min(first, each.docID());
      }
      document = first;
    }
  }

  @Override
  public String toString(String defaultField) {
    return groups.stream()
        .map(words -> words.stream().map(forms -> forms.terms().getFirst()).toList().toString())
        .collect(Collectors.joining(" and "));
  }

  @Override
  public boolean equals(Object other) {
    return sameClassAs(other)
        && field.equals(((SpokenWordsQuery) other).field)
        && groups.equals(((SpokenWordsQuery) other).groups);
  }

  @Override
  public int hashCode() {
    return Objects.hash(classHash(), field, groups);
  }
}
