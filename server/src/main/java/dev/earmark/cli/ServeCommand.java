package dev.earmark.cli;

import dev.earmark.corpus.CorpusLocation;
import dev.earmark.http.EarmarkServer;
import dev.earmark.http.ServerSettings;
import dev.earmark.index.IndexException;
import dev.earmark.index.IndexSink;
import dev.earmark.index.IndexSummary;
import dev.earmark.page.WebSources;
import dev.earmark.search.SearchEngine;
import dev.earmark.text.Words;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Serves pages and the API until it is stopped, and indexes paths behind that: what is in the index
 * can be searched at once, what is read on the way as soon as it is committed.
 */
@Command(
    name = "serve",
    description = "Index PATHs (default: seeds) and serve them at http://127.0.0.1:7070.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private static final int SHORTEST_TOKEN = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  @Parameters(
      paramLabel = "PATH",
      description = "files, folders, RSS files and addresses of feeds to index")
  private List<String> paths = new ArrayList<>();

  @Option(names = "--encoding", paramLabel = "NAME", description = Indexing.ENCODING)
  private @Nullable String encoding;

  @Option(names = "--allow-private", description = Indexing.ALLOW_PRIVATE)
  private boolean allowPrivate;

  @Mixin private IndexOptions index = new IndexOptions();

  @Mixin private MeaningOptions meanings = new MeaningOptions();

  @Option(names = "--shards", paramLabel = "N", description = IndexOptions.SHARDS)
  private @Nullable Integer shards;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "port to listen on; 0 for any free one; default: ${DEFAULT-VALUE}")
  private int port = 7070;

  @Option(
      names = "--host",
      paramLabel = "H",
      description = "address to listen on; default: ${DEFAULT-VALUE}")
  private String host = "127.0.0.1";

  @Option(names = "--wait", description = "answer only after everything has been indexed")
  private boolean wait;

  @Option(
      names = "--watch",
      description = "watch PATHs while serving: index what changes, remove what is deleted")
  private boolean watch;

  @Option(
      names = "--dev",
      description =
          "for work on the pages themselves, in a checkout: read templates and styles again for"
              + " each page, and cache no answer")
  private boolean dev;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "requests a second allowed to each client on another machine, with bursts of ten times as"
              + " many; 0: no limit; default: ${DEFAULT-VALUE}")
  private double rate = 20;

  @Option(
      names = "--behind-proxy",
      description =
          "trust the X-Forwarded-For header; use it only behind a proxy of your own that sets it")
  private boolean behindProxy;

  @Option(
      names = "--log",
      paramLabel = "WHAT",
      description =
          "what to log: ${COMPLETION-CANDIDATES}; only QUERIES logs the text of queries; default:"
              + " ${DEFAULT-VALUE}")
  private ServerSettings.RequestLogging log = ServerSettings.RequestLogging.NONE;

  @Option(
      names = "--admin-token",
      paramLabel = "TOKEN",
      description =
          "let whoever sends this token update the index, with POST /api/v1/index; safer in the"
              + " environment variable EARMARK_ADMIN_TOKEN")
  private @Nullable String adminToken = System.getenv("EARMARK_ADMIN_TOKEN");

  @Override
  public Integer call() throws IOException, InterruptedException {
    IndexPlace place = index.named(shards);
    boolean indexFirst = true;
    List<CorpusLocation> locations =
        paths.isEmpty()
            ? List.of(new CorpusLocation.Local(seeds()))
            : Indexing.locations(paths, encoding);
    if (place == null) {
      place = new IndexPlace.Folder(IndexPlace.SERVED.resolve(nameOf(locations)));
    } else if (paths.isEmpty() && place.mayBeThere()) {
      if (shards != null) {
        throw new CommandFailedException(
            Main.WRONG_USAGE,
            "--shards is for the index that is made; name the PATHs to put into it before the"
                + " options");
      }
      // An index is named and nothing to put into it: serve what is there.
      indexFirst = false;
      locations = List.of();
    }
    if (watch && locations.isEmpty()) {
      throw new CommandFailedException(
          Main.WRONG_USAGE, "--watch needs the PATHs to watch; name them before the options");
    }
    Meaning meaning = meanings.of(place, System.err);
    try (Watching watching = new Watching(locations, place, allowPrivate, meaning)) {
      if (indexFirst && wait) {
        Indexing.print(watching.read(), System.err);
      }
      try (SearchEngine engine =
          indexFirst ? openOrMake(place, meaning, shards != null) : meaning.openForReading(place)) {
        if (!indexFirst || wait) {
          requireSomething(engine, locations, place);
        }
        List<CorpusLocation> read = locations;
        IndexPlace from = place;
        if (!indexFirst) {
          watching.makeVectors();
        }
        serve(
            engine,
            watching,
            meaning,
            indexFirst && !wait,
            () -> requireSomething(engine, read, from));
      }
    }
    return 0;
  }

  /**
   * Opens an index for reading; where there is none, an empty one is made, to be filled.
   *
   * @param asked whether something is asked of the index that only who writes it can tell to be so
   */
  private static SearchEngine openOrMake(IndexPlace place, Meaning meaning, boolean asked)
      throws IOException {
    if (place.mayBeThere() && !asked) {
      try {
        return meaning.openForReading(place);
      } catch (IndexException e) {
        // There is none yet, or one that must be made anew: who opens it for writing is told which.
      }
    }
    try (IndexSink sink = place.openForWriting()) {
      sink.commit();
    }
    return meaning.openForReading(place);
  }

  private static void requireSomething(
      SearchEngine engine, List<CorpusLocation> locations, IndexPlace place) throws IOException {
    if (engine.status().moments() == 0) {
      throw new CommandFailedException(
          Main.FAILED,
          "there is nothing to serve: no moment was found in "
              + (locations.isEmpty()
                  ? place.toString()
                  : locations.stream()
                      .map(CorpusLocation::toString)
                      .collect(Collectors.joining(", "))));
    }
  }

  private ServerSettings settings(Watching watching, Meaning meaning) {
    if (adminToken != null && adminToken.length() < SHORTEST_TOKEN) {
      throw new CommandFailedException(
          Main.WRONG_USAGE,
          "the admin token is too short to be safe; use at least "
              + SHORTEST_TOKEN
              + " characters");
    }
    return new ServerSettings(
        host,
        port,
        rate,
        behindProxy,
        log,
        adminToken == null ? null : new ServerSettings.Admin(adminToken, watching::update),
        PATIENCE,
        watching::progress,
        dev ? webSources() : null,
        watching.feeds(),
        meaning::progress);
  }

  private static WebSources webSources() {
    String folder = System.getenv("EARMARK_WEB");
    if (folder == null) {
      throw new CommandFailedException(
          Main.WRONG_USAGE,
          "--dev needs the templates of a checkout: clone the repository and run ./earmark serve"
              + " --dev there");
    }
    try {
      return WebSources.in(Path.of(folder));
    } catch (IllegalArgumentException | IOException e) {
      throw new CommandFailedException(Main.WRONG_USAGE, "--dev cannot start: " + e.getMessage());
    }
  }

  /**
   * Serves until the process is stopped.
   *
   * @param read whether there is something to read behind the server's back
   * @param requireSomething fails where the index holds nothing
   */
  private void serve(
      SearchEngine engine,
      Watching watching,
      Meaning meaning,
      boolean read,
      CheckedRunnable requireSomething)
      throws IOException, InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    AtomicReference<@Nullable CommandFailedException> failure = new AtomicReference<>();
    EarmarkServer server = start(engine, settings(watching, meaning));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  stopped.countDown();
                },
                "stop"));
    System.err.println(
        "Earmark is at http://" + host + ":" + server.port() + "  (Ctrl-C stops it)");
    Thread background =
        new Thread(
            () -> {
              try {
                if (read) {
                  readBehind(watching, requireSomething);
                }
                if (watch) {
                  watching.begin();
                }
                EarmarkServer.warmUp(engine);
              } catch (CommandFailedException e) {
                failure.set(e);
                stopped.countDown();
              }
            },
            "reading");
    background.setDaemon(true);
    background.start();
    stopped.await();
    CommandFailedException failed = failure.get();
    if (failed != null) {
      server.close();
      throw failed;
    }
  }

  /** Does what may fail as reading an index does. */
  private interface CheckedRunnable {
    void run() throws IOException;
  }

  private EarmarkServer start(SearchEngine engine, ServerSettings settings) {
    requireFreePort();
    try {
      return EarmarkServer.start(engine, settings);
    } catch (RuntimeException e) {
      throw new CommandFailedException(
          Main.FAILED,
          "cannot listen on "
              + host
              + ":"
              + port
              + "; choose another with --port ("
              + e.getMessage()
              + ")");
    }
  }

  /** Says so in one line if the port is taken; the server would say it at length. */
  private void requireFreePort() {
    if (port == 0) {
      return;
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port));
    } catch (BindException e) {
      throw new CommandFailedException(
          Main.FAILED,
          "cannot listen on "
              + host
              + ":"
              + port
              + ": the port is taken; choose another with --port, or 0 for any that is free");
    } catch (IOException e) {
      // Whatever else is wrong, the server itself tells when it starts.
    }
  }

  /** Reads all there is. Where that fails, what is in the index is served on. */
  private static void readBehind(Watching watching, CheckedRunnable requireSomething) {
    try {
      try {
        IndexSummary summary = watching.read();
        Indexing.print(summary, System.err);
        if (summary.added() + summary.changed() + summary.unchanged() > 0) {
          // It is in the index, if not yet in what the engine reads from.
          return;
        }
      } catch (IOException | IndexException e) {
        System.err.println("earmark: reading stopped: " + e.getMessage());
      }
      requireSomething.run();
    } catch (IOException e) {
      throw new CommandFailedException(Main.FAILED, String.valueOf(e.getMessage()));
    }
  }

  /** The example episode that comes with Earmark: the launcher knows where it stands. */
  private static Path seeds() {
    String folder = System.getenv("EARMARK_SEEDS");
    return Path.of(folder == null ? "seeds" : folder);
  }

  /** A folder name for the index of some locations: the last one's name and a sum of all. */
  private static String nameOf(List<CorpusLocation> locations) {
    CRC32 crc = new CRC32();
    String last = "";
    for (CorpusLocation location : locations) {
      String whole =
          switch (location) {
            case CorpusLocation.Local local -> local.path().toAbsolutePath().normalize().toString();
            case CorpusLocation.Address address -> address.toString();
          };
      crc.update((whole + "\n").getBytes(StandardCharsets.UTF_8));
      Path name = location instanceof CorpusLocation.Local ? Path.of(whole).getFileName() : null;
      last =
          location instanceof CorpusLocation.Address address
              ? String.valueOf(address.address().getHost())
              : name == null ? "root" : name.toString();
    }
    String name = Words.fold(last).replaceAll("[^a-z0-9]+", "-");
    return name + "-" + Long.toHexString(crc.getValue());
  }
}
