package dev.earmark.index.lucene;

import dev.earmark.index.EntryJson;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.IndexException;
import dev.earmark.index.IndexSink;
import dev.earmark.index.MomentCodec;
import dev.earmark.model.Words;
import dev.earmark.schema.Field;
import dev.earmark.schema.IndexedMoment;
import dev.earmark.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;

/**
 * Writes episodes into a Lucene index: the one place that opens an index for writing.
 *
 * <p>Lucene's own lock keeps a second writer out. Thread-safe as {@link IndexSink} asks.
 */
public final class LuceneIndexSink implements IndexSink {
  private static final double BUFFER_MEGABYTES = 96;
  private static final FieldType TEXT = indexed(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS, false);
  private static final FieldType CONTEXT = indexed(IndexOptions.DOCS_AND_FREQS, true);

  private final Path folder;
  private final Directory directory;
  private final IndexWriter writer;
  private final FacetsConfig facets = LuceneIndex.facetsConfig();
  private final Map<String, EpisodeEntry> known;

  /** One for each thread that writes; what they remember is worth keeping. */
  private final Queue<SpokenTokenStream> idleStreams = new ConcurrentLinkedQueue<>();

  private LuceneIndexSink(
      Path folder, Directory directory, IndexWriter writer, Map<String, EpisodeEntry> known) {
    this.folder = folder;
    this.directory = directory;
    this.writer = writer;
    this.known = known;
  }

  private static FieldType indexed(IndexOptions options, boolean omitNorms) {
    FieldType type = new FieldType();
    type.setIndexOptions(options);
    type.setTokenized(true);
    type.setOmitNorms(omitNorms);
    type.freeze();
    return type;
  }

  /**
   * Opens an index for writing, and makes it if there is none.
   *
   * @throws IndexException if somebody else is writing to it, or it is of another version
   * @throws IOException if the folder cannot be written
   */
  public static LuceneIndexSink open(Path folder) throws IOException {
    Files.createDirectories(folder);
    Directory directory = FSDirectory.open(folder);
    try {
      Map<String, EpisodeEntry> known = Map.of();
      if (DirectoryReader.indexExists(directory)) {
        try (DirectoryReader reader = LuceneIndex.open(directory, folder)) {
          known = LuceneIndex.episodes(reader);
        }
      }
      IndexWriterConfig config = new IndexWriterConfig();
      config.setRAMBufferSizeMB(BUFFER_MEGABYTES);
      config.setCommitOnClose(false);
      IndexWriter writer = new IndexWriter(directory, config);
      writer.setLiveCommitData(LuceneIndex.commitData().entrySet());
      return new LuceneIndexSink(folder, directory, writer, known);
    } catch (LockObtainFailedException e) {
      directory.close();
      throw new IndexException(
          "the index in " + folder + " is being written by another earmark; wait until it is done",
          e);
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  @Override
  public Map<String, EpisodeEntry> known() {
    return known;
  }

  @Override
  public void replace(EpisodeEntry entry, List<IndexedMoment> moments) throws IOException {
    SpokenTokenStream idle = idleStreams.poll();
    SpokenTokenStream words = idle == null ? new SpokenTokenStream() : idle;
    List<Document> block = new ArrayList<>(moments.size() + 1);
    for (IndexedMoment moment : moments) {
      block.add(document(moment, words));
    }
    String id = entry.episode().id();
    Document episode = new Document();
    episode.add(new StringField(Schema.EPISODE, id, org.apache.lucene.document.Field.Store.NO));
    episode.add(new StringField(LuceneIndex.ENTRY, id, org.apache.lucene.document.Field.Store.NO));
    episode.add(new StoredField(LuceneIndex.ENTRY_STORED, EntryJson.write(entry)));
    block.add(episode);
    write(() -> writer.updateDocuments(new Term(Schema.EPISODE, id), block));
    idleStreams.add(words);
  }

  private Document document(IndexedMoment moment, SpokenTokenStream words) throws IOException {
    Document document = new Document();
    for (Field field : Schema.FIELDS) {
      for (Object value : field.values().apply(moment)) {
        add(document, field, value, moment, words);
      }
    }
    return facets.build(document);
  }

  private static void add(
      Document document, Field field, Object value, IndexedMoment moment, SpokenTokenStream words) {
    switch (field.type()) {
      case TEXT -> document.add(text(field, value, moment, words, TEXT));
      case CONTEXT -> document.add(text(field, value, moment, words, CONTEXT));
      case KEY -> document.add(key(field.name(), value.toString()));
      case NAME -> document.add(key(field.name(), Words.fold(value.toString())));
      case NUMBER -> document.add(NumericDocValuesField.indexedField(field.name(), (Long) value));
      case STORED -> document.add(new StoredField(field.name(), MomentCodec.encode(moment)));
    }
    if (field.facet()) {
      document.add(
          new SortedSetDocValuesFacetField(field.name(), LuceneIndex.label(value.toString())));
    }
  }

  private static SpokenField text(
      Field field, Object value, IndexedMoment moment, SpokenTokenStream words, FieldType type) {
    return new SpokenField(field.name(), value.toString(), moment.language(), words, type);
  }

  private static StringField key(String name, String value) {
    return new StringField(
        name, LuceneIndex.label(value), org.apache.lucene.document.Field.Store.NO);
  }

  @Override
  public void remove(String episodeId) throws IOException {
    write(() -> writer.deleteDocuments(new Term(Schema.EPISODE, episodeId)));
  }

  @Override
  public void commit() throws IOException {
    writer.setLiveCommitData(LuceneIndex.commitData().entrySet());
    write(writer::commit);
  }

  private interface Change {
    long make() throws IOException;
  }

  /** A failed write closes the writer for good, and later changes only say that it is closed. */
  private void write(Change change) {
    try {
      var unused = change.make();
    } catch (IOException | AlreadyClosedException e) {
      Throwable first = writer.getTragicException() == null ? e : writer.getTragicException();
      throw new IndexException(
          "the index in "
              + folder
              + " cannot be written: "
              + first.getMessage()
              + "; what was committed before is whole, so make it writable, or make room, and run"
              + " the same command again",
          first);
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
    directory.close();
  }
}
