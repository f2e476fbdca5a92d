package dev.earmark.search.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.index.lucene.MomentsCodec;
import dev.earmark.vector.ByteVectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnByteVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found nearest, against looking at each of twenty thousand by brute force. */
class NearestVectorsTest {
  private static final int DOCUMENTS = 20_000;
  private static final int DIMENSION = 32;
  private static final int QUERIES = 60;
  private static final int MOST = 10;
  private static final double LEAST_RECALL = .95;

  @TempDir Path folder;
  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final float[][] topics = new float[40][];
  private final int[] topic = new int[DOCUMENTS];
  private final byte[][] vectors = new byte[DOCUMENTS][];

  private float[] unit(float[] around, double spread) {
    float[] vector = new float[DIMENSION];
    double squares = 0;
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (around == null ? 0 : around[i]) + (float) (spread * random.nextGaussian());
      squares += vector[i] * vector[i];
    }
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] /= (float) Math.sqrt(squares);
    }
    return vector;
  }

  /** Some have no vector, some are deleted, and there are several segments. */
  private void write() throws IOException {
    for (int i = 0; i < topics.length; i++) {
      topics[i] = unit(null, 1);
    }
    try (Directory directory = FSDirectory.open(folder);
        IndexWriter writer =
            new IndexWriter(directory, new IndexWriterConfig().setCodec(new MomentsCodec()))) {
      for (int i = 0; i < DOCUMENTS; i++) {
        topic[i] = random.nextInt(topics.length);
        Document document = new Document();
        document.add(new StringField("id", Integer.toString(i), Field.Store.NO));
        document.add(new StoredField("number", i));
        for (Map.Entry<String, IntPredicate> filter : filters().entrySet()) {
          if (filter.getValue().test(i)) {
            document.add(new StringField("filter", filter.getKey(), Field.Store.NO));
          }
        }
        if (random.nextInt(50) > 0) {
          vectors[i] = ByteVectors.of(unit(topics[topic[i]], .15));
          document.add(
              new KnnByteVectorField("vector", vectors[i], VectorSimilarityFunction.DOT_PRODUCT));
        }
        writer.addDocument(document);
        if (i == DOCUMENTS / 2 || i == DOCUMENTS - 500) {
          writer.commit();
        }
      }
      writer.commit();
      for (int i = 0; i < DOCUMENTS; i += 37) {
        writer.deleteDocuments(new Term("id", Integer.toString(i)));
        vectors[i] = null;
      }
      writer.commit();
    }
  }

  /** From all to a few, and such as go together with what is near. */
  private Map<String, IntPredicate> filters() {
    Map<String, IntPredicate> filters = new LinkedHashMap<>();
    filters.put("all", i -> true);
    filters.put("nine of ten", i -> i % 10 > 0);
    filters.put("half", i -> i % 2 == 0);
    filters.put("a third", i -> i % 3 == 0);
    filters.put("a twentieth", i -> i % 20 == 1);
    filters.put("a thousandth", i -> i % 1_000 == 1);
    filters.put("seven", i -> i % 3_000 == 1);
    filters.put("far topics", i -> topic[i] < 20);
    filters.put("one topic", i -> topic[i] == 3);
    return filters;
  }

  @Test
  void findsTheNearestUnderAnyFilter() throws IOException {
    System.out.println("seed " + seed);
    write();
    try (Directory directory = FSDirectory.open(folder);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      IndexSearcher searcher = new IndexSearcher(reader);
      for (Map.Entry<String, IntPredicate> filter : filters().entrySet()) {
        int found = 0;
        int all = 0;
        for (int i = 0; i < QUERIES; i++) {
          byte[] query = ByteVectors.of(unit(topics[random.nextInt(topics.length)], .2));
          List<Integer> expected = byBruteForce(query, filter.getValue());
          TermQuery among = new TermQuery(new Term("filter", filter.getKey()));
          List<ScoreDoc> nearest =
              NearestVectors.of(
                  searcher,
                  "vector",
                  query,
                  MOST,
                  filter.getKey().equals("all") && i % 2 == 0 ? null : among);
          List<Integer> numbers = numbers(searcher, query, nearest);
          assertThat(numbers).doesNotHaveDuplicates().allMatch(filter.getValue()::test);
          assertThat(numbers).hasSameSizeAs(expected);
          assertThat(
                  numbers(
                      searcher,
                      query,
                      NearestVectors.exact(searcher, "vector", query, MOST, among)))
              .as("each looked at")
              .isEqualTo(expected);
          all += expected.size();
          found += (int) numbers.stream().filter(Set.copyOf(expected)::contains).count();
        }
        System.out.printf(
            "figures: NearestVectorsTest: recall@%d among %s: %.3f%n",
            MOST, filter.getKey(), found / (double) all);
        assertThat(found / (double) all).as(filter.getKey()).isGreaterThanOrEqualTo(LEAST_RECALL);
      }
    }
  }

  private List<Integer> byBruteForce(byte[] query, IntPredicate filter) {
    return IntStream.range(0, DOCUMENTS)
        .filter(i -> vectors[i] != null && filter.test(i))
        .boxed()
        .sorted(
            Comparator.<Integer>comparingDouble(i -> -ByteVectors.cosine(query, vectors[i]))
                .thenComparingInt(i -> i))
        .limit(MOST)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** The numbers of the documents, whose scores are their cosines. */
  private List<Integer> numbers(IndexSearcher searcher, byte[] query, List<ScoreDoc> hits)
      throws IOException {
    List<Integer> numbers = new ArrayList<>();
    float last = 2;
    for (ScoreDoc hit : hits) {
      int number =
          searcher.storedFields().document(hit.doc).getField("number").numericValue().intValue();
      assertThat(hit.score)
          .isEqualTo(ByteVectors.cosine(query, vectors[number]))
          .isLessThanOrEqualTo(last);
      last = hit.score;
      numbers.add(number);
    }
    return numbers;
  }
}
