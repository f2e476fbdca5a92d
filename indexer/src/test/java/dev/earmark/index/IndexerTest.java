package dev.earmark.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.earmark.corpus.CorpusLocation;
import dev.earmark.corpus.Fetcher;
import dev.earmark.corpus.Thumbnail;
import dev.earmark.index.lucene.IndexCheck;
import dev.earmark.index.lucene.LuceneIndexSink;
import dev.earmark.model.Person;
import dev.earmark.model.Problem;
import dev.earmark.schema.IndexedMoment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs over changing folders and feeds, into a real index. */
class IndexerTest {
  private static final String VTT = "WEBVTT\n\n00:01.000 --> 00:04.000\n%s\n";

  @TempDir Path folder;
  private final Map<String, String> web = new ConcurrentHashMap<>();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  private Path write(String name, String content) throws IOException {
    Path file = folder.resolve("corpus").resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private Path index() {
    return folder.resolve("index");
  }

  private IndexSummary run(Indexer.Prune prune) throws IOException {
    try (LuceneIndexSink sink = LuceneIndexSink.open(index())) {
      return new Indexer(sink, (id, done, of, words) -> {})
          .update(CorpusLocation.ofPaths(List.of(folder.resolve("corpus"))), prune);
    }
  }

  private IndexSummary runOn(String location, Indexer.Prune prune) throws IOException {
    Fetcher.Limits limits =
        new Fetcher.Limits(1 << 20, Duration.ofSeconds(2), Duration.ofSeconds(5));
    try (LuceneIndexSink sink = LuceneIndexSink.open(index());
        Fetcher fetcher = Fetcher.keeping(index().resolve("fetched"), true, limits)) {
      return new Indexer(sink, (id, done, of, words) -> {}, fetcher)
          .update(List.of(CorpusLocation.of(location)), prune);
    }
  }

  /** Words by episode, as the index has them. */
  private Map<String, Long> indexed() throws IOException {
    return IndexedWords.of(index());
  }

  private static List<String> codes(IndexSummary summary) {
    return summary.problems().stream().map(Problem::code).toList();
  }

  @Test
  void whatIsUnchangedIsLeftAndWhatChangedIsReplaced() throws IOException {
    write("a.vtt", VTT.formatted("One two three."));
    write("b.vtt", VTT.formatted("Four five."));
    IndexSummary first = run(Indexer.Prune.KEEP);
    assertThat(first.added()).isEqualTo(2);
    assertThat(first.words()).isEqualTo(5);
    assertThat(first.moments()).isEqualTo(2);

    IndexSummary again = run(Indexer.Prune.KEEP);
    assertThat(again.unchanged()).isEqualTo(2);
    assertThat(again.added() + again.changed()).isZero();
    assertThat(again.words()).isZero();

    write("b.vtt", VTT.formatted("Four five six seven."));
    IndexSummary changed = run(Indexer.Prune.KEEP);
    assertThat(changed.changed()).isEqualTo(1);
    assertThat(changed.unchanged()).isEqualTo(1);
    assertThat(indexed()).containsExactly(Map.entry("a", 3L), Map.entry("b", 4L));
  }

  @Test
  void anUnchangedEpisodeIsNotRead() throws IOException {
    write("a.vtt", VTT.formatted("One."));
    run(Indexer.Prune.KEEP);
    List<String> calls = new ArrayList<>();
    try (LuceneIndexSink sink = LuceneIndexSink.open(index())) {
      IndexSink watched = new Watched(sink, calls);
      new Indexer(watched, (id, done, of, words) -> {}).run(List.of(folder.resolve("corpus")));
    }
    assertThat(calls).containsExactly("commit");
  }

  /** Who spoke is known at the end; what was written before that is written anew, and merged. */
  @Test
  void peopleAreToldFromTheWholeIndexAndNothingIsKeptTwice() throws IOException {
    for (int show = 0; show < 4; show++) {
      write("show" + show + "/show.yaml", "show: Show " + show + "\n");
      for (int episode = 0; episode < 12; episode++) {
        String name = episode % 3 == 0 ? "Ann Hill" : episode % 3 == 1 ? "Ann" : "HILL, ANN";
        write(
            "show" + show + "/talk" + show + episode + ".vtt",
            VTT.formatted("<v Ann Hill>One.\n\n00:05.000 --> 00:09.000\n<v " + name + ">Two."));
      }
    }
    // Beside so much that stays, what is written twice is a small part of its segment.
    StringBuilder reading = new StringBuilder("WEBVTT\n");
    for (int hour = 10; hour < 99; hour++) {
      for (int minute = 10; minute < 60; minute++) {
        String at = hour + ":" + minute;
        reading.append("\n%s:00.000 --> %s:59.000\nMinute %s\n".formatted(at, at, at));
      }
    }
    write("long/reading.vtt", reading.toString());
    run(Indexer.Prune.KEEP);
    try (LuceneIndexSink sink = LuceneIndexSink.open(index())) {
      assertThat(sink.known()).hasSize(49);
      sink.known()
          .forEach((id, episode) ->
              assertThat(episode.people().values())
                  .as(id)
                  .extracting(Person::value)
                  .allMatch(("Ann Hill (" + episode.cast().show() + ")")::equals));
    }
    try (Directory directory = FSDirectory.open(index());
        DirectoryReader reader = DirectoryReader.open(directory)) {
      assertThat(reader.numDeletedDocs()).isZero();
    }
    List<String> calls = new ArrayList<>();
    try (LuceneIndexSink sink = LuceneIndexSink.open(index())) {
      IndexSink watched = new Watched(sink, calls);
      new Indexer(watched, (id, done, of, words) -> {}).run(List.of(folder.resolve("corpus")));
    }
    assertThat(calls).containsExactly("commit");
  }

  /** Notes which calls change the index. */
  private record Watched(IndexSink sink, List<String> calls) implements IndexSink {
    @Override
    public Map<String, ? extends KnownEpisode> known() {
      return sink.known();
    }

    @Override
    public void replace(
        EpisodeEntry entry, List<IndexedMoment> moments, List<IndexedMoment> alternatives)
        throws IOException {
      calls.add("replace");
      sink.replace(entry, moments, alternatives);
    }

    @Override
    public void keep(Thumbnail picture) throws IOException {
      calls.add("keep");
      sink.keep(picture);
    }

    @Override
    public void remove(String episodeId) throws IOException {
      calls.add("remove");
      sink.remove(episodeId);
    }

    @Override
    public void commit() throws IOException {
      calls.add("commit");
      sink.commit();
    }

    @Override
    public void close() throws IOException {
      sink.close();
    }
  }

  @Test
  void whatIsGoneStaysUntilItIsPruned() throws IOException {
    Path file = write("a.vtt", VTT.formatted("One."));
    write("b.vtt", VTT.formatted("Two."));
    run(Indexer.Prune.KEEP);
    Files.delete(file);
    assertThat(run(Indexer.Prune.KEEP).removed()).isZero();
    assertThat(indexed()).containsOnlyKeys("a", "b");
    assertThat(run(Indexer.Prune.ALL).removed()).isEqualTo(1);
    assertThat(indexed()).containsOnlyKeys("b");
  }

  @Test
  void pruningMoreThanHalfIsRefusedUnlessItIsMeant() throws IOException {
    for (String name : List.of("a", "b", "c", "d")) {
      write(name + ".vtt", VTT.formatted("One."));
    }
    run(Indexer.Prune.KEEP);
    for (String name : List.of("a", "b", "c")) {
      Files.delete(folder.resolve("corpus/" + name + ".vtt"));
    }
    write("e.vtt", VTT.formatted("New."));
    assertThatThrownBy(() -> run(Indexer.Prune.UP_TO_HALF))
        .isInstanceOf(IndexException.class)
        .hasMessage(
            "--prune would take out 3 of the 4 episodes, more than half; if their sources are meant"
                + " to be gone, say --yes as well");
    assertThat(indexed()).containsOnlyKeys("a", "b", "c", "d");
    assertThat(run(Indexer.Prune.ALL).removed()).isEqualTo(3);
    assertThat(indexed()).containsOnlyKeys("d", "e");
    Files.delete(folder.resolve("corpus/d.vtt"));
    assertThat(run(Indexer.Prune.UP_TO_HALF).removed()).isEqualTo(1);
  }

  @Test
  void anEpisodeThatMovedIsNotPruned() throws IOException {
    write("old/talk/a.vtt", VTT.formatted("One."));
    write("old/talk/episode.yaml", "id: talk\n");
    run(Indexer.Prune.KEEP);
    Files.move(folder.resolve("corpus/old"), folder.resolve("corpus/new"));
    IndexSummary summary = run(Indexer.Prune.UP_TO_HALF);
    assertThat(summary.removed()).isZero();
    assertThat(summary.changed()).isEqualTo(1);
    assertThat(indexed()).containsOnlyKeys("talk");
    assertThat(run(Indexer.Prune.UP_TO_HALF).unchanged()).isEqualTo(1);
  }

  @Test
  void aSecondWriterIsToldToWait() throws IOException {
    write("a.vtt", VTT.formatted("One."));
    try (LuceneIndexSink first = LuceneIndexSink.open(index())) {
      assertThatThrownBy(() -> LuceneIndexSink.open(index()))
          .isInstanceOf(IndexException.class)
          .hasMessageContaining("is being written by another earmark; wait until it is done")
          .hasMessageContaining(index().toString());
      new Indexer(first, (id, done, of, words) -> {}).run(List.of(folder.resolve("corpus")));
      assertThatThrownBy(() -> IndexCheck.of(index()))
          .isInstanceOf(IndexException.class)
          .hasMessageContaining("is being written by another earmark; wait until it is done");
    }
    assertThat(IndexCheck.of(index()).episodes()).isEqualTo(1);
    assertThat(indexed()).containsOnlyKeys("a");
  }

  @Test
  void aBadFileCostsOnlyItself() throws IOException {
    write("bad.json", "{\"segments\": [{\"start\": ");
    write("empty.vtt", "");
    write("good.vtt", VTT.formatted("Still here."));
    Files.write(
        folder.resolve("corpus/bytes.dat"), new byte[] {0, 1, 2, (byte) 0xFF, (byte) 0xFE, 0, 7});
    IndexSummary summary = run(Indexer.Prune.KEEP);
    assertThat(summary.added()).isEqualTo(1);
    assertThat(summary.failed()).isEqualTo(3);
    assertThat(indexed()).containsOnlyKeys("good");
    assertThat(summary.problems())
        .filteredOn(problem -> problem.severity() == Problem.Severity.ERROR)
        .extracting(problem -> Path.of(problem.source()).getFileName().toString())
        .containsExactlyInAnyOrder("bad.json", "empty.vtt", "bytes.dat");
  }

  @Test
  void aBadFileDoesNotTakeWhatIsIndexed() throws IOException {
    write("a.vtt", VTT.formatted("One two."));
    run(Indexer.Prune.KEEP);
    write("a.vtt", "");
    IndexSummary summary = run(Indexer.Prune.KEEP);
    assertThat(summary.failed()).isEqualTo(1);
    assertThat(indexed()).containsExactly(Map.entry("a", 2L));
    write("a.vtt", VTT.formatted("Better now again."));
    run(Indexer.Prune.KEEP);
    assertThat(indexed()).containsExactly(Map.entry("a", 3L));
  }

  @Test
  void aBrokenManifestLeavesItsEpisodeAsItWas() throws IOException {
    write("talk/a.vtt", VTT.formatted("One."));
    write("talk/episode.yaml", "id: talk\n");
    run(Indexer.Prune.KEEP);
    write("talk/episode.yaml", "id: [talk\n");
    IndexSummary summary = run(Indexer.Prune.ALL);
    assertThat(codes(summary)).containsExactly("bad-manifest");
    assertThat(indexed()).containsOnlyKeys("talk");
  }

  @Test
  void aManifestNeitherMakesObjectsNorGrowsWithoutEnd() throws IOException {
    write("tag/a.vtt", VTT.formatted("One."));
    write("tag/episode.yaml", "id: tag\ntitle: !!java.net.URL [\"http://127.0.0.1:1/\"]\n");
    write("bomb/a.vtt", VTT.formatted("One."));
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 64; i++) {
      bomb.append("a%1$d: &a%1$d [*a%2$d, *a%2$d]\n".formatted(i, i - 1));
    }
    write("bomb/episode.yaml", bomb.append("id: bomb\n").toString());
    write("good/a.vtt", VTT.formatted("Still here."));
    IndexSummary summary = run(Indexer.Prune.KEEP);
    assertThat(codes(summary)).contains("bad-manifest");
    assertThat(indexed()).containsKey("a").doesNotContainKeys("tag", "bomb");
  }

  /** Each name sorts before that of the transcript, so the episode begins with another file. */
  @ParameterizedTest
  @CsvSource({
    "talk.yaml,title: Ropes and knots,talk",
    "talk.chapters.json,'{\"chapters\": [{\"startTime\": 0, \"title\": \"Ropes\"}]}',talk",
    "episode.yaml,title: Ropes and knots,shore"
  })
  void whatComesToLieBesideATranscriptIsOfItsEpisode(String name, String content, String id)
      throws IOException {
    write("shore/talk.vtt", VTT.formatted("hold the rope"));
    write("lake/boat.vtt", VTT.formatted("mind the oar"));
    run(Indexer.Prune.KEEP);
    assertThat(indexed()).containsOnlyKeys("talk", "boat");
    write("shore/" + name, content);
    run(Indexer.Prune.KEEP);
    assertThat(indexed()).containsOnlyKeys(id, "boat");
    assertThat(run(Indexer.Prune.KEEP).unchanged()).isEqualTo(2);
  }

  @Test
  void twoFoldersWithOneNameStayTwoEpisodesInTwoRuns() throws IOException {
    Path one = write("one/001.vtt", VTT.formatted("One.")).getParent();
    Path two = write("two/001.vtt", VTT.formatted("Two two.")).getParent();
    for (Path path : List.of(one, two, one, two)) {
      try (LuceneIndexSink sink = LuceneIndexSink.open(index())) {
        new Indexer(sink, (id, done, of, words) -> {}).run(List.of(path));
      }
    }
    assertThat(indexed().values()).containsExactlyInAnyOrder(1L, 2L);
  }

  private String serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          String body = web.get(path);
          asked.add(path);
          try (exchange) {
            if (body == null) {
              exchange.sendResponseHeaders(404, -1);
              return;
            }
            String tag = "\"" + Integer.toHexString(body.hashCode()) + "\"";
            exchange.getResponseHeaders().add("ETag", tag);
            if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
              exchange.sendResponseHeaders(304, -1);
            } else {
              byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
              exchange.sendResponseHeaders(200, bytes.length);
              exchange.getResponseBody().write(bytes);
            }
          }
        });
    server.start();
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static String feed(String... items) {
    StringBuilder feed =
        new StringBuilder(
            "<rss xmlns:podcast=\"https://podcastindex.org/namespace/1.0\"><channel>"
                + "<title>Harbour</title><language>en</language>");
    for (String id : items) {
      feed.append("<item><title>Item %s</title><guid>%s</guid>".formatted(id, id))
          .append("<podcast:transcript url=\"/t/%s.vtt\" type=\"text/vtt\"/></item>".formatted(id));
    }
    return feed.append("</channel></rss>").toString();
  }

  @Test
  void aFeedIsIndexedAndWhatIsUnchangedIsNotSentAgain() throws IOException {
    String root = serve();
    web.put("/feed", feed("e1", "e2"));
    web.put("/t/e1.vtt", VTT.formatted("Said in one."));
    web.put("/t/e2.vtt", VTT.formatted("Said in number two."));
    IndexSummary first = runOn(root + "/feed", Indexer.Prune.KEEP);
    assertThat(codes(first)).isEmpty();
    assertThat(indexed()).containsExactly(Map.entry("e1", 3L), Map.entry("e2", 4L));
    IndexSummary again = runOn(root + "/feed", Indexer.Prune.KEEP);
    assertThat(again.unchanged()).isEqualTo(2);
    web.put("/t/e2.vtt", VTT.formatted("Said in number two, corrected."));
    assertThat(runOn(root + "/feed", Indexer.Prune.KEEP).changed()).isEqualTo(1);
    assertThat(indexed()).containsEntry("e2", 5L);
    assertThat(asked).as("three documents in three runs, each asked for once a run").hasSize(9);
  }

  @Test
  void whatCannotBeReachedIsReportedAndTakesNothing() throws IOException {
    String root = serve();
    web.put("/feed", feed("e1"));
    web.put("/t/e1.vtt", VTT.formatted("Said in one."));
    runOn(root + "/feed", Indexer.Prune.KEEP);

    web.remove("/t/e1.vtt");
    IndexSummary stale = runOn(root + "/feed", Indexer.Prune.ALL);
    assertThat(codes(stale)).as("an older version was used").containsExactly("cannot-fetch");
    assertThat(stale.problems().getFirst().severity()).isEqualTo(Problem.Severity.WARNING);
    assertThat(stale.unchanged()).isEqualTo(1);

    forgetFetched();
    IndexSummary gone = runOn(root + "/feed", Indexer.Prune.ALL);
    assertThat(codes(gone)).containsExactly("cannot-fetch");
    assertThat(gone.problems().getFirst().describe())
        .isEqualTo(
            root
                + "/t/e1.vtt: error: cannot be fetched: the server answers 404"
                + " (the episode is left as it was)");
    assertThat(indexed()).containsEntry("e1", 3L);

    web.remove("/feed");
    forgetFetched();
    IndexSummary noFeed = runOn(root + "/feed", Indexer.Prune.ALL);
    assertThat(codes(noFeed)).containsExactly("cannot-fetch");
    assertThat(noFeed.removed()).isZero();
    assertThat(indexed()).containsEntry("e1", 3L);

    web.put("/feed", "<html>We have moved</html>");
    assertThat(codes(runOn(root + "/feed", Indexer.Prune.ALL))).containsExactly("not-a-feed");
    assertThat(indexed()).containsEntry("e1", 3L);
  }

  private void forgetFetched() throws IOException {
    try (var files = Files.list(index().resolve("fetched"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void aNewEpisodeIsIndexedWithoutWhatCannotBeReachedAndAgainWhenItCan() throws IOException {
    String root = serve();
    web.put(
        "/feed",
        feed("e1").replace("</item>", "<description>Three plain words</description></item>"));
    IndexSummary first = runOn(root + "/feed", Indexer.Prune.KEEP);
    assertThat(first.added()).isEqualTo(1);
    assertThat(codes(first)).containsExactly("cannot-fetch");
    assertThat(codes(runOn(root + "/feed", Indexer.Prune.KEEP)))
        .as("said again in each run")
        .containsExactly("cannot-fetch");
    web.put("/t/e1.vtt", VTT.formatted("Now it is here."));
    assertThat(runOn(root + "/feed", Indexer.Prune.KEEP).changed()).isEqualTo(1);
    assertThat(indexed()).containsEntry("e1", 7L);
  }

  @Test
  void whatAFeedNoLongerHasStaysUntilItIsPruned() throws IOException {
    String root = serve();
    web.put("/feed", feed("e1", "e2"));
    web.put("/t/e1.vtt", VTT.formatted("One."));
    web.put("/t/e2.vtt", VTT.formatted("Two."));
    runOn(root + "/feed", Indexer.Prune.KEEP);
    write("a.vtt", VTT.formatted("From disk."));
    run(Indexer.Prune.KEEP);
    web.put("/feed", feed("e2"));
    assertThat(runOn(root + "/feed", Indexer.Prune.KEEP).removed()).isZero();
    assertThat(run(Indexer.Prune.ALL).removed())
        .as("a run over files says nothing of feeds")
        .isZero();
    assertThat(runOn(root + "/feed", Indexer.Prune.ALL).removed()).isEqualTo(1);
    assertThat(indexed()).containsOnlyKeys("a", "e2");
  }

  @Test
  void aFeedOnDiskAndItsFilesArePrunedTogether() throws IOException {
    Path feed = write("feed.xml", feed("e1").replace("/t/", "t/"));
    write("t/e1.vtt", VTT.formatted("Beside it."));
    try (LuceneIndexSink sink = LuceneIndexSink.open(index())) {
      new Indexer(sink, (id, done, of, words) -> {}).run(List.of(feed));
    }
    assertThat(indexed()).containsExactly(Map.entry("e1", 2L));
    Files.delete(feed);
    Files.delete(folder.resolve("corpus/t/e1.vtt"));
    write("b.vtt", VTT.formatted("Other."));
    assertThat(run(Indexer.Prune.ALL).removed()).isEqualTo(1);
  }

  @Test
  void aMillionCuesAndALongLineAreIndexedInBoundedTime() throws IOException {
    StringBuilder vtt = new StringBuilder("WEBVTT\n\n");
    for (int i = 0; i < 200_000; i++) {
      int s = i % 60;
      int m = i / 60 % 60;
      int h = i / 3_600;
      vtt.append(
          "%02d:%02d:%02d.000 --> %02d:%02d:%02d.900\nword%d\n\n".formatted(h, m, s, h, m, s, i));
    }
    write("many.vtt", vtt.toString());
    write("line.vtt", VTT.formatted("long ".repeat(2_000_000)));
    long start = System.nanoTime();
    IndexSummary summary = run(Indexer.Prune.KEEP);
    assertThat(summary.added()).isEqualTo(2);
    assertThat(summary.words()).isEqualTo(2_400_000);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
  }
}
