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

  private final int[] tupleOf;
  private final int[][] tuples;

  private FacetTuples(LeafReader reader) throws IOException {
    tupleOf = new int[reader.maxDoc()];
    List<int[]> distinct = new ArrayList<>();
    Map<Tuple, Integer> numbers = new HashMap<>();
    distinct.add(new int[0]);
    SortedSetDocValues values =
        DocValues.getSortedSet(reader, FacetsConfig.DEFAULT_INDEX_FIELD_NAME);
    int[] tuple = distinct.getFirst();
    int number = 0;
    for (int at = values.nextDoc(); at != SortedSetDocValues.NO_MORE_DOCS; at = values.nextDoc()) {
      int[] next = ordinals(values);
      // Neighbours are mostly alike.
      if (!Arrays.equals(next, tuple)) {
        tuple = next;
        Integer known = numbers.putIfAbsent(new Tuple(next), distinct.size());
        if (known == null) {
          number = distinct.size();
          distinct.add(next);
        } else {
          number = known;
        }
      }
      tupleOf[at] = number;
    }
    tuples = distinct.toArray(int[][]::new);
  }

  private static int[] ordinals(SortedSetDocValues values) throws IOException {
    int[] ordinals = new int[values.docValueCount()];
    for (int i = 0; i < ordinals.length; i++) {
      ordinals[i] = (int) values.nextOrd();
    }
    return ordinals;
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
