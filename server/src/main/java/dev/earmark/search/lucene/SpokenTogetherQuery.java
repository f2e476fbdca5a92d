package dev.earmark.search.lucene;

import dev.earmark.search.spoken.Deadline;
import dev.earmark.search.spoken.SpokenQuery;
import dev.earmark.search.spoken.TogetherRuns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.lucene.index.LeafReaderContext;
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
import org.apache.lucene.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Matches the moments where parts of a query occur together; see {@link SpokenQuery.Together}.
 *
 * <p>Works an episode at a time. The rarest parts lead: as many as it takes so that no match is
 * possible without one of them. Other parts are read only in the episodes of the leads. Word
 * numbers of moments suffice, so no positions are read.
 */
final class SpokenTogetherQuery extends Query {
  private final SpokenQuery.Together together;
  private final List<Query> parts;
  private final Deadline deadline;

  /**
   * @param parts those of the other, as Lucene asks them
   * @param deadline when looking must end
   */
  SpokenTogetherQuery(SpokenQuery.Together together, List<Query> parts, Deadline deadline) {
    this.deadline = deadline;
    this.together = together;
    this.parts = List.copyOf(parts);
  }

  @Override
  public Query rewrite(IndexSearcher searcher) throws IOException {
    List<Query> rewritten = new ArrayList<>();
    for (Query part : parts) {
      rewritten.add(searcher.rewrite(part));
    }
    return rewritten.equals(parts) ? this : new SpokenTogetherQuery(together, rewritten, deadline);
  }

  @Override
  public void visit(QueryVisitor visitor) {
    parts.forEach(part -> part.visit(visitor));
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost)
      throws IOException {
    List<Weight> weights = new ArrayList<>();
    for (Query part : parts) {
      weights.add(searcher.createWeight(part, ScoreMode.COMPLETE_NO_SCORES, 1));
    }
    return new TogetherWeight(this, weights);
  }

  /** A part in a segment of the index. */
  private record Part(int number, int weight, ScorerSupplier supplier) {}

  private static final class TogetherWeight extends Weight {
    private final SpokenTogetherQuery query;
    private final List<Weight> weights;

    TogetherWeight(SpokenTogetherQuery query, List<Weight> weights) {
      super(query);
      this.query = query;
      this.weights = weights;
    }

    @Override
    public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext context) throws IOException {
      List<Part> found = new ArrayList<>();
      int weight = 0;
      for (int i = 0; i < weights.size(); i++) {
        ScorerSupplier supplier = weights.get(i).scorerSupplier(context);
        if (supplier != null) {
          found.add(new Part(i, query.together.weights().get(i), supplier));
          weight += query.together.weights().get(i);
        }
      }
      if (weight < query.together.least()) {
        return null;
      }
      found.sort(Comparator.comparingLong(part -> part.supplier().cost()));
      int leads = 0;
      long cost = 0;
      for (int left = weight; left >= query.together.least(); leads++) {
        left -= found.get(leads).weight();
        cost += found.get(leads).supplier().cost();
      }
      int leading = leads;
      long led = cost;
      return new ScorerSupplier() {
        @Override
        public Scorer get(long leadCost) throws IOException {
          int[] numbers = new int[found.size()];
          DocIdSetIterator[] hits = new DocIdSetIterator[numbers.length];
          for (int i = 0; i < numbers.length; i++) {
            numbers[i] = found.get(i).number();
            hits[i] = found.get(i).supplier().get(Long.MAX_VALUE).iterator();
          }
          return new ConstantScoreScorer(
              0,
              ScoreMode.COMPLETE_NO_SCORES,
              new Runs(
                  query.together.runs(),
                  numbers,
                  hits,
                  leading,
                  MomentColumns.of(context.reader()),
                  led,
                  query.deadline));
        }

        @Override
        public long cost() {
          return led;
        }
      };
    }

    @Override
    public Explanation explain(LeafReaderContext context, int document) throws IOException {
      Scorer found = scorer(context);
      return found != null && found.iterator().advance(document) == document
          ? Explanation.match(0, "come together: " + query)
          : Explanation.noMatch("do not come together: " + query);
    }

    @Override
    public boolean isCacheable(LeafReaderContext context) {
      return true;
    }
  }

  /** The moments in which a run begins. */
  private static final class Runs extends MomentIterator {
    private final TogetherRuns runs;
    private final int[] numbers;
    private final DocIdSetIterator[] hits;
    private final int leads;
    private final MomentColumns columns;
    private final BitSet episodeEnds;
    private final Deadline deadline;

    /** For each document of the current episode what parts it has. */
    private long[] parts = new long[64];

    private int[] documents = new int[64];
    private int end;
    private int at;
    private int count;

    /**
     * @param numbers the number of each part
     * @param hits the moments that have it, those that lead first
     */
    Runs(
        TogetherRuns runs,
        int[] numbers,
        DocIdSetIterator[] hits,
        int leads,
        MomentColumns columns,
        long cost,
        Deadline deadline) {
      super(cost);
      this.deadline = deadline;
      this.runs = runs;
      this.numbers = numbers;
      this.hits = hits;
      this.leads = leads;
      this.columns = columns;
      this.episodeEnds = columns.episodeEnds();
    }

    @Override
    public int advance(int target) throws IOException {
      int from = target;
      do {
        while (at < count && documents[runs.match(at)] < from) {
          at++;
        }
        if (at < count) {
          return document = documents[runs.match(at)];
        }
        from = Math.max(from, end);
      } while (gather(from));
      return document = NO_MORE_DOCS;
    }

    /** Reads the first episode with a lead that ends after a document, from its beginning. */
    private boolean gather(int after) throws IOException {
      if (after >= episodeEnds.length()) {
        return false;
      }
      int from = columns.isMoment(after) ? columns.episode(after) : after;
      int first = NO_MORE_DOCS;
      for (int i = 0; i < leads; i++) {
        first = Math.min(first, to(from, hits[i]));
      }
      if (first == NO_MORE_DOCS) {
        return false;
      }
      int start = columns.isMoment(first) ? columns.episode(first) : first;
      end = episodeEnds.nextSetBit(first);
      int size = end - start;
      parts = parts.length < size ? new long[Math.max(size, 2 * parts.length)] : parts;
      documents = documents.length < size ? new int[parts.length] : documents;
      java.util.Arrays.fill(parts, 0, size, 0);
      for (int i = 0; i < hits.length; i++) {
        long bit = 1L << numbers[i];
        for (int hit = to(start, hits[i]); hit < end; hit = hits[i].nextDoc()) {
          deadline.step();
          parts[hit - start] |= bit;
        }
      }
      runs.clear();
      int added = 0;
      for (int place = 0; place < size; place++) {
        if (parts[place] != 0) {
          documents[added++] = start + place;
          runs.add(parts[place], columns.firstWord(start + place), columns.endWord(start + place));
        }
      }
      count = runs.find();
      at = 0;
      return true;
    }

    private static int to(int target, DocIdSetIterator hits) throws IOException {
      return hits.docID() < target ? hits.advance(target) : hits.docID();
    }
  }

  @Override
  public String toString(String defaultField) {
    return "together(" + parts + ", " + together.weights() + " >= " + together.least() + ")";
  }

  @Override
  public boolean equals(Object other) {
    return sameClassAs(other)
        && together.equals(((SpokenTogetherQuery) other).together)
        && parts.equals(((SpokenTogetherQuery) other).parts);
  }

  @Override
  public int hashCode() {
    return Objects.hash(classHash(), together, parts);
  }
}
