package dev.earmark.search.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Moments that hold any of some words, ranked by what is said in and around them.
 *
 * <h2>Why the surroundings count</h2>
 *
 * <p>A moment is some fifteen seconds of speech. That is right to land in and wrong to judge by:
 * the words of a question are spread over a minute of its answer. So a moment is scored as passages
 * are in passage retrieval with context (J. Callan, <i>Passage-level evidence in document
 * retrieval</i>, 1994), with the surroundings mixed in at the level of frequencies (S. Robertson,
 * H. Zaragoza, M. Taylor, <i>Simple BM25 extension to multiple weighted fields</i>, 2004):
 *
 * <pre>
 *   score = sum over the words of
 *     weight (sat(2.5 own + near) + sat(block))
 *   sat(x) = x / (x + k)
 *   weight = idf sqrt(idf / 6)
 * </pre>
 *
 * <p>where <i>own</i> is how often the word is in the moment, and <i>near</i> and <i>block</i> how
 * often around it, each occurrence counting less the farther off it is: it falls to 1/e within
 * {@value #NEAR_MS} ms and {@value #BLOCK_MS} ms. Words spread in this way what they are evidence
 * of (Y. Lv, C. Zhai, <i>Positional language models for information retrieval</i>, 2009), and no
 * moment ranks far above its neighbours for standing just inside a window. The constant <i>k</i> of
 * the first saturation grows with the length of the moment, as in BM25. Words rarer than one in 400
 * moments weigh more than in BM25 and commoner ones less: much of speech is small talk, and its
 * words are in every surrounding. A moment matches only by its own words: what stands around it
 * lifts it and never brings it in.
 *
 * <h2>What it is worth</h2>
 *
 * <p>Constants were chosen on one half of the data of {@code ./earmark bench quality} and reported
 * on the other.
 *
 * <h2>How it is computed</h2>
 *
 * <p>Nothing of this is indexed. An episode is a block of neighbouring documents, so the postings
 * of the words are read an episode at a time. What decays with time is then summed, a word at a
 * time, in one pass forwards and one backwards over the moments with a hit, since what lies farther
 * off than the last hit decays as that does. Time is linear in the postings, which a search that
 * counts its hits must read in any case, and in words times hits; memory is that of the postings of
 * one episode.
 */
final class SpokenWordsQuery extends Query {
  static final long NEAR_MS = 30_000;
  static final long BLOCK_MS = 150_000;

  private static final float OWN = 2.5f;
  private static final float BLOCK = 1;

  /** Where the frequencies in and near a moment, and in its block, count half. */
  private static final float K = 1.2f;

  private static final float K_BLOCK = 1.9f;

  /** How much the length of a moment counts. */
  private static final float B = 0.5f;

  /** How many moments of average length lie near one. */
  private static final float NEAR_MOMENTS = 3;

  /** The inverse document frequency of a word that weighs as in BM25. */
  private static final double USUAL_IDF = 6;

  private final String field;
  private final List<Forms> words;

  /**
   * The forms of one word.
   *
   * @param terms as they stand in the index, the exact form first
   * @param weights how much an occurrence of each counts, 0 to 1
   * @param importance how much the word counts among the words of the query, 0 to 1
   */
  record Forms(List<String> terms, List<Float> weights, float importance) {
    Forms {
      terms = List.copyOf(terms);
      weights = List.copyOf(weights);
    }

    /** The same forms of a word that counts so much. */
    Forms weighing(float newImportance) {
      return new Forms(terms, weights, newImportance);
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
      double idf = Math.log(1 + (all - documents + 0.5) / (documents + 0.5));
      weights[i] = boost * words.get(i).importance() * (float) (idf * Math.sqrt(idf / USUAL_IDF));
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
                  MomentColumns.of(context.reader()),
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
    private final MomentColumns columns;
    private final long cost;

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
        MomentColumns columns,
        long cost) {
      this.forms = forms;
      this.weights = weights;
      this.averageLength = averageLength;
      this.episodeEnds = episodeEnds;
      this.columns = columns;
      this.cost = cost;
      this.hits = new EpisodeHits(weights.length);
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
      hits.begin(first == 0 ? 0 : episodeEnds.prevSetBit(first - 1) + 1, episodeEnd);
      at = -1;
      scored = false;
      for (Form form : forms) {
        PostingsEnum postings = form.postings();
        int hit = postings.docID();
        while (hit < episodeEnd) {
          hits.add(form.word(), hit, form.weight() * postings.freq());
          hit = postings.nextDoc();
        }
      }
      hits.end();
      return true;
    }

    float score() throws IOException {
      if (!scored) {
        hits.score(weights, averageLength, columns);
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
    private int start;
    private int end;

    /** What was found: the document and frequency of each, the words one after the other. */
    private int[] foundDocuments = new int[256];

    private float[] foundFrequencies = new float[256];
    private final int[] foundOfWord;
    private int found;

    /**
     * The documents found, each once and in order; a bit for each of the episode's to sort them.
     */
    private int[] documents = new int[128];

    private long[] bits = new long[8];
    private int size;

    /** For each document of the episode that was found, which it is. */
    private int[] places = new int[512];

    private float[] scores = new float[0];
    private float[] norms = new float[0];
    private float[] nearDecay = new float[0];
    private float[] blockDecay = new float[0];
    private float[] own = new float[0];
    private float[] near = new float[0];
    private float[] block = new float[0];

    EpisodeHits(int words) {
      this.foundOfWord = new int[words];
    }

    /** Begins an episode whose documents are those from one to before another. */
    void begin(int first, int afterLast) {
      start = first;
      end = afterLast;
      found = 0;
      size = 0;
      Arrays.fill(foundOfWord, 0);
      if (places.length < end - start) {
        places = new int[ArrayUtil.oversize(end - start, Integer.BYTES)];
        bits = new long[(places.length >> 6) + 1];
      }
    }

    /** Adds what was found of a word; words in their order. */
    void add(int word, int document, float frequency) {
      if (found == foundDocuments.length) {
        foundDocuments = Arrays.copyOf(foundDocuments, found * 2);
        foundFrequencies = Arrays.copyOf(foundFrequencies, found * 2);
      }
      foundDocuments[found] = document;
      foundFrequencies[found++] = frequency;
      foundOfWord[word]++;
      int place = document - start;
      bits[place >> 6] |= 1L << (place & 63);
    }

    void end() {
      for (int i = 0; i <= (end - start - 1) >> 6; i++) {
        for (long left = bits[i]; left != 0; left &= left - 1) {
          int place = (i << 6) + Long.numberOfTrailingZeros(left);
          if (size == documents.length) {
            documents = Arrays.copyOf(documents, size * 2);
          }
          places[place] = size;
          documents[size++] = start + place;
        }
        bits[i] = 0;
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

    void score(float[] weights, float averageLength, MomentColumns columns) {
      prepare(averageLength, columns);
      int next = 0;
      for (int word = 0; word < weights.length; word++) {
        float weight = weights[word];
        if (foundOfWord[word] == 0) {
          continue;
        }
        Arrays.fill(own, 0, size, 0);
        for (int last = next + foundOfWord[word]; next < last; next++) {
          own[places[foundDocuments[next] - start]] += foundFrequencies[next];
        }
        around(nearDecay, near);
        around(blockDecay, block);
        for (int hit = 0; hit < size; hit++) {
          float mixed = OWN * own[hit] + near[hit];
          scores[hit] +=
              weight * (mixed / (mixed + norms[hit]) + BLOCK * block[hit] / (block[hit] + K_BLOCK));
        }
      }
    }

    /** Works out for each hit what is the same for all words. */
    private void prepare(float averageLength, MomentColumns columns) {
      if (scores.length < size) {
        int room = ArrayUtil.oversize(size, Float.BYTES);
        scores = new float[room];
        norms = new float[room];
        nearDecay = new float[room];
        blockDecay = new float[room];
        own = new float[room];
        near = new float[room];
        block = new float[room];
      }
      Arrays.fill(scores, 0, size, 0);
      for (int hit = 0; hit < size; hit++) {
        int document = documents[hit];
        float length =
            (OWN * columns.length(document) + NEAR_MOMENTS * averageLength)
                / ((OWN + NEAR_MOMENTS) * averageLength);
        norms[hit] = K * (1 - B + B * length);
        // Time that runs backwards begins another source, of which the last one is no surrounding.
        long since =
            hit > 0 && columns.isPlaced(document) == columns.isPlaced(documents[hit - 1])
                ? columns.startMs(document) - columns.startMs(documents[hit - 1])
                : -1;
        nearDecay[hit] = since < 0 ? 0 : Decay.NEAR.after(since);
        blockDecay[hit] = since < 0 ? 0 : Decay.BLOCK.after(since);
      }
    }

    /** Sums for each hit the frequencies in all hits, decayed by the time between. */
    private void around(float[] decay, float[] sums) {
      float before = 0;
      for (int hit = 0; hit < size; hit++) {
        before = before * decay[hit] + own[hit];
        sums[hit] = before;
      }
      float after = 0;
      for (int hit = size - 1; hit >= 0; hit--) {
        sums[hit] += after;
        after = (after + own[hit]) * decay[hit];
      }
    }
  }

  /** What is left of one occurrence some time away, from a table. */
  private static final class Decay {
    static final Decay NEAR = new Decay(NEAR_MS);
    static final Decay BLOCK = new Decay(BLOCK_MS);

    private static final int STEP_MS = 100;

    /** After so many times the time constant nothing is left. */
    private static final int REACH = 10;

    private final float[] left;

    Decay(long constantMs) {
      left = new float[(int) (REACH * constantMs / STEP_MS)];
      for (int i = 0; i < left.length; i++) {
        left[i] = (float) Math.exp(-(double) i * STEP_MS / constantMs);
      }
    }

    float after(long ms) {
      long step = ms / STEP_MS;
      return step < left.length ? left[(int) step] : 0;
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
