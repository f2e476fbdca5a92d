package dev.earmark.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.ArrayList;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A recording with captions, a clean transcript of the same words, and a translation: searched
 * once, counted once, and all three to be read.
 */
class AlternativesTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient CLIENT = CheckingClient.create();
  private static final List<String> TURNS =
      List.of(
          "Good morning all of you out there, and thank you for coming on such a day.",
          "The crane is broken again, so everything that you see behind me was carried by hand.",
          "A rope forgives you once. The second time it parts, and you had better not stand"
              + " there.");
  private static final List<String> GERMAN =
      List.of(
          "Guten Morgen euch allen da draußen, und danke, dass ihr an so einem Tag gekommen seid.",
          "Der Kran ist wieder kaputt, also wurde alles hinter mir von Hand getragen.",
          "Ein Seil verzeiht dir nur einmal. Beim zweiten Mal reißt es.");

  @TempDir static Path folder;
  private static LuceneSearchEngine engine;
  private static EarmarkServer server;

  @BeforeAll
  static void start() throws IOException {
    Path corpus = Files.createDirectory(folder.resolve("corpus"));
    Files.writeString(corpus.resolve("talk.en.vtt"), captions(TURNS));
    Files.writeString(corpus.resolve("talk.de.vtt"), captions(GERMAN));
    Files.writeString(
        corpus.resolve("tides.en.vtt"), captions(List.of("Every harbour has its own tide.")));
    Files.writeString(
        corpus.resolve("tides.de.vtt"), captions(List.of("Jeder Hafen hat seine eigene Tide.")));
    Files.writeString(
        corpus.resolve("tides.fr.vtt"), captions(List.of("Chaque port a sa propre mar\u00e9e.")));
    Files.writeString(corpus.resolve("talk.txt"), String.join("\n\n", TURNS));
    Files.writeString(
        corpus.resolve("other.en.vtt"), captions(List.of("A crane of another talk.")));
    Corpora.index(folder.resolve("index"), corpus);
    engine = LuceneSearchEngine.open(folder.resolve("index"));
    server = EarmarkServer.start(engine, 0);
  }

  private static String captions(List<String> turns) {
    StringBuilder vtt = new StringBuilder("WEBVTT\n");
    for (int i = 0; i < turns.size(); i++) {
      vtt.append(
          "\n00:%02d.000 --> 00:%02d.000\n<v %s>"
              .formatted(10 * i, 10 * i + 9, i % 2 == 0 ? "Ada Quist" : "Ben Orr"));
      vtt.append(turns.get(i)).append('\n');
    }
    return vtt.toString();
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

  private static JsonNode json(String path) throws Exception {
    return MAPPER.readTree(get(path).body());
  }

  private static Document page(String path) throws Exception {
    return Jsoup.parse(get(path).body());
  }

  @Test
  void whatIsSaidOnceIsFoundOnce() throws Exception {
    assertThat(json("/api/v1/search?q=crane").path("total").asInt()).isEqualTo(2);
    JsonNode talk = json("/api/v1/episodes/talk");
    assertThat(talk.path("alternatives")).hasSize(1);
    JsonNode kept = talk.path("alternatives").path(0);
    assertThat(kept.path("name").asText()).isEqualTo("talk.txt");
    assertThat(kept.path("searched").asText()).isEqualTo("talk.en.vtt");
    assertThat(kept.path("words").asInt()).isGreaterThan(40);
    List<String> sources = new ArrayList<>();
    talk.path("sources").forEach(source -> sources.add(source.path("name").asText()));
    assertThat(sources).containsExactlyInAnyOrder("talk.en.vtt", "talk.de.vtt");
  }

  @Test
  void translationsAreFoundByTheirLanguageAndCountApart() throws Exception {
    assertThat(json("/api/v1/search?q=Kran%20lang:de").path("total").asInt()).isEqualTo(1);
    assertThat(json("/api/v1/search?q=crane%20lang:de").path("exactTotal").asInt()).isZero();
    assertThat(json("/api/v1/search?q=crane%20lang:en").path("total").asInt()).isEqualTo(2);
  }

  @Test
  void eachTranscriptIsWrittenOutWhenAskedFor() throws Exception {
    String path = "/api/v1/episodes/talk/transcript.vtt";
    assertThat(get(path + "?track=talk.de.vtt").body()).contains("Der Kran ist wieder");
    assertThat(get(path + "?track=talk.en.vtt").body()).contains("<v Ben Orr>The crane");
    String clean = get("/api/v1/episodes/talk/transcript.txt?track=talk.txt").body();
    assertThat(clean).contains("The crane is broken again").doesNotContain("Ben Orr");
    assertThat(json("/api/v1/episodes/talk/moments?track=talk.txt").path("moments"))
        .isNotEmpty()
        .allSatisfy(moment -> assertThat(moment.path("source").asText()).isEqualTo("talk.txt"));
    HttpResponse<String> none = get(path + "?track=nothing.vtt");
    assertThat(none.statusCode()).isEqualTo(400);
    assertThat(none.body()).contains("has no transcript").contains("it has talk.txt, ");
  }

  @Test
  void thePageLetsOneChooseWhichToRead() throws Exception {
    Document page = page("/e/talk?q=crane");
    assertThat(page.select(".tracks a").eachText())
        .containsExactly("talk.en.vtt VTT, searched", "talk.txt Text");
    assertThat(page.select(".tracks [aria-current] bdi").text()).isEqualTo("talk.en.vtt");
    assertThat(page.select(".turn > .speaker").eachText()).contains("Ben Orr");
    Document other = page(page.select(".tracks a").last().attr("href"));
    assertThat(other.select(".tracks [aria-current] bdi").text()).isEqualTo("talk.txt");
    assertThat(other.select(".document").first().text()).contains("The crane is broken again");
    assertThat(other.select(".document > header").text()).contains("talk.txt");
    assertThat(other.select(".matches a")).hasSize(1);
    assertThat(page("/e/other").select(".tracks")).isEmpty();
  }

  @Test
  void ofSeveralTranslationsOneIsChosen() throws Exception {
    Document page = page("/e/tides");
    assertThat(page.select(".pair .text").eachText())
        .containsExactly("Jeder Hafen hat seine eigene Tide.", "Every harbour has its own tide.");
    assertThat(page.select("[aria-label=Translations] a").eachText())
        .containsExactly("English", "French");
    Document french = page(page.select("[aria-label=Translations] a").last().attr("href"));
    assertThat(french.select(".pair .text").last().text()).startsWith("Chaque port");
    assertThat(french.select("[aria-label=Translations] [aria-current]").text())
        .isEqualTo("French");
  }

  @Test
  void translationsStandSideBySide() throws Exception {
    Document page = page("/e/talk");
    assertThat(page.select(".parallel .pair")).hasSize(3);
    assertThat(page.select(".parallel .pair").get(1).select(".text").eachText())
        .containsExactly(TURNS.get(1), GERMAN.get(1));
    assertThat(page.select(".pair > [lang=de] .text").eachText()).isEqualTo(GERMAN);
    assertThat(page.select(".languages label").eachText())
        .containsExactly("Both", "English", "German");
  }
}
