package dev.earmark.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fetcher against a real server on this machine, which does what bad servers do. */
class FetcherTest {
  private static final Fetcher.Limits LIMITS =
      new Fetcher.Limits(100_000, Duration.ofSeconds(5), Duration.ofSeconds(2));

  @TempDir Path folder;
  private HttpServer server;
  private ExecutorService workers;
  private final List<String> seen = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    workers = Executors.newCachedThreadPool();
    server.setExecutor(workers);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    workers.shutdownNow();
  }

  private interface Handler {
    void handle(HttpExchange exchange) throws IOException;
  }

  private URI at(String path, Handler handler) {
    server.createContext(
        path,
        exchange -> {
          seen.add(exchange.getRequestURI().toString());
          try (exchange) {
            handler.handle(exchange);
          }
        });
    return address(path);
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private static void answer(HttpExchange exchange, byte[] body) throws IOException {
    exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static void answer(HttpExchange exchange, String body) throws IOException {
    answer(exchange, body.getBytes(StandardCharsets.UTF_8));
  }

  private Fetcher fetcher() {
    return Fetcher.keeping(folder.resolve("kept"), true, LIMITS);
  }

  private static String text(Fetcher.Fetched fetched) throws IOException {
    return Files.readString(fetched.file());
  }

  @Test
  void anUnchangedDocumentIsNotSentAgain() throws IOException {
    List<String> asked = new ArrayList<>();
    URI address =
        at(
            "/feed",
            exchange -> {
              String tag = exchange.getRequestHeaders().getFirst("If-None-Match");
              String since = exchange.getRequestHeaders().getFirst("If-Modified-Since");
              asked.add(tag + " " + since);
              exchange.getResponseHeaders().add("ETag", "\"v1\"");
              exchange.getResponseHeaders().add("Last-Modified", "Tue, 03 Mar 2026 06:00:00 GMT");
              exchange.getResponseHeaders().add("Content-Type", "text/vtt");
              if ("\"v1\"".equals(tag)) {
                exchange.sendResponseHeaders(304, -1);
              } else {
                answer(exchange, "hello");
              }
            });
    for (int run = 0; run < 2; run++) {
      try (Fetcher fetcher = fetcher()) {
        for (int again = 0; again < 3; again++) {
          Fetcher.Fetched fetched = fetcher.fetch(address);
          assertThat(text(fetched)).isEqualTo("hello");
          assertThat(fetched.mediaType()).isEqualTo("text/vtt");
          assertThat(fetched.stale()).isNull();
        }
      }
    }
    assertThat(asked)
        .as("one request a run, the second with what the first was told")
        .containsExactly("null null", "\"v1\" Tue, 03 Mar 2026 06:00:00 GMT");
  }

  @Test
  void aChangedDocumentReplacesTheOldOne() throws IOException {
    AtomicInteger version = new AtomicInteger();
    URI address = at("/feed", exchange -> answer(exchange, "v" + version.incrementAndGet()));
    for (int run = 1; run <= 2; run++) {
      try (Fetcher fetcher = fetcher()) {
        assertThat(text(fetcher.fetch(address))).isEqualTo("v" + run);
      }
    }
    try (Stream<Path> files = Files.list(folder.resolve("kept"))) {
      assertThat(files).as("a body, its notes, and nothing else").hasSize(2);
    }
  }

  @Test
  void whatIsGoneIsServedFromWhatWasKeptAndSaidToBeOld() throws IOException {
    AtomicInteger calls = new AtomicInteger();
    URI address =
        at(
            "/t.vtt",
            exchange -> {
              if (calls.incrementAndGet() == 1) {
                answer(exchange, "kept");
              } else {
                exchange.sendResponseHeaders(503, -1);
              }
            });
    try (Fetcher fetcher = fetcher()) {
      fetcher.fetch(address);
    }
    try (Fetcher fetcher = fetcher()) {
      Fetcher.Fetched fetched = fetcher.fetch(address);
      assertThat(text(fetched)).isEqualTo("kept");
      assertThat(fetched.stale()).startsWith("the server answers 503; what was fetched at 20");
    }
  }

  @Test
  void halfAKeptDocumentIsFetchedAnew() throws IOException {
    URI address =
        at(
            "/t",
            exchange -> {
              exchange.getResponseHeaders().add("ETag", "\"x\"");
              assertThat(exchange.getRequestHeaders().containsKey("If-None-Match")).isFalse();
              answer(exchange, "whole");
            });
    try (Fetcher fetcher = fetcher()) {
      Files.writeString(fetcher.fetch(address).file(), "who");
    }
    try (Fetcher fetcher = fetcher()) {
      assertThat(text(fetcher.fetch(address))).isEqualTo("whole");
    }
  }

  @Test
  void redirectsAreFollowedAndTheFinalAddressTold() throws IOException {
    at("/b/end.json", exchange -> answer(exchange, "{}"));
    URI address =
        at(
            "/a",
            exchange -> {
              exchange.getResponseHeaders().add("Location", "b/end.json");
              exchange.sendResponseHeaders(302, -1);
            });
    try (Fetcher fetcher = fetcher()) {
      assertThat(fetcher.fetch(address).address()).isEqualTo(address("/b/end.json"));
    }
  }

  @Test
  void redirectsWithoutEndAreCut() {
    URI address =
        at(
            "/round",
            exchange -> {
              exchange.getResponseHeaders().add("Location", "/round");
              exchange.sendResponseHeaders(301, -1);
            });
    try (Fetcher fetcher = fetcher()) {
      assertThatIOException()
          .isThrownBy(() -> fetcher.fetch(address))
          .withMessage("is redirected more than 5 times");
    }
    assertThat(seen).hasSize(1 + Fetcher.MOST_REDIRECTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "ftp://127.0.0.1/x", "jar:file:/x!/y"})
  void redirectsLeadToTheWebOnly(String to) {
    URI address =
        at(
            "/away",
            exchange -> {
              exchange.getResponseHeaders().add("Location", to);
              exchange.sendResponseHeaders(302, -1);
            });
    try (Fetcher fetcher = fetcher()) {
      assertThatIOException()
          .isThrownBy(() -> fetcher.fetch(address))
          .withMessage("is redirected to \"" + to + "\", which is not an http address");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f000001",
        "127.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "0.0.0.0"
      })
  void thisMachineIsNotAskedUnlessAllowed(String host) {
    at("/secret", exchange -> answer(exchange, "secret"));
    URI address = URI.create("http://" + host + ":" + server.getAddress().getPort() + "/secret");
    try (Fetcher fetcher = Fetcher.keeping(folder, false, LIMITS)) {
      assertThatIOException().isThrownBy(() -> fetcher.fetch(address));
    }
    assertThat(seen).isEmpty();
  }

  @Test
  void theRefusalSaysWhatToDo() {
    try (Fetcher fetcher = Fetcher.keeping(folder, false, LIMITS)) {
      assertThatIOException()
          .isThrownBy(() -> fetcher.fetch(URI.create("http://169.254.169.254/latest/meta-data")))
          .withMessage(
              "169.254.169.254 is at the private address 169.254.169.254;"
                  + " allow it with --allow-private");
    }
  }

  @Test
  void aPrivateAddressIsRefusedBehindARedirectToo() throws Exception {
    // The first host passes as if it were public; the one it leads to is looked at like it.
    URI address =
        at(
            "/hop",
            exchange -> {
              exchange.getResponseHeaders().add("Location", "http://10.255.255.1/");
              exchange.sendResponseHeaders(302, -1);
            });
    try (Fetcher fetcher =
        Fetcher.keepingFrom(
            folder,
            host -> host.equals("127.0.0.1") ? PublicAddresses.any(host) : PublicAddresses.of(host),
            LIMITS)) {
      assertThatIOException()
          .isThrownBy(() -> fetcher.fetch(address))
          .withMessageStartingWith("10.255.255.1 is at the private address");
    }
    assertThat(seen).containsExactly("/hop");
  }

  @Test
  void anAnnouncedLengthIsHeldAgainstTheLimit() {
    URI address =
        at(
            "/big",
            exchange -> {
              exchange.sendResponseHeaders(200, 1L << 30);
              exchange.getResponseBody().write(new byte[10]);
              exchange.getResponseBody().flush();
            });
    try (Fetcher fetcher = fetcher()) {
      assertThatIOException()
          .isThrownBy(() -> fetcher.fetch(address))
          .withMessage("is larger than 100000 bytes");
    }
  }

  @Test
  void anEndlessBodyIsCut() throws IOException {
    URI address =
        at(
            "/endless",
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              byte[] block = new byte[8_192];
              while (true) {
                exchange.getResponseBody().write(block);
              }
            });
    try (Fetcher fetcher = fetcher()) {
      assertThatIOException()
          .isThrownBy(() -> fetcher.fetch(address))
          .withMessage("is larger than 100000 bytes");
    }
    try (Stream<Path> files = Files.list(folder.resolve("kept"))) {
      assertThat(files).as("what was left lying").isEmpty();
    }
  }

  @Test
  void aSlowServerTimesOutAndIsNotAskedForever() {
    URI address =
        at(
            "/slow",
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              OutputStream body = exchange.getResponseBody();
              try {
                for (int i = 0; i < 600; i++) {
                  body.write('x');
                  body.flush();
                  Thread.sleep(100);
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Fetcher.Limits hurry =
        new Fetcher.Limits(100_000, Duration.ofSeconds(5), Duration.ofMillis(400));
    long start = System.nanoTime();
    try (Fetcher fetcher = Fetcher.keeping(folder, true, hurry)) {
      for (int i = 0; i < 20; i++) {
        URI other = address.resolve("/slow?" + i);
        assertThatIOException()
            .isThrownBy(() -> fetcher.fetch(other))
            .withMessageStartingWith("not all of it came within");
      }
    }
    assertThat(seen).as("requests before the host is given up").hasSize(3);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void aServerThatIsNotThereIsAskedOnce() throws IOException {
    int port = server.getAddress().getPort();
    server.stop(0);
    try (Fetcher fetcher = fetcher()) {
      for (int i = 0; i < 3; i++) {
        URI address = URI.create("http://127.0.0.1:" + port + "/" + i);
        assertThatIOException()
            .isThrownBy(() -> fetcher.fetch(address))
            .withMessage("127.0.0.1 cannot be reached");
      }
    }
  }

  private static byte[] packed(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  @Test
  void packedBodiesAreUnpackedWhateverTheHeaderSays() throws IOException {
    byte[] body = packed("WEBVTT".getBytes(StandardCharsets.UTF_8));
    URI told =
        at(
            "/told",
            exchange -> {
              assertThat(exchange.getRequestHeaders().getFirst("Accept-Encoding"))
                  .isEqualTo("gzip");
              exchange.getResponseHeaders().add("Content-Encoding", "gzip");
              answer(exchange, body);
            });
    URI untold = at("/untold", exchange -> answer(exchange, body));
    URI lie =
        at(
            "/lie",
            exchange -> {
              exchange.getResponseHeaders().add("Content-Encoding", "gzip");
              answer(exchange, "WEBVTT");
            });
    try (Fetcher fetcher = fetcher()) {
      for (URI address : List.of(told, untold, lie)) {
        assertThat(text(fetcher.fetch(address))).as(address.getPath()).isEqualTo("WEBVTT");
      }
    }
  }

  @Test
  void aBombIsNotUnpacked() throws IOException {
    byte[] bomb = packed(new byte[50_000_000]);
    assertThat(bomb.length).as("what is sent").isLessThan(100_000);
    URI address = at("/bomb", exchange -> answer(exchange, bomb));
    try (Fetcher fetcher = fetcher()) {
      assertThatIOException()
          .isThrownBy(() -> fetcher.fetch(address))
          .withMessage("unpacks to more than 100000 bytes");
    }
  }

  @Test
  void aBodyThatBreaksOffIsAnError() {
    URI address =
        at(
            "/short",
            exchange -> {
              exchange.sendResponseHeaders(200, 500);
              exchange.getResponseBody().write(new byte[20]);
              exchange.getResponseBody().flush();
              exchange.getHttpContext().getServer().removeContext("/short");
              throw new IOException("gone");
            });
    try (Fetcher fetcher = fetcher()) {
      assertThatIOException().isThrownBy(() -> fetcher.fetch(address));
    }
  }

  @Test
  void aNamedUserIsNotSent() {
    try (Fetcher fetcher = fetcher()) {
      assertThatIOException()
          .isThrownBy(() -> fetcher.fetch(URI.create("http://me:secret@127.0.0.1/")))
          .withMessage("an address with a user name in it is not fetched");
    }
  }

  @Test
  void withoutAFetcherNobodyIsAsked() {
    try (Fetcher fetcher = Fetcher.none()) {
      assertThatIOException().isThrownBy(() -> fetcher.fetch(address("/")));
    }
  }

  @Test
  void aForgettingFetcherLeavesNothing() throws IOException {
    URI address = at("/x", exchange -> answer(exchange, "x"));
    Path file;
    try (Fetcher fetcher = Fetcher.forgetting(true)) {
      file = fetcher.fetch(address).file();
      assertThat(file).exists();
    }
    assertThat(file.getParent()).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "8.8.8.8, true",
    "1.1.1.1, true",
    "93.184.216.34, true",
    "100.63.0.1, true",
    "172.15.0.1, true",
    "172.32.0.1, true",
    "192.169.0.1, true",
    "223.255.255.1, true",
    "2606:4700::1111, true",
    "2a00:1450:4001::200e, true",
    "64:ff9b::808:808, true",
    "2002:808:808::1, true",
    "0.1.2.3, false",
    "10.1.2.3, false",
    "100.64.0.1, false",
    "127.8.8.8, false",
    "169.254.169.254, false",
    "172.16.0.1, false",
    "172.31.255.255, false",
    "192.0.0.1, false",
    "192.0.2.5, false",
    "192.168.1.1, false",
    "198.18.0.1, false",
    "198.51.100.7, false",
    "203.0.113.9, false",
    "224.0.0.1, false",
    "255.255.255.255, false",
    "::, false",
    "::1, false",
    "fe80::1, false",
    "fec0::1, false",
    "fc00::1, false",
    "fd12:3456::1, false",
    "ff02::1, false",
    "2001:db8::1, false",
    "2001::1, false",
    "64:ff9b::a00:1, false",
    "2002:7f00:1::1, false",
    "::7f00:1, false",
    "::ffff:10.0.0.1, false",
    "fd00:ec2::254, false"
  })
  void publicAddresses(String address, boolean isPublic) throws IOException {
    assertThat(PublicAddresses.isPublic(InetAddress.getByName(address))).isEqualTo(isPublic);
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example/x y.vtt, https://a.example/x%20y.vtt",
    "https://a.example/é?q=ü, https://a.example/%C3%A9?q=%C3%BC",
    "https://bücher.example/1, https://xn--bcher-kva.example/1",
    "https://a.example/%20%zz, https://a.example/%20%25zz",
    "https://a.example/#part, https://a.example/",
    "HTTP://A.example, HTTP://A.example",
    "ftp://a.example/, ",
    "https:///x, ",
    "//a.example/x, ",
    "mailto:a@b.example, ",
    "nonsense, "
  })
  void addressesAsPeopleWriteThem(String written, String read) {
    assertThat(WebAddress.parse(written).map(URI::toString).orElse(null)).isEqualTo(read);
  }
}
