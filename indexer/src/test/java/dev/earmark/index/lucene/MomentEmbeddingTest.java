package dev.earmark.index.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.corpus.CorpusLocation;
import dev.earmark.index.Indexer;
import dev.earmark.index.MomentCodec;
import dev.earmark.index.StoredMoment;
import dev.earmark.schema.Schema;
import dev.earmark.vector.ByteVectors;
import dev.earmark.vector.CountingEmbedder;
import dev.earmark.vector.EmbeddingProgress;
import dev.earmark.vector.MomentPassages;
import dev.earmark.vector.TextEmbedder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an index whose moments get vectors, and how often a vector is made. */
class MomentEmbeddingTest {
  private static final String[] WORDS =
      ("the of data center compute chips power model training market price risk people think"
              + " years going really money demand supply grid water policy court vote garden bees")
          .split(" ");

  @TempDir Path folder;
  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final CountingEmbedder embedder = new CountingEmbedder("toy-1", 48);

  @BeforeEach
  void sow() {
    System.out.println("seed " + seed);
  }

  private Path corpus() throws IOException {
    return Files.createDirectories(folder.resolve("corpus"));
  }

  private Path index() {
    return folder.resolve("index");
  }

  private Path write(String id, int minutes) throws IOException {
    StringBuilder text = new StringBuilder("WEBVTT\nLanguage: en\n");
    for (int second = 0; second < minutes * 60; second += 5) {
      text.append(
          "\n%1$02d:%2$02d.000 --> %1$02d:%2$02d.900\n".formatted(second / 60, second % 60));
      for (int i = 0; i < 12; i++) {
        text.append(WORDS[random.nextInt(WORDS.length)]).append(i == 11 ? ".\n" : " ");
      }
    }
    return Files.writeString(corpus().resolve(id + ".vtt"), text);
  }

  /** Indexes, each run a segment or more. */
  private void index(TextEmbedder with) throws IOException {
    try (VectorStore store = with == null ? null : VectorStore.open(index(), with);
        LuceneIndexSink sink = LuceneIndexSink.open(index(), store)) {
      new Indexer(sink, (id, done, of, words) -> {})
          .update(CorpusLocation.ofPaths(List.of(corpus())), Indexer.Prune.ALL);
    }
  }

  private void embed(TextEmbedder with) throws IOException {
    try (VectorStore store = VectorStore.open(index(), with)) {
      new MomentEmbedding(index(), store, new EmbeddingProgress())
          .run(
              segments -> {
                try (LuceneIndexSink sink = LuceneIndexSink.open(index(), store)) {
                  sink.attach(segments);
                }
              },
              () -> false);
    }
  }

  private DirectoryReader reader() throws IOException {
    return DirectoryReader.open(FSDirectory.open(index()));
  }

  private int moments() throws IOException {
    return IndexCheck.of(index()).moments();
  }

  /** Each moment of the index has the vector of its passage, made anew here. */
  private void assertVectors(TextEmbedder with) throws IOException {
    int found = 0;
    try (DirectoryReader reader = reader()) {
      for (LeafReaderContext context : reader.leaves()) {
        var values = context.reader().getByteVectorValues(VectorStore.field(with.model()));
        assertThat(values).isNotNull();
        var each = values.iterator();
        List<StoredMoment> block = new ArrayList<>();
        StoredFields stored = context.reader().storedFields();
        var live = context.reader().getLiveDocs();
        for (int document = 0; document < context.reader().maxDoc(); document++) {
          var bytes = stored.document(document).getBinaryValue(Schema.BODY);
          if (bytes != null) {
            block.add(MomentCodec.decode(bytes.bytes, bytes.offset, bytes.length));
            continue;
          }
          List<String> passages = MomentPassages.of(block);
          for (int i = 0; i < passages.size(); i++) {
            int at = document - passages.size() + i;
            if (live != null && !live.get(at)) {
              continue;
            }
            assertThat(each.docID() < at ? each.advance(at) : each.docID()).isEqualTo(at);
            assertThat(values.vectorValue(each.index()))
                .isEqualTo(ByteVectors.of(with.query(passages.get(i))));
            found++;
          }
          block.clear();
        }
      }
      assertThat(MomentEmbedding.count(reader, with.model())).isEqualTo(found);
    }
    assertThat(found).isEqualTo(moments()).isPositive();
    assertThat(IndexCheck.of(index()).faults()).isEmpty();
  }

  /** All of an index but its vectors, in words. */
  private List<String> dump() throws IOException {
    List<String> lines = new ArrayList<>();
    try (DirectoryReader reader = reader()) {
      for (LeafReaderContext context : reader.leaves()) {
        LeafReader leaf = context.reader();
        lines.add("segment of " + leaf.maxDoc() + ", deleted " + leaf.numDeletedDocs());
        for (int document = 0; document < leaf.maxDoc(); document++) {
          lines.add(document + " " + leaf.storedFields().document(document));
        }
        TreeMap<String, FieldInfo> fields = new TreeMap<>();
        leaf.getFieldInfos().forEach(field -> fields.put(field.name, field));
        fields.keySet().removeIf(VectorStore::isVectors);
        for (FieldInfo field : fields.values()) {
          dumpTerms(leaf, field.name, lines);
          if (field.getDocValuesType() == DocValuesType.NUMERIC) {
            dumpNumbers(field.name, leaf.getNumericDocValues(field.name), lines);
          } else if (field.getDocValuesType() == DocValuesType.SORTED_SET) {
            SortedSetDocValues values = leaf.getSortedSetDocValues(field.name);
            while (values.nextDoc() != SortedSetDocValues.NO_MORE_DOCS) {
              for (int i = 0; i < values.docValueCount(); i++) {
                lines.add(
                    field.name
                        + " "
                        + values.docID()
                        + " "
                        + values.lookupOrd(values.nextOrd()).utf8ToString());
              }
            }
          } else if (field.getDocValuesType() == DocValuesType.BINARY) {
            BinaryDocValues values = leaf.getBinaryDocValues(field.name);
            while (values.nextDoc() != BinaryDocValues.NO_MORE_DOCS) {
              lines.add(
                  field.name + " " + values.docID() + " " + values.binaryValue().utf8ToString());
            }
          } else {
            assertThat(field.getDocValuesType()).isEqualTo(DocValuesType.NONE);
          }
          if (field.hasNorms()) {
            dumpNumbers("norm of " + field.name, leaf.getNormValues(field.name), lines);
          }
        }
      }
    }
    return lines;
  }

  private static void dumpNumbers(String name, NumericDocValues values, List<String> lines)
      throws IOException {
    while (values.nextDoc() != NumericDocValues.NO_MORE_DOCS) {
      lines.add(name + " " + values.docID() + " " + values.longValue());
    }
  }

  private static void dumpTerms(LeafReader leaf, String field, List<String> lines)
      throws IOException {
    Terms terms = leaf.terms(field);
    if (terms == null) {
      return;
    }
    TermsEnum each = terms.iterator();
    while (each.next() != null) {
      StringBuilder line = new StringBuilder(field + " " + each.term().utf8ToString());
      PostingsEnum documents = each.postings(null, PostingsEnum.POSITIONS);
      while (documents.nextDoc() != PostingsEnum.NO_MORE_DOCS) {
        line.append(' ').append(documents.docID()).append(':').append(documents.freq());
        for (int i = 0; terms.hasPositions() && i < documents.freq(); i++) {
          line.append(',').append(documents.nextPosition());
        }
      }
      lines.add(line.toString());
    }
  }

  @Test
  void nothingButVectorsIsAdded() throws IOException {
    for (int run = 0; run < 3; run++) {
      write("talk-" + run + "-a", 2 + random.nextInt(4));
      write("talk-" + run + "-b", 2 + random.nextInt(4));
      index(null);
    }
    List<String> before = dump();
    embed(embedder);
    assertThat(dump()).isEqualTo(before);
    assertVectors(embedder);
    assertThat(embedder.calls()).isEqualTo(moments());
  }

  @Test
  void whatIsIndexedAgainIsNeverMadeAgain() throws IOException {
    Path talk = write("talk", 12);
    write("other", 8);
    index(embedder);
    embed(embedder);
    assertThat(embedder.calls()).isEqualTo(moments());
    index(embedder);
    embed(embedder);
    assertThat(embedder.calls()).as("nothing has changed").isZero();
    // Another title: each of the moments is written anew.
    Files.writeString(corpus().resolve("talk.yaml"), "title: Another title\n");
    index(embedder);
    embed(embedder);
    assertThat(embedder.calls()).as("other facts, the same words").isZero();
    assertVectors(embedder);
    String text = Files.readString(talk);
    int at = text.indexOf(".\n", text.length() / 2);
    Files.writeString(talk, text.substring(0, at) + " wholly unheard of" + text.substring(at));
    index(embedder);
    embed(embedder);
    assertThat(embedder.calls()).as("a moment and those around it").isBetween(1, 5);
    assertVectors(embedder);
    Files.move(talk, corpus().resolve("renamed.vtt"));
    Files.delete(corpus().resolve("talk.yaml"));
    index(embedder);
    embed(embedder);
    assertThat(embedder.calls()).as("under another name").isZero();
    assertVectors(embedder);
    try (Stream<Path> files = Files.list(index().resolve("vectors"))) {
      assertThat(files.mapToLong(file -> file.toFile().length()).sum())
          .as("the journal is as good as empty")
          .isLessThan(10_000);
    }
  }

  @Test
  void mergesOfAllKindsKeepVectors() throws IOException {
    for (int run = 0; run < 14; run++) {
      write("talk-" + run, 2);
      if (run % 5 == 3) {
        Files.delete(corpus().resolve("talk-" + (run - 2) + ".vtt"));
      }
      index(embedder);
      if (run % 3 == 1) {
        embed(embedder);
      }
    }
    embed(embedder);
    assertVectors(embedder);
    assertThat(embedder.given.values()).allMatch(count -> count.get() == 1);
  }

  @Test
  void anotherModelMakesAllAnew() throws IOException {
    write("talk", 6);
    index(embedder);
    embed(embedder);
    CountingEmbedder other = new CountingEmbedder("toy-2", 16);
    embed(other);
    assertThat(other.calls()).isEqualTo(moments());
    assertVectors(other);
    try (DirectoryReader reader = reader()) {
      assertThat(MomentEmbedding.count(reader, embedder.model())).isZero();
      for (LeafReaderContext context : reader.leaves()) {
        assertThat(context.reader().getFieldInfos())
            .noneMatch(field -> field.name.equals(VectorStore.field(embedder.model())));
      }
    }
  }

  @Test
  void whatIsInAnotherLanguageHasNone() throws IOException {
    Files.writeString(
        corpus().resolve("vortrag.vtt"),
        "WEBVTT\nLanguage: de\n\n00:01.000 --> 00:09.000\nWir haben nicht genug Strom für die"
            + " Rechenzentren, und das wird sich so bald nicht ändern.\n");
    index(embedder);
    embed(embedder);
    assertThat(embedder.calls()).isZero();
    write("talk", 2);
    index(embedder);
    embed(embedder);
    assertThat(embedder.calls()).isEqualTo(moments() - 1);
  }

  @Test
  void whatWasStoppedGoesOn() throws IOException {
    write("talk", 20);
    index(embedder);
    AtomicInteger asked = new AtomicInteger();
    EmbeddingProgress progress = new EmbeddingProgress();
    List<String> told = new ArrayList<>();
    try (VectorStore store = VectorStore.open(index(), embedder)) {
      boolean attached =
          new MomentEmbedding(index(), store, progress)
              .run(
                  segments -> {
                    throw new AssertionError("nothing is whole");
                  },
                  () -> {
                    progress.state().ifPresent(state -> told.add(state.describe()));
                    return asked.incrementAndGet() > 20;
                  });
      assertThat(attached).isFalse();
    }
    assertThat(told.get(0))
        .isEqualTo(String.format(Locale.ROOT, "0 of %,d moments have meaning", moments()));
    assertThat(progress.state()).isEmpty();
    int made = embedder.calls();
    assertThat(made).isBetween(10, 20);
    embed(embedder);
    assertThat(embedder.calls()).isEqualTo(moments() - made);
    assertVectors(embedder);
  }

  /** For a process of its own, which is killed. */
  static final class Killed {
    private Killed() {}

    public static void main(String[] arguments) throws IOException {
      Path index = Path.of(arguments[0]);
      CountingEmbedder embedder = new CountingEmbedder("toy-1", 48);
      try (VectorStore store = VectorStore.open(index, embedder)) {
        EmbeddingProgress progress = new EmbeddingProgress();
        new MomentEmbedding(index, store, progress)
            .run(
                segments -> {},
                () -> {
                  progress.state().ifPresent(state -> System.out.println(state.done()));
                  return false;
                });
      }
    }
  }

  @Test
  void afterAKillNothingIsLostOrDoubled() throws Exception {
    write("talk", 59);
    index(embedder);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Killed.class.getName(),
                index().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int done = 0;
    try (var said = process.inputReader()) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        done = Math.max(done, Integer.parseInt(line));
        if (done >= 40) {
          process.destroyForcibly();
          break;
        }
      }
    }
    process.waitFor();
    embed(embedder);
    assertThat(embedder.calls()).isLessThanOrEqualTo(moments() - done);
    assertThat(embedder.given.values()).allMatch(count -> count.get() == 1);
    assertVectors(embedder);
  }
}
