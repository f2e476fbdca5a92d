package dev.earmark.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earmark.CheckingClient;
import dev.earmark.Foreign;
import dev.earmark.search.Corpora;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables as other programs read them: counts equal the page's, and nothing runs as a formula. */
class TablesTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient CLIENT = CheckingClient.create();
  private static final int CUES = 1_234;

  @TempDir static Path folder;
  private static LuceneSearchEngine engine;
  private static EarmarkServer server;

  @BeforeAll
  static void start() throws IOException {
    Path corpus = Files.createDirectory(folder.resolve("corpus"));
    StringBuilder long1 = new StringBuilder("WEBVTT\n");
    for (int i = 0; i < CUES; i++) {
      // A change of speaker ends a moment, so there are as many moments as cues.
      long1.append(
          "\n%02d:%02d:%02d.000 --> %02d:%02d:%02d.900\n<v %s>"
              .formatted(
                  i / 3600,
                  i / 60 % 60,
                  i % 60,
                  i / 3600,
                  i / 60 % 60,
                  i % 60,
                  i % 2 == 0 ? "Ada Quist" : "Bo Lund"));
      long1.append("the lantern number ").append(i).append(" is \"lit\", they said\n");
    }
    Files.writeString(corpus.resolve("long.vtt"), long1);
    Files.writeString(
        corpus.resolve("sums.vtt"),
        """
        WEBVTT

        00:01.000 --> 00:04.000
        <v =Zoë+2>=1+1 is a formula, "quoted", and
        the lighthouse keeper

        00:04.000 --> 00:09.000
        <v Bo Lund>keeps the light; über alles 日本
        """);
    Path index = folder.resolve("index");
    Corpora.index(index, corpus);
    engine = LuceneSearchEngine.open(index);
    server = EarmarkServer.start(engine, 0);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    engine.close();
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String q(String query) {
    return "?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
  }

  private static JsonNode json(String path) throws Exception {
    return MAPPER.readTree(body(path));
  }

  private static String body(String path) throws Exception {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
    return response.body();
  }

  private static List<JsonNode> jsonLines(String path) throws Exception {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : body(path).split("\n", -1)) {
      if (!line.isEmpty()) {
        rows.add(MAPPER.readTree(line));
      }
    }
    return rows;
  }

  @Test
  void aWholeSearchHasAsManyRowsAsThePageCounts() throws Exception {
    long total = json("/api/v1/search" + q("lantern")).path("total").asLong();
    assertThat(total).isGreaterThan(1_000);
    JsonNode rows = Foreign.read("csv", body("/api/v1/search.csv" + q("lantern")));
    assertThat(rows.size()).isEqualTo((int) total);
    Set<String> ids = new HashSet<>();
    rows.forEach(row -> ids.add(row.path("momentId").asText()));
    assertThat(ids).hasSize((int) total);
    List<JsonNode> lines = jsonLines("/api/v1/search.jsonl" + q("lantern"));
    assertThat(lines).hasSameSizeAs(ids);
    assertThat(lines.get(7).path("text").asText()).isEqualTo(rows.get(7).path("text").asText());
    assertThat(lines.get(7).path("atMs").isIntegralNumber()).isTrue();
    assertThat(rows.get(0).path("page").asText()).startsWith("http://127.0.0.1:");
  }

  @Test
  void filtersAndOrderCountAsInTheSearch() throws Exception {
    String asked = q("lantern") + "&speaker=Bo%20Lund&sort=time";
    JsonNode rows = Foreign.read("csv", body("/api/v1/search.csv" + asked));
    assertThat(rows.size())
        .isEqualTo(json("/api/v1/search" + asked).path("total").asInt())
        .isEqualTo(CUES / 2);
    long before = -1;
    for (JsonNode row : rows) {
      assertThat(row.path("speaker").asText()).isEqualTo("Bo Lund");
      assertThat(row.path("startMs").asLong()).isGreaterThan(before);
      before = row.path("startMs").asLong();
    }
  }

  @Test
  void noCellIsAFormula() throws Exception {
    String table = body("/api/v1/search.csv" + q("formula"));
    JsonNode row = Foreign.read("csv", table).get(0);
    assertThat(row.path("text").asText()).startsWith("'=1+1 is a formula, \"quoted\", and");
    for (JsonNode cell : row) {
      assertThat(cell.asText()).doesNotStartWith("=").doesNotStartWith("+").doesNotStartWith("@");
    }
    assertThat(jsonLines("/api/v1/search.jsonl" + q("formula")).getFirst().path("text").asText())
        .startsWith("=1+1");
  }

  @Test
  void aLineHasItsWordInTheMiddle() throws Exception {
    JsonNode answer = json("/api/v1/lines" + q("\"lighthouse keeper keeps\"") + "&width=30");
    JsonNode line = answer.path("lines").get(0);
    assertThat(answer.path("total").asInt()).isEqualTo(1);
    assertThat(line.path("match").asText()).isEqualTo("lighthouse keeper keeps");
    assertThat(line.path("before").asText()).endsWith("\"quoted\", and the ").hasSizeLessThan(31);
    assertThat(line.path("atMs").asLong()).isBetween(1_000L, 4_000L);
    assertThat(line.path("links").path("page").asText()).startsWith("/e/sums?t=");
  }

  @Test
  void linesOfAWordAreAllItsPlaces() throws Exception {
    JsonNode page = json("/api/v1/lines" + q("lantern") + "&limit=1000");
    assertThat(page.path("lines")).hasSize(1_000);
    JsonNode next = json("/api/v1/lines" + q("lantern") + "&cursor=" + page.path("next").asText());
    assertThat(next.path("lines").get(0).path("moment").asText()).isNotEmpty();
    JsonNode rows = Foreign.read("csv", body("/api/v1/lines.csv" + q("lantern") + "&width=10"));
    assertThat(rows.size()).isEqualTo(CUES);
    for (JsonNode row : rows) {
      assertThat(row.path("match").asText()).isEqualTo("lantern");
      assertThat(row.path("before").asText()).isEqualTo("the ");
      assertThat(row.path("after").asText()).startsWith(" number");
    }
    assertThat(jsonLines("/api/v1/lines.jsonl" + q("lantern"))).hasSize(CUES);
  }

  @Test
  void facetsTrendsAndTalkTimesAreTables() throws Exception {
    JsonNode facets = Foreign.read("csv", body("/api/v1/facets.csv" + q("lantern")));
    JsonNode counted = json("/api/v1/search" + q("lantern")).path("facets");
    int values = 0;
    for (JsonNode facet : counted) {
      values += facet.size();
    }
    assertThat(facets.size()).isEqualTo(values).isGreaterThan(5);
    JsonNode trend = json("/api/v1/trends" + q("lantern") + "&by=speaker");
    JsonNode points =
        Foreign.read("csv", body("/api/v1/trends.csv" + q("lantern") + "&by=speaker"));
    assertThat(points.size()).isEqualTo(trend.path("points").size()).isEqualTo(2);
    assertThat(points.get(0).path("count").asLong())
        .isEqualTo(trend.path("points").get(0).path("count").asLong());
    JsonNode talk = Foreign.read("csv", body("/api/v1/talk.csv?speaker=Ada%20Quist"));
    assertThat(talk.get(0).path("talkMs").asLong())
        .isEqualTo(json("/api/v1/speakers/Ada%20Quist").path("talkMs").asLong())
        .isPositive();
    assertThat(jsonLines("/api/v1/talk.jsonl").stream().map(row -> row.path("speaker").asText()))
        .contains("Ada Quist", "Bo Lund", "=Zoë+2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/v1/search.doc?q=a | 404 | a search has no form \".doc\"; there are .csv, .jsonl",
        "/api/v1/lines.doc?q=a | 404 | a table has no form \".doc\"; there are .csv and"
            + " .jsonl",
        "/api/v1/search.csv?q=a&cursor=abc | 400 | cursor has no meaning here",
        "/api/v1/search.csv?q=a&limit=1000000 | 400 | limit has no meaning here",
        "/api/v1/search.csv?sort=best | 400 | sort must be relevance, newest, oldest or time",
        "/api/v1/lines?q=a&limit=1000000 | 400 | limit must be 1 to 1000, got \"1000000\"",
        "/api/v1/lines?q=a&width=0 | 400 | width must be 1 to 500, got \"0\"",
        "/api/v1/lines?q=a&cursor=elsewhere | 400 | is not a cursor of this search",
        "/api/v1/talk.csv?speaker=Nobody | 404 | there is no speaker \"Nobody\"",
        "/api/v1/trends.csv | 400 | q must be a word or a phrase",
      })
  void errorsNameTheOffenderAndTheRemedy(String path, int status, String message) throws Exception {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(MAPPER.readTree(response.body()).path("detail").asText()).contains(message);
  }

  @Test
  void whoHangsUpInTheMiddleHarmsNobody() throws Exception {
    for (int i = 0; i < 40; i++) {
      try (Socket socket = new Socket("127.0.0.1", server.port())) {
        socket
            .getOutputStream()
            .write(
                "GET /api/v1/lines.csv?q=lantern HTTP/1.1\r\nHost: a.test\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.getInputStream().read()).isEqualTo('H');
      }
    }
    assertThat(jsonLines("/api/v1/lines.jsonl" + q("lantern"))).hasSize(CUES);
  }

  /** What cannot be given whole must not look whole. */
  @Test
  void anAnswerThatCannotBeContinuedIsBrokenOff() throws Exception {
    Path index = folder.resolve("breaks");
    Corpora.index(index, folder.resolve("corpus"));
    LuceneSearchEngine own = LuceneSearchEngine.open(index);
    try (EarmarkServer breaking = EarmarkServer.start(own, 0)) {
      HttpResponse<InputStream> response =
          CLIENT.send(
              HttpRequest.newBuilder(
                      URI.create(
                          "http://127.0.0.1:"
                              + breaking.port()
                              + "/api/v1/search.jsonl?sort=time&q="))
                  .build(),
              HttpResponse.BodyHandlers.ofInputStream());
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body().read()).isEqualTo('{');
      own.close();
      assertThatThrownBy(() -> response.body().readAllBytes()).isInstanceOf(IOException.class);
    }
  }
}
