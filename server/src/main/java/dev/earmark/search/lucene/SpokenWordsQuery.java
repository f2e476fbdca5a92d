package dev.earmark.search.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
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
import org.apache.lucene.util.SmallFloat;
import org.jspecify.annotations.Nullable;

/**
 * Moments that hold any of some words, ranked by what is said in and around them.
 *
 * <h2>Why the surroundings count</h2>
 *
 * <p>A moment is some fifteen seconds of speech. That is right to land in and wrong to judge by:
 * the words of a question are spread over a minute of its answer. So a moment is scored as passages
 * are in passage retrieval with context (J. Callan, <i>Passage-level evidence in document
 * retrieval</i>, 1994; fields are mixed at the level of term frequencies as in S. Robertson, H.
 * Zaragoza, M. Taylor, <i>Simple BM25 extension to multiple weighted fields</i>, 2004):
 *
 * <pre>
 *   score = sat(1.5 own + near) + 0.7 sat(block) + 0.6 sat(episode)
 * </pre>
 *
 * <p>where <i>own</i>, <i>near</i>, <i>block</i> and <i>episode</i> are the frequencies of a word
 * in the moment, in the {@value #NEAR_MS} ms around it, in the {@value #BLOCK_MS} ms around it and
 * in the whole episode; <i>sat</i> is BM25's saturation by frequency and length, times the word's
 * inverse document frequency; and the sum is over the words. A moment matches only by its own
 * words: what stands around it lifts it and never brings it in.
 *
 * <h2>How it is computed</h2>
 *
 * <p>Nothing of this is indexed. An episode is a block of neighbouring documents, so the postings
 * of the words are read an episode at a time; the moments with a hit, few of them, are then
 * compared among themselves with two pointers. Memory is that of the hits in one episode, and time
 * is linear in the postings, which a search that counts its hits must read in any case.
 */
final class SpokenWordsQuery extends Query {
  static final long NEAR_MS = 30_000;
  static final long BLOCK_MS = 120_000;

  private static final float K1 = 1.2f;
  private static final float B = 0.75f;
  private static final float OWN = 1.5f;
  private static final float BLOCK = 0.7f;
  private static final float EPISODE = 0.6f;

  /** How many moments of average length lie within {@link #NEAR_MS}. */
  private static final float NEAR_MOMENTS = 4;

  private final String field;
  private final List<Forms> words;

  /**
   * The forms of one word.
   *
   * @param terms as they stand in the index, the exact form first
   * @param weights how much an occurrence of each counts, 0 to 1
   */
  record Forms(List<String> terms, List<Float> weights) {
    Forms {
      terms = List.copyOf(terms);
      weights = List.copyOf(weights);
    }
  }

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
      weights[i] = boost * (float) Math.log(1 + (all - documents + 0.5) / (documents + 0.5));
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
    private final float averageLength;

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
      this.averageLength = averageLength;
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
          List<Form> forms = new ArrayList<>();
          for (Found one : found) {
            TermsEnum term = terms.iterator();
            term.seekExact(one.term().bytes(), one.state());
            forms.add(new Form(one.word(), one.weight(), term.postings(null, PostingsEnum.FREQS)));
          }
          return new WordsScorer(
              new WordsIterator(
                  forms,
                  weights,
                  averageLength,
                  snapshot.episodeEnds(context),
                  new MomentTimes(context.reader()),
                  context.reader().getNormValues(query.field),
                  cost));
        }

        @Override
        public long cost() {
          return cost;
        }
      };
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
    private final WordsIterator iterator;

    WordsScorer(WordsIterator iterator) {
      this.iterator = iterator;
    }

    @Override
    public int docID() {
      return iterator.docID();
    }

    @Override
    public DocIdSetIterator iterator() {
      return iterator;
    }

    @Override
    public float score() throws IOException {
      return iterator.score();
    }

    @Override
    public float getMaxScore(int upTo) {
      return Float.MAX_VALUE;
    }
  }

  /** The moments with a hit, an episode at a time. */
  private static final class WordsIterator extends DocIdSetIterator {
    private final List<Form> forms;
    private final float[] weights;
    private final float averageLength;
    private final BitSet episodeEnds;
    private final MomentTimes times;
    private final @Nullable NumericDocValues norms;
    private final long cost;
    private final int wordCount;

    /** The moments of the current episode that have a hit, in order, and their frequencies. */
    private final EpisodeHits hits;

    private int at = -1;
    private int document = -1;
    private int episodeEnd = -1;
    private boolean scored;

    WordsIterator(
        List<Form> forms,
        float[] weights,
        float averageLength,
        BitSet episodeEnds,
        MomentTimes times,
        @Nullable NumericDocValues norms,
        long cost) {
      this.forms = forms;
      this.weights = weights;
      this.averageLength = averageLength;
      this.episodeEnds = episodeEnds;
      this.times = times;
      this.norms = norms;
      this.cost = cost;
      this.wordCount = weights.length;
      this.hits = new EpisodeHits(wordCount);
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
      int from = target;
      while (from != NO_MORE_DOCS) {
        if (from <= episodeEnd) {
          while (++at < hits.size()) {
            if (hits.document(at) >= from) {
              return document = hits.document(at);
            }
          }
          from = episodeEnd + 1;
        }
        if (!gather(from)) {
          break;
        }
      }
      return document = NO_MORE_DOCS;
    }

    /**
     * Gathers the first episode with a hit that ends after a document. All of it, also what stands
     * before that document: a score must not depend on how somebody got here.
     */
    private boolean gather(int after) throws IOException {
      if (after >= episodeEnds.length()) {
        return false;
      }
      int start = after == 0 ? 0 : episodeEnds.prevSetBit(after - 1) + 1;
      int first = NO_MORE_DOCS;
      for (Form form : forms) {
        PostingsEnum postings = form.postings();
        int hit = postings.docID() < start ? postings.advance(start) : postings.docID();
        first = Math.min(first, hit);
      }
      if (first == NO_MORE_DOCS) {
        return false;
      }
      episodeEnd = episodeEnds.nextSetBit(first);
      hits.clear();
      at = -1;
      scored = false;
      for (Form form : forms) {
        PostingsEnum postings = form.postings();
        int hit = postings.docID();
        while (hit < episodeEnd) {
          hits.add(hit, form.word(), form.weight() * postings.freq());
          hit = postings.nextDoc();
        }
      }
      hits.sort();
      return true;
    }

    float score() throws IOException {
      if (!scored) {
        hits.score(weights, averageLength, times, norms);
        scored = true;
      }
      return hits.score(at);
    }

    @Override
    public long cost() {
      return cost;
    }
  }

  /** The moments of an episode that have a hit, and how they score among each other. */
  private static final class EpisodeHits {
    private final int words;
    private int[] documents = new int[64];
    private float[] frequencies;
    private float[] scores = new float[64];
    private int size;

    private int[] rawDocuments = new int[64];
    private int[] rawWords = new int[64];
    private float[] rawFrequencies = new float[64];
    private int rawSize;

    EpisodeHits(int words) {
      this.words = words;
      this.frequencies = new float[64 * words];
    }

    void clear() {
      rawSize = 0;
      size = 0;
    }

    void add(int document, int word, float frequency) {
      if (rawSize == rawDocuments.length) {
        rawDocuments = java.util.Arrays.copyOf(rawDocuments, rawSize * 2);
        rawWords = java.util.Arrays.copyOf(rawWords, rawSize * 2);
        rawFrequencies = java.util.Arrays.copyOf(rawFrequencies, rawSize * 2);
      }
      rawDocuments[rawSize] = document;
      rawWords[rawSize] = word;
      rawFrequencies[rawSize++] = frequency;
    }

    /** Merges what was added into one row a moment, in the order of the documents. */
    void sort() {
      long[] keys = new long[rawSize];
      for (int i = 0; i < rawSize; i++) {
        keys[i] = ((long) rawDocuments[i] << 32) | i;
      }
      java.util.Arrays.sort(keys);
      size = 0;
      for (long key : keys) {
        int raw = (int) key;
        int document = (int) (key >>> 32);
        if (size == 0 || documents[size - 1] != document) {
          grow();
          documents[size] = document;
          java.util.Arrays.fill(frequencies, size * words, (size + 1) * words, 0);
          size++;
        }
        frequencies[(size - 1) * words + rawWords[raw]] += rawFrequencies[raw];
      }
    }

    private void grow() {
      if (size == documents.length) {
        documents = java.util.Arrays.copyOf(documents, size * 2);
        frequencies = java.util.Arrays.copyOf(frequencies, size * 2 * words);
        scores = java.util.Arrays.copyOf(scores, size * 2);
      }
    }

    int size() {
      return size;
    }

    int document(int hit) {
      return documents[hit];
    }

    float score(int hit) {
      return scores[hit];
    }

    void score(
        float[] weights, float averageLength, MomentTimes times, @Nullable NumericDocValues norms)
        throws IOException {
      long[] starts = new long[size];
      int[] runs = new int[size];
      float[] lengths = new float[size];
      int run = 0;
      for (int hit = 0; hit < size; hit++) {
        boolean placed = times.moveTo(documents[hit]);
        starts[hit] = times.startMs();
        boolean goesOn =
            hit > 0 && placed == (runs[hit - 1] % 2 == 0) && starts[hit] >= starts[hit - 1];
        run = goesOn ? run : run + ((run % 2 == 0) == placed ? 2 : 1);
        runs[hit] = run;
        lengths[hit] =
            norms != null && norms.advanceExact(documents[hit])
                ? SmallFloat.byte4ToInt((byte) norms.longValue())
                : averageLength;
      }
      float[] near = new float[size * words];
      float[] block = new float[size * words];
      around(starts, runs, NEAR_MS, near);
      around(starts, runs, BLOCK_MS, block);
      float[] episode = new float[words];
      for (int hit = 0; hit < size; hit++) {
        for (int word = 0; word < words; word++) {
          episode[word] += frequencies[hit * words + word];
        }
      }
      float whole = 0;
      for (int word = 0; word < words; word++) {
        whole += weights[word] * EPISODE * episode[word] / (episode[word] + 3 * K1);
      }
      for (int hit = 0; hit < size; hit++) {
        float length =
            (OWN * lengths[hit] + NEAR_MOMENTS * averageLength)
                / ((OWN + NEAR_MOMENTS) * averageLength);
        float norm = K1 * (1 - B + B * length);
        float sum = whole;
        for (int word = 0; word < words; word++) {
          int cell = hit * words + word;
          float mixed = OWN * frequencies[cell] + near[cell];
          sum += weights[word] * mixed / (mixed + norm);
          sum += weights[word] * BLOCK * block[cell] / (block[cell] + 2 * K1);
        }
        scores[hit] = sum;
      }
    }

    /**
     * Sums the frequencies of the moments that start within a time of each, with two pointers over
     * each run: moments of one source, in its order.
     */
    private void around(long[] starts, int[] runs, long within, float[] sums) {
      float[] window = new float[words];
      int from = 0;
      int to = 0;
      for (int hit = 0; hit < size; hit++) {
        if (hit == 0 || runs[hit] != runs[hit - 1]) {
          java.util.Arrays.fill(window, 0);
          from = hit;
          to = hit;
        }
        while (to < size && runs[to] == runs[hit] && starts[to] <= starts[hit] + within) {
          add(window, to++, 1);
        }
        while (starts[from] < starts[hit] - within) {
          add(window, from++, -1);
        }
        System.arraycopy(window, 0, sums, hit * words, words);
      }
    }

    private void add(float[] window, int hit, int sign) {
      for (int word = 0; word < words; word++) {
        window[word] += sign * frequencies[hit * words + word];
      }
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
