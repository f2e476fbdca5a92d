package dev.earmark.index;

import dev.earmark.align.Aligner;
import dev.earmark.corpus.CorpusScanner;
import dev.earmark.corpus.EpisodeDocument;
import dev.earmark.corpus.EpisodeInput;
import dev.earmark.corpus.EpisodeReader;
import dev.earmark.corpus.Fingerprint;
import dev.earmark.model.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Brings an index up to date with what lies on disk.
 *
 * <p>An episode whose fingerprint the index knows is left as it is. The others are read, aligned
 * and replaced, several at a time, and committed together at the end and every {@value
 * #COMMIT_INTERVAL_MS} ms on the way, so that a long run that is stopped can be continued. Memory
 * is bounded by the episodes in work, one a core and one more.
 *
 * <p>An episode of which no source could be read is not put into the index, and one that is there
 * already stays as it is: bad input never costs what was good.
 */
public final class Indexer {
  static final long COMMIT_INTERVAL_MS = 30_000;
  private static final int PROBLEMS_KEPT = 10_000;

  /** Told how far a run is; called from several threads. */
  public interface Progress {
    /** One more episode is done. */
    void episode(String id, int done, int of, long words);
  }

  private final IndexSink sink;
  private final Progress progress;
  private final Tally tally = new Tally();

  public Indexer(IndexSink sink, Progress progress) {
    this.sink = sink;
    this.progress = progress;
  }

  /**
   * Indexes what is new and changed under some paths.
   *
   * @param prune whether to take out episodes of the index whose origin is gone
   * @throws IOException if the index cannot be written
   */
  public IndexSummary run(List<Path> paths, boolean prune) throws IOException {
    long start = System.nanoTime();
    CorpusScanner.Scan scan = CorpusScanner.scan(paths);
    scan.problems().forEach(tally::problem);
    indexAll(scan.episodes());
    if (prune) {
      prune(scan.episodes());
    }
    sink.commit();
    return tally.summary((System.nanoTime() - start) / 1_000_000);
  }

  private void indexAll(List<EpisodeInput> episodes) throws IOException {
    int cores = Runtime.getRuntime().availableProcessors();
    Semaphore inWork = new Semaphore(cores + 1);
    long lastCommit = System.nanoTime();
    List<Future<?>> results = new ArrayList<>();
    try (ExecutorService workers = Executors.newFixedThreadPool(cores)) {
      for (EpisodeInput episode : episodes) {
        inWork.acquireUninterruptibly();
        results.add(
            workers.submit(() -> {
              try {
                index(episode);
              } finally {
                inWork.release();
              }
              progress.episode(episode.id(), tally.done(), episodes.size(), tally.words());
              return null;
            }));
        if (System.nanoTime() - lastCommit > COMMIT_INTERVAL_MS * 1_000_000) {
          sink.commit();
          lastCommit = System.nanoTime();
        }
      }
      for (Future<?> result : results) {
        result.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("indexing was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      if (e.getCause() instanceof UncheckedIOException io && io.getCause() != null) {
        throw io.getCause();
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private void index(EpisodeInput input) throws IOException {
    EpisodeEntry known = sink.known().get(input.id());
    String origin = input.origin().toString();
    EpisodeInput named = input;
    if (known != null && !known.origin().equals(origin) && Files.exists(Path.of(known.origin()))) {
      // Another episode of this name lives elsewhere: this one is told apart by its path.
      named = CorpusScanner.toldApart(input);
      known = sink.known().get(named.id());
    }
    String fingerprint;
    try {
      fingerprint = Fingerprint.of(named);
    } catch (IOException e) {
      tally.failed(cannotRead(named, e));
      return;
    }
    if (known != null && known.fingerprint().equals(fingerprint)) {
      tally.unchanged();
      return;
    }
    EpisodeDocument document = EpisodeReader.read(named);
    document.problems().forEach(tally::problem);
    boolean nothing = document.sources().stream().allMatch(source -> source.moments().isEmpty());
    if (nothing) {
      tally.done.incrementAndGet();
      return;
    }
    Flattener flat = new Flattener(Aligner.align(document), origin, fingerprint);
    sink.replace(flat.entry(), flat.moments());
    tally.written(flat.entry(), known != null);
  }

  private static Problem cannotRead(EpisodeInput input, IOException e) {
    return new Problem(
        Problem.Severity.ERROR,
        "cannot-read",
        input.origin().toString(),
        0,
        "cannot be read: " + e.getMessage(),
        "left as it was");
  }

  private void prune(List<EpisodeInput> present) throws IOException {
    Set<String> origins = new LinkedHashSet<>();
    present.forEach(episode -> origins.add(episode.origin().toString()));
    for (EpisodeEntry entry : sink.known().values()) {
      if (!origins.contains(entry.origin()) && !Files.exists(Path.of(entry.origin()))) {
        sink.remove(entry.episode().id());
        tally.removed++;
      }
    }
  }

  /** Counts what happens; all methods may be called from several threads. */
  private static final class Tally {
    private int added;
    private int changed;
    private int unchanged;
    private int removed;
    private int failed;
    private long moments;
    private final AtomicLong words = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<Problem> problems = new ArrayList<>();

    synchronized void problem(Problem problem) {
      counts.merge(problem.code(), 1, Integer::sum);
      if (problem.severity() == Problem.Severity.ERROR) {
        failed++;
      }
      if (problems.size() < PROBLEMS_KEPT) {
        problems.add(problem);
      }
    }

    synchronized void failed(Problem problem) {
      problem(problem);
      done.incrementAndGet();
    }

    synchronized void unchanged() {
      unchanged++;
      done.incrementAndGet();
    }

    synchronized void written(EpisodeEntry entry, boolean wasThere) {
      if (wasThere) {
        changed++;
      } else {
        added++;
      }
      moments += entry.moments();
      words.addAndGet(entry.words());
      done.incrementAndGet();
    }

    int done() {
      return done.intValue();
    }

    long words() {
      return words.get();
    }

    synchronized IndexSummary summary(long tookMs) {
      return new IndexSummary(
          added,
          changed,
          unchanged,
          removed,
          failed,
          moments,
          words.get(),
          tookMs,
          new TreeMap<>(counts),
          List.copyOf(problems));
    }
  }
}
