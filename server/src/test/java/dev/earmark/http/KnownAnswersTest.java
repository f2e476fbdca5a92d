package dev.earmark.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.CheckingClient;
import dev.earmark.search.Corpora;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known is not worked out again, and never outlives what it is about. */
class KnownAnswersTest {
  private static final HttpClient CLIENT = CheckingClient.create();

  @TempDir Path folder;
  private LuceneSearchEngine engine;
  private EarmarkServer server;

  @BeforeEach
  void start() throws IOException {
    write(
        "first.txt",
        "[00:00:01] Ann: a lantern in the fog\n[00:00:09] Bo: and a lantern on the pier");
    Corpora.index(folder.resolve("index"), folder.resolve("corpus"));
    engine = LuceneSearchEngine.open(folder.resolve("index"));
    server = EarmarkServer.start(engine, 0);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    engine.close();
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(folder.resolve("corpus"));
    Files.writeString(folder.resolve("corpus").resolve(name), text + "\n");
  }

  private void indexAlso(String name, String text) throws IOException {
    write(name, text);
    Corpora.index(folder.resolve("index"), folder.resolve("corpus"));
    engine.refresh();
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String text(HttpResponse<byte[]> response) throws IOException {
    byte[] body = response.body();
    Optional<String> packed = response.headers().firstValue("Content-Encoding");
    if (packed.isPresent()) {
      assertThat(packed).contains("gzip");
      body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
    }
    return new String(body, StandardCharsets.UTF_8);
  }

  private static String tag(HttpResponse<byte[]> response) {
    return response.headers().firstValue("ETag").orElseThrow();
  }

  /** How often something was counted, by what its line at /metrics begins with. */
  private double counted(String line) throws Exception {
    return text(get("/metrics"))
        .lines()
        .filter(one -> one.startsWith(line))
        .mapToDouble(one -> Double.parseDouble(one.substring(one.lastIndexOf(' ') + 1)))
        .sum();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/?q=lantern",
        "/?q=lantern&fragment=results",
        "/api/v1/search?q=lantern",
        "/api/v1/episodes",
        "/e/first?q=lantern",
        "/trends?q=lantern",
        "/feed.xml?q=lantern",
        "/sitemap.xml",
        "/openapi.json",
      })
  void aClientIsToldThatWhatItHasIsRightUntilTheIndexChanges(String path) throws Exception {
    HttpResponse<byte[]> first = get(path);
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(tag(first)).startsWith("W/\"");
    double searches = counted("earmark_searches_total");
    HttpResponse<byte[]> again = get(path, "If-None-Match", "\"other\", " + tag(first));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(tag(again)).isEqualTo(tag(first));
    assertThat(again.headers().firstValue("Vary")).contains("Accept-Encoding");
    assertThat(counted("earmark_searches_total")).as("searches").isEqualTo(searches);
    assertThat(counted("earmark_answers_known_total{where=\"client\"}")).isEqualTo(1);
    indexAlso("kite.txt", "[00:00:01] Bo: another lantern");
    HttpResponse<byte[]> changed = get(path, "If-None-Match", tag(first));
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(tag(changed)).isNotEqualTo(tag(first));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/?q=lantern", "/?q=lantern&fragment=results", "/api/v1/search?q=lantern"})
  void theSameIsAnsweredFromMemoryUntilTheIndexChanges(String path) throws Exception {
    String first = text(get(path));
    double searches = counted("earmark_searches_total");
    double requests = counted("earmark_requests_seconds_count{place=\"");
    // Down to how long the search took.
    assertThat(text(get(path))).isEqualTo(first);
    HttpResponse<byte[]> packed = get(path, "Accept-Encoding", "gzip");
    assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(text(packed)).contains("lantern");
    assertThat(get(path, "Accept-Encoding", "gzip").body()).isEqualTo(packed.body());
    assertThat(get(path).headers().firstValue("Content-Type"))
        .isEqualTo(packed.headers().firstValue("Content-Type"));
    assertThat(counted("earmark_answers_known_total{where=\"memory\"}")).isEqualTo(3);
    // What was not asked for packed was searched once for those who take it so.
    assertThat(counted("earmark_searches_total")).isLessThanOrEqualTo(2 * searches);
    assertThat(counted("earmark_requests_seconds_count{place=\"")).isGreaterThan(requests + 4);
    assertThat(first).doesNotContain("kite");
    indexAlso("kite.txt", "[00:00:01] Bo: another lantern");
    assertThat(text(get(path))).contains("kite");
    assertThat(text(get(path, "Accept-Encoding", "gzip"))).contains("kite");
  }

  @Test
  void whatGoesOnInAnOlderStateIsAskedEachTime() throws Exception {
    StringBuilder many = new StringBuilder();
    for (int i = 1; i < 9; i++) {
      many.append("[00:0").append(i).append(":00] Ann: lantern number ").append(i).append('\n');
    }
    indexAlso("many.txt", many.toString());
    String page = text(get("/api/v1/search?q=lantern&limit=2"));
    String cursor = page.replaceFirst("(?s).*\"next\":\"([^\"]+)\".*", "$1");
    String next = "/api/v1/search?q=lantern&limit=2&cursor=" + cursor;
    assertThat(get(next).headers().firstValue("ETag")).isEmpty();
    indexAlso("kite.txt", "[00:00:01] Bo: another lantern");
    HttpResponse<byte[]> later = get(next);
    assertThat(later.statusCode()).isEqualTo(200);
    assertThat(text(later)).doesNotContain("\"kite\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/healthz", "/metrics", "/api/v1/suggest?q=lan", "/nothing", "/e/none"})
  void whatIsOfTheMomentHasNoTag(String path) throws Exception {
    assertThat(get(path).headers().firstValue("ETag")).isEmpty();
  }

  @Test
  void errorsAreNotKept() throws Exception {
    for (int i = 0; i < 2; i++) {
      HttpResponse<byte[]> wrong = get("/api/v1/search?q=x&limit=none");
      assertThat(wrong.statusCode()).isEqualTo(400);
      assertThat(wrong.headers().firstValue("ETag")).isEmpty();
    }
  }

  @Test
  void theStoreIsBoundedAndForgetsWhatWasLongestNotAskedFor() {
    AnswerStore store = new AnswerStore(100_000);
    AnswerStore.Answer answer = new AnswerStore.Answer(new byte[4_000], "text/plain", null);
    for (int i = 0; i < 40; i++) {
      store.keep(1, "q" + i, answer);
      assertThat(store.find(1, "q0")).as("asked for all the time").isNotNull();
    }
    assertThat(store.find(1, "q1")).isNull();
    assertThat(store.find(1, "q39")).isNotNull();
    long kept = 0;
    for (int i = 0; i < 40; i++) {
      kept += store.find(1, "q" + i) == null ? 0 : 1;
    }
    assertThat(kept).isBetween(20L, 25L);
    store.keep(1, "large", new AnswerStore.Answer(new byte[50_000], "text/plain", null));
    assertThat(store.find(1, "large")).isNull();
    assertThat(store.find(2, "q39")).as("another state").isNull();
    store.keep(2, "new", answer);
    assertThat(store.find(1, "q39")).as("an older state").isNull();
    store.keep(1, "late", answer);
    assertThat(store.find(1, "late")).isNull();
    assertThat(store.find(2, "new")).isEqualTo(answer);
  }
}
