package dev.earmark.index.lucene;

import dev.earmark.vector.ContentHash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DocValuesSkipIndexType;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.FilterCodecReader;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.VectorEncoding;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.KnnCollector;
import org.jspecify.annotations.Nullable;

/**
 * A segment as it would be if its moments had the vectors that are made of them: what it is merged
 * from, so that it has them afterwards.
 *
 * <p>Nothing but vectors is added, and nothing is inverted again: words, stored fields, columns and
 * the order of the documents are the segment's own. Vectors of other models are left out.
 */
final class SegmentWithVectors extends FilterCodecReader {
  private final VectorStore store;
  private final FieldInfos fields;

  /** The documents that have a vector, in their order. */
  private final int[] documents;

  /** For each of them the number of its vector in the segment, or −1 − its place in the made. */
  private final int[] sources;

  private final List<ContentHash> made;

  private SegmentWithVectors(
      CodecReader in,
      VectorStore store,
      FieldInfos fields,
      int[] documents,
      int[] sources,
      List<ContentHash> made) {
    super(in);
    this.store = store;
    this.fields = fields;
    this.documents = documents;
    this.sources = sources;
    this.made = made;
  }

  /** The segment with the vectors that the journal has for it; itself if it has none. */
  static CodecReader of(CodecReader in, VectorStore store) throws IOException {
    boolean others = false;
    for (FieldInfo field : in.getFieldInfos()) {
      others |= VectorStore.isVectors(field.name) && !field.name.equals(store.field());
    }
    List<VectorStore.Wanted> wanted = new ArrayList<>();
    if (store.journal().size() > 0) {
      store.visit(
          in,
          in.getLiveDocs(),
          true,
          moments -> {
            for (VectorStore.Wanted moment : moments) {
              if (store.journal().contains(moment.content())) {
                wanted.add(moment);
              }
            }
          });
    }
    if (!others && wanted.isEmpty()) {
      return in;
    }
    ByteVectorValues there = in.getByteVectorValues(store.field());
    int most = wanted.size() + (there == null ? 0 : there.size());
    int[] documents = new int[most];
    int[] sources = new int[most];
    List<ContentHash> made = new ArrayList<>(wanted.size());
    KnnVectorValues.@Nullable DocIndexIterator old = there == null ? null : there.iterator();
    int nextOld = old == null ? Integer.MAX_VALUE : old.nextDoc();
    int count = 0;
    while (made.size() < wanted.size() || nextOld != Integer.MAX_VALUE) {
      int nextNew =
          made.size() < wanted.size() ? wanted.get(made.size()).document() : Integer.MAX_VALUE;
      if (old != null && nextOld < nextNew) {
        documents[count] = nextOld;
        sources[count++] = old.index();
        nextOld = old.nextDoc();
      } else {
        documents[count] = nextNew;
        sources[count++] = -1 - made.size();
        made.add(wanted.get(made.size()).content());
      }
    }
    made.forEach(store.journal()::take);
    return new SegmentWithVectors(
        in,
        store,
        fields(in, store, count > 0),
        Arrays.copyOf(documents, count),
        Arrays.copyOf(sources, count),
        made);
  }

  private static FieldInfos fields(CodecReader in, VectorStore store, boolean vectors) {
    List<FieldInfo> all = new ArrayList<>();
    int number = 0;
    boolean there = false;
    for (FieldInfo field : in.getFieldInfos()) {
      number = Math.max(number, field.number + 1);
      if (!VectorStore.isVectors(field.name)) {
        all.add(field);
      } else if (field.name.equals(store.field())) {
        all.add(field);
        there = true;
      }
    }
    if (vectors && !there) {
      all.add(
          new FieldInfo(
              store.field(),
              number,
              false,
              false,
              false,
              IndexOptions.NONE,
              DocValuesType.NONE,
              DocValuesSkipIndexType.NONE,
              -1,
              new HashMap<>(),
              0,
              0,
              0,
              store.embedder().dimension(),
              VectorEncoding.BYTE,
              VectorSimilarityFunction.DOT_PRODUCT,
              false,
              false));
    }
    return new FieldInfos(all.toArray(FieldInfo[]::new));
  }

  @Override
  public FieldInfos getFieldInfos() {
    return fields;
  }

  @Override
  public @Nullable KnnVectorsReader getVectorReader() {
    return documents.length == 0 ? null : new Vectors(in.getVectorReader());
  }

  @Override
  public CacheHelper getCoreCacheHelper() {
    return in.getCoreCacheHelper();
  }

  @Override
  public CacheHelper getReaderCacheHelper() {
    return in.getReaderCacheHelper();
  }

  /** Only what a merge asks for. */
  private final class Vectors extends KnnVectorsReader {
    private final @Nullable KnnVectorsReader there;

    Vectors(@Nullable KnnVectorsReader there) {
      this.there = there;
    }

    @Override
    public void checkIntegrity() throws IOException {
      if (there != null) {
        there.checkIntegrity();
      }
    }

    @Override
    public ByteVectorValues getByteVectorValues(String field) throws IOException {
      return new Values(in.getByteVectorValues(store.field()));
    }

    @Override
    public FloatVectorValues getFloatVectorValues(String field) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void search(String field, float[] target, KnnCollector collector, AcceptDocs accept) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void search(String field, byte[] target, KnnCollector collector, AcceptDocs accept) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Long> getOffHeapByteSize(FieldInfo field) {
      return Map.of();
    }

    @Override
    public void close() {
      // The segment's own reader is closed by who opened it.
    }
  }

  private final class Values extends ByteVectorValues {
    private final @Nullable ByteVectorValues there;

    Values(@Nullable ByteVectorValues there) {
      this.there = there;
    }

    @Override
    public byte[] vectorValue(int number) throws IOException {
      int source = sources[number];
      if (source >= 0 && there != null) {
        return there.vectorValue(source);
      }
      byte[] vector = store.journal().find(made.get(-1 - source));
      if (vector == null) {
        throw new IOException("a vector of the index is gone while it is written");
      }
      return vector;
    }

    @Override
    public ByteVectorValues copy() throws IOException {
      return new Values(there == null ? null : there.copy());
    }

    @Override
    public int dimension() {
      return store.embedder().dimension();
    }

    @Override
    public int size() {
      return documents.length;
    }

    @Override
    public int ordToDoc(int number) {
      return documents[number];
    }

    @Override
    public DocIndexIterator iterator() {
      return createSparseIterator();
    }
  }
}
