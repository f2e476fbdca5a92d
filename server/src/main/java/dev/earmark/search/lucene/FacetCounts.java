package dev.earmark.search.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesReaderState.OrdRange;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.FilterLeafCollector;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.TotalHitCountCollector;
import org.apache.lucene.util.LongHeap;

/**
 * Counts the facets of the matches of a query, and passes on the matches that pass the filters.
 *
 * <p>A count answers "how many if I chose this as well" (drill sideways): a moment that passes all
 * filters counts for every facet; one that fails a single facet's filter counts for that facet. The
 * query therefore has to be run without the filters. Counts are summed from {@link FacetTuples} at
 * the end. Not thread-safe; one a search.
 */
final class FacetCounts {
  private final FacetLabels labels;

  /** The facets filtered by, and for each the numbers of the values chosen. */
  private final List<OrdRange> filtered = new ArrayList<>();

  private final List<BitSet> chosen = new ArrayList<>();
  private final int[] counts;
  private final List<Segment> segments = new ArrayList<>();
  private boolean summed;

  /**
   * @param filters for a facet the values of which a hit must have one
   */
  FacetCounts(FacetLabels labels, Map<String, List<String>> filters) throws IOException {
    this.labels = labels;
    this.counts = new int[labels.size()];
    for (Map.Entry<String, List<String>> filter : filters.entrySet()) {
      BitSet numbers = new BitSet();
      for (String value : filter.getValue()) {
        for (int number : labels.numbers(filter.getKey(), value)) {
          numbers.set(number);
        }
      }
      filtered.add(labels.range(filter.getKey()));
      chosen.add(numbers);
    }
  }

  /** A collector that only counts. */
  Collector alone() {
    return around(new TotalHitCountCollector());
  }

  /** A collector that counts, and passes on the hits that pass the filters. */
  Collector around(Collector hits) {
    return new Collector() {
      @Override
      public LeafCollector getLeafCollector(LeafReaderContext leaf) throws IOException {
        Segment segment = new Segment(FacetTuples.of(leaf.reader()), labels.numbersOf(leaf));
        segments.add(segment);
        LeafCollector in = hits.getLeafCollector(leaf);
        return filtered.isEmpty() ? segment.counting(in) : segment.filtering(in);
      }

      @Override
      public ScoreMode scoreMode() {
        return hits.scoreMode().needsScores() ? ScoreMode.COMPLETE : ScoreMode.COMPLETE_NO_SCORES;
      }
    };
  }

  /** The tuples of one segment of the index that went by. */
  private final class Segment {
    private static final int UNKNOWN = -1;

    private final FacetTuples tuples;
    private final IntUnaryOperator numbers;
    private final int[] seen;

    /** For each tuple a bit for each filter it fails, once that is known. */
    private final int[] failed;

    Segment(FacetTuples tuples, IntUnaryOperator numbers) {
      this.tuples = tuples;
      this.numbers = numbers;
      seen = new int[tuples.size()];
      failed = new int[filtered.isEmpty() ? 0 : tuples.size()];
      Arrays.fill(failed, UNKNOWN);
    }

    LeafCollector counting(LeafCollector in) {
      return new FilterLeafCollector(in) {
        @Override
        public void collect(int document) throws IOException {
          seen[tuples.of(document)]++;
          in.collect(document);
        }
      };
    }

    LeafCollector filtering(LeafCollector in) {
      return new FilterLeafCollector(in) {
        @Override
        public void collect(int document) throws IOException {
          int tuple = tuples.of(document);
          seen[tuple]++;
          if (failedBy(tuple) == 0) {
            in.collect(document);
          }
        }
      };
    }

    private int failedBy(int tuple) {
      if (failed.length == 0) {
        return 0;
      }
      if (failed[tuple] == UNKNOWN) {
        int fails = (1 << chosen.size()) - 1;
        for (int ordinal : tuples.ordinals(tuple)) {
          int number = numbers.applyAsInt(ordinal);
          for (int filter = 0; filter < chosen.size(); filter++) {
            if (chosen.get(filter).get(number)) {
              fails &= ~(1 << filter);
            }
          }
        }
        failed[tuple] = fails;
      }
      return failed[tuple];
    }

    void sum() {
      for (int tuple = 0; tuple < seen.length; tuple++) {
        int fails = seen[tuple] == 0 ? 0 : failedBy(tuple);
        if (seen[tuple] == 0 || Integer.bitCount(fails) > 1) {
          continue;
        }
        OrdRange only = fails == 0 ? null : filtered.get(Integer.numberOfTrailingZeros(fails));
        for (int ordinal : tuples.ordinals(tuple)) {
          int number = numbers.applyAsInt(ordinal);
          if (only == null || (number >= only.start() && number <= only.end())) {
            counts[number] += seen[tuple];
          }
        }
      }
    }
  }

  private int[] counts() {
    if (!summed) {
      segments.forEach(Segment::sum);
      summed = true;
    }
    return counts;
  }

  /** A value and how many moments have it. */
  record Count(String value, int count) {}

  /** How many values of a facet have a moment. */
  int size(String facet) throws IOException {
    if (labels.hasSpellings(facet)) {
      return all(facet).size();
    }
    int[] all = counts();
    OrdRange range = labels.range(facet);
    int size = 0;
    for (int number = range.start(); number <= range.end(); number++) {
      size += all[number] > 0 ? 1 : 0;
    }
    return size;
  }

  /** The values of a facet that have most moments, then by name. */
  List<Count> top(String facet, int most) throws IOException {
    if (labels.hasSpellings(facet)) {
      return all(facet).stream()
          .sorted(Comparator.comparingInt(Count::count).reversed().thenComparing(Count::value))
          .limit(most)
          .toList();
    }
    int[] all = counts();
    OrdRange range = labels.range(facet);
    LongHeap best = new LongHeap(most);
    for (int number = range.start(); number <= range.end(); number++) {
      if (all[number] > 0) {
        // The numbers of values are in the order of their names.
        var unused =
            best.insertWithOverflow(((long) all[number] << 32) | (Integer.MAX_VALUE - number));
      }
    }
    Count[] top = new Count[best.size()];
    for (int i = top.length - 1; i >= 0; i--) {
      int number = Integer.MAX_VALUE - (int) best.pop();
      top[i] = new Count(labels.label(number), all[number]);
    }
    return List.of(top);
  }

  /**
   * All values of a facet that have a moment, by name; of several spellings of one value that which
   * most moments have.
   */
  List<Count> all(String facet) throws IOException {
    List<Count> values = new ArrayList<>();
    if (labels.hasSpellings(facet)) {
      for (int[] numbers : labels.spellings(facet)) {
        int shown = numbers[0];
        int sum = 0;
        for (int number : numbers) {
          sum += counts()[number];
          shown = counts()[number] > counts()[shown] ? number : shown;
        }
        if (sum > 0) {
          values.add(new Count(labels.label(shown), sum));
        }
      }
      values.sort(Comparator.comparing(Count::value));
      return values;
    }
    OrdRange range = labels.range(facet);
    for (int number = range.start(); number <= range.end(); number++) {
      if (counts()[number] > 0) {
        values.add(new Count(labels.label(number), counts()[number]));
      }
    }
    return values;
  }

  /** How many moments have a value. */
  int count(String facet, String value) throws IOException {
    int sum = 0;
    for (int number : labels.numbers(facet, value)) {
      sum += counts()[number];
    }
    return sum;
  }
}
