package dev.earmark.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earmark.CheckingClient;
import dev.earmark.search.Corpora;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What strangers may not do, and what the server does when it is asked too much. */
class TrustTest {
  private static final HttpClient CLIENT = CheckingClient.create();
  private static final String TOKEN = "a token of some length";

  @TempDir static Path folder;
  private static LuceneSearchEngine engine;
  private static EarmarkServer shared;

  @BeforeAll
  static void start() throws IOException {
    Corpora.index(folder.resolve("index"), Corpora.SEEDS);
    engine = LuceneSearchEngine.open(folder.resolve("index"));
    shared = EarmarkServer.start(engine, 0);
  }

  @AfterAll
  static void stop() throws IOException {
    shared.close();
    engine.close();
  }

  private static ServerSettings settings(double rate, ServerSettings.Admin admin) {
    return new ServerSettings(
        "127.0.0.1",
        0,
        rate,
        true,
        ServerSettings.RequestLogging.REQUESTS,
        admin,
        Duration.ofSeconds(4),
        Optional::empty,
        null);
  }

  private static HttpRequest.Builder to(EarmarkServer server, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/?q=geniuses",
        "/e/dario-amodei-2026",
        "/api/v1/search?q=x",
        "/nothing",
        "/e/none",
        "/metrics",
        "/assets/none"
      })
  void everyAnswerCarriesTheHeadersThatProtectItsReader(String path) throws Exception {
    HttpResponse<String> answer =
        send(to(shared, path).header("Accept", "text/html").header("Origin", "https://evil.test"));
    Map<String, List<String>> headers = answer.headers().map();
    String policy = answer.headers().firstValue("Content-Security-Policy").orElseThrow();
    assertThat(policy)
        .contains("default-src 'none'")
        .contains("script-src 'self'")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(headers)
        .containsEntry("x-content-type-options", List.of("nosniff"))
        .containsEntry("x-frame-options", List.of("DENY"))
        .containsEntry("referrer-policy", List.of("strict-origin-when-cross-origin"))
        .containsEntry("cross-origin-opener-policy", List.of("same-origin"))
        .containsKeys("vary", "x-request-id", "cache-control")
        .doesNotContainKeys("access-control-allow-origin", "server", "set-cookie");
  }

  @Test
  void anAnswerThatIsKnownIsNotSentAgain() throws Exception {
    HttpResponse<String> first = send(to(shared, "/api/v1/episodes"));
    String tag = first.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again = send(to(shared, "/api/v1/episodes").header("If-None-Match", tag));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/e/..%2f..%2fetc%2fpasswd",
        "/assets/..%2f..%2fopenapi.json",
        "/assets/%2e%2e/%2e%2e/openapi.json",
        "/assets/../openapi.json",
        "/assets//etc/passwd",
        "/media/..%2f..%2fetc/audio",
        "/media/dario-amodei-2026/..%2f..%2fepisode.yaml",
        "/api/v1/episodes/..%2f/transcript.txt",
        "/api/v1/episodes/%00/moments",
        "/e/%0d%0aSet-Cookie:%20a=b",
        "/e/%c0%af"
      })
  void noPathLeadsOutOfTheHouse(String path) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", shared.port())) {
      // By hand: a client would tidy the path up first.
      String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).matches("(?s)HTTP/1.1 4\\d\\d .*");
      assertThat(answer)
          .doesNotContain("root:")
          .doesNotContain("<configuration>")
          .doesNotContainIgnoringCase("\r\nset-cookie:");
    }
  }

  @Test
  void nothingIsWrittenWithoutTheToken() throws Exception {
    List<String> updates = new ArrayList<>();
    ServerSettings.Admin admin =
        new ServerSettings.Admin(
            TOKEN,
            () -> {
              updates.add("update");
              return Optional.empty();
            });
    assertThat(admin.toString()).doesNotContain(TOKEN);
    try (EarmarkServer closed = EarmarkServer.start(engine, 0);
        EarmarkServer open = EarmarkServer.start(engine, settings(0, admin))) {
      HttpRequest.BodyPublisher nothing = HttpRequest.BodyPublishers.noBody();
      assertThat(send(to(closed, "/api/v1/index").POST(nothing)).statusCode()).isEqualTo(404);
      for (String header :
          List.of("", "Bearer", "Bearer ", "Bearer " + TOKEN + "x", TOKEN, "Basic " + TOKEN)) {
        HttpRequest.Builder request = to(open, "/api/v1/index").POST(nothing);
        if (!header.isEmpty()) {
          request.header("Authorization", header);
        }
        HttpResponse<String> refused = send(request);
        assertThat(refused.statusCode()).as(header).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(refused.body()).doesNotContain(TOKEN);
      }
      assertThat(updates).isEmpty();
      HttpResponse<String> busy =
          send(to(open, "/api/v1/index").POST(nothing).header("Authorization", "Bearer " + TOKEN));
      assertThat(busy.statusCode()).as(busy.body()).isEqualTo(409);
      assertThat(updates).hasSize(1);
      for (String method : List.of("PUT", "DELETE", "PATCH", "POST")) {
        assertThat(send(to(open, "/api/v1/search?q=x").method(method, nothing)).statusCode())
            .as(method)
            .isIn(404, 405);
      }
    }
  }

  @Test
  void aClientThatAsksTooMuchIsToldToWaitAndOthersAreNot() throws Exception {
    try (EarmarkServer server = EarmarkServer.start(engine, settings(0.5, null))) {
      int answered = 0;
      HttpResponse<String> last = null;
      for (int i = 0; i < 12; i++) {
        last = send(to(server, "/healthz").header("X-Forwarded-For", "1.2.3.4, 203.0.113.5"));
        answered += last.statusCode() == 200 ? 1 : 0;
      }
      assertThat(answered).isBetween(5, 7);
      assertThat(last.statusCode()).isEqualTo(429);
      assertThat(last.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(new ObjectMapper().readTree(last.body()).path("title").asText())
          .isEqualTo("Too many requests");
      for (String other : List.of("203.0.113.6", "2001:db8::1", "not an address")) {
        assertThat(send(to(server, "/healthz").header("X-Forwarded-For", other)).statusCode())
            .as(other)
            .isEqualTo(200);
      }
      assertThat(send(to(server, "/healthz")).statusCode()).as("this machine").isEqualTo(200);
    }
  }

  @Test
  void aClientMayNotSayWhoItIsUnlessAProxyIsTrusted() {
    Clients clients = new Clients(0.1, false);
    assertThat(clients.client("198.51.100.7").mayAsk()).isTrue();
    assertThat(clients.client("198.51.100.7").mayAsk()).isFalse();
    assertThat(clients.client("2001:db8:1:2:3::4").mayAsk()).isTrue();
    assertThat(clients.client("2001:db8:1:2:9::9").mayAsk()).as("the same network").isFalse();
    assertThat(clients.client("[::1]").mayAsk()).isTrue();
    assertThat(clients.client("::1").mayAsk()).isTrue();
  }

  @Test
  void aClientThatTakesTooMuchProcessorTimeWaitsAndOthersDoNot() throws Exception {
    Clients clients = new Clients(10_000, true, Duration.ofMillis(2));
    try (EarmarkServer server =
        EarmarkServer.start(
            engine, settings(10_000, null), new Guard(clients, new Gate(4, 16, 5_000)))) {
      HttpResponse<String> last = null;
      int answered = 0;
      for (int i = 0; i < 2_000 && (last == null || last.statusCode() == 200); i++) {
        last = send(to(server, "/?q=a*+e*+o*+" + i).header("X-Forwarded-For", "198.51.100.7"));
        answered += last.statusCode() == 200 ? 1 : 0;
      }
      assertThat(last.statusCode()).isEqualTo(429);
      assertThat(answered).isPositive();
      assertThat(last.body()).contains("took more time than one client may take");
      int seconds = Integer.parseInt(last.headers().firstValue("Retry-After").orElseThrow());
      assertThat(seconds).isBetween(1, 600);
      // An answer that took seconds is not kept, as may be on a busy machine: then it is asked
      // anew.
      await(
          "what is known costs nothing",
          () -> {
            String known = "/?q=geniuses";
            assertThat(send(to(server, known).header("X-Forwarded-For", "127.0.0.1")).statusCode())
                .isEqualTo(200);
            return send(to(server, known).header("X-Forwarded-For", "198.51.100.7")).statusCode()
                == 200;
          });
      for (String other : List.of("198.51.100.8", "2001:db8::1", "127.0.0.1")) {
        assertThat(
                send(to(server, "/?q=geniuses&limit=3").header("X-Forwarded-For", other))
                    .statusCode())
            .as(other)
            .isEqualTo(200);
      }
    }
  }

  @Test
  void whatAClientOwesIsMadeGoodInTime() {
    Clients clients = new Clients(10, false, Duration.ofMillis(100));
    Clients.Client client = clients.client("198.51.100.7");
    assertThat(client.secondsInDebt()).isZero();
    client.spend(TimeUnit.MILLISECONDS.toNanos(799));
    assertThat(client.secondsInDebt()).as("eight seconds of a tenth").isZero();
    client.spend(TimeUnit.SECONDS.toNanos(1));
    assertThat(client.secondsInDebt()).as("a second of a tenth").isBetween(9L, 11L);
    assertThat(clients.client("198.51.100.8").secondsInDebt()).isZero();
    assertThat(clients.client("127.0.0.1").secondsInDebt()).isZero();
  }

  @Test
  void oneClientHasOnlyAPartOfTheCores() {
    Clients.Client client = new Clients(10, false).client("198.51.100.7");
    int most = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    for (int i = 0; i < most; i++) {
      assertThat(client.enter(0)).isTrue();
    }
    assertThat(client.enter(1)).isFalse();
    client.leave();
    assertThat(client.enter(0)).isTrue();
  }

  @Test
  void hugeHeadersAndBodiesAreRefused() throws Exception {
    try (EarmarkServer server =
        EarmarkServer.start(
            engine, settings(0, new ServerSettings.Admin(TOKEN, Optional::empty)))) {
      assertThat(send(to(server, "/").header("X-Long", "x".repeat(20_000))).statusCode())
          .isEqualTo(431);
      assertThat(send(to(server, "/api/v1/search?q=" + "x".repeat(20_000))).statusCode())
          .isIn(414, 431);
    }
  }

  /** Waits for a condition that another thread makes true; fails after a time none should need. */
  private static void await(String what, Condition condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("waited in vain for: " + what).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static double metric(EarmarkServer server, String name) throws Exception {
    String all = send(to(server, "/metrics")).body();
    Matcher line = Pattern.compile("(?m)^" + Pattern.quote(name) + " (\\S+)$").matcher(all);
    assertThat(line.find()).as(name + " in\n" + all).isTrue();
    return Double.parseDouble(line.group(1));
  }

  /** The engine, but searches wait until they are let go. */
  private static SearchEngine held(CountDownLatch begun, CountDownLatch release) {
    return (SearchEngine)
        Proxy.newProxyInstance(
            SearchEngine.class.getClassLoader(),
            new Class<?>[] {SearchEngine.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("search")) {
                begun.countDown();
                release.await(60, TimeUnit.SECONDS);
              }
              try {
                return method.invoke(engine, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void overloadIsToldAtOnceAndHealthIsStillTold() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (EarmarkServer server = EarmarkServer.start(held(begun, release), 0)) {
      List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        waiting.add(
            CLIENT.sendAsync(
                to(server, "/api/v1/search?q=x").build(), HttpResponse.BodyHandlers.ofString()));
      }
      Object any =
          CompletableFuture.anyOf(waiting.toArray(CompletableFuture[]::new))
              .get(60, TimeUnit.SECONDS);
      HttpResponse<?> first = (HttpResponse<?>) any;
      assertThat(first.statusCode()).isEqualTo(503);
      assertThat(first.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(send(to(server, "/healthz")).statusCode()).isEqualTo(200);
      release.countDown();
      int answered = 0;
      for (CompletableFuture<HttpResponse<String>> each : waiting) {
        int status = each.get(60, TimeUnit.SECONDS).statusCode();
        assertThat(status).isIn(200, 503);
        answered += status == 200 ? 1 : 0;
      }
      assertThat(answered).isPositive();
      assertThat(send(to(server, "/api/v1/search?q=x")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void stoppingLetsWhatRunsFinish() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    EarmarkServer server = EarmarkServer.start(held(begun, release), 0);
    int port = server.port();
    CompletableFuture<HttpResponse<String>> running =
        CLIENT.sendAsync(
            to(server, "/api/v1/search?q=geniuses").build(), HttpResponse.BodyHandlers.ofString());
    assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
    Thread stopping = Thread.ofPlatform().start(server::close);
    await(
        "the server to refuse new connections",
        () -> {
          try (Socket socket = new Socket("127.0.0.1", port)) {
            return false;
          } catch (IOException refused) {
            return true;
          }
        });
    release.countDown();
    assertThat(running.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    stopping.join(TimeUnit.SECONDS.toMillis(60));
    assertThat(stopping.isAlive()).isFalse();
  }

  @Test
  void whoReadsNothingIsHungUpOn() throws Exception {
    // An answer larger than the system's buffers for it, that takes no time to begin.
    Path corpus = Files.createDirectories(folder.resolve("long"));
    Files.writeString(corpus.resolve("episode.yaml"), "id: long\nmedia: {audio: talk.mp3}\n");
    Files.writeString(corpus.resolve("talk.vtt"), "WEBVTT\n\n00:01.000 --> 00:02.000\nHello.\n");
    Files.write(corpus.resolve("talk.mp3"), new byte[24 << 20]);
    Corpora.index(folder.resolve("long-index"), corpus);
    try (LuceneSearchEngine own = LuceneSearchEngine.open(folder.resolve("long-index"));
        EarmarkServer server = EarmarkServer.start(own, settings(0, null))) {
      List<Socket> sockets = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new java.net.InetSocketAddress("127.0.0.1", server.port()));
        socket
            .getOutputStream()
            .write(
                "GET /media/long/audio HTTP/1.1\r\nHost: x\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
        sockets.add(socket);
      }
      InputStream begun = sockets.get(0).getInputStream();
      assertThat(begun.read()).isEqualTo('H');
      assertThat(send(to(server, "/healthz")).statusCode()).isEqualTo(200);
      // The one request left is that for the metrics.
      await("all to be hung up on", () -> metric(server, "earmark_requests_active") <= 1);
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  void metricsTellWhatIsAskedAndHowFreshTheIndexIs() throws Exception {
    try (EarmarkServer server = EarmarkServer.start(engine, 0)) {
      send(to(server, "/api/v1/search?q=%22country+of+geniuses%22"));
      send(to(server, "/api/v1/search?q=xqzzyv"));
      send(to(server, "/api/v1/search?q=geni*"));
      send(to(server, "/made/up/address"));
      assertThat(metric(server, "earmark_searches_total{kind=\"phrase\",outcome=\"found\"}"))
          .isEqualTo(1);
      assertThat(metric(server, "earmark_searches_total{kind=\"words\",outcome=\"nothing\"}"))
          .isEqualTo(1);
      assertThat(metric(server, "earmark_searches_total{kind=\"prefix\",outcome=\"found\"}"))
          .isEqualTo(1);
      assertThat(metric(server, "earmark_episodes")).isEqualTo(1);
      assertThat(metric(server, "earmark_index_bytes")).isGreaterThan(10_000);
      assertThat(metric(server, "earmark_index_age_seconds")).isBetween(0.0, 3600.0);
      assertThat(
              metric(server, "earmark_requests_seconds_count{place=\"api-search\",status=\"200\"}"))
          .isEqualTo(3);
      assertThat(send(to(server, "/metrics")).body()).doesNotContain("geniuses");
    }
  }

  @Test
  void theLogSaysWhatHappenedButNotWhatWasAsked() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger("dev.earmark.requests");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    try (EarmarkServer server = EarmarkServer.start(engine, settings(0, null))) {
      HttpResponse<String> answer =
          send(to(server, "/e/no%0Aid=forged%22?q=secret").header("X-Forwarded-For", "a\"b"));
      String id = answer.headers().firstValue("X-Request-Id").orElseThrow();
      assertThat(answer.body()).contains(id);
      await("the line", () -> !lines.list.isEmpty());
      assertThat(lines.list.get(0).getFormattedMessage())
          .startsWith("id=" + id + " method=GET path=\"/e/no")
          .contains(" status=404 ms=")
          .contains("client=\"a\\\"b\"")
          .doesNotContain("secret")
          .doesNotContain("\n");
    } finally {
      logger.detachAppender(lines);
      logger.setAdditive(true);
    }
  }
}
