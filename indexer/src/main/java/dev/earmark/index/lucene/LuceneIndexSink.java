package dev.earmark.index.lucene;

import dev.earmark.corpus.Thumbnail;
import dev.earmark.index.EntryJson;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.IndexException;
import dev.earmark.index.IndexSink;
import dev.earmark.index.KnownEpisode;
import dev.earmark.index.MomentCodec;
import dev.earmark.schema.IndexedMoment;
import dev.earmark.schema.Schema;
import dev.earmark.vector.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Writes episodes into a Lucene index: the one place that opens an index for writing.
 *
 * <p>Lucene's own lock keeps a second writer out. Thread-safe as {@link IndexSink} asks.
 */
public final class LuceneIndexSink implements IndexSink {
  private static final double BUFFER_MEGABYTES = 96;

  /** Of a segment of a large index, so many percent may be deleted documents after a run. */
  private static final double MOST_DELETED_PERCENT = 2;

  /**
   * Up to so many documents, no deleted document is left after a run that wrote an episode twice.
   * Merging takes moments there, and one folder then always gives one order, whenever commits and
   * merges happened on the way.
   */
  private static final int SMALL = 200_000;

  /** Up to so many, none is left after any run: also what was changed often has that one order. */
  private static final int TINY = 20_000;

  /** From so many bytes on it is quicker to start threads to write them. */
  private static final long WORTH_HELP = 4 << 20;

  private final Path folder;
  private final Directory directory;
  private final IndexWriter writer;
  private final MergePolicy policy;
  private final @Nullable VectorStore vectors;

  /** The index as it was committed last, to keep the vectors of what goes; null without any. */
  private @Nullable DirectoryReader committed;

  private final ConcurrentMergeScheduler merges;
  private final Map<String, KnownEpisode> known;
  private final Set<String> written = ConcurrentHashMap.newKeySet();
  private volatile boolean writtenTwice;
  private final ArtworkFolder pictures;

  /** Which pictures each episode names. */
  private final Map<String, Set<String>> named = new ConcurrentHashMap<>();

  /** One for each thread that writes; what they remember is worth keeping. */
  private final Queue<SpokenTokenStream> idleStreams = new ConcurrentLinkedQueue<>();

  private LuceneIndexSink(
      Path folder,
      Directory directory,
      IndexWriter writer,
      MergePolicy policy,
      ConcurrentMergeScheduler merges,
      @Nullable VectorStore vectors,
      Map<String, KnownEpisode> known)
      throws IOException {
    this.vectors = vectors;
    this.committed =
        vectors != null && DirectoryReader.indexExists(directory)
            ? DirectoryReader.open(directory)
            : null;
    this.policy = policy;
    this.merges = merges;
    this.folder = folder;
    this.directory = directory;
    this.writer = writer;
    this.known = known;
    this.pictures = new ArtworkFolder(folder);
    known.forEach((id, episode) -> named.put(id, episode.pictures()));
  }

  /**
   * Opens an index for writing, and makes it if there is none.
   *
   * @throws IndexException if somebody else is writing to it, or it is of another version
   * @throws IOException if the folder cannot be written
   */
  public static LuceneIndexSink open(Path folder) throws IOException {
    return open(folder, null);
  }

  /**
   * Opens an index for writing, whose moments get their vectors as they are made.
   *
   * @param vectors of the index; stays open when this is closed. Null if there are to be none:
   *     those that are there stay with their moments until these are replaced
   */
  public static LuceneIndexSink open(Path folder, @Nullable VectorStore vectors)
      throws IOException {
    Files.createDirectories(folder);
    Directory directory = FSDirectory.open(folder);
    try {
      Map<String, KnownEpisode> known = Map.of();
      if (DirectoryReader.indexExists(directory)) {
        try (DirectoryReader reader = LuceneIndex.open(directory, folder)) {
          known = LuceneIndex.known(reader);
        }
      }
      IndexWriterConfig config = new IndexWriterConfig();
      config.setRAMBufferSizeMB(BUFFER_MEGABYTES);
      config.setCommitOnClose(false);
      config.setCodec(new MomentsCodec());
      TieredMergePolicy tiered = new TieredMergePolicy();
      tiered.setForceMergeDeletesPctAllowed(MOST_DELETED_PERCENT);
      MergePolicy policy = vectors == null ? tiered : new VectorMergePolicy(tiered, vectors);
      config.setMergePolicy(policy);
      ConcurrentMergeScheduler merges = new ConcurrentMergeScheduler();
      config.setMergeScheduler(merges);
      IndexWriter writer = new IndexWriter(directory, config);
      writer.setLiveCommitData(LuceneIndex.commitData().entrySet());
      return new LuceneIndexSink(folder, directory, writer, policy, merges, vectors, known);
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
  public Map<String, KnownEpisode> known() {
    return known;
  }

  @Override
  public void replace(
      EpisodeEntry entry, List<IndexedMoment> moments, List<IndexedMoment> alternatives)
      throws IOException {
    SpokenTokenStream idle = idleStreams.poll();
    SpokenTokenStream words = idle == null ? new SpokenTokenStream() : idle;
    MomentDocuments documents = new MomentDocuments(words);
    String id = entry.episode().id();
    keepVectors(id);
    // Made one by one as they are written: an episode may be long.
    Iterable<Document> block =
        () ->
            Stream.concat(
                    moments.stream().map(documents::of), Stream.of(document(entry, alternatives)))
                .iterator();
    write(() -> writer.updateDocuments(new Term(Schema.EPISODE, id), block));
    named.put(id, entry.pictures());
    if (!written.add(id)) {
      writtenTwice = true;
    }
    idleStreams.add(words);
  }

  private static Document document(EpisodeEntry entry, List<IndexedMoment> alternatives) {
    String id = entry.episode().id();
    Document episode = new Document();
    episode.add(new StringField(Schema.EPISODE, id, Field.Store.NO));
    episode.add(new StringField(LuceneIndex.ENTRY, id, Field.Store.NO));
    episode.add(
        new BinaryDocValuesField(LuceneIndex.ENTRY_HEAD, new BytesRef(EntryJson.writeHead(entry))));
    episode.add(new StoredField(LuceneIndex.ENTRY_ORIGIN, entry.origin()));
    episode.add(new StoredField(LuceneIndex.ENTRY_FINGERPRINT, entry.fingerprint()));
    episode.add(new StoredField(LuceneIndex.ENTRY_PEOPLE, EntryJson.writePeople(entry)));
    episode.add(new StoredField(LuceneIndex.ENTRY_STORED, EntryJson.write(entry)));
    if (!alternatives.isEmpty()) {
      // Last, so that whoever reads the rest of the entry does not read over it.
      episode.add(
          new StoredField(LuceneIndex.ENTRY_ALTERNATIVES, MomentCodec.encodeAll(alternatives)));
    }
    return episode;
  }

  @Override
  public void keep(Thumbnail picture) throws IOException {
    pictures.put(picture);
  }

  @Override
  public void remove(String episodeId) throws IOException {
    keepVectors(episodeId);
    write(() -> writer.deleteDocuments(new Term(Schema.EPISODE, episodeId)));
    named.remove(episodeId);
  }

  @Override
  public void commit() throws IOException {
    write(() -> {
      writer.setLiveCommitData(LuceneIndex.commitData().entrySet());
      if (writer.ramBytesUsed() > WORTH_HELP) {
        flush();
      }
      return writer.commit();
    });
    refresh();
  }

  /** What is embedded once is not embedded again: a moment that is replaced may come again. */
  private synchronized void keepVectors(String episode) throws IOException {
    if (vectors != null && committed != null) {
      vectors.keep(committed, episode);
    }
  }

  private synchronized void refresh() throws IOException {
    if (vectors != null) {
      DirectoryReader old = committed;
      DirectoryReader now =
          old == null ? DirectoryReader.open(directory) : DirectoryReader.openIfChanged(old);
      if (now != null) {
        committed = now;
        if (old != null) {
          old.close();
        }
      }
    }
  }

  /**
   * Gives segments the vectors that are made of their moments, commits, and empties the journal of
   * those. Nothing else of them changes.
   *
   * @param segments by the ids that {@link MomentEmbedding} names them by
   */
  public void attach(Set<String> segments) throws IOException {
    VectorStore store = vectors;
    if (store == null || !(policy instanceof VectorMergePolicy merging)) {
      throw new IllegalStateException("opened without vectors");
    }
    merging.ready(segments);
    write(() -> {
      writer.maybeMerge();
      return 0;
    });
    merges.sync();
    merging.ready(Set.of());
    commit();
    Set<ContentHash> lacking = new HashSet<>();
    DirectoryReader now = committed;
    if (now != null) {
      for (LeafReaderContext segment : now.leaves()) {
        store.visit(
            segment.reader(),
            segment.reader().getLiveDocs(),
            true,
            moments -> moments.forEach(moment -> lacking.add(moment.content())));
      }
    }
    store.journal().empty(lacking);
  }

  /**
   * Commits, and merges away what was written twice on the way: deleted documents count in how
   * often words are said until then. What was written on the way in pieces is put together, since
   * every search looks into each of them.
   */
  @Override
  public void finish() throws IOException {
    commit();
    write(this::putTogether);
    written.clear();
    pictures.keepOnly(
        named.values().stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet()));
  }

  private long putTogether() throws IOException {
    int documents = writer.getDocStats().maxDoc;
    boolean wroteMost = documents <= SMALL && 2 * written.size() > named.size();
    if (writtenTwice || wroteMost || (documents <= TINY && writer.hasDeletions())) {
      // What is being merged is passed over, and given up when the writer is closed.
      merges.sync();
      // Keeps the order of the documents, which is that of hits which score alike.
      writer.getConfig().setMergePolicy(documents <= SMALL ? inOrder() : policy);
      writer.forceMergeDeletes(true);
      merges.sync();
      writer.getConfig().setMergePolicy(policy);
      writtenTwice = false;
      commit();
    }
    return documents;
  }

  private MergePolicy inOrder() {
    MergePolicy inOrder = new TogetherMergePolicy();
    return vectors == null ? inOrder : new VectorMergePolicy(inOrder, vectors);
  }

  /** Writes what is in memory on all cores; a commit alone does it on one. */
  private void flush() {
    try (ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      Runnable some =
          () ->
              write(() -> {
                while (writer.flushNextBuffer()) {}
                return 0;
              });
      List<Future<?>> parts = new ArrayList<>();
      for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
        parts.add(workers.submit(some));
      }
      for (Future<?> part : parts) {
        part.get();
      }
    } catch (InterruptedException e) {
      // The commit that follows writes what is left.
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IndexException failed
          ? failed
          : new IllegalStateException(e.getCause());
    }
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
    if (committed != null) {
      committed.close();
    }
    directory.close();
  }
}
