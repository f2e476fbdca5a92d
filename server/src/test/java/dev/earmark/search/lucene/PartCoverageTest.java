package dev.earmark.search.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.schema.Schema;
import dev.earmark.search.spoken.Deadline;
import dev.earmark.search.spoken.QueryPlan;
import dev.earmark.search.spoken.SpokenQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.Test;

/** How much of a query moments say, against a look at each. */
class PartCoverageTest {
  private static final String[] WORDS = {"chips", "buy", "just", "compute", "years"};

  @Test
  void isTheShareOfTheMomentThatSaysMost() throws IOException {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      String about = "seed " + seed + " round " + round;
      List<Set<String>> said = new ArrayList<>();
      try (ByteBuffersDirectory directory = new ByteBuffersDirectory()) {
        try (IndexWriter writer =
            new IndexWriter(
                directory, new IndexWriterConfig().setMergePolicy(NoMergePolicy.INSTANCE))) {
          int size = 1 + random.nextInt(40);
          for (int i = 0; i < size; i++) {
            Document moment = new Document();
            said.add(new HashSet<>());
            for (String word : WORDS) {
              if (random.nextInt(4) == 0) {
                said.getLast().add(word);
                moment.add(new StringField(Schema.TEXT_FIELD, word, Field.Store.NO));
              }
            }
            writer.addDocument(moment);
            if (random.nextInt(8) == 0) {
              // The next begins another segment.
              writer.commit();
            }
          }
        }
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
          check(new IndexSearcher(reader), said, random, about);
        }
      }
    }
  }

  private static void check(
      IndexSearcher searcher, List<Set<String>> said, Random random, String about)
      throws IOException {
    // The first is said in two forms, and the last word of all is asked for by nobody.
    List<List<String>> asked =
        List.of(List.of(WORDS[0], WORDS[1]), List.of(WORDS[2]), List.of(WORDS[3]), List.of("agi"));
    List<QueryPlan.Part> parts = new ArrayList<>();
    int all = 0;
    for (List<String> forms : asked) {
      int weight = 1 + random.nextInt(9_000);
      all += weight;
      parts.add(new QueryPlan.Part(new SpokenQuery.AnyTerm(Schema.TEXT_FIELD, forms), weight));
    }
    List<ScoreDoc> moments = new ArrayList<>();
    int most = 0;
    for (int i = 0; i < 5; i++) {
      int document = random.nextInt(said.size());
      moments.add(new ScoreDoc(document, random.nextFloat()));
      int sum = 0;
      for (int part = 0; part < parts.size(); part++) {
        boolean has = asked.get(part).stream().anyMatch(said.get(document)::contains);
        sum += has ? parts.get(part).weight() : 0;
      }
      most = Math.max(most, sum);
    }
    assertThat(PartCoverage.of(parts, moments, searcher, Deadline.NONE))
        .as(about)
        .isEqualTo((double) most / all);
    assertThat(PartCoverage.of(List.of(), moments, searcher, Deadline.NONE)).isEqualTo(1);
  }
}
