package dev.earmark.index;

import dev.earmark.align.Aligner;
import dev.earmark.corpus.Artworks;
import dev.earmark.corpus.Cast;
import dev.earmark.corpus.CorpusLocation;
import dev.earmark.corpus.CorpusScanner;
import dev.earmark.corpus.EpisodeDocument;
import dev.earmark.corpus.EpisodeInput;
import dev.earmark.corpus.EpisodeReader;
import dev.earmark.corpus.Fetcher;
import dev.earmark.corpus.Fingerprint;
import dev.earmark.corpus.People;
import dev.earmark.corpus.SameWords;
import dev.earmark.corpus.Thumbnail;
import dev.earmark.model.Person;
import dev.earmark.model.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Updates an index from files and feeds.
 *
 * <p>An episode whose fingerprint is known is left alone. Others are read, aligned and replaced,
 * several at a time: newest first, and within a day smallest first. Commits happen at the end and
 * on the way: after one second, two more, four more, up to every {@value #COMMIT_INTERVAL_MS} ms.
 * So the first episodes can be searched at once, and an interrupted run can be resumed. Memory is
 * bounded by the episodes in work: one a core, plus one.
 *
 * <p>If no source of an episode can be read, the episode is not added, and a previous version
 * stays: bad input never costs good input. The same holds if a source is unavailable for now; a new
 * episode is then indexed without it, and again when it is back.
 */
public final class Indexer {
  /** The longest time between two commits. */
  static final long COMMIT_INTERVAL_MS = 30_000;

  /** The first commit comes this early; the time to the next one doubles with each. */
  private static final long FIRST_COMMIT_MS = 1_000;

  /** How long is waited for an episode before it is seen whether a commit is due. */
  private static final long LOOK_MS = 100;

  private static final int PROBLEMS_KEPT = 10_000;

  /** So many episodes are looked for in the index at once, before they are read. */
  private static final int LOOKED_UP_TOGETHER = 500;

  /** What a run does about episodes whose origin is gone. */
  public enum Prune {
    /** Leaves them. */
    KEEP,
    /**
     * Takes them out, but refuses to take out more than half of the index: nothing is done then.
     */
    UP_TO_HALF,
    /** Takes them out, however many. */
    ALL
  }

  /** Told how far a run is; {@link #episode} is called from several threads. */
  public interface Progress {
    /** The run begins to look for episodes. */
    default void begin() {}

    /** So many episodes were found and will be looked at. */
    default void found(int episodes) {}

    /** One more episode is done. */
    void episode(String id, int done, int of, long words);

    /** The run is over, whether it went well or not. */
    default void end() {}
  }

  private final IndexSink sink;
  private final Progress progress;
  private final Fetcher fetcher;
  private final Artworks artworks;
  private final Tally tally = new Tally();

  /** The episodes of this run, by the ids under which they are indexed. */
  private final Map<String, EpisodeInput> inputs = new ConcurrentHashMap<>();

  /** Who is heard in each episode of the index. */
  private final Map<String, Cast> casts = new ConcurrentHashMap<>();

  /** Whom their names were taken for when they were written. */
  private final Map<String, Map<String, Person>> taken = new ConcurrentHashMap<>();

  /** What is no episode by itself in this run: {@link CorpusScanner.Scan#taken}. */
  private volatile Set<String> parts = Set.of();

  private volatile People people = new People(Map.of());
  private volatile int counted;

  /** An indexer that reads files only. */
  public Indexer(IndexSink sink, Progress progress) {
    this(sink, progress, Fetcher.none());
  }

  /** An indexer that also fetches feeds and what they link to. */
  public Indexer(IndexSink sink, Progress progress, Fetcher fetcher) {
    this.sink = sink;
    this.progress = progress;
    this.fetcher = fetcher;
    this.artworks = new Artworks(fetcher);
  }

  /** Indexes what is new and changed under some paths, and takes nothing out. */
  public IndexSummary run(List<Path> paths) throws IOException {
    return update(CorpusLocation.ofPaths(paths), Prune.KEEP);
  }

  /**
   * Indexes what is new and changed in some files, folders and feeds.
   *
   * @param prune what to do about episodes of the index whose origin is gone: a path that is no
   *     longer there, an item that its feed, read in this run, no longer has
   * @throws IndexException if the index cannot be written, or pruning is refused
   */
  public IndexSummary update(List<CorpusLocation> locations, Prune prune) throws IOException {
    progress.begin();
    try {
      return updateAll(locations, prune);
    } finally {
      progress.end();
    }
  }

  private IndexSummary updateAll(List<CorpusLocation> locations, Prune prune) throws IOException {
    long start = System.nanoTime();
    CorpusScanner.Scan scan = CorpusScanner.scan(locations, fetcher);
    scan.problems().forEach(tally::problem);
    parts = scan.taken();
    List<String> gone = prune == Prune.KEEP ? List.of() : gone(scan);
    int known = gone.isEmpty() ? 0 : sink.known().size();
    if (prune == Prune.UP_TO_HALF && gone.size() * 2 > known) {
      throw new IndexException(
          "--prune would take out "
              + gone.size()
              + " of the "
              + known
              + " episodes, more than half; if their sources are meant to be gone, say --yes as"
              + " well");
    }
    progress.found(scan.episodes().size());
    sink.known()
        .forEach((id, episode) -> {
          if (!episode.cast().members().isEmpty()) {
            casts.put(id, episode.cast());
          }
        });
    people = new People(casts);
    counted = casts.size();
    indexAll(
        ReadingOrder.of(scan.episodes()),
        episode -> {
          index(episode);
          progress.episode(episode.id(), tally.done(), scan.episodes().size(), tally.words());
        });
    Set<String> leaving = new LinkedHashSet<>(gone);
    Set<String> found = scan.episodes().stream().map(EpisodeInput::id).collect(Collectors.toSet());
    if (!parts.isEmpty()) {
      sink.known()
          .forEach((id, episode) -> {
            if (parts.contains(episode.origin()) && !found.contains(id)) {
              leaving.add(id);
            }
          });
    }
    for (String id : leaving) {
      sink.remove(id);
      casts.remove(id);
      tally.removed++;
    }
    indexAll(renamed(), this::indexAgain);
    sink.finish();
    return tally.summary((System.nanoTime() - start) / 1_000_000);
  }

  /**
   * The episodes of this run in which somebody has to be called otherwise, now that all are known.
   */
  private List<EpisodeInput> renamed() {
    people = new People(casts);
    counted = Integer.MAX_VALUE;
    List<EpisodeInput> renamed = new ArrayList<>();
    inputs.forEach((id, input) -> {
      Cast cast = casts.get(id);
      if (cast != null && !people.in(id, cast).equals(taken.get(id))) {
        renamed.add(input);
      }
    });
    return renamed;
  }

  /**
   * Whom the names of an episode mean, as far as is known now. People are looked at again whenever
   * twice as many episodes are known; what was told too early is mended at the end.
   */
  private Map<String, Person> people(String id, Cast cast) {
    casts.put(id, cast);
    if (casts.size() > 2 * counted) {
      counted = casts.size();
      people = new People(casts);
    }
    Map<String, Person> meant = people.in(id, cast);
    taken.put(id, meant);
    return meant;
  }

  private interface Step {
    void take(EpisodeInput input) throws IOException;
  }

  private void indexAll(List<EpisodeInput> episodes, Step step) throws IOException {
    int cores = Runtime.getRuntime().availableProcessors();
    Semaphore inWork = new Semaphore(cores + 1);
    Commits commits = new Commits();
    List<Future<?>> results = new ArrayList<>();
    AtomicBoolean broken = new AtomicBoolean();
    try (ExecutorService workers = Executors.newFixedThreadPool(cores)) {
      for (int i = 0; i < episodes.size(); i++) {
        EpisodeInput episode = episodes.get(i);
        if (i % LOOKED_UP_TOGETHER == 0) {
          int to = Math.min(episodes.size(), i + LOOKED_UP_TOGETHER);
          sink.lookUp(episodes.subList(i, to).stream().map(EpisodeInput::id).toList());
        }
        while (!inWork.tryAcquire(LOOK_MS, TimeUnit.MILLISECONDS)) {
          commits.makeIfDue();
        }
        if (broken.get()) {
          // What failed is the index, not an episode: the rest would fail as well.
          break;
        }
        results.add(
            workers.submit(() -> {
              boolean done = false;
              try {
                step.take(episode);
                done = true;
              } finally {
                if (!done) {
                  broken.set(true);
                }
                inWork.release();
              }
              return null;
            }));
        commits.makeIfDue();
      }
      for (Future<?> result : results) {
        while (!isDone(result)) {
          commits.makeIfDue();
        }
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
      if (e.getCause() instanceof IndexException index) {
        throw index;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Waits a little for a result; false if it is not there yet. */
  private static boolean isDone(Future<?> result) throws InterruptedException, ExecutionException {
    try {
      result.get(LOOK_MS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  /** Commits what was written so far, ever less often. */
  private final class Commits {
    private long last = System.nanoTime();
    private long intervalMs = FIRST_COMMIT_MS;
    private long writtenBefore;

    void makeIfDue() throws IOException {
      long written = tally.written();
      if (written > writtenBefore && System.nanoTime() - last > intervalMs * 1_000_000) {
        sink.commit();
        writtenBefore = written;
        last = System.nanoTime();
        intervalMs = Math.min(COMMIT_INTERVAL_MS, 2 * intervalMs);
      }
    }
  }

  private void index(EpisodeInput input) throws IOException {
    KnownEpisode known = sink.known().get(input.id());
    EpisodeInput named = input;
    if (known != null
        && !known.origin().equals(input.origin())
        && !parts.contains(known.origin())
        && isThere(known.origin())) {
      // Another episode of this name lives elsewhere: this one is told apart by its origin.
      named = CorpusScanner.toldApart(input);
      known = sink.known().get(named.id());
    }
    Fingerprint fingerprint;
    try {
      fingerprint = Fingerprint.of(named, fetcher);
    } catch (IOException e) {
      tally.failed(cannotRead(named, e));
      return;
    }
    inputs.put(named.id(), named);
    if (known != null) {
      taken.put(named.id(), known.people());
    }
    boolean moved = known != null && !known.origin().equals(named.origin());
    if (known != null && !moved && known.fingerprint().equals(fingerprint.value())) {
      fingerprint.missing().forEach(tally::problem);
      fingerprint.outdated().forEach(tally::problem);
      tally.unchanged();
      return;
    }
    if (known != null && !fingerprint.missing().isEmpty()) {
      fingerprint.missing().stream().map(Indexer::leftAsItWas).forEach(tally::problem);
      tally.unchanged();
      return;
    }
    EpisodeDocument document = EpisodeReader.read(named, fetcher);
    document.problems().forEach(tally::problem);
    boolean nothing = document.sources().stream().allMatch(source -> source.moments().isEmpty());
    if (nothing) {
      tally.done.incrementAndGet();
      return;
    }
    EpisodeDocument aligned = Aligner.align(document);
    for (Problem problem :
        aligned.problems().subList(document.problems().size(), aligned.problems().size())) {
      tally.problem(named.located(problem));
    }
    EpisodeEntry entry = write(named, fingerprint, aligned);
    tally.written(entry, known != null);
  }

  private EpisodeEntry write(EpisodeInput input, Fingerprint fingerprint, EpisodeDocument placed)
      throws IOException {
    EpisodeDocument aligned = SameWords.once(placed);
    aligned
        .problems()
        .subList(placed.problems().size(), aligned.problems().size())
        .forEach(tally::problem);
    Artworks.Found pictures = artworks.of(input);
    pictures.problems().forEach(tally::problem);
    for (Thumbnail picture : Arrays.asList(pictures.own(), pictures.ofShow())) {
      if (picture != null) {
        sink.keep(picture);
      }
    }
    Map<String, Person> meant = people(input.id(), aligned.cast());
    Flattener flat =
        new Flattener(aligned.withArtwork(pictures), input.origin(), fingerprint.value(), meant);
    sink.replace(flat.entry(), flat.moments(), flat.alternatives());
    return flat.entry();
  }

  /** Writes an episode of this run anew because somebody in it is called otherwise by now. */
  private void indexAgain(EpisodeInput input) throws IOException {
    Fingerprint fingerprint;
    try {
      fingerprint = Fingerprint.of(input, fetcher);
    } catch (IOException e) {
      tally.problem(cannotRead(input, e));
      return;
    }
    if (fingerprint.missing().isEmpty()) {
      var unused = write(input, fingerprint, Aligner.align(EpisodeReader.read(input, fetcher)));
    }
  }

  private static Problem leftAsItWas(Problem problem) {
    return new Problem(
        problem.severity(),
        problem.code(),
        problem.source(),
        problem.line(),
        problem.message(),
        "the episode is left as it was");
  }

  private static Problem cannotRead(EpisodeInput input, IOException e) {
    return new Problem(
        Problem.Severity.ERROR,
        "cannot-read",
        input.origin(),
        0,
        "cannot be read: " + e.getMessage(),
        "left as it was");
  }

  /** The ids of the episodes whose origin is gone, and that are nowhere else in the scan. */
  private List<String> gone(CorpusScanner.Scan scan) {
    Set<String> found = new HashSet<>();
    for (EpisodeInput episode : scan.episodes()) {
      found.add(episode.origin());
      found.add(episode.id());
    }
    List<String> ids = new ArrayList<>();
    for (Map.Entry<String, ? extends KnownEpisode> known : sink.known().entrySet()) {
      String origin = known.getValue().origin();
      String id = known.getKey();
      int item = origin.lastIndexOf('#');
      boolean goneFromFeed = item >= 0 && scan.feeds().contains(origin.substring(0, item));
      if (!found.contains(origin) && !found.contains(id) && (goneFromFeed || !isThere(origin))) {
        ids.add(id);
      }
    }
    return ids;
  }

  /**
   * Whether the path or feed at which an episode was found is there; that of an address cannot be
   * told without asking, and is taken to be.
   */
  private static boolean isThere(String origin) {
    if (origin.startsWith("http://") || origin.startsWith("https://")) {
      return true;
    }
    int item = origin.lastIndexOf('#');
    return exists(origin) || (item > 0 && exists(origin.substring(0, item)));
  }

  private static boolean exists(String path) {
    try {
      return Files.exists(Path.of(path));
    } catch (InvalidPathException e) {
      // The id of a feed's item need not be a path.
      return false;
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

    synchronized long written() {
      return (long) added + changed;
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
