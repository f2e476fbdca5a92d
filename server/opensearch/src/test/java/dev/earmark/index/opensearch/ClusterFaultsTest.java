package dev.earmark.index.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earmark.cluster.ClusterCorpus;
import dev.earmark.cluster.ClusterFront;
import dev.earmark.cluster.OpenSearchCluster;
import dev.earmark.cluster.Talks;
import dev.earmark.index.IndexException;
import dev.earmark.index.IndexSummary;
import dev.earmark.schema.Schema;
import dev.earmark.search.RequestBudget;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.Trend;
import dev.earmark.search.opensearch.OpenSearchEngine;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What goes wrong in a cluster while it is written and read: nodes die, disks fill, writers die.
 */
@Tag("cluster")
class ClusterFaultsTest {
  private static final Pattern PROGRESS = Pattern.compile("(\\d+) of \\d+ episodes read");
  private static final int EPISODES = Integer.getInteger("earmark.cluster.episodes", 40);
  private static final int TURNS = 100;
  private static final int NODES = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /**
   * A thread for each task. In the common pool, which has one thread on two cores, a task that
   * waits keeps Java's HTTP client from completing any answer, also the one it waits for.
   */
  private static final Executor OWN_THREAD = Thread.ofPlatform().daemon().name("asking-", 0)::start;

  private final OpenSearchCluster cluster = OpenSearchCluster.shared();
  private final ClusterCorpus corpus = ClusterCorpus.in(cluster);

  @TempDir Path folder;

  @Test
  void outlivesANodeThatIsKilled() throws Exception {
    Talks.write(folder, EPISODES, TURNS);
    corpus.index(folder.resolve("talk-000.vtt"));
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Integer> asking =
        CompletableFuture.supplyAsync(() -> askUntil(done), OWN_THREAD);
    CompletableFuture<IndexSummary> indexing = corpus.indexBeyond(EPISODES / 8, folder);
    awaitCopies();
    int killed = cluster.manager();
    cluster.kill(killed);
    try {
      assertThat(indexing.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).added())
          .isEqualTo(EPISODES - 1);
      done.set(true);
      int asked = asking.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(asked).isPositive();
      assertSound();
      System.out.printf(
          Locale.ROOT,
          "figures: ClusterFaultsTest: three nodes, %,d episodes, all asked %,d times, no document"
              + " lost%n",
          EPISODES,
          asked);
    } finally {
      done.set(true);
      cluster.restart(killed);
    }
    assertSound();
    assertThat(corpus.index(folder).unchanged()).isEqualTo(EPISODES);
  }

  /** Every part of an index has a second copy: what has none is lost with its node. */
  private void awaitCopies() throws IOException {
    String health = "/_cluster/health/" + corpus.name() + "?wait_for_status=green&timeout=120s";
    assertThat(cluster.ask("GET", health, "").path("status").asText()).isEqualTo("green");
  }

  /** Asks over and over; gives how often, and fails at the first answer that is none. */
  private int askUntil(AtomicBoolean done) {
    int asked = 0;
    try (OpenSearchEngine engine = OpenSearchEngine.open(corpus.settings())) {
      while (!done.get()) {
        SearchPage page = engine.search(SearchRequest.of("\"turn 7\" -nothing"));
        assertThat(page.total() > 0 || !page.notUnderstood().isEmpty()).isTrue();
        askTheRest(engine);
        asked++;
      }
      engine.refresh();
      assertThat(engine.search(SearchRequest.of("\"turn 7\"")).total()).isEqualTo(EPISODES);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return asked;
  }

  /** What is asked of an engine. */
  private interface Question {
    boolean isAnswered() throws IOException;
  }

  /** All else there is to ask: of the first talk at least, or it is said that something lacks. */
  private static void askTheRest(OpenSearchEngine engine) throws IOException {
    String first = "talk-000";
    SearchRequest turn = SearchRequest.of("turn");
    Map<String, Question> questions =
        Map.of(
            "trend", () -> engine.trend("turn", Trend.By.SPEAKER, SearchRequest.of("")).count() > 0,
            "speaker", () -> engine.speaker("Ann").isPresent(),
            "episodes", () -> !engine.episodes(0, 5).isEmpty(),
            "moments", () -> !engine.moments(first).isEmpty(),
            "matches", () -> !engine.matches(first, turn).isEmpty(),
            "outlines", () -> !engine.outlines(turn, List.of(first)).isEmpty());
    for (Map.Entry<String, Question> question : questions.entrySet()) {
      RequestBudget budget = RequestBudget.of(PATIENCE);
      try {
        budget.run(() ->
            assertThat(question.getValue().isAnswered() || RequestBudget.isCurrentCut())
                .as(question.getKey())
                .isTrue());
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void assertSound() {
    OpenSearchCheck.Result result = OpenSearchCheck.of(corpus.settings());
    assertThat(result.faults()).isEmpty();
    assertThat(result.episodes()).isEqualTo(EPISODES);
    assertThat(result.moments()).isEqualTo(EPISODES * TURNS);
  }

  @Test
  void answersInPartWhileANodeIsSlow() throws Exception {
    Talks.write(folder, EPISODES, 10);
    corpus.index(folder);
    Duration limit = Duration.ofSeconds(3);
    // Of the parts of the index this node lacks at least one, which then only slow ones have.
    int awake = withFewestCopies();
    List<Integer> held = IntStream.range(0, NODES).filter(node -> node != awake).boxed().toList();
    String address = cluster.address(awake) + "/" + corpus.name();
    try (OpenSearchEngine engine =
        OpenSearchEngine.open(OpenSearchSettings.of(List.of(address)), limit)) {
      assertThat(whole(engine, "\"turn 7\"").total()).isEqualTo(EPISODES);
      held.forEach(cluster::hold);
      try {
        long start = System.nanoTime();
        SearchPage page = engine.search(SearchRequest.of("\"turn 8\""));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(took).isLessThan(limit.plusSeconds(20));
        assertThat(page.notUnderstood()).isNotEmpty();
      } finally {
        held.forEach(cluster::release);
      }
      cluster.awaitNodes(NODES);
      engine.refresh();
      assertThat(whole(engine, "\"turn 8\"").total()).isEqualTo(EPISODES);
    }
  }

  @Test
  void keepsNoPartOfWhatAllSearchesShare() throws Exception {
    Talks.write(folder, EPISODES, 10);
    corpus.index(folder);
    AtomicInteger shared = new AtomicInteger();
    ClusterFront.Rule lateOnce =
        (exchange, body) -> {
          String asked = new String(body, StandardCharsets.UTF_8);
          if (!asked.contains("\"heard\"") || shared.getAndIncrement() > 0) {
            return false;
          }
          ClusterFront.answer(
              exchange, 200, "{\"timed_out\":true}".getBytes(StandardCharsets.UTF_8));
          return true;
        };
    try (ClusterFront front = ClusterFront.open(cluster.address(0), lateOnce);
        OpenSearchEngine engine =
            OpenSearchEngine.open(
                OpenSearchSettings.of(List.of(front.address() + "/" + corpus.name())))) {
      assertThat(whole(engine, "\"turn 7\"").total()).isEqualTo(EPISODES);
      assertThat(shared.get()).isGreaterThan(1);
      // While copies settle there may be a newer state, which is asked of again.
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      int asked;
      do {
        asked = shared.get();
        assertThat(whole(engine, "\"turn 8\"").total()).isEqualTo(EPISODES);
      } while (shared.get() != asked && System.nanoTime() < deadline);
      assertThat(shared.get()).isEqualTo(asked);
    }
  }

  /** The node that has the fewest of the index's parts, each of which two of the three have. */
  private int withFewestCopies() throws IOException {
    awaitCopies();
    cluster.awaitNodes(NODES);
    int[] copies = new int[NODES];
    cluster
        .ask("GET", "/_cat/shards/" + corpus.name() + "?format=json&h=node", "")
        .forEach(copy -> copies[Integer.parseInt(copy.path("node").asText().substring(4))]++);
    return IntStream.range(0, NODES)
        .boxed()
        .min(Comparator.comparingInt(node -> copies[node]))
        .orElseThrow();
  }

  /** The first answer that has all in it: a machine with much to do may take its time. */
  private static SearchPage whole(OpenSearchEngine engine, String query) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    SearchPage page = engine.search(SearchRequest.of(query));
    while (!page.notUnderstood().isEmpty() && System.nanoTime() < deadline) {
      page = engine.search(SearchRequest.of(query));
    }
    return page;
  }

  @Test
  void waitsWhileADiskIsFull() throws Exception {
    Talks.write(folder, EPISODES, TURNS);
    corpus.index(folder.resolve("talk-000.vtt"));
    CompletableFuture<IndexSummary> indexing = corpus.indexBeyond(EPISODES / 8, folder);
    block("true");
    long blocked = written();

    // What was under way when the block came is written; then nothing is.
    OpenSearchSettings impatient =
        corpus.settings().withPatience(Duration.ofSeconds(5), Duration.ofMillis(100));
    assertThatThrownBy(() -> OpenSearchIndexSink.open(impatient))
        .isInstanceOf(IndexException.class)
        .hasMessageContaining(corpus.name() + "-" + Schema.VERSION + "-1")
        .hasMessageContaining(cluster.address(0).toString())
        .hasMessageContaining("disk usage exceeded flood-stage watermark")
        .hasMessageContaining("make room");
    assertThat(indexing).isNotDone();

    block("null");
    assertThat(indexing.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).added())
        .isEqualTo(EPISODES - 1);
    assertThat(written()).isGreaterThan(blocked);
    assertSound();
  }

  private long written() throws IOException {
    return cluster
        .ask("GET", "/" + corpus.name() + "-*/_stats/indexing", "")
        .at("/_all/primaries/indexing/index_total")
        .asLong();
  }

  private void block(String value) throws IOException {
    JsonNode answer =
        cluster.ask(
            "PUT",
            "/" + corpus.name() + "-*/_settings",
            "{\"index.blocks.read_only_allow_delete\":%s}".formatted(value));
    assertThat(answer.path("acknowledged").asBoolean()).isTrue();
  }

  @Test
  void isMadeWholeAfterItsWriterWasKilled() throws Exception {
    Talks.write(folder, EPISODES, TURNS);
    // The episodes that stand in the index are longer than what takes their place.
    Files.writeString(folder.resolve("talk-003.vtt"), Talks.talk(3, 2 * TURNS));
    corpus.index(folder);
    Talks.write(folder, EPISODES, TURNS);
    for (int i = 0; i < EPISODES; i += 2) {
      Files.writeString(
          folder.resolve("talk-%03d.vtt".formatted(i)), Talks.talk(1_000 + i, TURNS + 20));
    }
    Process writer = ownProcess();
    awaitProgress(writer, EPISODES / 4);
    writer.destroyForcibly().waitFor();

    Talks.write(folder, EPISODES, TURNS);
    IndexSummary summary = corpus.index(folder);
    assertThat(summary.changed()).isPositive();
    assertSound();
    assertThat(corpus.count(corpus.name(), "{\"query\":{\"term\":{\"text\":\"turn110\"}}}"))
        .isZero();
  }

  /** The command as somebody runs it who watches. */
  private Process ownProcess() throws IOException {
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "dev.earmark.cli.Main",
            "index",
            folder.toString(),
            "--engine",
            "opensearch",
            "--opensearch",
            cluster.addresses().stream()
                .map(address -> address + "/" + corpus.name())
                .collect(Collectors.joining(",")));
    command.environment().put("EARMARK_TERMINAL", "err");
    return command.start();
  }

  /** Reads what a run says until so many episodes are read, or a few more. */
  private static void awaitProgress(Process writer, int episodes) throws IOException {
    StringBuilder written = new StringBuilder();
    BufferedReader reader = writer.errorReader(StandardCharsets.UTF_8);
    int done = 0;
    while (done < episodes) {
      int letter = reader.read();
      assertThat(letter).as(written.toString()).isNotNegative();
      written.append((char) letter);
      Matcher last = PROGRESS.matcher(written);
      if (last.find()) {
        done = Integer.parseInt(last.group(1));
        written.setLength(0);
      }
    }
    assertThat(done).as("read before it could be stopped").isLessThan(EPISODES);
  }

  /** An index of the schema before, and one of this schema that is laid out as it was at first. */
  @ParameterizedTest
  @ValueSource(ints = {1, 0})
  void movesToAnotherSchemaUnderAReader(int older) throws Exception {
    Talks.write(folder, EPISODES, TURNS);
    corpus.index(folder);
    OpenSearchIndex.Version old = makeOld(Schema.VERSION - older);
    assertThatThrownBy(() -> OpenSearchEngine.open(corpus.settings()).close())
        .isInstanceOf(IndexException.class)
        .hasMessageContaining(
            "has schema %d, layout 1, this Earmark reads %d, %d; run ./earmark index with all its"
                    .formatted(old.schema(), Schema.VERSION, OpenSearchIndex.LAYOUT)
                + " PATHs once");
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger asked = new AtomicInteger();
    CompletableFuture<Void> asking =
        CompletableFuture.runAsync(
            () -> {
              while (!done.get()) {
                try {
                  // Every answer is whole, whichever of the two gives it.
                  assertThat(corpus.count(Schema.ORDINAL)).isEqualTo(EPISODES * TURNS);
                  asked.incrementAndGet();
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              }
            },
            OWN_THREAD);
    try {
      assertThatThrownBy(() -> corpus.index(folder.resolve("talk-001.vtt")))
          .isInstanceOf(IndexException.class)
          .hasMessageContaining("it lacks " + (EPISODES - 1) + " of the episodes of " + old.name())
          .hasMessageContaining("talk-000");
      assertThat(current()).isEqualTo(old);

      IndexSummary summary = corpus.index(folder);
      assertThat(summary.unchanged()).isEqualTo(1);
      assertThat(summary.changed()).isEqualTo(EPISODES - 1);
    } finally {
      done.set(true);
    }
    asking.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(asked.get()).isPositive();
    assertThat(current().isCurrent()).isTrue();
    assertThat(corpus.count(old.name(), "{\"query\":{\"exists\":{\"field\":\"ordinal\"}}}"))
        .isEqualTo(EPISODES * TURNS);
    assertSound();
  }

  private OpenSearchIndex.Version current() {
    try (OpenSearchClient client = OpenSearchClient.open(corpus.settings())) {
      return OpenSearchIndex.current(client).orElseThrow();
    }
  }

  /**
   * Puts the index behind the name that one of a schema would have that does not tell its layout.
   */
  private OpenSearchIndex.Version makeOld(int schema) throws IOException {
    String now = current().name();
    String old = corpus.name() + "-" + schema + "-0";
    ask("PUT", "/" + now + "/_settings", "{\"index.blocks.write\":true}");
    ask("PUT", "/" + now + "/_clone/" + old, "{\"settings\":{\"index.blocks.write\":null}}");
    ask(
        "PUT",
        "/" + old + "/_mapping",
        "{\"_meta\":{\"earmark\":{\"schema\":%d}}}".formatted(schema));
    ask("GET", "/_cluster/health/" + old + "?wait_for_status=green&timeout=30s", "");
    ask(
        "POST",
        "/_aliases",
        "{\"actions\":[{\"remove_index\":{\"index\":\"%s\"}},{\"add\":{\"index\":\"%s\",\"alias\":\"%s\"}}]}"
            .formatted(now, old, corpus.name()));
    return new OpenSearchIndex.Version(old, schema, 1);
  }

  private void ask(String method, String path, String body) throws IOException {
    assertThat(cluster.ask(method, path, body).has("error")).as(method + " " + path).isFalse();
  }
}
