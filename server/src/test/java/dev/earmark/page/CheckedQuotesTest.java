package dev.earmark.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earmark.CheckingClient;
import dev.earmark.http.EarmarkServer;
import dev.earmark.search.Corpora;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example with a transcript beside it, some minutes of which are enough: its digest puts a
 * quotation at 21:25 that is said at 36:18.
 */
class CheckedQuotesTest {
  @TempDir static Path folder;
  private static LuceneSearchEngine engine;
  private static EarmarkServer server;

  @BeforeAll
  static void index() throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    try (var files = Files.list(Corpora.SEEDS)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, corpus.resolve(file.getFileName().toString()));
      }
    }
    Files.writeString(
        corpus.resolve("talk.vtt"),
        """
        WEBVTT

        00:02:58.000 --> 00:03:06.000
        <v Dario Amodei>All the cleverness, all the techniques, all the kind of we need a new method to do something like that doesn't matter very much.

        00:21:25.000 --> 00:21:33.000
        <v Dwarkesh Patel>How fast does revenue grow if every large company wants it at once?

        00:36:10.000 --> 00:36:18.000
        <v Dwarkesh Patel>And what do you say to people in your own company about it?

        00:36:18.000 --> 00:36:26.000
        <v Dario Amodei>There is zero time for bullshit. There is zero time for feeling like we're productive when we're not.
        """);
    Corpora.index(folder.resolve("index"), corpus);
    engine = LuceneSearchEngine.open(folder.resolve("index"));
    server = EarmarkServer.start(engine, 0);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    engine.close();
  }

  private static String address() {
    return "http://127.0.0.1:" + server.port();
  }

  private static JsonNode quotes(String query) throws Exception {
    URI uri =
        URI.create(
            address()
                + "/api/v1/search?kind=quote&source=002_0db1f2cac21dbbd5.txt&q="
                + URLEncoder.encode(query, StandardCharsets.UTF_8));
    try (HttpClient client = CheckingClient.create()) {
      String body =
          client
              .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
              .body();
      return new ObjectMapper().readTree(body).get("hits");
    }
  }

  @Test
  void theLinkGoesToWhereItIsSaidAndBothTimesAreTold() throws Exception {
    JsonNode hit = quotes("\"zero time for bullshit\"").get(0);
    assertThat(hit.at("/check/result").asText()).isEqualTo("said");
    assertThat(hit.at("/check/atMs").asLong()).isEqualTo(2_178_000);
    assertThat(hit.at("/check/statedMs").asLong()).isEqualTo(1_285_000);
    assertThat(hit.at("/startMs").asLong()).isEqualTo(2_178_000);
    assertThat(hit.at("/anchor/how").asText()).isEqualTo("quote");
    assertThat(hit.at("/links/page").asText()).contains("t=2178");
  }

  @Test
  void aRightTimeStaysAndWhatIsNotThereIsToldSo() throws Exception {
    JsonNode right = quotes("\"all the cleverness\"").get(0);
    assertThat(right.at("/check/result").asText()).isEqualTo("said");
    assertThat(right.at("/check/statedMs").isMissingNode()).isTrue();
    assertThat(right.at("/anchor/type").asText()).isEqualTo("exact");
    JsonNode missing = quotes("YOLOing").get(0);
    assertThat(missing.at("/check/result").asText()).isEqualTo("not-found");
    assertThat(missing.at("/anchor/type").asText()).isEqualTo("exact");
  }

  @Test
  void thePageShowsBothTimes() throws Exception {
    Document page = Jsoup.connect(address() + "/e/dario-amodei-2026").maxBodySize(0).get();
    List<String> checks = page.select(".check").eachText();
    assertThat(checks)
        .contains("Said so at 36:18; its source says 21:25", "Not found in the transcript");
    Element moved = page.select(".moment:has(.check:contains(its source says 21:25))").first();
    assertThat(moved == null ? "" : moved.select("a.time").text()).contains("36:18");
  }
}
