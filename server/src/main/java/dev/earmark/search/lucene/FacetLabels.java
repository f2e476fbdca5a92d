package dev.earmark.search.lucene;

import dev.earmark.index.lucene.LuceneIndex;
import dev.earmark.schema.Field;
import dev.earmark.schema.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntUnaryOperator;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.facet.sortedset.DefaultSortedSetDocValuesReaderState;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesReaderState;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesReaderState.OrdRange;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiDocValues.MultiSortedSetDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.LongValues;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the values of all facets in a snapshot. The values of one facet have consecutive numbers,
 * in the order of their names.
 *
 * <p>Names are read on demand and kept. Thread-safe.
 */
final class FacetLabels {
  private static final OrdRange NONE = new OrdRange(0, -1);
  private static final int[] NOBODY = {};

  private final @Nullable SortedSetDocValuesReaderState state;
  private final AtomicReferenceArray<@Nullable String> labels;
  private final Map<String, Map<String, int[]>> folded = new ConcurrentHashMap<>();
  private final Map<String, Boolean> spelled = new ConcurrentHashMap<>();
  private final Map<String, int[]> called = new ConcurrentHashMap<>();
  private final IndexReader reader;

  /** For each segment of the index what its ordinals are here. */
  private final List<IntUnaryOperator> numbers = new ArrayList<>();

  static FacetLabels of(Snapshot snapshot) throws IOException {
    return snapshot.once(FacetLabels.class, () -> new FacetLabels(snapshot.reader()));
  }

  private FacetLabels(IndexReader reader) throws IOException {
    this.reader = reader;
    state =
        hasFacets(reader)
            ? new DefaultSortedSetDocValuesReaderState(reader, LuceneIndex.facetsConfig())
            : null;
    labels = new AtomicReferenceArray<>(state == null ? 0 : state.getSize());
    SortedSetDocValues all = state == null ? null : state.getDocValues();
    for (int leaf = 0; leaf < reader.leaves().size(); leaf++) {
      if (all instanceof MultiSortedSetDocValues many) {
        LongValues global = many.mapping.getGlobalOrds(leaf);
        numbers.add(ordinal -> (int) global.get(ordinal));
      } else {
        numbers.add(IntUnaryOperator.identity());
      }
    }
  }

  private static boolean hasFacets(IndexReader reader) {
    for (LeafReaderContext leaf : reader.leaves()) {
      if (leaf.reader().getFieldInfos().fieldInfo(FacetsConfig.DEFAULT_INDEX_FIELD_NAME) != null) {
        return true;
      }
    }
    return false;
  }

  /** How many values all facets have together. */
  int size() {
    return labels.length();
  }

  /** The numbers of a facet's values, the first and the last; empty if it has none. */
  OrdRange range(String facet) {
    OrdRange range = state == null ? null : state.getOrdRange(facet);
    return range == null ? NONE : range;
  }

  /** The value of a number. */
  String label(int number) throws IOException {
    String known = labels.get(number);
    return known == null ? label(values(), number) : known;
  }

  private String label(SortedSetDocValues values, int number) throws IOException {
    String known = labels.get(number);
    if (known == null) {
      String[] path = FacetsConfig.stringToPath(values.lookupOrd(number).utf8ToString());
      known = path[path.length - 1];
      labels.set(number, known);
    }
    return known;
  }

  private SortedSetDocValues values() throws IOException {
    if (state == null) {
      throw new IllegalStateException("no moment has a facet, so no value has a number");
    }
    return state.getDocValues();
  }

  /**
   * The numbers of a value; of a name all that differ from it in case or accents only, and those of
   * everybody who is called so as well.
   */
  int[] numbers(String facet, String value) throws IOException {
    Map<String, int[]> known = folded(facet);
    String key = key(facet, value);
    if (!facet.equals(Schema.SPEAKER)) {
      return known.getOrDefault(key, NOBODY);
    }
    int[] named = called.get(key);
    if (named == null) {
      named = called(key);
      if (named.length > 0) {
        called.put(key, named);
      }
    }
    return named;
  }

  /** The values of all moments whose speaker is called so; a moment has one speaker. */
  private int[] called(String key) throws IOException {
    OrdRange range = range(Schema.SPEAKER);
    BitSet numbers = new BitSet();
    Term term = new Term(Schema.SPEAKER, Schema.label(key));
    for (LeafReaderContext leaf : reader.leaves()) {
      PostingsEnum postings = leaf.reader().postings(term, PostingsEnum.NONE);
      if (postings == null) {
        continue;
      }
      FacetTuples tuples = FacetTuples.of(leaf.reader());
      IntUnaryOperator numbersOf = numbersOf(leaf);
      int last = -1;
      while (postings.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
        int tuple = tuples.of(postings.docID());
        if (tuple != last) {
          last = tuple;
          for (int ordinal : tuples.ordinals(tuple)) {
            int number = numbersOf.applyAsInt(ordinal);
            if (number >= range.start() && number <= range.end()) {
              numbers.set(number);
            }
          }
        }
      }
    }
    return numbers.stream().toArray();
  }

  /** Whether some value of a facet is spelled in several ways. */
  boolean hasSpellings(String facet) throws IOException {
    Boolean known = spelled.get(facet);
    if (known == null) {
      boolean joins = Schema.field(facet).filter(Field::joinsSpellings).isPresent();
      known = joins && spellings(facet).stream().anyMatch(numbers -> numbers.length > 1);
      spelled.put(facet, known);
    }
    return known;
  }

  /** The numbers of each value of a facet, one a spelling, in the order of their names. */
  Collection<int[]> spellings(String facet) throws IOException {
    return folded(facet).values();
  }

  private Map<String, int[]> folded(String facet) throws IOException {
    Map<String, int[]> known = folded.get(facet);
    if (known == null) {
      known = fold(facet);
      folded.put(facet, known);
    }
    return known;
  }

  private Map<String, int[]> fold(String facet) throws IOException {
    Map<String, int[]> numbers = new HashMap<>();
    OrdRange range = range(facet);
    if (range.start() > range.end()) {
      return numbers;
    }
    // One for all of them: to open them for each takes longer than to read a label.
    SortedSetDocValues values = values();
    for (int number = range.start(); number <= range.end(); number++) {
      int[] one = {number};
      numbers.merge(
          key(facet, label(values, number)),
          one,
          (before, more) -> {
            int[] all = Arrays.copyOf(before, before.length + 1);
            all[before.length] = more[0];
            return all;
          });
    }
    return numbers;
  }

  private static String key(String facet, String value) {
    return Schema.field(facet).map(field -> field.key(value)).orElse(value);
  }

  /** What the ordinals of a segment are here. */
  IntUnaryOperator numbersOf(LeafReaderContext leaf) {
    return numbers.get(leaf.ord);
  }
}
