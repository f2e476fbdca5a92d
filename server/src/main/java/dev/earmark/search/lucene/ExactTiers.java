package dev.earmark.search.lucene;

import dev.earmark.search.spoken.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.Weight;
import org.jspecify.annotations.Nullable;

/**
 * The tier of each moment: how many rare words of the query it has exactly, where other moments
 * have only words that sound alike.
 *
 * <p>Near forms are searched only for words that hardly any moment has, so few moments are above
 * tier 0; they are found when they are first asked for, as many as there is time for, and kept. Not
 * thread-safe.
 */
final class ExactTiers {
  private final List<Query> exact;
  private final Snapshot snapshot;
  private final Deadline deadline;
  private @Nullable Map<Integer, Integer> found;

  /**
   * @param exact for each rare word what has the word itself
   */
  ExactTiers(List<Query> exact, Snapshot snapshot, Deadline deadline) {
    this.exact = List.copyOf(exact);
    this.snapshot = snapshot;
    this.deadline = deadline;
  }

  private Map<Integer, Integer> tiers() {
    Map<Integer, Integer> known = found;
    if (known == null) {
      try {
        known = find();
      } catch (IOException e) {
        // Comparators ask as well.
        throw new UncheckedIOException(e);
      }
      found = known;
    }
    return known;
  }

  private Map<Integer, Integer> find() throws IOException {
    Map<Integer, Integer> tiers = new HashMap<>();
    for (Query one : exact) {
      Query inTime = new DeadlineQuery(one, deadline);
      Weight weight =
          snapshot
              .searcher()
              .createWeight(snapshot.searcher().rewrite(inTime), ScoreMode.COMPLETE_NO_SCORES, 1);
      for (LeafReaderContext leaf : snapshot.reader().leaves()) {
        Scorer scorer = weight.scorer(leaf);
        DocIdSetIterator each = scorer == null ? DocIdSetIterator.empty() : scorer.iterator();
        for (int doc = each.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = each.nextDoc()) {
          tiers.merge(leaf.docBase + doc, 1, Integer::sum);
        }
      }
    }
    return tiers;
  }

  /** Whether all moments are of one tier. */
  boolean areNone() {
    return tiers().isEmpty();
  }

  /** The tier of a document. */
  int of(int document) {
    return tiers().getOrDefault(document, 0);
  }

  /** Orders by tier, the highest first. */
  SortField order() {
    Map<Integer, Integer> known = tiers();
    return new DocumentNumbers(document -> known.getOrDefault(document, 0)).getSortField(true);
  }
}
