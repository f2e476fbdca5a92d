package dev.earmark.search;

import dev.earmark.index.MomentCodec;
import dev.earmark.index.StoredMoment;
import dev.earmark.index.lucene.MomentsCodec;
import dev.earmark.index.lucene.VectorStore;
import dev.earmark.schema.Schema;
import dev.earmark.vector.ByteVectors;
import dev.earmark.vector.TextEmbedder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValuesSkipIndexType;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.FilterCodecReader;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.VectorEncoding;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;

/** Gives the moments of an index their vectors, all at once. */
public final class Meanings {
  private Meanings() {}

  /** Copies an index to another folder, with the vectors of those moments that are to have one. */
  public static void copy(Path from, Path to, TextEmbedder embedder, Predicate<StoredMoment> which)
      throws IOException {
    try (Directory source = FSDirectory.open(from);
        DirectoryReader reader = DirectoryReader.open(source);
        Directory target = FSDirectory.open(to);
        IndexWriter writer =
            new IndexWriter(
                target,
                new IndexWriterConfig()
                    .setCodec(new MomentsCodec())
                    .setMergePolicy(NoMergePolicy.INSTANCE))) {
      for (LeafReaderContext leaf : reader.leaves()) {
        writer.addIndexes(new WithVectors((CodecReader) leaf.reader(), embedder, which));
      }
      writer.setLiveCommitData(reader.getIndexCommit().getUserData().entrySet());
      writer.commit();
    }
  }

  private static final class WithVectors extends FilterCodecReader {
    private final FieldInfos fields;
    private final List<byte[]> vectors = new ArrayList<>();
    private final List<Integer> documents = new ArrayList<>();
    private final int dimension;

    WithVectors(CodecReader in, TextEmbedder embedder, Predicate<StoredMoment> which)
        throws IOException {
      super(in);
      dimension = embedder.dimension();
      List<FieldInfo> all = new ArrayList<>();
      int number = 0;
      for (FieldInfo info : in.getFieldInfos()) {
        all.add(info);
        number = Math.max(number, info.number + 1);
      }
      all.add(
          new FieldInfo(
              VectorStore.field(embedder.model()),
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
              dimension,
              VectorEncoding.BYTE,
              VectorSimilarityFunction.COSINE,
              false,
              false));
      fields = new FieldInfos(all.toArray(FieldInfo[]::new));
      var stored = in.storedFields();
      for (int document = 0; document < in.maxDoc(); document++) {
        BytesRef body = stored.document(document, Set.of(Schema.BODY)).getBinaryValue(Schema.BODY);
        if (body == null) {
          continue;
        }
        StoredMoment moment = MomentCodec.decode(body.bytes, body.offset, body.length);
        if (which.test(moment) && embedder.reads(moment.language())) {
          documents.add(document);
          vectors.add(ByteVectors.of(embedder.passage(moment.moment().text())));
        }
      }
    }

    @Override
    public FieldInfos getFieldInfos() {
      return fields;
    }

    @Override
    public KnnVectorsReader getVectorReader() {
      return new KnnVectorsReader() {
        @Override
        public void checkIntegrity() {}

        @Override
        public FloatVectorValues getFloatVectorValues(String field) {
          throw new UnsupportedOperationException();
        }

        @Override
        public ByteVectorValues getByteVectorValues(String field) {
          return new Values();
        }

        @Override
        public void search(
            String field, float[] target, KnnCollector collector, AcceptDocs accept) {
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
        public void close() {}
      };
    }

    private final class Values extends ByteVectorValues {
      @Override
      public byte[] vectorValue(int ord) {
        return vectors.get(ord);
      }

      @Override
      public ByteVectorValues copy() {
        return this;
      }

      @Override
      public int dimension() {
        return dimension;
      }

      @Override
      public int size() {
        return vectors.size();
      }

      @Override
      public int ordToDoc(int ord) {
        return documents.get(ord);
      }

      @Override
      public DocIndexIterator iterator() {
        return createSparseIterator();
      }
    }

    @Override
    public CacheHelper getCoreCacheHelper() {
      return in.getCoreCacheHelper();
    }

    @Override
    public CacheHelper getReaderCacheHelper() {
      return in.getReaderCacheHelper();
    }
  }
}
