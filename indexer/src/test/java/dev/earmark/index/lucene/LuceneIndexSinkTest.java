package dev.earmark.index.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.index.EntryJson;
import dev.earmark.index.Indexer;
import dev.earmark.index.MomentCodec;
import dev.earmark.schema.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In how many pieces an index is left, and in which order. */
class LuceneIndexSinkTest {
  private static final int PIECES = 7;

  @TempDir Path folder;

  private Path index() {
    return folder.resolve("index");
  }

  private Path talk(int number) throws IOException {
    return Files.writeString(
        folder.resolve("talk" + number + ".vtt"),
        "WEBVTT\n\n00:01.000 --> 00:04.000\nThe bees of garden number "
            + number
            + ".\n\n05:00.000 --> 05:04.000\nThat was all of it.\n");
  }

  private void write(LuceneIndexSink sink, int number) throws IOException {
    var unused = new Indexer(sink, (id, done, of, words) -> {}).run(List.of(talk(number)));
  }

  private DirectoryReader reader() throws IOException {
    return DirectoryReader.open(FSDirectory.open(index()));
  }

  /** The texts of the moments in the order of the index. */
  private List<String> texts(DirectoryReader reader) throws IOException {
    List<String> texts = new ArrayList<>();
    for (int document = 0; document < reader.maxDoc(); document++) {
      Document stored = reader.storedFields().document(document);
      BytesRef body = stored.getBinaryValue(Schema.BODY);
      if (body != null) {
        texts.add(MomentCodec.decode(body.bytes, body.offset, body.length).moment().text());
      }
    }
    return texts;
  }

  @Test
  void putsTogetherWhatARunWroteInPieces() throws IOException {
    List<Path> talks = new ArrayList<>();
    for (int number = 0; number < PIECES; number++) {
      talks.add(talk(number));
    }
    List<String> inPieces = new ArrayList<>();
    AtomicInteger pieces = new AtomicInteger();
    try (LuceneIndexSink sink = LuceneIndexSink.open(index())) {
      Indexer.Progress commit =
          (id, done, of, words) -> {
            synchronized (inPieces) {
              try {
                sink.commit();
                try (DirectoryReader reader = reader()) {
                  inPieces.clear();
                  inPieces.addAll(texts(reader));
                  pieces.set(reader.leaves().size());
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }
          };
      var unused = new Indexer(sink, commit).run(talks);
    }
    assertThat(pieces.get()).isGreaterThan(2);
    assertThat(inPieces).hasSize(2 * PIECES);
    try (DirectoryReader reader = reader()) {
      assertThat(reader.leaves()).hasSize(2);
      assertThat(reader.hasDeletions()).isFalse();
      assertThat(texts(reader)).isEqualTo(inPieces);
    }
  }

  @Test
  void leavesTheRestAsItIsWhereOneOfManyChanges() throws IOException {
    try (LuceneIndexSink sink = LuceneIndexSink.open(index())) {
      for (int number = 0; number < PIECES; number++) {
        write(sink, number);
      }
    }
    List<String> before = segments();
    try (LuceneIndexSink sink = LuceneIndexSink.open(index())) {
      write(sink, PIECES);
    }
    assertThat(segments()).containsAll(before).hasSize(before.size() + 1);
  }

  private List<String> segments() throws IOException {
    try (DirectoryReader reader = reader()) {
      List<String> names = new ArrayList<>();
      for (LeafReaderContext leaf : reader.leaves()) {
        names.add(leaf.reader().toString());
      }
      return names;
    }
  }

  @Test
  void headsAreReadFromTheirColumnAndWhereThereIsNoneFromTheEntries() throws IOException {
    try (LuceneIndexSink sink = LuceneIndexSink.open(index())) {
      write(sink, 1);
      sink.finish();
    }
    try (DirectoryReader reader = reader();
        Directory older = new ByteBuffersDirectory()) {
      LeafReader segment = reader.leaves().getFirst().reader();
      int last = segment.maxDoc() - 1;
      assertThat(segment.getBinaryDocValues(LuceneIndex.ENTRY_HEAD).advanceExact(last)).isTrue();
      Document entry = new Document();
      entry.add(
          new StoredField(
              LuceneIndex.ENTRY_STORED,
              segment.storedFields().document(last).get(LuceneIndex.ENTRY_STORED)));
      try (IndexWriter writer = new IndexWriter(older, new IndexWriterConfig())) {
        writer.addDocument(entry);
      }
      try (DirectoryReader without = DirectoryReader.open(older)) {
        EntryJson.Head head = LuceneIndex.heads(segment).of(last);
        assertThat(LuceneIndex.heads(without.leaves().getFirst().reader()).of(0)).isEqualTo(head);
        assertThat(head.episode().id()).isEqualTo("talk1");
        assertThat(head.words()).isEqualTo(11);
      }
    }
  }
}
