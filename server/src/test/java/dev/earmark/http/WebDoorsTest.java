package dev.earmark.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earmark.CheckingClient;
import dev.earmark.Foreign;
import dev.earmark.search.Corpora;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.awt.image.BufferedImage;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What other sites and search engines read of the pages of a real server, as checkers of other
 * people's making see it.
 */
class WebDoorsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient CLIENT = CheckingClient.create();

  /** Of every kind of page at least one. */
  private static final List<String> PAGES =
      List.of(
          "/",
          "/?q=harbour",
          "/?q=harbour&group=moment",
          "/?q=harbour&view=lines",
          "/?q=nothinglikethis",
          "/e/film",
          "/e/film?t=4",
          "/e/film?t=4,9&q=harbour",
          "/e/dario-amodei-2026?t=835",
          "/e/bare",
          "/embed/film?t=4,9",
          "/embed/dario-amodei-2026?t=835",
          "/embed/bare",
          "/show/Quay%20Notes",
          "/speaker/Dario%20Amodei",
          "/shows",
          "/speakers",
          "/topics",
          "/trends",
          "/trends?q=harbour");

  @TempDir static Path folder;
  private static LuceneSearchEngine engine;
  private static EarmarkServer server;

  @BeforeAll
  static void start() throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Path show = Files.createDirectories(corpus.resolve("Quay Notes"));
    Files.writeString(show.resolve("show.yaml"), "show: Quay Notes\n");
    ImageIO.write(
        new BufferedImage(320, 180, BufferedImage.TYPE_INT_RGB),
        "png",
        show.resolve("film.png").toFile());
    Files.writeString(
        show.resolve("film.yaml"),
        """
        id: film
        title: A film of "bells" & <ropes>
        date: 2024-03-12
        duration: 1:00
        language: en
        topics: [bells]
        description: What a keeper hears in a year.
        media: { video: https://example.org/film.mp4 }
        """);
    Files.writeString(
        show.resolve("film.vtt"),
        """
        WEBVTT

        00:01.000 --> 00:08.000
        <v Ines Marlow>A keeper writes down every ship that makes the harbour.

        00:08.000 --> 00:24.000
        <v Odile Brandt>The barometer falls, and nobody leaves the harbour.
        """);
    Files.writeString(
        show.resolve("film.chapters.json"),
        """
        {"version": "1.2.0", "chapters": [
          {"startTime": 0, "title": "The keeper"}, {"startTime": 8, "title": "The weather"}]}
        """);
    Files.writeString(corpus.resolve("bare.txt"), "Notes without a recording, on a harbour.\n");
    Corpora.index(folder.resolve("index"), Corpora.SEEDS, corpus);
    engine = LuceneSearchEngine.open(folder.resolve("index"));
    server = EarmarkServer.start(engine, 0);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    engine.close();
  }

  private static String base() {
    return "http://127.0.0.1:" + server.port();
  }

  private static HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String oembed(String url, String more) {
    return "/oembed?url=" + URLEncoder.encode(url, StandardCharsets.UTF_8) + more;
  }

  @Test
  void everyKindOfPageIsFreeOfErrorsOfHtml() throws Exception {
    Map<String, String> pages = new LinkedHashMap<>();
    List<String> addresses = new ArrayList<>(PAGES);
    addresses.add(
        Jsoup.parse(get("/topics").body()).selectFirst("main a[href^=/topic/]").attr("href"));
    for (String page : addresses) {
      HttpResponse<String> answer = get(page);
      assertThat(answer.statusCode()).as(page).isEqualTo(200);
      pages.put(page, answer.body());
    }
    pages.put("not found", get("/e/none", "Accept", "text/html").body());
    JsonNode messages = Foreign.read("html", MAPPER.writeValueAsString(pages));
    assertThat(messages.path("checked").asInt()).isEqualTo(pages.size());
    assertThat(messages.path("messages")).as(messages.toPrettyString()).isEmpty();
  }

  @Test
  void structuredDataIsCompleteForThoseWhoShowIt() throws Exception {
    JsonNode read =
        Foreign.read(
            "structured",
            MAPPER.writeValueAsString(
                Map.of("home", get("/").body(), "film", get("/e/film?t=4").body())));
    assertThat(read.at("/film/issues").findValuesAsText("severity"))
        .as(read.toPrettyString())
        .doesNotContain("ERROR");
    assertThat(read.at("/home/issues")).isEmpty();
    JsonNode film = read.at("/film/data/VideoObject/0");
    assertThat(film.path("thumbnailUrl").asText()).startsWith(base() + "/artwork/");
    assertThat(film.path("hasPart").findValuesAsText("startOffset")).containsExactly("0", "8");
    assertThat(film.path("hasPart").findValuesAsText("endOffset")).containsExactly("8", "60");
    assertThat(film.path("embedUrl").asText()).isEqualTo(base() + "/embed/film");
    assertThat(film.at("/potentialAction/target").asText())
        .isEqualTo(base() + "/e/film?t={seek_to_second_number}");
    JsonNode site = read.at("/home/data/WebSite/0");
    String template = site.at("/potentialAction/target/urlTemplate").asText();
    assertThat(template).isEqualTo(base() + "/?q={search_term_string}");
    assertThat(
            get(template.replace("{search_term_string}", "barometer").substring(base().length()))
                .body())
        .contains("<mark>barometer</mark>");
  }

  @Test
  void onlyThePlayerMayStandInAFrame() throws Exception {
    String tag = get("/embed/film").headers().firstValue("ETag").orElseThrow();
    List<HttpResponse<String>> framed =
        List.of(
            get("/embed/film?t=4"),
            get("/embed/none", "Accept", "text/html"),
            get("/embed/film", "If-None-Match", tag));
    assertThat(framed).extracting(HttpResponse::statusCode).containsExactly(200, 404, 304);
    for (HttpResponse<String> answer : framed) {
      assertThat(answer.headers().firstValue("X-Frame-Options")).isEmpty();
      assertThat(answer.headers().firstValue("Cross-Origin-Resource-Policy"))
          .contains("cross-origin");
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
          .endsWith("frame-ancestors *")
          .contains("default-src 'none'");
    }
    for (String other :
        List.of(
            "/",
            "/e/film",
            "/mcp",
            "/embed",
            "/embed/film/more",
            "/api/v1/search?q=a",
            "/oembed")) {
      HttpResponse<String> answer = get(other);
      assertThat(answer.headers().firstValue("X-Frame-Options")).as(other).contains("DENY");
      assertThat(answer.headers().firstValue("Cross-Origin-Resource-Policy"))
          .as(other)
          .contains("same-origin");
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
          .as(other)
          .endsWith("frame-ancestors 'none'");
    }
  }

  @Test
  void aPageLeadsToItsDescriptionForOtherSitesAndToItsFeed() throws Exception {
    Document page = Jsoup.parse(get("/e/film?t=4,9").body());
    String json = page.selectFirst("link[type=application/json+oembed]").attr("href");
    JsonNode described = MAPPER.readTree(get(json.substring(base().length())).body());
    assertThat(described.path("type").asText()).isEqualTo("rich");
    assertThat(described.path("version").asText()).isEqualTo("1.0");
    assertThat(described.path("title").asText()).isEqualTo("A film of \"bells\" & <ropes>");
    assertThat(described.path("author_name").asText()).isEqualTo("Quay Notes");
    assertThat(described.path("thumbnail_width").asInt()).isEqualTo(300);
    Element frame = Jsoup.parse(described.path("html").asText()).selectFirst("iframe");
    assertThat(frame.attr("src")).isEqualTo(base() + "/embed/film?t=4,9");
    assertThat(frame.attr("title")).isEqualTo("A film of \"bells\" & <ropes>");
    assertThat(frame.attr("width")).isEqualTo(described.path("width").asText());
    String xml = page.selectFirst("link[type=text/xml+oembed]").attr("href");
    HttpResponse<String> inXml = get(xml.substring(base().length()));
    assertThat(inXml.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/xml");
    Document read = Jsoup.parse(inXml.body(), "", Parser.xmlParser());
    described
        .properties()
        .forEach(field ->
            assertThat(read.selectFirst("oembed > " + field.getKey()).wholeText())
                .isEqualTo(field.getValue().asText()));
    String feed = page.selectFirst("link[type=application/rss+xml]").attr("href");
    JsonNode items = Foreign.read("feed", get(feed).body()).path("items");
    assertThat(items.findValuesAsText("link"))
        .isNotEmpty()
        .allMatch(link -> link.contains("/e/film"));
    assertThat(get("/embed/film?t=4,9").body())
        .contains("every ship that makes the harbour")
        .contains("The barometer falls");
    assertThat(get("/embed/film?t=9,12").body()).doesNotContain("every ship");
  }

  @Test
  void anEmbeddedPlayerIsNoLargerThanAllowed() throws Exception {
    JsonNode small =
        MAPPER.readTree(
            get(oembed(base() + "/e/film", "&maxwidth=280&maxheight=200&format=json")).body());
    assertThat(small.path("width").asInt()).isEqualTo(280);
    assertThat(small.path("height").asInt()).isEqualTo(200);
    assertThat(small.path("html").asText()).contains("width=\"280\" height=\"200\"");
    // A picture that is too large is left out rather than sent.
    assertThat(small.has("thumbnail_url")).isFalse();
    JsonNode usual = MAPPER.readTree(get(oembed(base() + "/embed/film?t=1:00", "")).body());
    assertThat(usual.path("width").asInt()).isEqualTo(640);
    assertThat(usual.path("html").asText()).contains("/embed/film?t=60\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/oembed | 400 | url must be the address of an episode here, such as http",
        "/oembed?url=https://example.org/e/film | 404 | got \"https://example.org/e/film\"",
        "/oembed?url=HERE/e/none | 404 | there is no episode \"none\"",
        "/oembed?url=HERE/speakers | 404 | url must be the address of an episode here",
        "/oembed?url=HERE/e/ | 404 | url must be the address of an episode here",
        "/oembed?url=film | 404 | url must be the address of an episode here",
        "/oembed?url=%7B%25zz | 404 | url must be the address of an episode here",
        "/oembed?url=HERE/e/film&format=yaml | 501 | format must be json or xml, got \"yaml\"",
        "/oembed?url=HERE/e/film&maxwidth=wide | 400 | maxwidth must be 1 to",
        "/oembed?url=HERE/e/film&maxheight=0 | 400 | maxheight must be 1 to",
        "/embed/none | 404 | there is no episode \"none\"",
      })
  void errorsNameTheOffenderAndTheRemedy(String path, int status, String message) throws Exception {
    HttpResponse<String> answer = get(path.replace("HERE", base()));
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/problem+json");
    assertThat(MAPPER.readTree(answer.body()).path("detail").asText()).contains(message);
  }

  @Test
  void aSitemapIsReadByOthers() throws Exception {
    JsonNode sites = Foreign.read("sitemap", base() + "/sitemap.xml").path("sites");
    List<String> read = new ArrayList<>();
    sites.forEach(site -> read.add(site.asText()));
    assertThat(read)
        .contains(base() + "/", base() + "/e/film", base() + "/show/Quay%20Notes")
        .doesNotHaveDuplicates();
  }
}
