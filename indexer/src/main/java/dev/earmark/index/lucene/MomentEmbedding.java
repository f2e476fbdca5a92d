package dev.earmark.index.lucene;

import dev.earmark.vector.ByteVectors;
import dev.earmark.vector.ContentHash;
import dev.earmark.vector.EmbeddingProgress;
import dev.earmark.vector.TextEmbedder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentReader;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Bits;

/**
 * Makes the vectors of an index's moments, after their words can be searched.
 *
 * <p>Making takes long and needs no writer: it reads the last commit and adds to the journal, so
 * that indexing goes on beside it and nothing is lost when the process ends. Putting what is made
 * into the index takes a writer for a moment; that happens whenever twice as much is made as
 * before, and at the end. What has a vector, in the index or the journal, is never made again.
 */
public final class MomentEmbedding {
  /** With so many made, the first are put into the index. */
  private static final int FIRST_STEP = 4_000;

  /**
   * If one in so many moments lacks a vector, it is seen first whether the same words have one
   * elsewhere in the index, such as under another name: making one takes as long as looking at so
   * many.
   */
  private static final int WORTH_LOOKING = 200;

  private final Path folder;
  private final VectorStore store;
  private final EmbeddingProgress progress;

  /** Segments all of whose moments that can have a vector have one. */
  private final Set<String> complete = new HashSet<>();

  public MomentEmbedding(Path folder, VectorStore store, EmbeddingProgress progress) {
    this.folder = folder;
    this.store = store;
    this.progress = progress;
  }

  /** Puts what is made into the index, for which it must be open for writing by nobody else. */
  public interface Attaching {
    /**
     * @param segments those all of whose vectors are made
     */
    void attach(Set<String> segments) throws IOException;
  }

  /** What a segment lacks. */
  private record Lack(String segment, List<VectorStore.Wanted> wanted) {}

  /**
   * Makes all vectors that the last commit of the index lacks, and puts them into it.
   *
   * @param stopped asked often; where it says so, what is made stays in the journal
   * @return whether anything was put into the index
   */
  public boolean run(Attaching attaching, BooleanSupplier stopped) throws IOException {
    boolean attached = false;
    try (Directory directory = FSDirectory.open(folder);
        DirectoryReader reader = LuceneIndex.open(directory, folder)) {
      List<Lack> lacks = new ArrayList<>();
      int total = 0;
      int lacking = 0;
      for (LeafReaderContext context : reader.leaves()) {
        SegmentReader segment = (SegmentReader) context.reader();
        String id = VectorMergePolicy.id(segment.getSegmentInfo().info.getId());
        var values = segment.getByteVectorValues(store.field());
        List<VectorStore.Wanted> wanted = new ArrayList<>();
        if (!complete.contains(id)) {
          store.visit(segment, segment.getLiveDocs(), true, wanted::addAll);
          if (wanted.isEmpty()) {
            complete.add(id);
          } else {
            lacks.add(new Lack(id, wanted));
          }
        }
        total += wanted.size() + (values == null ? 0 : values.size());
        for (VectorStore.Wanted moment : wanted) {
          if (!store.journal().contains(moment.content())) {
            lacking++;
          }
        }
      }
      if (lacking > 0 && (long) lacking * WORTH_LOOKING >= total) {
        lacking -= store.copy(reader, lacks.stream().flatMap(lack -> lack.wanted().stream()));
      }
      progress.begin(total - lacking, total);
      Set<String> ready = new HashSet<>();
      int step = FIRST_STEP;
      int since = 0;
      for (Lack lack : lacks) {
        since += make(lack.wanted(), stopped);
        if (stopped.getAsBoolean()) {
          return attached;
        }
        ready.add(lack.segment());
        if (since >= step) {
          store.journal().force();
          attaching.attach(ready);
          attached = true;
          ready.clear();
          step *= 2;
          since = 0;
        }
      }
      if (!ready.isEmpty()) {
        store.journal().force();
        attaching.attach(ready);
        attached = true;
      }
    } finally {
      progress.end();
    }
    return attached;
  }

  /** Makes those that are not there; a thread a core, one text at a time. */
  private int make(List<VectorStore.Wanted> wanted, BooleanSupplier stopped) throws IOException {
    List<VectorStore.Wanted> missing = new ArrayList<>();
    Set<ContentHash> seen = new HashSet<>();
    for (VectorStore.Wanted moment : wanted) {
      if (!store.journal().contains(moment.content())) {
        if (seen.add(moment.content())) {
          missing.add(moment);
        } else {
          progress.made();
        }
      }
    }
    if (missing.isEmpty()) {
      return 0;
    }
    TextEmbedder embedder = store.embedder();
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
    try (ExecutorService workers =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "meaning");
              thread.setDaemon(true);
              return thread;
            })) {
      List<Future<?>> parts = new ArrayList<>();
      for (int part = 0; part < threads; part++) {
        int first = part;
        parts.add(
            workers.submit(() -> {
              for (int i = first; i < missing.size() && !stopped.getAsBoolean(); i += threads) {
                VectorStore.Wanted moment = missing.get(i);
                store
                    .journal()
                    .put(moment.content(), ByteVectors.of(embedder.passage(moment.passage())));
                progress.made();
              }
              return null;
            }));
      }
      for (Future<?> part : parts) {
        part.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("making vectors was interrupted; the next run goes on", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      if (e.getCause() instanceof RuntimeException failed) {
        throw failed;
      }
      throw new IllegalStateException(e.getCause());
    }
    return missing.size();
  }

  /** How many moments of an index have a vector of a model. */
  public static int count(IndexReader reader, String model) throws IOException {
    int count = 0;
    for (LeafReaderContext context : reader.leaves()) {
      var values = context.reader().getByteVectorValues(VectorStore.field(model));
      if (values == null) {
        continue;
      }
      Bits live = context.reader().getLiveDocs();
      if (live == null) {
        count += values.size();
      } else {
        var each = values.iterator();
        for (int document = each.nextDoc();
            document != DocIdSetIterator.NO_MORE_DOCS;
            document = each.nextDoc()) {
          if (live.get(document)) {
            count++;
          }
        }
      }
    }
    return count;
  }
}
