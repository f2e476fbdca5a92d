package dev.earmark.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earmark.CheckingClient;
import dev.earmark.search.ConceptEmbedder;
import dev.earmark.search.Corpora;
import dev.earmark.search.Meanings;
import dev.earmark.search.lucene.LuceneSearchEngine;
import dev.earmark.search.rank.RankingParameters;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found by meaning, at each door; answers are checked against their description. */
class MeaningDoorsTest {
  private static final ConceptEmbedder MODEL =
      new ConceptEmbedder("chips processors", "buy purchase", "car automobile");

  @TempDir static Path folder;
  private static LuceneSearchEngine engine;
  private static EarmarkServer server;
  private static McpSyncClient assistant;

  @BeforeAll
  static void index() throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Files.writeString(
        corpus.resolve("chips.vtt"),
        """
        WEBVTT
        Language: en

        00:10.000 --> 00:25.000
        <v Ada Quist>They want to purchase processors but nobody sells them.

        03:10.000 --> 03:25.000
        <v Ben Ode>Every automobile needs them as well.
        """);
    Files.writeString(
        corpus.resolve("chips.yaml"), "title: Supply\nshow: Metal\ndate: 2025-03-01\n");
    Files.writeString(
        corpus.resolve("cars.vtt"),
        """
        WEBVTT
        Language: en

        00:10.000 --> 00:25.000
        <v Cy Dahl>Nobody had a car then.

        03:10.000 --> 03:25.000
        <v Cy Dahl>And to buy chips, that was a thing for large firms.
        """);
    Files.writeString(
        corpus.resolve("cars.yaml"), "title: Streets\nshow: Roads\ndate: 2024-03-01\n");
    Corpora.index(folder.resolve("words"), corpus);
    Meanings.copy(folder.resolve("words"), folder.resolve("index"), MODEL, moment -> true);
    engine =
        LuceneSearchEngine.open(folder.resolve("index"), RankingParameters.DEFAULT, () -> MODEL);
    server = EarmarkServer.start(engine, 0);
    assistant =
        McpClient.sync(
                HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + server.port())
                    .build())
            .build();
    assistant.initialize();
  }

  @AfterAll
  static void stop() throws IOException {
    assistant.close();
    server.close();
    engine.close();
  }

  private static String get(String path, int status) throws Exception {
    try (HttpClient client = CheckingClient.create()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(status);
      return answer.body();
    }
  }

  private static JsonNode json(String path) throws Exception {
    return new ObjectMapper().readTree(get(path, 200));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void theApiCountsWhatIsNearApart() throws Exception {
    JsonNode words = json("/api/v1/search?q=car");
    assertThat(words.path("total").asInt()).isEqualTo(1);
    assertThat(words.path("meaningTotal").asInt()).isZero();
    assertThat(words.has("meaning")).isFalse();
    JsonNode both = json("/api/v1/search?q=car&mode=both&explain=true");
    assertThat(both.path("total").asInt()).isEqualTo(1);
    assertThat(both.path("meaningTotal").asInt()).isEqualTo(1);
    assertThat(both.path("facets")).isEqualTo(words.path("facets"));
    assertThat(both.at("/meaning/vectors").asInt()).isEqualTo(4);
    assertThat(both.at("/meaning/used").asBoolean()).isTrue();
    assertThat(both.at("/meaning/lacking")).isEmpty();
    JsonNode near = both.at("/hits/1");
    assertThat(near.path("why").asText()).isEqualTo("meaning");
    assertThat(near.path("nearness").asDouble()).isBetween(0.35, 1.0);
    assertThat(near.path("explanation").toString()).contains("cosine of its meaning");
    JsonNode groups = json("/api/v1/search?q=car&mode=both&group=episode").path("groups");
    assertThat(groups).hasSize(2);
    assertThat(groups.at("/1/meaningTotal").asInt()).isEqualTo(1);
    assertThat(get("/api/v1/search?q=car&mode=vectors", 400))
        .contains("mode must be words, meaning, both or auto, got \\\"vectors\\\"");
  }

  @Test
  void tablesAndFeedsHaveWordsUnlessMoreIsAskedFor() throws Exception {
    assertThat(get("/api/v1/search.csv?q=car", 200)).doesNotContain("automobile");
    assertThat(get("/api/v1/search.csv?q=car&mode=both", 200)).contains("automobile");
    assertThat(get("/feed.xml?q=car", 200)).doesNotContain("automobile");
    assertThat(get("/api/v1/lines?q=car&mode=both", 400))
        .contains("lines show the words that match, so mode can only be words; leave it out");
  }

  @Test
  void momentsAlikeAreFoundFromAnyMoment() throws Exception {
    String id = json("/api/v1/search?q=processors").at("/hits/0/id").asText();
    JsonNode similar = json("/api/v1/similar?moment=" + encoded(id));
    assertThat(similar.at("/moment/id").asText()).isEqualTo(id);
    assertThat(similar.at("/hits/0/text").asText()).startsWith("And to buy chips");
    JsonNode others = json("/api/v1/similar?group=speaker&moment=" + encoded(id));
    assertThat(others.at("/groups/0/name").asText()).isEqualTo("Cy Dahl");
    assertThat(others.at("/groups/0/hits/0/links/page").asText()).startsWith("/e/cars?t=190");
    assertThat(json("/api/v1/similar?group=show&moment=" + encoded(id)).at("/groups/0/name"))
        .hasToString("\"Roads\"");
    assertThat(get("/api/v1/similar?moment=nothing", 404))
        .contains("there is no moment \\\"nothing\\\"; a hit names its own");
    assertThat(get("/api/v1/similar", 400))
        .contains("moment must be the id of a moment, got nothing");
    assertThat(get("/api/v1/similar?group=topic&moment=" + encoded(id), 400))
        .contains("group must be moment, speaker or show, got \\\"topic\\\"");
    Document page = Jsoup.parse(get("/similar?moment=" + encoded(id), 200));
    assertThat(page.select("h1").text()).isEqualTo("More like this moment");
    assertThat(page.expectFirst(".hit .said").text()).startsWith("And to buy chips");
  }

  @Test
  void questionsAreAnsweredByQuotationsAlone() throws Exception {
    String question = encoded("why can't they just buy more chips?");
    JsonNode answer = json("/api/v1/answers?q=" + question);
    assertThat(answer.path("passages").size()).isBetween(2, 5);
    for (JsonNode passage : answer.path("passages")) {
      String id = passage.path("moment").asText();
      assertThat(engine.moment(id).orElseThrow().moment().text())
          .isEqualTo(passage.path("quotation").asText());
      assertThat(passage.path("speaker").asText()).isNotBlank();
      assertThat(passage.at("/links/page").asText()).contains("t=");
    }
    assertThat(answer.path("passages").findValuesAsText("quotation"))
        .doesNotHaveDuplicates()
        .contains("They want to purchase processors but nobody sells them.");
    assertThat(answer.has("refusal")).isFalse();
    JsonNode none = json("/api/v1/answers?q=" + encoded("who invented spectacles in Florence?"));
    assertThat(none.path("passages")).isEmpty();
    assertThat(none.path("refusal").asText()).isEqualTo("nothing here answers that");
    assertThat(get("/api/v1/answers?q=", 400)).contains("q must be a question, got nothing");
    Document page = Jsoup.parse(get("/?q=" + question, 200));
    assertThat(page.select("section.answer blockquote")).isNotEmpty();
    String refused = get("/?q=" + encoded("who invented spectacles in Florence"), 200);
    assertThat(Jsoup.parse(refused).select("section.answer h2").text())
        .isEqualTo("Nothing here answers that");
    // Words that may be a question are not told that nothing answers them.
    String words = get("/?q=" + encoded("spectacles and worries about Florence"), 200);
    assertThat(Jsoup.parse(words).select("section.answer")).isEmpty();
  }

  @Test
  void thePageFindsByBothAndItsAddressSaysOtherwise() throws Exception {
    Document page = Jsoup.parse(get("/?q=car", 200));
    assertThat(page.select(".modes a[aria-current]").text()).isEqualTo("Words and meaning");
    assertThat(page.select(".meant")).hasSize(1);
    Document words = Jsoup.parse(get("/?q=car&mode=words", 200));
    assertThat(words.select(".modes a[aria-current]").text()).isEqualTo("Words");
    assertThat(words.select(".meant")).isEmpty();
    assertThat(words.expectFirst(".modes a").attr("href")).isEqualTo("/?q=car");
    // What else is chosen stays.
    assertThat(words.select(".sorts a[data-key=sort:newest]").attr("href")).contains("mode=words");
    assertThat(Jsoup.parse(get("/?q=car&view=lines", 200)).select(".line")).hasSize(1);
  }

  private static String call(String tool, Map<String, Object> arguments) {
    McpSchema.CallToolResult result =
        assistant.callTool(new McpSchema.CallToolRequest(tool, arguments));
    return ((McpSchema.TextContent) result.content().getFirst()).text();
  }

  @Test
  void anAssistantIsToldWhatIsNearAndWhatWasSaid() throws Exception {
    assertThat(call("search", Map.of("query", "car")))
        .contains("1 passage, and 1 without these words that are near in meaning")
        .contains("(near in meaning) [3:10] Ben Ode");
    assertThat(call("search", Map.of("query", "car", "mode", "words")))
        .doesNotContain("near in meaning");
    assertThat(call("answer", Map.of("question", "why can't they just buy more chips?")))
        .contains("“They want to purchase processors but nobody sells them.”")
        .contains("— Ada Quist, “Supply”");
    assertThat(call("answer", Map.of("question", "who invented spectacles in Florence?")))
        .isEqualTo("nothing here answers that.\n");
    String id = json("/api/v1/search?q=processors").at("/hits/0/id").asText();
    assertThat(call("similar", Map.of("moment", id, "group", "speaker")))
        .startsWith("Cy Dahl, 1 passage:");
    assertThat(call("similar", Map.of("moment", "x"))).contains("there is no moment \"x\"");
  }
}
