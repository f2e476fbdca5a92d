package dev.earmark.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earmark.CheckingClient;
import dev.earmark.search.Corpora;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why a hit stands where it does, by the API and on the page. */
class ExplainDoorsTest {
  @TempDir Path folder;
  private LuceneSearchEngine engine;
  private EarmarkServer server;

  @BeforeEach
  void start() throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Files.writeString(
        corpus.resolve("first.txt"),
        "[00:00:01] Ann: a lantern in the fog\n[00:00:09] Bo: and a lantern on the pier\n");
    Corpora.index(folder.resolve("index"), corpus);
    engine = LuceneSearchEngine.open(folder.resolve("index"));
    server = EarmarkServer.start(engine, 0);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    engine.close();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return CheckingClient.create()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void theApiSaysItOnlyWhenAsked() throws Exception {
    JsonNode plain = ApiJson.MAPPER.readTree(get("/api/v1/search?q=lantern+fog").body());
    assertThat(plain.at("/hits/0").has("explanation")).isFalse();
    for (String group : new String[] {"", "&group=episode"}) {
      JsonNode answer =
          ApiJson.MAPPER.readTree(get("/api/v1/search?q=lantern+fog&explain=true" + group).body());
      JsonNode hit = answer.at(group.isEmpty() ? "/hits/0" : "/groups/0/hits/0");
      assertThat(hit.at("/explanation/value").asDouble())
          .isCloseTo(hit.path("score").asDouble(), within(1e-3));
      assertThat(hit.at("/explanation/details").size()).isPositive();
    }
  }

  @Test
  void anythingButTrueAndFalseIsRefused() throws Exception {
    HttpResponse<String> answer = get("/api/v1/search?q=lantern&explain=maybe");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("explain must be true or false, got \\\"maybe\\\"");
  }

  @Test
  void thePageFoldsItUnderAHit() throws Exception {
    String plain = get("/?q=lantern&group=moment").body();
    assertThat(plain).contains("explain=true").doesNotContain("Why here?");
    String explained = get("/?q=lantern&group=moment&explain=true").body();
    assertThat(explained).contains("<details class=\"why\">").contains("occurrences in the moment");
  }
}
