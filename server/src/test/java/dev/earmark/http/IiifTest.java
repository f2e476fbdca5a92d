package dev.earmark.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earmark.CheckingClient;
import dev.earmark.Foreign;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What viewers of archives read of a real server. */
class IiifTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient CLIENT = CheckingClient.create();
  private static final int RANDOM_CAPTIONS = 60;

  @TempDir static Path folder;
  private static LuceneSearchEngine engine;
  private static EarmarkServer server;
  private static final List<String> RANDOM = new ArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Path show = Files.createDirectories(corpus.resolve("Slow Instruments"));
    Files.writeString(show.resolve("show.yaml"), "show: Slow Instruments\nlanguage: en\n");
    Files.write(show.resolve("tides.mp3"), new byte[100]);
    Files.writeString(
        show.resolve("tides.yaml"),
        """
        id: tides
        title: How Tide Tables Were Made
        date: 2025-11-04
        duration: 1:00
        description: A machine of brass.
        speakers: [ {name: Ines Marlow, role: host} ]
        media: { audio: tides.mp3 }
        """);
    Files.writeString(
        show.resolve("tides.vtt"),
        """
        WEBVTT

        00:00.000 --> 00:06.500
        <v Ines Marlow>A bird in the hand

        00:06.500 --> 00:20.000
        <v Tomas Okell>is worth <i>two</i> in the bush & two on the quay.

        00:20.000 --> 00:30.000
        <v Ines Marlow>And no bird, no bird at all, in the harbour.
        """);
    Files.writeString(
        show.resolve("tides.chapters.json"),
        """
        {"version": "1.2.0", "chapters": [
          {"startTime": 0, "title": "Birds"}, {"startTime": 20, "title": "No birds"}]}
        """);
    Files.writeString(
        show.resolve("film.yaml"),
        "id: film\ntitle: A film\nmedia: { video: 'https://example.org/film.webm' }\n");
    Files.writeString(
        show.resolve("film.vtt"), "WEBVTT\n\n00:01.000 --> 00:08.250\nThe harbour at night.\n");
    Files.writeString(corpus.resolve("bare.txt"), "Notes without a recording, on a harbour.\n");
    writeRandom(corpus);
    Corpora.index(folder.resolve("index"), Corpora.SEEDS, corpus);
    engine = LuceneSearchEngine.open(folder.resolve("index"));
    server = EarmarkServer.start(engine, 0);
  }

  /** Captions of few words, so that they come again, also across captions. */
  private static void writeRandom(Path corpus) throws IOException {
    long seed = Long.getLong("earmark.seed", System.nanoTime());
    System.out.println("IiifTest: -Dearmark.seed=" + seed);
    Random random = new Random(seed);
    List<String> words = List.of("harbour", "bell", "rope", "tide", "moon", "brass");
    StringBuilder captions = new StringBuilder("WEBVTT\n");
    for (int i = 0; i < RANDOM_CAPTIONS; i++) {
      String text =
          random
              .ints(1 + random.nextInt(4), 0, words.size())
              .mapToObj(words::get)
              .collect(Collectors.joining(" "));
      RANDOM.add(text);
      captions.append(
          "\n%02d:%02d.000 --> %02d:%02d.900\n%s\n"
              .formatted(i * 2 / 60, i * 2 % 60, (i * 2 + 1) / 60, (i * 2 + 1) % 60, text));
    }
    Files.writeString(corpus.resolve("random.vtt"), captions.toString());
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    engine.close();
  }

  private static String base() {
    return "http://127.0.0.1:" + server.port();
  }

  private static HttpResponse<String> send(String path, String method, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base() + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(String path) throws Exception {
    HttpResponse<String> answer = send(path, "GET");
    assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
    return MAPPER.readTree(answer.body());
  }

  private static JsonNode search(String service, String q) throws Exception {
    return json("/iiif/" + service + "?q=" + URLEncoder.encode(q, StandardCharsets.UTF_8));
  }

  @Test
  void aStrictReaderHasNothingAgainstTheManifests() throws Exception {
    ObjectNode manifests = MAPPER.createObjectNode();
    for (String id : List.of("tides", "film", "dario-amodei-2026", "random")) {
      manifests.set(id, json("/iiif/" + id + "/manifest"));
    }
    ObjectNode broken = json("/iiif/tides/manifest").deepCopy();
    manifests.set("broken", broken.put("label", "no map of languages"));
    JsonNode warnings = Foreign.read("iiif", manifests.toString());
    assertThat(warnings).hasSize(5);
    warnings
        .properties()
        .forEach(of -> {
          if (of.getKey().equals("broken")) {
            assertThat(of.getValue()).isNotEmpty();
          } else {
            assertThat(of.getValue()).as(of.getKey() + ": " + of.getValue()).isEmpty();
          }
        });
  }

  @Test
  void anEpisodeIsACanvasWithItsRecordingTranscriptAndChapters() throws Exception {
    JsonNode manifest = json("/iiif/tides/manifest");
    assertThat(manifest.path("@context").asText())
        .isEqualTo("http://iiif.io/api/presentation/3/context.json");
    assertThat(manifest.path("id").asText()).isEqualTo(base() + "/iiif/tides/manifest");
    assertThat(manifest.at("/label/en/0").asText()).isEqualTo("How Tide Tables Were Made");
    assertThat(manifest.at("/provider/0/label/none/0").asText()).isEqualTo("Slow Instruments");
    JsonNode canvas = manifest.at("/items/0");
    assertThat(canvas.path("duration").asDouble()).isEqualTo(60);
    assertThat(canvas.has("width")).isFalse();
    JsonNode body = canvas.at("/items/0/items/0/body");
    assertThat(body.path("type").asText()).isEqualTo("Sound");
    assertThat(body.path("format").asText()).isEqualTo("audio/mpeg");
    HttpResponse<String> media =
        send(path(body.path("id").asText()), "GET", "Range", "bytes=10-19");
    assertThat(media.statusCode()).isEqualTo(206);
    assertThat(media.headers().firstValue("Cross-Origin-Resource-Policy")).contains("cross-origin");
    JsonNode transcript = canvas.at("/annotations/0/items/0/body");
    assertThat(transcript.path("format").asText()).isEqualTo("text/vtt");
    JsonNode cues = Foreign.read("vtt", send(path(transcript.path("id").asText()), "GET").body());
    JsonNode captions = json(path(canvas.at("/annotations/1/id").asText()));
    assertThat(cues).hasSize(3);
    assertThat(captions.path("items").findValuesAsText("value"))
        .containsExactly(
            "A bird in the hand",
            "is worth two in the bush & two on the quay.",
            "And no bird, no bird at all, in the harbour.");
    assertThat(captions.path("items").findValuesAsText("name"))
        .containsExactly("Ines Marlow", "Tomas Okell", "Ines Marlow");
    assertThat(captions.path("items").findValuesAsText("target"))
        .containsExactly(
            canvas.path("id").asText() + "#t=0,6.5",
            canvas.path("id").asText() + "#t=6.5,20",
            canvas.path("id").asText() + "#t=20,30");
    JsonNode ranges = manifest.at("/structures/0/items");
    assertThat(ranges.findValuesAsText("id"))
        .contains(canvas.path("id").asText() + "#t=0,20", canvas.path("id").asText() + "#t=20,60");
    JsonNode film = json("/iiif/film/manifest").at("/items/0");
    assertThat(film.path("duration").asDouble()).isEqualTo(8.25);
    assertThat(film.at("/items/0/items/0/body/id").asText())
        .isEqualTo("https://example.org/film.webm");
    assertThat(film.at("/items/0/items/0/body/format").asText()).isEqualTo("video/webm");
    assertThat(film.path("width").asInt()).isPositive();
  }

  @Test
  void anEpisodeThatOnlyPlaysElsewhereHasAnEmptyCanvasToSearchOn() throws Exception {
    JsonNode manifest = json("/iiif/dario-amodei-2026/manifest");
    assertThat(manifest.at("/items/0/items/0/items")).isEmpty();
    assertThat(manifest.at("/items/0/duration").asDouble()).isEqualTo(8_540);
    assertThat(manifest.path("rendering").findValuesAsText("id"))
        .contains("https://www.youtube.com/watch?v=n1E9IZfvGMA");
    JsonNode found = search("dario-amodei-2026/search/2", "\"country of geniuses\"");
    assertThat(found.path("items").findValuesAsText("motivation")).contains("commenting");
    JsonNode notes = json("/iiif/dario-amodei-2026/annotations/notes").path("items");
    assertThat(notes.findValuesAsText("id")).doesNotHaveDuplicates();
    found
        .path("items")
        .forEach(item -> {
          if (item.path("motivation").asText().equals("commenting")) {
            assertThat(notes).contains(item);
          }
        });
    JsonNode said = json("/iiif/dario-amodei-2026/search/2?q=geniuses&motivation=supplementing");
    assertThat(said.path("items").findValuesAsText("motivation")).doesNotContain("commenting");
  }

  @Test
  void aPhraseOverTwoCaptionsIsOneMatchOfBoth() throws Exception {
    for (String q : List.of("hand is", "\"hand is\"", "HAND IS")) {
      JsonNode found = search("tides/search/2", q);
      assertThat(found.path("items").findValuesAsText("value"))
          .containsExactly("A bird in the hand", "is worth two in the bush & two on the quay.");
      JsonNode matches = found.at("/annotations/0/items");
      assertThat(matches).hasSize(1);
      assertThat(matches.at("/0/motivation").asText()).isEqualTo("highlighting");
      JsonNode targets = matches.at("/0/target");
      assertThat(targets.findValuesAsText("source"))
          .isEqualTo(found.path("items").findValuesAsText("id"));
      assertThat(targets.at("/0/selector/0").toString())
          .isEqualTo(
              "{\"type\":\"TextQuoteSelector\",\"prefix\":\"A bird in the \",\"exact\":\"hand\"}");
      assertThat(targets.at("/1/selector/0/exact").asText()).isEqualTo("is");
      assertThat(targets.at("/1/selector/0/suffix").asText()).startsWith(" worth two in the bush");
    }
    JsonNode first = search("tides/search/1", "hand is");
    assertThat(first.path("@type").asText()).isEqualTo("sc:AnnotationList");
    assertThat(first.at("/hits/0/annotations").toString())
        .isEqualTo(MAPPER.valueToTree(first.path("resources").findValuesAsText("@id")).toString());
    assertThat(first.at("/hits/0/match").asText()).isEqualTo("hand is");
    assertThat(first.at("/hits/0/before").asText()).isEqualTo("A bird in the ");
    assertThat(first.at("/hits/0/after").asText()).startsWith(" worth two");
    assertThat(first.at("/resources/0/on").asText()).endsWith("/iiif/tides/canvas#t=0,6.5");
    JsonNode file = search("tides/transcript/search", "hand is");
    assertThat(file.path("items").findValuesAsText("value"))
        .containsExactly(
            "A bird in the <em>hand</em> <em>is</em> worth two in the bush &amp; two on the quay.");
    assertThat(file.at("/items/0/target").asText()).endsWith("/iiif/tides/transcript.vtt#t=0,6.5");
  }

  /** The services of a version 1 have names of version 1, and stand in lists like all others. */
  @Test
  void servicesStandInLists() throws Exception {
    JsonNode manifest = json("/iiif/tides/manifest");
    List<JsonNode> services = manifest.findValues("service");
    assertThat(services).isNotEmpty().allMatch(JsonNode::isArray);
    for (JsonNode service : manifest.path("service")) {
      assertThat(service.has("id")).isNotEqualTo(service.has("@id"));
      assertThat(service.path("service")).hasSize(1);
    }
  }

  @Test
  void severalMatchesOfOneCaptionAreEachHighlighted() throws Exception {
    JsonNode found = search("tides/search/2", "bird");
    assertThat(found.path("items")).hasSize(2);
    List<String> matches = new ArrayList<>();
    found
        .at("/annotations/0/items")
        .forEach(match -> {
          JsonNode selector = match.at("/target/selector/0");
          matches.add(selector.path("prefix").asText() + "|" + selector.path("exact").asText());
        });
    assertThat(matches).containsExactly("A |bird", "And no |bird", "And no bird, no |bird");
    assertThat(json("/iiif/tides/search/2?q=bird&user=me&date=x").path("ignored").toString())
        .isEqualTo("[\"date\",\"user\"]");
    assertThat(search("tides/search/2", "nothing like this").path("items")).isEmpty();
    assertThat(json("/iiif/tides/search/2").path("items")).isEmpty();
  }

  /** Against the captions joined and looked through. */
  @Test
  void everyPhraseIsFoundInJustTheCaptionsItIsIn() throws Exception {
    List<String> words = new ArrayList<>();
    List<Integer> captionOf = new ArrayList<>();
    for (int i = 0; i < RANDOM.size(); i++) {
      for (String word : RANDOM.get(i).split(" ")) {
        words.add(word);
        captionOf.add(i);
      }
    }
    for (int at = 0; at + 2 < words.size(); at += 3) {
      List<String> phrase = words.subList(at, at + 3);
      Set<String> expected = new TreeSet<>();
      for (int i = 0; i + 2 < words.size(); i++) {
        if (words.subList(i, i + 3).equals(phrase)) {
          captionOf.subList(i, i + 3).forEach(caption -> expected.add("c" + caption));
        }
      }
      JsonNode found = search("random/search/2", '"' + String.join(" ", phrase) + '"');
      Set<String> highlighted = new TreeSet<>();
      found
          .path("annotations")
          .findValuesAsText("source")
          .forEach(source -> highlighted.add(source.replaceAll(".*#", "")));
      assertThat(highlighted).as(phrase + " in " + RANDOM).isEqualTo(expected);
    }
  }

  @Test
  void wordsAreCompleted() throws Exception {
    JsonNode two = search("tides/autocomplete/2", "b");
    assertThat(two.path("type").asText()).isEqualTo("TermPage");
    assertThat(two.path("items").findValuesAsText("value")).containsExactly("bird", "bush");
    assertThat(two.at("/items/0/total").asInt()).isEqualTo(3);
    assertThat(json("/iiif/tides/autocomplete/2?q=b&min=2").path("items").findValuesAsText("value"))
        .containsExactly("bird");
    JsonNode one = search("tides/autocomplete/1", "bi");
    assertThat(one.at("/terms/0/match").asText()).isEqualTo("bird");
    assertThat(json(path(one.at("/terms/0/url").asText())).path("hits")).hasSize(3);
  }

  @Test
  void aShowIsACollection() throws Exception {
    JsonNode shows = json("/iiif/collection");
    List<String> addresses = shows.path("items").findValuesAsText("id");
    assertThat(addresses).contains(base() + "/iiif/Slow%20Instruments/collection");
    JsonNode show = json("/iiif/Slow%20Instruments/collection");
    assertThat(show.path("type").asText()).isEqualTo("Collection");
    assertThat(show.path("items").findValuesAsText("id"))
        .containsExactly(base() + "/iiif/tides/manifest", base() + "/iiif/film/manifest");
    for (JsonNode item : show.path("items")) {
      JsonNode manifest = json(path(item.path("id").asText()));
      assertThat(manifest.at("/partOf/0/id")).isEqualTo(show.path("id"));
      assertThat(manifest.path("label")).isEqualTo(item.path("label"));
    }
  }

  /** What only this machine can reach is not for pages that come from elsewhere. */
  @ParameterizedTest
  @ValueSource(strings = {"https://viewer.example", "http://localhost.example", "null", "\\"})
  void aPrivateServerTellsNothingToPagesOfOtherSites(String origin) throws Exception {
    HttpResponse<String> manifest = send("/iiif/tides/manifest", "GET", "Origin", origin);
    assertThat(manifest.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    assertThat(manifest.headers().firstValue("Vary").orElseThrow()).contains("Origin");
    ServerSettings open =
        new ServerSettings(
            "127.0.0.1",
            0,
            0,
            true,
            ServerSettings.RequestLogging.NONE,
            null,
            Duration.ofSeconds(15),
            Optional::empty,
            null);
    try (EarmarkServer behindProxy = EarmarkServer.start(engine, open)) {
      URI address = URI.create("http://127.0.0.1:" + behindProxy.port() + "/iiif/tides/manifest");
      HttpRequest request = HttpRequest.newBuilder(address).header("Origin", origin).build();
      HttpResponse<String> there = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(there.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    }
  }

  @Test
  void pagesOfAnySiteMayReadThisAndNothingElse() throws Exception {
    HttpResponse<String> manifest =
        send("/iiif/tides/manifest", "GET", "Origin", "http://localhost:8080");
    assertThat(manifest.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    assertThat(manifest.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
    String tag = manifest.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again = send("/iiif/tides/manifest", "GET", "If-None-Match", tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    HttpResponse<String> linked =
        send("/iiif/tides/manifest", "GET", "Accept", "application/ld+json");
    assertThat(linked.headers().firstValue("Content-Type").orElseThrow())
        .startsWith(
            "application/ld+json;profile=\"http://iiif.io/api/presentation/3/context.json\"");
    HttpResponse<String> asked =
        send(
            "/iiif/tides/search/2",
            "OPTIONS",
            "Access-Control-Request-Headers",
            "pragma, cache-control");
    assertThat(asked.statusCode()).isEqualTo(204);
    assertThat(asked.headers().firstValue("Access-Control-Allow-Headers"))
        .contains("pragma, cache-control");
    for (String other :
        List.of("/", "/e/tides", "/api/v1/search?q=a", "/mcp", "/media/tides/audio", "/iiif")) {
      assertThat(
              send(other, "GET", "Origin", "https://viewer.example")
                  .headers()
                  .firstValue("Access-Control-Allow-Origin"))
          .as(other)
          .isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/iiif/none/manifest | 404 | there is no episode \"none\"",
        "/iiif/bare/manifest | 404 | neither a recording nor a time is known",
        "/iiif/none/collection | 404 | there is no show \"none\"",
        "/iiif/none/search/2?q=a | 404 | there is no episode \"none\"",
        "/iiif/tides/search/3?q=a | 404 | version must be 1 or 2, got \"3\"",
        "/iiif/tides/search/2?q=bird&page=2 | 400 | page must be 1 to 1, got \"2\"",
        "/iiif/tides/search/2?q=bird&page=many | 400 | page must be 1 to",
        "/iiif/tides/autocomplete/2 | 400 | q must be the beginning of a word",
        "/iiif/tides/autocomplete/2?q=b&min=0 | 400 | min must be 1 to",
        "/iiif/bare/transcript.vtt | 404 | there is no transcript of \"bare\"",
        "/iiif/film/media/audio | 404 | there is no such media file of \"film\"",
      })
  void errorsNameTheOffenderAndTheRemedy(String path, int status, String message) throws Exception {
    HttpResponse<String> answer = send(path, "GET");
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/problem+json");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    assertThat(MAPPER.readTree(answer.body()).path("detail").asText()).contains(message);
  }

  private static String path(String address) {
    assertThat(address).startsWith(base());
    return address.substring(base().length());
  }
}
