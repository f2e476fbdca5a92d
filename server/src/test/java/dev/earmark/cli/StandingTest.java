package dev.earmark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.earmark.Foreign;
import dev.earmark.Seeds;
import dev.earmark.search.Hit;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Standing searches from the command line: processes that are killed, receivers that fail. */
class StandingTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int ROUNDS = Integer.getInteger("earmark.standing.rounds", 4);

  private static final int A_ROUND = 6;

  @TempDir Path folder;
  private Path corpus;
  private Path index;
  private Receiver receiver;

  @BeforeEach
  void start() throws IOException {
    corpus = Files.createDirectories(folder.resolve("corpus"));
    index = folder.resolve("index");
    receiver = new Receiver();
    talk("first", "The harbour was there before.");
    assertThat(Ran.run("index", corpus, "--index", index).status()).isZero();
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  private void talk(String name, String text) throws IOException {
    Files.writeString(
        corpus.resolve(name + ".vtt"), "WEBVTT\n\n00:01.000 --> 00:06.000\n<v Ada>" + text + "\n");
  }

  private Ran add(Object... more) {
    List<Object> all = new ArrayList<>(List.of("standing", "add", "tides", "harbour"));
    all.addAll(List.of("--index", index));
    all.addAll(List.of(more));
    return Ran.run(all.toArray());
  }

  private Ran index() {
    return Ran.run("index", corpus, "--index", index);
  }

  /** Takes what is posted as told, and keeps each message by its id. */
  private static final class Receiver {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    final Map<String, JsonNode> taken = new ConcurrentHashMap<>();
    final java.util.concurrent.atomic.AtomicInteger asked =
        new java.util.concurrent.atomic.AtomicInteger();
    final List<String> forged = new ArrayList<>();
    volatile String secret = "";

    /** The status to answer; 0 to hang up without an answer. A 2xx or 0 takes the message. */
    volatile Function<String, Integer> answer = id -> 204;

    Receiver() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(threads);
      server.createContext("/", this::take);
      server.start();
    }

    String address() {
      return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    private void take(HttpExchange exchange) throws IOException {
      byte[] body = exchange.getRequestBody().readAllBytes();
      asked.incrementAndGet();
      String id = exchange.getRequestHeaders().getFirst("webhook-id");
      String time = exchange.getRequestHeaders().getFirst("webhook-timestamp");
      String signature = exchange.getRequestHeaders().getFirst("webhook-signature");
      if (!("v1," + sign(id + "." + time + ".", body)).equals(signature)) {
        synchronized (forged) {
          forged.add(id);
        }
      }
      int status = answer.apply(id);
      if (status / 100 == 2 || status == 0) {
        taken.putIfAbsent(id, JSON.readTree(body));
      }
      if (status == 301) {
        exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
      }
      if (status != 0) {
        exchange.sendResponseHeaders(status, -1);
      }
      exchange.close();
    }

    private String sign(String head, byte[] body) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        mac.update(head.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(mac.doFinal(body));
      } catch (java.security.GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    /** How often each moment was told of, under different ids. */
    Map<String, Integer> moments() {
      Map<String, Integer> moments = new TreeMap<>();
      taken
          .values()
          .forEach(body ->
              body.path("hits")
                  .forEach(hit -> moments.merge(hit.path("text").asText(), 1, Integer::sum)));
      return moments;
    }

    void close() {
      server.stop(0);
      threads.shutdownNow();
    }
  }

  @Test
  void whatIsNewIsFoundOnceAndDeliveredToAWebhookAndAFeed() throws IOException {
    Ran added = add("--webhook", receiver.address(), "--allow-private");
    assertThat(added.status()).as(added.err()).isZero();
    receiver.secret = added.out().strip();
    assertThat(index().status()).isZero();
    assertThat(receiver.taken).as("what was there before is not new").isEmpty();

    talk("second", "Another harbour, with a barometer.");
    talk("third", "Nothing of the kind.");
    Ran ran = index();
    assertThat(ran.err()).contains("standing searches: 1 moment found, 1 message sent");
    assertThat(receiver.moments()).containsOnly(Map.entry("Another harbour, with a barometer.", 1));
    JsonNode body = receiver.taken.values().iterator().next();
    assertThat(body.at("/search/name").asText()).isEqualTo("tides");
    assertThat(body.at("/hits/0/page").asText())
        .startsWith("http://127.0.0.1:7070/e/second?t=")
        .isNotBlank();
    assertThat(index.resolve("standing/tides.rss"))
        .content()
        .contains("<item>")
        .contains("Another harbour, with a barometer.")
        .doesNotContain("before");

    // The same words in the same episode are nothing new, wherever they lie.
    Files.writeString(
        corpus.resolve("second.vtt"),
        "WEBVTT\n\n00:03.000 --> 00:09.000\n<v Ada>Another harbour, with a barometer.\n\n"
            + "01:00.000 --> 01:09.000\n<v Ada>And a third harbour, later.\n");
    index();
    assertThat(receiver.moments())
        .containsOnly(
            Map.entry("Another harbour, with a barometer.", 1),
            Map.entry("And a third harbour, later.", 1));
    assertThat(receiver.forged).isEmpty();
    assertThat(Ran.run("standing", "list", "--index", index).out())
        .contains("tides\tharbour\t" + receiver.address());
    assertThat(Ran.run("standing", "remove", "tides", "--index", index).status()).isZero();
    talk("fourth", "A harbour nobody asks for.");
    index();
    assertThat(receiver.moments()).hasSize(2);
  }

  /** A page offers them where nothing has all, and inside an episode; nobody asked to be told. */
  @Test
  void whatHasOnlySomeOfTheWordsIsNotToldOf() throws IOException {
    Ran.run("standing", "add", "budget", "budget meeting", "--index", index);
    talk("some", "The budget was large that year.");
    assertThat(index().err()).doesNotContain("standing searches");
    Files.writeString(
        corpus.resolve("all.vtt"),
        "WEBVTT\n\n00:01.000 --> 00:06.000\nThe budget meeting began.\n\n"
            + "30:00.000 --> 30:06.000\nThe budget again.\n");
    assertThat(index().err()).contains("standing searches: 1 moment found");
    assertThat(index.resolve("standing/budget.rss"))
        .content()
        .contains("The budget meeting began.")
        .doesNotContain("large that year", "The budget again.");
  }

  @Test
  void theServerServesTheFeed() throws Exception {
    assertThat(add().status()).isZero();
    try (Served served = Served.start(folder, corpus.toString(), "--watch")) {
      talk("second", "A harbour while it is watched.");
      served.await(
          "the feed",
          () -> served.get("/standing/tides.rss").contains("A harbour while it is watched."));
      var list = Foreign.read("opml", served.get("/api/v1/feeds.opml?standing=true"));
      assertThat(list.at("/body/outlines")).hasSize(1);
      assertThat(list.at("/body/outlines/0/xmlUrl").asText()).endsWith("/standing/tides.rss");
      assertThat(list.at("/body/outlines/0/text").asText()).isNotBlank();
      // The file with the secrets.
      assertThatThrownBy(() -> served.get("/standing/searches.json"))
          .hasMessageContaining("there is no feed");
    }
  }

  @Test
  void receiversThatFailAreToldOfWithARemedyAndNothingIsLost() throws IOException {
    receiver.secret = add("--webhook", receiver.address(), "--allow-private").out().strip();
    receiver.answer = id -> 500;
    talk("second", "One harbour.");
    assertThat(index().err())
        .contains(receiver.address() + " answers 500")
        .contains("1 message will be tried again");
    receiver.answer = id -> 301;
    Ran moved = Ran.run("standing", "run", "--wait", "--retry", 1, "--index", index);
    assertThat(moved.status()).isEqualTo(1);
    assertThat(moved.err())
        .contains("answers 301, moved to http://127.0.0.1:1/elsewhere")
        .contains("redirects are not followed")
        .contains("1 dead letter")
        .contains("standing run --dead");
    receiver.answer = id -> 204;
    assertThat(Ran.run("standing", "run", "--index", index).err()).contains("0 messages sent");
    Ran again = Ran.run("standing", "run", "--dead", "--index", index);
    assertThat(again.err()).contains("1 message sent");
    assertThat(again.status()).isZero();
    assertThat(receiver.moments()).containsOnly(Map.entry("One harbour.", 1));
  }

  @Test
  void badInputIsRefusedWhereItIsGiven() throws IOException {
    Ran hidden = add("--webhook", receiver.address());
    assertThat(hidden.status()).isEqualTo(1);
    assertThat(hidden.err())
        .contains("is at the private address 127.0.0.1")
        .contains("--allow-private");
    Ran query = Ran.run("standing", "add", "odd", "harbour OR", "--index", index);
    assertThat(query.status()).isEqualTo(1);
    assertThat(query.err()).contains("\"odd\" is not understood at character ");
    assertThat(Ran.run("standing", "add", "Tides 1", "harbour", "--index", index).err())
        .contains("small letters, digits and hyphens");
    assertThat(add("--only", "colour=red").err()).contains("--only takes FACET=VALUE");
    assertThat(add().status()).isZero();
    assertThat(add().err()).contains("there is a standing search \"tides\" already");
    assertThat(Ran.run("standing", "remove", "other", "--index", index).err())
        .contains("no standing search \"other\"");

    // Who edits the file by hand is told where it is wrong; the index is brought up to date anyway.
    Path file = index.resolve("standing/searches.json");
    String good = Files.readString(file);
    Files.writeString(file, good.replace("\"harbour\"", "\"harbour OR\""));
    talk("second", "A harbour for later.");
    Ran ran = index();
    assertThat(ran.status()).isZero();
    assertThat(ran.err()).contains("1 new").contains("\"tides\" is not understood");
    Files.writeString(file, good.substring(0, good.length() / 2));
    assertThat(index().err()).contains("searches.json cannot be understood in line ");
    Files.writeString(file, good);
    index();
    assertThat(index.resolve("standing/tides.rss")).content().contains("A harbour for later.");
  }

  /** A run of a command in a process of its own. */
  private Process process(Map<String, String> environment, Object... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.addAll(List.of(System.getProperty("java.class.path"), Main.class.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(folder.resolve("said.log").toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Runs a command and kills it in the midst of what it sends; 0 if it was over before. */
  private int killed(Random random, Object... arguments) throws Exception {
    int until;
    synchronized (random) {
      until = receiver.asked.get() + 1 + random.nextInt(5);
    }
    Process run = process(Map.of(), arguments);
    while (run.isAlive() && receiver.asked.get() < until) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    // SIGKILL on Unix: nothing is flushed, no hook runs.
    int killed = run.isAlive() ? 1 : 0;
    run.destroyForcibly().waitFor();
    return killed;
  }

  @Test
  void neverTwiceAndNeverLostOverKills() throws Exception {
    long seed = Seeds.seed();
    Random random = new Random(seed);
    receiver.secret = add("--webhook", receiver.address(), "--allow-private").out().strip();
    receiver.answer =
        id -> {
          synchronized (random) {
            // Taken and told so; taken and hung up; refused.
            return List.of(204, 204, 0, 500, 503).get(random.nextInt(5));
          }
        };
    int killed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < A_ROUND; i++) {
        talk("talk-" + round + "-" + i, "The harbour of round " + round + ", number " + i + ".");
      }
      killed += killed(random, "index", corpus, "--index", index);
      killed += killed(random, "standing", "run", "--wait", "--retry", 20, "--index", index);
    }
    assertThat(index().status()).isZero();
    receiver.answer = id -> 204;
    Ran last = Ran.run("standing", "run", "--wait", "--retry", 1, "--index", index);
    assertThat(last.status()).as(last.err()).isZero();
    Map<String, Integer> expected = new TreeMap<>();
    try (LuceneSearchEngine engine = LuceneSearchEngine.open(index)) {
      for (Hit hit :
          engine.search(SearchRequest.of("harbour").withLimit(SearchRequest.MOST_HITS)).hits()) {
        if (!hit.episode().id().equals("first")) {
          expected.put(hit.snippet().text(), 1);
        }
      }
    }
    assertThat(expected).hasSize(A_ROUND * ROUNDS);
    System.out.println(
        "standing searches: "
            + killed
            + " kills, "
            + receiver.asked
            + " requests, "
            + receiver.taken.size()
            + " messages");
    assertThat(receiver.moments()).as("the same again with -Dseed=" + seed).isEqualTo(expected);
    assertThat(receiver.forged).isEmpty();
  }

  @Test
  void mailGoesThroughAServer() throws Exception {
    Path box = folder.resolve("mailbox");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Map<String, String> settings =
        Map.of("EARMARK_SMTP", "smtp://127.0.0.1:" + port, "EARMARK_MAIL_FROM", "ear@example.org");
    assertThat(add("--mail", "ada@example.org").status()).isZero();
    talk("second", "Ein Hafen heißt harbour.");
    assertThat(index().err()).contains("no mail server is named").contains("EARMARK_SMTP=");
    // Nobody listens yet.
    Process refused = process(settings, "standing", "run", "--index", index, "--retry", 1);
    assertThat(refused.waitFor()).isEqualTo(1);
    Process server =
        new ProcessBuilder(
                "aiosmtpd",
                "-n",
                "-l",
                "127.0.0.1:" + port,
                "-c",
                "aiosmtpd.handlers.Mailbox",
                box.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("smtp.log").toFile())
            .start();
    try {
      await(port);
      Process run = process(settings, "standing", "run", "--wait", "--retry", 1, "--index", index);
      assertThat(run.waitFor()).as(Files.readString(folder.resolve("said.log"))).isZero();
      List<Path> mails;
      try (Stream<Path> all = Files.list(box.resolve("new"))) {
        mails = all.toList();
      }
      assertThat(mails).hasSize(1);
      String mail = Files.readString(mails.getFirst());
      assertThat(mail)
          .contains("From: ear@example.org")
          .contains("To: ada@example.org")
          .contains("Subject: tides: 1 moment in ")
          .containsPattern("Message-ID: <msg_[0-9a-f]{24}@earmark>")
          .contains("/e/second?t=");
      process(settings, "standing", "run", "--index", index).waitFor();
      try (Stream<Path> all = Files.list(box.resolve("new"))) {
        assertThat(all.count()).as("it is sent once").isEqualTo(1);
      }
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  /** Waits until somebody listens. */
  private static void await(int port) throws InterruptedException {
    for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30); System.nanoTime() < end; ) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException notYet) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
    throw new AssertionError("the mail server did not start");
  }
}
