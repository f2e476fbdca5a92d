package dev.earmark.cli;

import dev.earmark.index.IndexException;
import dev.earmark.index.IndexSink;
import dev.earmark.index.lucene.LuceneIndex;
import dev.earmark.index.lucene.LuceneIndexSink;
import dev.earmark.index.lucene.MomentEmbedding;
import dev.earmark.index.lucene.VectorStore;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.lucene.LuceneSearchEngine;
import dev.earmark.search.rank.RankingParameters;
import dev.earmark.vector.EmbeddingModelException;
import dev.earmark.vector.EmbeddingProgress;
import dev.earmark.vector.TextEmbedder;
import dev.earmark.vector.TextEmbedderProvider;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The model of a command's index, and the vectors that it makes for it.
 *
 * <p>The model and what runs it are a jar of their own, which is looked for beside earmark.jar and
 * loaded only where meaning is asked for; without it nothing of it is in memory. Whatever is wrong
 * with a model is told, and words go on. Thread-safe.
 */
final class Meaning {
  static final String OFF = "off";
  private static final String BUNDLED = "en";
  private static final String JAR = "earmark-meaning.jar";

  /** No model. */
  static final Meaning NONE = new Meaning(null, OFF, Path.of(""), System.err);

  private final @Nullable TextEmbedder embedder;
  private final String name;
  private final Path folder;
  private final PrintStream err;
  private final EmbeddingProgress progress = new EmbeddingProgress();
  private volatile boolean stopping;
  private @Nullable VectorStore store;
  private int users;

  private Meaning(@Nullable TextEmbedder embedder, String name, Path folder, PrintStream err) {
    this.embedder = embedder;
    this.name = name;
    this.folder = folder;
    this.err = err;
  }

  /**
   * What finds meanings in an index.
   *
   * @param asked the model as it was named; null for the one that the index was made with, if any
   */
  static Meaning of(@Nullable String asked, IndexPlace place, PrintStream err) {
    Path folder = place.files();
    String name = asked == null ? remembered(folder) : asked;
    TextEmbedder embedder = null;
    if (!name.equals(OFF) && !(place instanceof IndexPlace.Folder)) {
      err.println("earmark: a cluster is searched for words only; --meaning is left out");
    } else if (!name.equals(OFF)) {
      try {
        embedder = provider().open(name.equals(BUNDLED) ? null : Path.of(name), cache(folder));
      } catch (EmbeddingModelException | IOException e) {
        err.println("earmark: " + e.getMessage() + "; only words are searched");
      }
    }
    return new Meaning(embedder, name, folder, err);
  }

  /** Which model the index was made with; beside its vectors it stands how it was named. */
  private static String remembered(Path folder) {
    Path file = LuceneIndex.modelName(folder);
    try {
      return Files.isRegularFile(file) ? Files.readString(file).strip() : OFF;
    } catch (IOException e) {
      return OFF;
    }
  }

  private void remember() throws IOException {
    Path file = LuceneIndex.modelName(folder);
    String absolute =
        name.equals(BUNDLED) ? name : Path.of(name).toAbsolutePath().normalize().toString();
    if (!remembered(folder).equals(absolute)) {
      Files.writeString(file, absolute + "\n");
    }
  }

  private static TextEmbedderProvider provider() throws IOException {
    ClassLoader own = Meaning.class.getClassLoader();
    Optional<TextEmbedderProvider> onClassPath =
        ServiceLoader.load(TextEmbedderProvider.class, own).findFirst();
    if (onClassPath.isPresent()) {
      return onClassPath.get();
    }
    for (Path jar : jars()) {
      if (Files.isRegularFile(jar)) {
        // Stays open as long as the process: the model is used until its end.
        URLClassLoader loader = new URLClassLoader(new URL[] {url(jar)}, own);
        return ServiceLoader.load(TextEmbedderProvider.class, loader)
            .findFirst()
            .orElseThrow(
                () -> new EmbeddingModelException(jar + " holds no model; build it again"));
      }
    }
    throw new EmbeddingModelException(
        "there is no "
            + JAR
            + " beside earmark.jar; build it with the script earmark, or put it"
            + " there");
  }

  private static URL url(Path jar) throws MalformedURLException {
    return jar.toUri().toURL();
  }

  /**
   * Where the jar may lie: beside ours, or where it is built.
   *
   * <p>Asked of the class path, since a class that comes out of an archive of the JVM, as in the
   * package, may not know its jar.
   */
  private static List<Path> jars() {
    String first = System.getProperty("java.class.path", "").split(File.pathSeparator, 2)[0];
    Path own = Path.of(first).toAbsolutePath();
    Path beside = own.resolveSibling(JAR);
    return List.of(beside, own.resolveSibling("../meaning/target").resolve(JAR).normalize());
  }

  /** Where the model's runtime is unpacked: the user's cache, or beside the index. */
  private static Path cache(Path folder) {
    String named = System.getenv("XDG_CACHE_HOME");
    String home = System.getenv("HOME");
    Path cache =
        named != null && !named.isEmpty()
            ? Path.of(named, "earmark")
            : home == null ? folder : Path.of(home, ".cache", "earmark");
    try {
      Files.createDirectories(cache);
      if (Files.isWritable(cache)) {
        return cache;
      }
    } catch (IOException e) {
      // There is another place.
    }
    return folder.resolve("vectors");
  }

  /** What reads a query; null where there is no model. */
  @Nullable TextEmbedder embedder() {
    return embedder;
  }

  /** Opens an index for reading; queries are read by the model, where there is one. */
  SearchEngine openForReading(IndexPlace place) throws IOException {
    return embedder != null && place instanceof IndexPlace.Folder in
        ? LuceneSearchEngine.open(in.folder(), RankingParameters.DEFAULT, () -> embedder)
        : place.openForReading();
  }

  /** How far the vectors are made; empty while none are. */
  Optional<EmbeddingProgress.State> progress() {
    return progress.state();
  }

  private synchronized @Nullable VectorStore acquire() throws IOException {
    if (embedder == null) {
      return null;
    }
    if (store == null) {
      try {
        store = VectorStore.open(folder, embedder);
      } catch (IndexException e) {
        err.println("earmark: " + e.getMessage());
        return null;
      }
      remember();
    }
    users++;
    return store;
  }

  private synchronized void release() throws IOException {
    users--;
    if (users == 0 && store != null) {
      store.close();
      store = null;
    }
  }

  /** What is done with an index that is open for writing. */
  interface Writing<T> {
    T with(IndexSink sink) throws IOException;
  }

  /** Opens an index for writing, whose moments get what vectors there are of them. */
  <T> T write(IndexPlace place, Writing<T> writing) throws IOException {
    VectorStore vectors = acquire();
    try (IndexSink sink =
        vectors == null ? place.openForWriting() : LuceneIndexSink.open(folder, vectors)) {
      return writing.with(sink);
    } finally {
      if (vectors != null) {
        release();
      }
    }
  }

  /**
   * Makes all vectors that the index lacks.
   *
   * @param writing is held while the index is open for writing
   * @param stopped asked often; what is made stays
   */
  void make(Lock writing, BooleanSupplier stopped) throws IOException {
    VectorStore vectors = acquire();
    if (vectors == null) {
      return;
    }
    try {
      boolean more = true;
      while (more && !stopping && !stopped.getAsBoolean()) {
        // What was indexed meanwhile lacks them, too.
        more =
            new MomentEmbedding(folder, vectors, progress)
                .run(
                    segments -> attach(vectors, writing, segments),
                    () -> stopping || stopped.getAsBoolean());
      }
    } catch (EmbeddingModelException e) {
      err.println("earmark: " + e.getMessage() + "; only words are searched");
    } finally {
      release();
    }
  }

  private void attach(VectorStore vectors, Lock writing, Set<String> segments) throws IOException {
    writing.lock();
    try (LuceneIndexSink sink = LuceneIndexSink.open(folder, vectors)) {
      sink.attach(segments);
    } finally {
      writing.unlock();
    }
  }

  /** Ends what is being made; the model stays open for those who still search. */
  void stop() {
    stopping = true;
  }
}
