package dev.earmark.cli;

import dev.earmark.corpus.CorpusLocation;
import dev.earmark.http.EarmarkServer;
import dev.earmark.index.IndexSummary;
import dev.earmark.model.Words;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Indexes paths, then serves pages and the API until it is stopped. */
@Command(
    name = "serve",
    description = "Index PATHs (default: seeds), then serve them at http://127.0.0.1:7070",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

  @Parameters(
      paramLabel = "PATH",
      description = "files, folders, RSS files and addresses of feeds to index")
  private List<String> paths = new ArrayList<>();

  @Option(names = "--allow-private", description = Indexing.ALLOW_PRIVATE)
  private boolean allowPrivate;

  @Option(
      names = "--index",
      paramLabel = "DIR",
      description = "where the index is; default: a folder in .earmark for these paths")
  private @Nullable Path index;

  @Option(names = "--port", paramLabel = "N", description = "default: ${DEFAULT-VALUE}")
  private int port = 7070;

  @Option(names = "--host", paramLabel = "H", description = "default: ${DEFAULT-VALUE}")
  private String host = "127.0.0.1";

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = index;
    boolean indexFirst = true;
    List<CorpusLocation> locations =
        paths.isEmpty() ? List.of(new CorpusLocation.Local(seeds())) : Indexing.locations(paths);
    if (folder == null) {
      folder = Path.of(".earmark", nameOf(locations));
    } else if (paths.isEmpty()) {
      // An index is named and nothing to put into it: serve what is there.
      indexFirst = !Files.isDirectory(folder);
    }
    if (indexFirst) {
      IndexSummary summary = Indexing.run(locations, folder, false, allowPrivate, System.err);
      Indexing.print(summary, System.err);
    }
    try (LuceneSearchEngine engine = LuceneSearchEngine.open(folder)) {
      if (engine.status().moments() == 0) {
        throw new CommandFailedException(
            Main.FAILED,
            "there is nothing to serve: no moment was found in "
                + locations.stream()
                    .map(CorpusLocation::toString)
                    .collect(Collectors.joining(", ")));
      }
      serve(engine);
    }
    return 0;
  }

  private void serve(LuceneSearchEngine engine) throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    EarmarkServer server;
    try {
      server = EarmarkServer.start(engine, host, port);
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
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  stopped.countDown();
                },
                "stop"));
    Thread warmUp = new Thread(() -> warmUp(engine), "warm-up");
    warmUp.setDaemon(true);
    warmUp.start();
    System.err.println(
        "Earmark is at http://" + host + ":" + server.port() + "  (Ctrl-C stops it)");
    stopped.await();
  }

  /** The first search loads classes and counts facets; better before somebody waits for it. */
  private static void warmUp(LuceneSearchEngine engine) {
    try {
      SearchRequest request = SearchRequest.of("what \"is it\" about").withLimit(1);
      engine.search(request);
      engine.search(request.groupedByEpisode());
    } catch (IOException | RuntimeException e) {
      LOG.debug("warming up failed; the first search will say why", e);
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
