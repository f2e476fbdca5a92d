package dev.earmark.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earmark.CheckingClient;
import dev.earmark.Foreign;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.ProblemLog;
import dev.earmark.search.Corpora;
import dev.earmark.search.HostileInput;
import dev.earmark.search.lucene.LuceneSearchEngine;
import dev.earmark.source.Formats;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The API as a program meets it: a real server, over the seeds. */
class ApiTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient CLIENT = CheckingClient.create();

  @TempDir static Path folder;
  private static LuceneSearchEngine engine;
  private static EarmarkServer server;

  @BeforeAll
  static void start() throws IOException {
    Corpora.index(folder, Corpora.SEEDS);
    engine = LuceneSearchEngine.open(folder);
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

  private static JsonNode json(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
    return MAPPER.readTree(response.body());
  }

  private static String query(String text) {
    return "/api/v1/search?q=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void aHitHasEverythingTheContractPromises() throws Exception {
    JsonNode answer = json(query("\"country of geniuses\" kind:quote speaker:dario"));
    assertThat(answer.path("total").asInt()).isEqualTo(1);
    assertThat(answer.path("query").path("notUnderstood").isArray()).isTrue();
    JsonNode hit = answer.path("hits").get(0);
    assertThat(names(hit))
        .contains(
            "id", "kind", "text", "episode", "speaker", "source", "topics", "startMs", "endMs",
            "atMs", "anchor", "snippet", "matches", "why", "links", "score");
    assertThat(hit.path("episode").path("id").asText()).isEqualTo("dario-amodei-2026");
    assertThat(hit.path("episode").path("durationMs").asLong()).isEqualTo(8_540_000);
    assertThat(hit.path("atMs").asLong()).isEqualTo(835_000);
    assertThat(hit.path("anchor").path("type").asText()).isEqualTo("exact");
    assertThat(hit.path("why").asText()).isEqualTo("exact");
    assertThat(hit.path("links").path("page").asText()).isEqualTo("/e/dario-amodei-2026?t=835");
    assertThat(hit.path("links").path("media").asText())
        .isEqualTo("https://www.youtube.com/watch?v=n1E9IZfvGMA&t=835s");
    JsonNode range = hit.path("snippet").path("highlights").get(0);
    assertThat(
            hit.path("snippet")
                .path("text")
                .asText()
                .substring(range.get(0).asInt(), range.get(1).asInt()))
        .isEqualTo("country of geniuses");
    assertThat(names(answer.path("facets")))
        .contains("speaker", "topic", "kind", "show", "year", "source", "lang", "episode");
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/v1/search?limit=-1 | 400 | limit must be 1 to 100, got \"-1\"",
        "/api/v1/search?limit=many | 400 | limit must be 1 to 100, got \"many\"",
        "/api/v1/search?sort=best | 400 | sort must be relevance, newest, oldest or time",
        "/api/v1/search?group=show | 400 | group must be episode",
        "/api/v1/search?from=soon | 400 | from must be a date such as 2026-02-13",
        "/api/v1/search?cursor=elsewhere | 400 | is not a cursor of this search",
        "/api/v1/search?facetLimit=0 | 400 | facetLimit must be 1 to 1000, got \"0\"",
        "/api/v1/search?facet.guest=a | 400 | there is no facet \"guest\"; there are speaker",
        "/api/v1/suggest?limit=51 | 400 | limit must be 1 to 50, got \"51\"",
        "/api/v1/search?mode=magic | 400 | mode must be words",
        "/api/v1/episodes/none | 404 | there is no episode \"none\"",
        "/api/v1/episodes/dario-amodei-2026/transcript.doc | 404 | transcript.vtt",
        "/api/v1/episodes/dario-amodei-2026/moments?kind=song | 400 | there is no kind \"song\";"
            + " there are segment",
        "/api/v1/nothing | 404 | not found",
      })
  void errorsNameTheOffenderAndTheRemedy(String path, int status, String message) throws Exception {
    HttpResponse<String> response = get(path.replace("\"", "%22"));
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    JsonNode problem = MAPPER.readTree(response.body());
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("detail").asText()).contains(message);
  }

  @Test
  void aCursorOfAnotherSearchIsRefused() throws Exception {
    String next = json(query("exponential") + "&limit=2").path("next").asText();
    assertThat(json(query("exponential") + "&limit=2&cursor=" + next).path("hits")).isNotEmpty();
    assertThat(get(query("compute") + "&limit=2&cursor=" + next).statusCode()).isEqualTo(400);
  }

  @Test
  void whatIsNotUnderstoodIsSaidWithItsPlace() throws Exception {
    JsonNode answer = json(query("geniuses foo:bar"));
    JsonNode part = answer.path("query").path("notUnderstood").get(0);
    assertThat(part.path("from").asInt()).isEqualTo(9);
    assertThat(part.path("to").asInt()).isEqualTo(13);
    assertThat(part.path("message").asText()).contains("no field \"foo\"");
    assertThat(answer.path("total").asInt()).isPositive();
  }

  @Test
  void episodesMomentsMatchesAndTranscripts() throws Exception {
    assertThat(json("/api/v1/episodes").path("total").asInt()).isEqualTo(1);
    JsonNode episode = json("/api/v1/episodes/dario-amodei-2026");
    assertThat(episode.path("sources")).hasSize(5);
    assertThat(episode.path("speakers").get(0).path("name").asText()).isEqualTo("Dario Amodei");
    JsonNode moments =
        json("/api/v1/episodes/dario-amodei-2026/moments?kind=price&from=50:00&to=55:00");
    assertThat(moments.path("total").asInt()).isEqualTo(5);
    JsonNode matches = json("/api/v1/episodes/dario-amodei-2026/matches?q=bullshit");
    assertThat(matches.path("matches").get(0).path("atMs").asLong()).isEqualTo(1_285_000);
    for (String form : List.of("vtt", "srt", "json", "txt", "md")) {
      assertThat(get("/api/v1/episodes/dario-amodei-2026/transcript." + form).body())
          .contains("The Exponential Progress of AI");
    }
  }

  @Test
  void chaptersLeaveAsPodcastsHaveThemAndAreReadAgain() throws Exception {
    HttpResponse<String> response = get("/api/v1/episodes/dario-amodei-2026/chapters.json");
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json+chapters");
    RawSource source = RawSource.ofText("dario.chapters.json", response.body());
    ParsedSource read =
        Formats.recognise(source).orElseThrow().read(source, new ProblemLog(source.name()));
    List<String> titles = new ArrayList<>();
    json("/api/v1/episodes/dario-amodei-2026/moments")
        .path("moments")
        .forEach(moment -> titles.add(moment.path("title").asText()));
    assertThat(read.moments()).hasSizeGreaterThan(5);
    assertThat(read.moments()).extracting(Moment::kind).containsOnly(Kind.CHAPTER);
    assertThat(titles).containsAll(read.moments().stream().map(Moment::title).toList());
  }

  @Test
  void aLongListOfValuesCanBeSearched() throws Exception {
    JsonNode all = json("/api/v1/search?facetLimit=1000").path("facets").path("topic");
    JsonNode some = json("/api/v1/search?facet.topic=con").path("facets").path("topic");
    assertThat(some).isNotEmpty().hasSizeLessThan(all.size());
    for (JsonNode value : some) {
      assertThat(" " + value.path("value").asText().toLowerCase(Locale.ROOT)).contains(" con");
      assertThat(all).contains(value);
    }
    int quotes = json("/api/v1/search?kind=quote").path("total").asInt();
    for (String typed : List.of("ama", "AMO", "dario%20a")) {
      JsonNode answer = json("/api/v1/search?kind=quote&facet.speaker=" + typed);
      assertThat(answer.path("total").asInt()).isEqualTo(quotes);
      assertThat(answer.path("facets").path("speaker"))
          .as(typed)
          .hasSize(typed.equals("ama") ? 0 : 1);
    }
    assertThat(json("/api/v1/search?facetLimit=2").path("facets").path("topic")).hasSize(2);
    JsonNode chosen =
        json("/api/v1/search?speaker=Dario%20Amodei&facet.speaker=dwar").path("facets");
    assertThat(chosen.path("speaker").findValuesAsText("value"))
        .containsExactly("Dwarkesh Patel", "Dario Amodei");
  }

  @Test
  void suggestionsSayWhereTheyLead() throws Exception {
    JsonNode speaker = json("/api/v1/suggest?q=amo").path("suggestions");
    for (int i = 0; i < 500 && speaker.isEmpty(); i++) {
      Thread.sleep(20);
      speaker = json("/api/v1/suggest?q=amo").path("suggestions");
    }
    assertThat(speaker.get(0).path("text").asText()).isEqualTo("Dario Amodei");
    assertThat(speaker.get(0).path("type").asText()).isEqualTo("speaker");
    assertThat(speaker.get(0).path("query").asText()).isEqualTo("speaker:\"Dario Amodei\"");
    assertThat(speaker.get(0).path("page").isNull()).isTrue();
    JsonNode episode = json("/api/v1/suggest?q=dario&limit=50").path("suggestions");
    assertThat(episode.findValuesAsText("page")).contains("/e/dario-amodei-2026");
  }

  @Test
  void trendsSpeakersAndShows() throws Exception {
    JsonNode trend = json("/api/v1/trends?q=%22country%20of%20geniuses%22");
    assertThat(trend.path("phrase").asText()).isEqualTo("country of geniuses");
    assertThat(trend.path("by").asText()).isEqualTo("month");
    assertThat(trend.path("points").get(0).path("key").asText()).isEqualTo("2026-02");
    assertThat(trend.path("points").get(0).path("count").asLong())
        .isEqualTo(trend.path("count").asLong())
        .isPositive();
    assertThat(trend.path("perMillion").asDouble())
        .isEqualTo(1e6 * trend.path("count").asLong() / trend.path("words").asLong());
    assertThat(trend.at("/first/episode/id").asText()).isEqualTo("dario-amodei-2026");
    JsonNode byShow = json("/api/v1/trends?q=compute&by=show");
    assertThat(byShow.path("points").get(0).path("key").asText()).isEqualTo("Dwarkesh Podcast");
    HttpResponse<String> wrong = get("/api/v1/trends?q=compute&by=year");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(MAPPER.readTree(wrong.body()).path("parameter").asText()).isEqualTo("by");
    assertThat(get("/api/v1/trends").statusCode()).isEqualTo(400);

    JsonNode speaker = json("/api/v1/speakers/dario%20AMODEI");
    assertThat(speaker.path("name").asText()).isEqualTo("Dario Amodei");
    assertThat(speaker.path("episodes")).hasSize(1);
    assertThat(speaker.path("quotes")).isNotEmpty();
    assertThat(speaker.path("page").asText()).isEqualTo("/speaker/Dario%20Amodei");
    assertThat(get("/api/v1/speakers/nobody").statusCode()).isEqualTo(404);

    JsonNode show = json("/api/v1/shows/dwarkesh%20podcast");
    assertThat(show.path("name").asText()).isEqualTo("Dwarkesh Podcast");
    assertThat(show.path("episodes").get(0).path("id").asText()).isEqualTo("dario-amodei-2026");
    assertThat(get("/api/v1/shows/nothing").statusCode()).isEqualTo(404);
  }

  @Test
  void whatOthersFollowIsThere() throws Exception {
    HttpResponse<String> feed = get("/feed.xml?q=%22country%20of%20geniuses%22&kind=quote");
    assertThat(feed.headers().firstValue("Content-Type").orElse(""))
        .contains("application/rss+xml");
    org.jsoup.nodes.Document rss =
        org.jsoup.Jsoup.parse(feed.body(), "", org.jsoup.parser.Parser.xmlParser());
    assertThat(rss.select("item")).isNotEmpty();
    assertThat(rss.select("item > link").eachText())
        .anyMatch(link -> link.contains("/e/dario-amodei-2026?t=835&q="));
    assertThat(rss.selectFirst("item > pubDate").text()).startsWith("Fri, 13 Feb 2026");
    assertThat(rss.select("item > guid").eachText()).doesNotHaveDuplicates();
    String sitemap = get("/sitemap.xml").body();
    assertThat(sitemap)
        .contains("/e/dario-amodei-2026</loc>")
        .contains("<lastmod>2026-02-13</lastmod>")
        .contains("/show/Dwarkesh%20Podcast</loc>");
    assertThat(get("/opensearch.xml").body()).contains("/?q={searchTerms}");
    assertThat(get("/robots.txt").body()).contains("/sitemap.xml");
  }

  @Test
  void whatIsNearIsCountedApart() throws Exception {
    JsonNode answer = json(query("exponantial"));
    assertThat(answer.path("exactTotal").asInt()).isZero();
    assertThat(answer.path("nearTotal").asInt()).isEqualTo(answer.path("total").asInt());
    assertThat(answer.path("hits").get(0).path("why").asText()).isEqualTo("fuzzy");
    assertThat(answer.path("didYouMean").asText()).isEqualTo("exponential");
  }

  /** What is for browsers and people, and what a protocol of its own describes. */
  private static final List<String> NOT_DESCRIBED =
      List.of(
          "/",
          "/e/{id}",
          "/embed/{id}",
          "/iiif/*",
          "/iiif/{id}/media/{type}",
          "/trends",
          "/trends.csv",
          "/speaker/{name}",
          "/show/{name}",
          "/topic/{name}",
          "/shows",
          "/speakers",
          "/topics",
          "/assets/<name>",
          "/favicon.ico",
          "/media/{id}/{type}",
          "/artwork/{id}",
          "/openapi.json",
          "/api",
          "/mcp",
          "/feed.xml",
          "/similar",
          "/sitemap.xml",
          "/robots.txt",
          "/opensearch.xml",
          "/api/v1/episodes/{id}/{file}");

  @Test
  void everyRouteIsDescribed() throws Exception {
    Set<String> described = new TreeSet<>(names(json("/openapi.json").path("paths")));
    assertThat(described).contains("/api/v1/search", "/healthz").doesNotContain("/api/v1/index");
    Set<String> routes = new TreeSet<>(server.paths());
    routes.removeAll(NOT_DESCRIBED);
    assertThat(described)
        .as("what is described; add a route for programs by Api.get or Api.post, or name it above")
        .isEqualTo(routes);
    JsonNode parameters = json("/openapi.json").at("/paths/~1api~1v1~1search/get/parameters");
    List<String> documented = new ArrayList<>();
    parameters.forEach(parameter -> documented.add(parameter.path("name").asText()));
    assertThat(documented).contains("q", "sort", "limit", "cursor", "group", "from", "to");
    dev.earmark.schema.Schema.facets()
        .forEach(facet -> assertThat(documented).contains(facet.name(), "facet." + facet.name()));
    assertThat(documented).contains("facetLimit").doesNotHaveDuplicates();
  }

  @Test
  void theDescriptionKeepsTheRulesOfOthers() throws Exception {
    JsonNode linted = Foreign.read("openapi", json("/openapi.json").toString());
    assertThat(linted.at("/totals/errors").asInt(-1)).as(linted.toPrettyString()).isZero();
    assertThat(linted.at("/totals/warnings").asInt(-1)).as(linted.toPrettyString()).isZero();
  }

  @Test
  void noQueryFails() throws Exception {
    List<String> all = new ArrayList<>(HostileInput.queries());
    all.addAll(HostileInput.strings());
    for (String text : all) {
      HttpResponse<String> response = get(query(text));
      assertThat(response.statusCode()).as(text).isEqualTo(200);
    }
  }

  @Test
  void onlyDeclaredMediaFilesAreServedAndInRanges(@TempDir Path corpus, @TempDir Path index)
      throws Exception {
    Path show = Files.createDirectory(corpus.resolve("show"));
    Files.writeString(corpus.resolve("secret.mp3"), "secret");
    Files.write(show.resolve("talk.mp3"), "0123456789".getBytes(StandardCharsets.UTF_8));
    Files.createSymbolicLink(show.resolve("link.mp3"), corpus.resolve("secret.mp3"));
    for (String[] one :
        new String[][] {
          {"good", "talk.mp3"}, {"up", "../secret.mp3"}, {"link", "link.mp3"}, {"text", "good.vtt"}
        }) {
      Files.writeString(show.resolve(one[0] + ".yaml"), "media: {audio: " + one[1] + "}\n");
      Files.writeString(
          show.resolve(one[0] + ".vtt"), "WEBVTT\n\n00:01.000 --> 00:02.000\nHello there.\n");
    }
    Corpora.index(index, show);
    try (LuceneSearchEngine own = LuceneSearchEngine.open(index);
        EarmarkServer ownServer = EarmarkServer.start(own, 0)) {
      String base = "http://127.0.0.1:" + ownServer.port();
      HttpResponse<String> part =
          CLIENT.send(
              HttpRequest.newBuilder(URI.create(base + "/media/good/audio"))
                  .header("Range", "bytes=2-4")
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(part.statusCode()).isEqualTo(206);
      assertThat(part.body()).isEqualTo("234");
      assertThat(part.headers().firstValue("Content-Type")).contains("audio/mpeg");
      assertThat(part.headers().firstValue("Content-Range")).contains("bytes 2-4/10");
      for (String[] one :
          new String[][] {
            {"bytes=7-", "789"}, {"bytes=-2", "89"}, {"bytes=0-99", "0123456789"}, {"bytes=12-", ""}
          }) {
        HttpResponse<String> answer =
            CLIENT.send(
                HttpRequest.newBuilder(URI.create(base + "/media/good/audio"))
                    .header("Range", one[0])
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).as(one[0]).isEqualTo(one[1]);
        assertThat(answer.statusCode()).isEqualTo(one[1].isEmpty() ? 416 : 206);
      }
      for (String refused :
          List.of(
              "/media/up/audio",
              "/media/link/audio",
              "/media/text/audio",
              "/media/good/video",
              "/media/none/audio")) {
        HttpResponse<String> answer =
            CLIENT.send(
                HttpRequest.newBuilder(URI.create(base + refused)).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(refused).isEqualTo(404);
      }
      HttpResponse<String> hit =
          CLIENT.send(
              HttpRequest.newBuilder(URI.create(base + "/api/v1/search?q=there&episode=good"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(MAPPER.readTree(hit.body()).at("/hits/0/links/audio").asText())
          .isEqualTo("/media/good/audio#t=1.5,2");
    }
  }

  @Test
  void pagesCarryAStrictPolicy() throws Exception {
    HttpResponse<String> page = get("/?q=exponential");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'")
        .doesNotContain("unsafe");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(page.body()).contains("<mark>");
    assertThat(get("/assets/../openapi.json").statusCode()).isEqualTo(404);
    assertThat(get("/assets/%2e%2e/openapi.json").statusCode()).isIn(400, 404);
  }
}
