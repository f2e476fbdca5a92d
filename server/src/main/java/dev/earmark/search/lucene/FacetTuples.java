package dev.earmark.search.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SortedSetDocValues;

/**
 * The facet values of each moment in a segment.
 *
 * <p>The moments of an episode share nearly all values: show, year, language. So each distinct
 * combination is stored once, as a tuple, and a moment holds the number of its tuple. Counting all
 * facets then takes one step a hit, and a filter is evaluated once a tuple.
 *
 * <p>Uses four bytes a document, plus the tuples. Thread-safe.
 */
final class FacetTuples {
  private static final SegmentCache<FacetTuples> OF_SEGMENTS = new SegmentCache<>(FacetTuples::new);

  /** More values than most moments have. */
  private static final int FEW = 16;

  private final int[] tupleOf;
  private final int[][] tuples;

  private FacetTuples(LeafReader reader) throws IOException {
    tupleOf = new int[reader.maxDoc()];
    List<int[]> distinct = new ArrayList<>();
    Map<Tuple, Integer> numbers = new HashMap<>();
    distinct.add(new int[0]);
    SortedSetDocValues values =
        DocValues.getSortedSet(reader, FacetsConfig.DEFAULT_INDEX_FIELD_NAME);
    int[] next = new int[FEW];
    int number = 0;
    int before = 0;
    for (int at = values.nextDoc(); at != SortedSetDocValues.NO_MORE_DOCS; at = values.nextDoc()) {
      int count = values.docValueCount();
      next = next.length < count ? new int[2 * count] : next;
      for (int i = 0; i < count; i++) {
        next[i] = (int) values.nextOrd();
      }
      // Neighbours are mostly alike, or two speakers take turns.
      if (!equal(distinct.get(number), next, count)) {
        int last = number;
        number = before;
        before = last;
        if (!equal(distinct.get(number), next, count)) {
          int[] tuple = Arrays.copyOf(next, count);
          Integer known = numbers.putIfAbsent(new Tuple(tuple), distinct.size());
          number = known == null ? distinct.size() : known;
          if (known == null) {
            distinct.add(tuple);
          }
        }
      }
      tupleOf[at] = number;
    }
    tuples = distinct.toArray(int[][]::new);
  }

  private static boolean equal(int[] tuple, int[] next, int count) {
    return Arrays.equals(tuple, 0, tuple.length, next, 0, count);
  }

  private record Tuple(int[] ordinals) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Tuple tuple && Arrays.equals(ordinals, tuple.ordinals);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(ordinals);
    }
  }

  /** The tuples of a segment. */
  static FacetTuples of(LeafReader reader) throws IOException {
    return OF_SEGMENTS.of(reader);
  }

  /** How many tuples there are. */
  int size() {
    return tuples.length;
  }

  /** The tuple of a document; that of a document without values is empty. */
  int of(int document) {
    return tupleOf[document];
  }

  /** The values of a tuple, as the ordinals that they have in the segment. */
  int[] ordinals(int tuple) {
    return tuples[tuple];
  }
}
