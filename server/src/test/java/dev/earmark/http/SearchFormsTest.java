package dev.earmark.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earmark.CheckingClient;
import dev.earmark.Foreign;
import dev.earmark.model.ProblemLog;
import dev.earmark.model.TimeSpan;
import dev.earmark.search.Corpora;
import dev.earmark.search.lucene.LuceneSearchEngine;
import dev.earmark.source.Formats;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.SourceFormat;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** Whole searches in forms that others read, read by readers of others. */
class SearchFormsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient CLIENT = CheckingClient.create();
  private static final int CUES = 230;

  @TempDir static Path folder;
  private static LuceneSearchEngine engine;
  private static EarmarkServer server;

  @BeforeAll
  static void start() throws IOException {
    Path corpus = Files.createDirectory(folder.resolve("corpus"));
    StringBuilder cues = new StringBuilder("WEBVTT\n");
    for (int i = 0; i < CUES; i++) {
      cues.append(
          "\n%02d:%02d.000 --> %02d:%02d.900\n<v %s>the lantern & <i>100 %%_{#}</i> ~%d \"lit\" ü 日本\n"
              .formatted(
                  i / 60,
                  i % 60,
                  i / 60,
                  i % 60,
                  i % 2 == 0 ? "Ada Quist" : "Bo Lund and Sons",
                  i));
    }
    Files.writeString(corpus.resolve("one.vtt"), cues);
    Files.writeString(
        corpus.resolve("one.yaml"),
        """
        title: "Lights & <lamps>, a {talk} for 50%"
        show: Night & Day
        date: 2026-02-13
        topics: [sea]
        media: { audio: "https://media.test/one.mp3?a=1&b=2" }
        """);
    Files.writeString(
        corpus.resolve("two.vtt"),
        "WEBVTT\n\n00:02.000 --> 00:04.000\nno lantern was --&gt; heard here\n");
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

  private static HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String body(String path) throws Exception {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
    return response.body();
  }

  /** A title; in Atom it is a construct with a value. */
  private static String text(JsonNode title) {
    return title.isObject() ? title.path("value").asText() : title.asText();
  }

  private static int total() throws Exception {
    int total = MAPPER.readTree(body("/api/v1/search?q=lantern")).path("total").asInt();
    assertThat(total).isEqualTo(CUES + 1);
    return total;
  }

  @Test
  void aTranscriptAsTtmlIsReadAsItsCaptionsAre() throws Exception {
    JsonNode cues = Foreign.read("vtt", body("/api/v1/episodes/one/transcript.vtt"));
    JsonNode paragraphs = Foreign.read("ttml", body("/api/v1/episodes/one/transcript.ttml"));
    assertThat(paragraphs).hasSize(cues.size());
    for (int i = 0; i < cues.size(); i++) {
      JsonNode paragraph = paragraphs.get(i);
      assertThat(paragraph.path("begin").asDouble())
          .isEqualTo(cues.get(i).path("startTime").asDouble());
      assertThat(paragraph.path("end").asDouble())
          .isEqualTo(cues.get(i).path("endTime").asDouble());
      assertThat(paragraph.path("text").asText()).contains("100 %_{#} ~" + i + " \"lit\" ü 日本");
    }
  }

  @ParameterizedTest
  @CsvSource({"rss,rss", "atom,atom", "json,json"})
  void readersOfFeedsReadEveryHit(String form, String format) throws Exception {
    JsonNode read = Foreign.read("feed", body("/api/v1/search." + form + "?q=lantern"));
    JsonNode feed = read.path("feed");
    assertThat(read.path("format").asText()).isEqualTo(format);
    assertThat(text(feed.path("title"))).isEqualTo("lantern – Earmark");
    JsonNode items = feed.path(form.equals("atom") ? "entries" : "items");
    assertThat(items.size()).isEqualTo(total());
    JsonNode item = items.get(0);
    assertThat(text(item.path("title")))
        .matches("Lights & <lamps>, a \\{talk} for 50%, [0-3]:[0-5]\\d");
    assertThat(item.toString())
        .contains("https://media.test/one.mp3?a=1&b=2#t=")
        .contains("audio/mpeg")
        .contains("2026")
        .contains("/e/one?t=");
    if (!form.equals("json")) {
      assertThat(read.path("items").size()).isEqualTo(total());
      assertThat(read.path("items").get(0).path("guid").asText()).isNotEmpty();
      assertThat(feed.toString()).contains("/api/v1/search." + form + "?q=lantern");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rss", "atom", "json"})
  void aFeedOfNothingIsAFeed(String form) throws Exception {
    JsonNode read = Foreign.read("feed", body("/api/v1/search." + form + "?q=zxqv"));
    assertThat(text(read.path("feed").path("title"))).isEqualTo("zxqv – Earmark");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/api/v1/search.rss?q=lantern", "/api/v1/search.atom?q=lantern", "/feed.xml"})
  void whatHasNotChangedIsNotSentAgain(String path) throws Exception {
    String tag = get(path).headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again = get(path, "If-None-Match", tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void theFeedOfAPageHasItsOwnAddress() throws Exception {
    JsonNode read = Foreign.read("feed", body("/feed.xml?q=lantern&limit=5"));
    assertThat(read.path("feed").path("items").size()).isEqualTo(5);
    assertThat(read.path("feed").toString()).contains("/feed.xml?q=lantern&limit=5");
  }

  @Test
  void hitsAreCaptions() throws Exception {
    JsonNode cues = Foreign.read("vtt", body("/api/v1/search.vtt?q=lantern&episode=one"));
    assertThat(cues.size()).isEqualTo(CUES);
    assertThat(cues.get(2).path("startTime").asDouble()).isEqualTo(2.0);
    assertThat(cues.get(2).path("endTime").asDouble()).isEqualTo(2.9);
    assertThat(cues.get(2).path("text").asText()).startsWith("<v Ada Quist>the lantern &amp; ");
    assertThat(Foreign.read("vtt", body("/api/v1/search.vtt?q=lantern")).size()).isEqualTo(total());
    // The validator takes all times for those of one recording.
    assertThat(
            Foreign.read("srt", body("/api/v1/search.srt?q=lantern&episode=one"))
                .path("cues")
                .asInt())
        .isEqualTo(CUES);
    assertThat(body("/api/v1/search.srt?q=lantern").lines().filter(line -> line.contains(" --> ")))
        .hasSize(total());
    assertThat(body("/api/v1/search.srt?q=lantern&episode=one"))
        .startsWith("1\n00:00:00,000 --> 00:00:00,900\nAda Quist: the lantern & ");
    HttpResponse<String> sorted = get("/api/v1/search.vtt?q=lantern&sort=newest");
    assertThat(sorted.statusCode()).isEqualTo(400);
    assertThat(sorted.body()).contains("leave sort out");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bib", "ris", "csl"})
  void citationsAreReadToTheSecond(String form) throws Exception {
    JsonNode entries =
        Foreign.read("citations", body("/api/v1/search." + form + "?q=lantern&sort=time"));
    assertThat(entries.size()).isEqualTo(total());
    JsonNode entry = null;
    for (JsonNode one : entries) {
      if (one.path("URL").asText().endsWith("/e/one?t=7")) {
        entry = one;
      }
    }
    assertThat(entry).as("the citation of second 7").isNotNull();
    assertThat(entry.path("title").asText()).isEqualTo("Lights & <lamps>, a {talk} for 50%");
    assertThat(entry.path("author").toString()).contains("Bo Lund and Sons");
    assertThat(entry.path("author").size()).isEqualTo(1);
    assertThat(entry.path("issued").path("date-parts").toString()).contains("[2026,2,13]");
    assertThat(entry.path("note").asText()).contains("at 0:07");
    assertThat(entry.path("abstract").asText()).contains("lantern & ").contains("%_{#}");
  }

  @Test
  void annotationsAreReadAgainAtTheirSeconds() throws Exception {
    JsonNode page = MAPPER.readTree(body("/api/v1/search.jsonld?q=lantern"));
    assertThat(page.path("@context").get(0).asText()).isEqualTo("http://www.w3.org/ns/anno.jsonld");
    assertThat(page.path("type").asText()).isEqualTo("AnnotationPage");
    assertThat(page.path("items").findValuesAsText("id")).hasSize(total()).doesNotHaveDuplicates();
    // What has no file is annotated by its page.
    assertThat(page.path("items").findValuesAsText("source")).anyMatch(at -> at.endsWith("/e/two"));

    RawSource file =
        RawSource.ofText("one.jsonld", body("/api/v1/search.jsonld?q=lantern&episode=one"));
    JsonNode target = MAPPER.readTree(file.text()).at("/items/7/target");
    assertThat(target.path("source").asText()).isEqualTo("https://media.test/one.mp3?a=1&b=2");
    assertThat(target.at("/selector/value").asText()).isEqualTo("t=7,7.9");
    SourceFormat format = Formats.recognise(file).orElseThrow();
    assertThat(format.id()).isEqualTo("web-annotations");
    ParsedSource read = format.read(file, new ProblemLog(file.name()));
    assertThat(read.cues()).hasSize(CUES);
    for (int i = 0; i < CUES; i++) {
      assertThat(read.cues().get(i).span())
          .isEqualTo(TimeSpan.ofMillis(i * 1000L, i * 1000L + 900));
      assertThat(read.cues().get(i).speaker())
          .isEqualTo(i % 2 == 0 ? "Ada Quist" : "Bo Lund and Sons");
      assertThat(read.cues().get(i).text()).contains("lantern & 100 %_{#} ~" + i + " \"lit\"");
    }
    assertThat(MAPPER.readTree(body("/api/v1/search.jsonld?q=nothing")).path("items")).isEmpty();
  }

  @Test
  void aPlaylistPlaysEveryHitFromItsSecond() throws Exception {
    String m3u = body("/api/v1/search.m3u?q=lantern&sort=time");
    assertThat(m3u).startsWith("#EXTM3U\n#PLAYLIST:lantern\n#EXTINF:");
    // The second episode has no media, so there is nothing to play of it.
    assertThat(m3u.lines().filter(line -> !line.startsWith("#")))
        .hasSize(CUES)
        .first()
        .asString()
        .matches("https://media\\.test/one\\.mp3\\?a=1&b=2#t=0\\.\\d+,[0-9.]+");
    Document xspf =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(body("/api/v1/search.xspf?q=lantern"))));
    assertThat(xspf.getElementsByTagName("track").getLength()).isEqualTo(CUES);
    assertThat(xspf.getElementsByTagName("location").item(0).getTextContent())
        .startsWith("https://media.test/one.mp3?a=1&b=2#t=");
  }

  @Test
  void aNoteHasEveryHit() throws Exception {
    String note = body("/api/v1/search.md?q=lantern&sort=time");
    String page = "http://127.0.0.1:" + server.port();
    assertThat(note)
        .startsWith("---\nearmark: \"/?q=lantern&sort=time\"\nsearch: \"lantern\"\n---\n\n> ")
        .contains("[[Lights & lamps , a {talk} for 50%]], [0:07](" + page + "/e/one?t=7)\n\n^em-");
    assertThat(note.lines().filter(line -> line.matches("\\^em-[0-9a-f]{12}")).distinct())
        .hasSize(total());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bib", "ris", "csl"})
  void anEpisodeIsCitedAsAWholeAndAtASecond(String form) throws Exception {
    String address = "/api/v1/episodes/one/citation." + form;
    JsonNode whole = Foreign.read("citations", body(address));
    assertThat(whole).hasSize(1);
    assertThat(whole.get(0).path("title").asText()).isEqualTo("Lights & <lamps>, a {talk} for 50%");
    assertThat(whole.get(0).path("URL").asText()).endsWith("/e/one");
    assertThat(whole.get(0).path("note").asText()).isEmpty();
    JsonNode second = Foreign.read("citations", body(address + "?t=0:07")).get(0);
    assertThat(second.path("URL").asText()).endsWith("/e/one?t=7");
    assertThat(second.path("note").asText()).contains("at 0:07");
    assertThat(second.path("author").toString()).contains("Bo Lund and Sons").doesNotContain("Ada");
    assertThat(second.path("abstract").asText()).contains("~7 ");
    HttpResponse<String> bad = get(address + "?t=soon");
    assertThat(bad.statusCode()).isEqualTo(400);
    assertThat(bad.body()).contains("t must be a time such as 13:55");
    assertThat(get("/api/v1/episodes/one/citation.doc").body()).contains("citation.bib");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bib", "csl"})
  void pandocMakesABibliography(String form) throws Exception {
    String name = "cited." + (form.equals("csl") ? "json" : form);
    Files.writeString(
        folder.resolve(name), body("/api/v1/search." + form + "?q=lantern&episode=one&sort=time"));
    String made = bibliography(name);
    for (int second = 0; second < CUES; second++) {
      assertThat(made).contains("/e/one?t=" + second + ".");
    }
    assertThat(made).contains("Ada Quist. 2026").contains("Bo Lund and Sons. 2026");
    assertThat(made).containsIgnoringCase("“Lights & <lamps>, a {talk} for 50%.” ");
    assertThat(made).contains("Night & Day");
    Files.writeString(folder.resolve(name), body("/api/v1/episodes/one/citation." + form));
    assertThat(bibliography(name)).contains("2026").contains("/e/one.");
  }

  private static String bibliography(String name) throws Exception {
    return Foreign.run(
        folder,
        "---\nnocite: '@*'\n---\n",
        "pandoc",
        "--citeproc",
        "--bibliography=" + name,
        "--to=plain",
        "--wrap=none");
  }

  @Test
  void whoKeepsReferencesReadsThePageOfAnEpisode() throws Exception {
    JsonNode whole = Foreign.read("metadata", body("/e/one")).path("coins");
    assertThat(whole).hasSize(1);
    JsonNode read = whole.get(0);
    assertThat(read.path("rft").path("title").toString())
        .contains("Lights & <lamps>, a {talk} for 50%");
    assertThat(read.path("rft_val_fmt").toString()).contains("info:ofi/fmt:kev:mtx:dc");
    assertThat(read.path("rft").path("type").toString()).contains("podcast");
    assertThat(read.path("rft_id").toString()).contains("/e/one\"");
    assertThat(read.path("rft").path("date").toString()).contains("2026-02-13");
    assertThat(read.path("rft").path("source").toString()).contains("Night & Day");
    JsonNode second = Foreign.read("metadata", body("/e/one?t=7")).path("coins").get(0);
    assertThat(second.path("rft_id").toString()).contains("/e/one?t=7");
    assertThat(second.path("rft").path("creator").toString()).contains("Bo Lund and Sons");
    assertThat(second.path("rft").path("description").toString())
        .contains("at 0:07: the lantern &");
  }
}
