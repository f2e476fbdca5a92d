package dev.earmark.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.CheckingClient;
import dev.earmark.search.Corpora;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where time is up, each route says that its answer lacks something, or gives none. */
class CutAnswersTest {
  private static final HttpClient CLIENT = CheckingClient.create();

  @TempDir static Path folder;
  private static LuceneSearchEngine engine;
  private static EarmarkServer server;

  @BeforeAll
  static void start() throws IOException {
    Path corpus = Files.createDirectory(folder.resolve("corpus"));
    Files.writeString(
        corpus.resolve("talk.vtt"),
        """
        WEBVTT

        00:01.000 --> 00:04.000
        <v Ada Quist>The lantern is lit.

        00:04.000 --> 00:09.000
        <v Bo Lund>So is the other lantern.
        """);
    Files.writeString(
        corpus.resolve("talk.yaml"), "show: Harbour Hours\ndate: 2026-02-13\ntopics: [sea]\n");
    Corpora.index(folder.resolve("index"), corpus);
    engine = LuceneSearchEngine.open(folder.resolve("index"), Duration.ZERO);
    server = EarmarkServer.start(engine, 0);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    engine.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/v1/search?q=lantern | 200 | longer than the 0 ms",
        "/api/v1/search?q= | 200 | longer than the 0 ms",
        "/api/v1/search?q=lantern&group=episode | 200 | longer than the 0 ms",
        "/api/v1/lines?q=lantern | 200 | longer than the 0 ms",
        "/?q=lantern | 200 | longer than the 0 ms",
        "/?q=lantern&view=lines | 200 | longer than the 0 ms",
        "/feed.xml?q=lantern | 200 | longer than the 0 ms",
        "/api/v1/search.csv?q=lantern | 503 | ask for less",
        "/api/v1/search.rss?q=lantern | 503 | ask for less",
        "/api/v1/lines.jsonl?q=lantern | 503 | ask for less",
        "/api/v1/facets.csv?q=lantern | 503 | ask for less",
        "/api/v1/trends.csv?q=lantern | 503 | ask for less",
        "/api/v1/talk.csv?speaker=Ada%20Quist | 503 | ask for less",
        "/api/v1/trends?q=lantern | 200 | \"partial\":true",
        "/trends?q=lantern | 200 | ms of processor time",
        "/api/v1/speakers/Ada%20Quist | 200 | \"partial\":true",
        "/speaker/Ada%20Quist | 200 | ms of processor time",
        "/api/v1/shows/Harbour%20Hours | 503 | ask for less",
        "/show/Harbour%20Hours | 503 | ask for less",
        "/topic/sea | 503 | ask for less",
        "/api/v1/episodes/talk/moments | 200 | \"partial\":true",
        "/api/v1/episodes/talk/matches?q=lantern | 200 | \"partial\":true",
        "/api/v1/episodes/talk/transcript.vtt | 503 | than a request may",
        "/e/talk | 200 | ms of processor time",
        "/api/v1/episodes | 503 | ask for less",
        "/sitemap.xml | 503 | ask for less",
        "/ | 200 | ms of processor time",
      })
  void whatIsCutIsSaid(String path, int status, String said) throws Exception {
    HttpResponse<String> answer =
        CLIENT.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.body()).contains(said);
    assertThat(answer.statusCode()).isEqualTo(status);
  }
}
