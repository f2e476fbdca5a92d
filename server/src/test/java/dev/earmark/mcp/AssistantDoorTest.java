package dev.earmark.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earmark.Foreign;
import dev.earmark.cli.Main;
import dev.earmark.http.EarmarkServer;
import dev.earmark.search.Corpora;
import dev.earmark.search.lucene.LuceneSearchEngine;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an assistant is told, through the client of the protocol's own library. */
class AssistantDoorTest {
  @TempDir private static Path folder;

  private static LuceneSearchEngine engine;
  private static EarmarkServer server;
  private static McpSyncClient client;

  @BeforeAll
  static void start() throws IOException {
    Path talks = Files.createDirectory(folder.resolve("talks"));
    Files.writeString(
        talks.resolve("harbour.vtt"),
        """
        WEBVTT

        00:01.000 --> 00:05.000
        <v Ada Quist>Welcome to the harbour of Gullhaven.

        00:05.000 --> 00:09.000
        <v Ben Orr>The mooring lines are new.

        00:09.000 --> 00:14.000
        <v Ada Quist>New lines, old knots.
        """);
    Files.writeString(
        talks.resolve("harbour.yaml"),
        "title: At the harbour\n"
            + "show: Harbour Hours\n"
            + "date: 2024-03-12\n"
            + "media: {youtube: abcdefghijk}\n");
    Files.writeString(
        talks.resolve("tides.vtt"),
        """
        WEBVTT

        00:02.000 --> 00:06.000
        <v Ben Orr>Mooring at low tide is an art.
        """);
    Corpora.index(folder.resolve("index"), talks);
    engine = LuceneSearchEngine.open(folder.resolve("index"));
    server = EarmarkServer.start(engine, 0);
    client =
        McpClient.sync(
                HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + server.port())
                    .build())
            .build();
    client.initialize();
  }

  @AfterAll
  static void stop() throws IOException {
    client.close();
    server.close();
    engine.close();
  }

  private static McpSchema.CallToolResult result(String tool, Map<String, Object> arguments) {
    return client.callTool(new McpSchema.CallToolRequest(tool, arguments));
  }

  private static String text(McpSchema.CallToolResult result) {
    return ((McpSchema.TextContent) result.content().getFirst()).text();
  }

  private static String call(String tool, Map<String, Object> arguments) {
    McpSchema.CallToolResult result = result(tool, arguments);
    assertThat(result.isError()).as(text(result)).isNotEqualTo(Boolean.TRUE);
    return text(result);
  }

  @Test
  void saysWhatItCanBeAsked() {
    assertThat(client.listTools().tools())
        .extracting(McpSchema.Tool::name)
        .containsExactlyInAnyOrder(
            "search",
            "answer",
            "similar",
            "read_around",
            "quote",
            "count",
            "first_mention",
            "list_episodes",
            "list_speakers",
            "list_topics",
            "list_shows");
    assertThat(client.listTools().tools())
        .allSatisfy(tool -> assertThat(tool.annotations().readOnlyHint()).isTrue());
    assertThat(client.getServerInstructions()).contains("quotations");
  }

  @Test
  void citesWhatItFinds() {
    assertThat(call("search", Map.of("query", "gullhaven")))
        .contains(
            "1 passage",
            "[0:04] Ada Quist, “At the harbour”, Harbour Hours, 2024-03-12 (episode: ",
            "Welcome to the harbour of Gullhaven.",
            "http://127.0.0.1:" + server.port() + "/e/",
            "https://www.youtube.com/watch?v=abcdefghijk&t=4s");
  }

  @Test
  void narrows() {
    assertThat(call("search", Map.of("query", "mooring", "speaker", "Ben Orr")))
        .contains("2 passages");
    assertThat(call("search", Map.of("query", "mooring", "show", "Harbour Hours")))
        .contains("1 passage:");
    assertThat(call("search", Map.of("query", "mooring", "from", "2024-01-01")))
        .contains("1 passage:");
    assertThat(call("search", Map.of("query", "lines", "speaker", List.of("Ada Quist", "Ben Orr"))))
        .contains("2 passages");
  }

  @Test
  void doesNotTakeNothingForNever() {
    assertThat(call("search", Map.of("query", "\"harbour mooring\"")))
        .contains(
            "does not mean it was never said", "“harbour” alone: ", "“mooring” alone: 2 passages");
    assertThat(call("search", Map.of("query", "mooring", "speaker", "Ada Quist")))
        .contains("Without the filters: 2 passages");
  }

  @Test
  void readsAround() {
    String id = episode("At the harbour");
    assertThat(call("read_around", Map.of("episode", id, "at", "0:06", "before", 60, "after", 60)))
        .containsSubsequence(
            "Ada Quist: Welcome to the harbour",
            "[0:05] Ben Orr: The mooring lines are new.",
            "[0:09] Ada Quist: New lines, old knots.");
    assertThat(call("read_around", Map.of("episode", id, "at", "0:06", "before", 0, "after", 1)))
        .contains("mooring")
        .doesNotContain("Gullhaven");
    assertThat(call("read_around", Map.of("episode", id, "at", "2:00:00")))
        .contains("Nothing is said around 2:00:00");
  }

  @Test
  void quotesALineASpeaker() {
    assertThat(call("quote", Map.of("episode", episode("At the harbour"), "from", "5", "to", "14")))
        .contains(
            "Ben Orr: “The mooring lines are new.”\nAda Quist: “New lines, old knots.”",
            "— “At the harbour”, Harbour Hours, 2024-03-12",
            "0:05–0:14",
            "t=5");
  }

  @Test
  void countsAndTellsTheFirst() {
    assertThat(call("count", Map.of("query", "mooring")))
        .contains(
            "2 passages in 2 episodes",
            "speaker: Ben Orr (Harbour Hours) 1",
            "show: Harbour Hours 1");
    assertThat(call("first_mention", Map.of("query", "mooring")))
        .contains(
            "First said on 2024-03-12",
            "The mooring lines are new.",
            "1 passage of 2 are in episodes without a date");
  }

  @Test
  void listsWhatThereIs() {
    assertThat(call("list_episodes", Map.of())).contains("2 episodes", "“At the harbour”");
    assertThat(call("list_episodes", Map.of("show", "harbour hours"))).contains("1 episode:");
    assertThat(call("list_speakers", Map.of()))
        .contains("- Ada Quist: ", "- Ben Orr (Harbour Hours): ");
    assertThat(call("list_speakers", Map.of("beginning", "orr")))
        .contains("Ben Orr")
        .doesNotContain("Ada");
    assertThat(call("list_shows", Map.of())).contains("Harbour Hours");
  }

  private static String episode(String title) {
    String line = call("list_episodes", Map.of("title", title));
    return line.replaceAll("(?s).*\\(episode: ([^)]+)\\).*", "$1");
  }

  @Test
  void namesTheArgumentThatIsWrong() {
    assertThat(text(result("read_around", Map.of("episode", "nowhere", "at", "5"))))
        .contains("there is no episode \"nowhere\"");
    McpSchema.CallToolResult late =
        result("read_around", Map.of("episode", episode("At the harbour"), "at", "soon"));
    assertThat(late.isError()).isTrue();
    assertThat(text(late)).contains("\"at\" must be seconds or a time such as 13:55, got \"soon\"");
    assertThat(text(result("search", Map.of("query", "x", "from", "spring"))))
        .contains("\"from\" must be a day such as 2026-02-13");
    assertThat(text(result("search", Map.of("query", "x", "limit", 1000))))
        .contains("\"limit\" must be a number from 1 to 25");
    assertThatThrownBy(() -> result("sing", Map.of())).hasMessageContaining("Unknown tool");
  }

  @Test
  void pagesOfOtherSitesMayNotAsk() throws Exception {
    String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
    for (Map.Entry<String, Integer> origin :
        Map.of("http://127.0.0.1:" + server.port(), 200, "https://evil.example", 403).entrySet()) {
      HttpResponse<String> response =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/mcp"))
                      .header("Origin", origin.getKey())
                      .header("Content-Type", "application/json")
                      .header("Accept", "application/json, text/event-stream")
                      .POST(HttpRequest.BodyPublishers.ofString(call))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).as(origin.getKey()).isEqualTo(origin.getValue());
    }
  }

  /** The protocol's own checks, and an inspector's calls at the address and over streams. */
  @Test
  void otherClientsOfTheProtocolAreContent() throws Exception {
    Map<String, Object> asked =
        Map.of(
            "url",
            "http://127.0.0.1:" + server.port() + "/mcp",
            "command",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "args",
            List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.earmark.cli.Main",
                "mcp",
                "--index",
                folder.resolve("index").toString()));
    JsonNode got = Foreign.read("assistant", new ObjectMapper().writeValueAsString(asked));
    got.path("conformance")
        .properties()
        .forEach(check ->
            assertThat(check.getValue().asText())
                .as(check.getKey())
                .matches("Passed: (\\d+)/\\1, 0 failed, 0 warnings"));
    assertThat(got.path("conformance")).hasSize(4);
    for (String way : List.of("http", "stdio")) {
      assertThat(got.path(way).path("tools").findValuesAsText("name"))
          .as(way)
          .contains("search", "read_around", "quote", "count", "first_mention", "list_topics");
      assertThat(got.path(way).at("/found/content/0/text").asText())
          .as(way)
          .contains("2 passages", "Mooring at low tide is an art.");
    }
  }

  @Test
  void speaksOverStandardStreams() {
    ServerParameters parameters =
        ServerParameters.builder(Path.of(System.getProperty("java.home"), "bin", "java").toString())
            .args(
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "mcp",
                "--index",
                folder.resolve("index").toString(),
                "--base",
                "https://talks.example/")
            .build();
    try (McpSyncClient piped =
        McpClient.sync(new StdioClientTransport(parameters, McpJsonDefaults.getMapper())).build()) {
      piped.initialize();
      assertThat(
              text(
                  piped.callTool(new McpSchema.CallToolRequest("search", Map.of("query", "tide")))))
          .contains("Mooring at low tide is an art.", "https://talks.example/e/");
    }
  }
}
