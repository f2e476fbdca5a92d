package dev.earmark.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earmark.CheckingClient;
import dev.earmark.Foreign;
import dev.earmark.search.Corpora;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Feeds of a real server, as people's feed readers take them: Newsboat, and feedsmith for OPML. */
class FeedReaderTest {
  private static final HttpClient CLIENT = CheckingClient.create();

  @TempDir static Path index;
  private static LuceneSearchEngine engine;
  private static EarmarkServer server;

  @TempDir Path home;

  @BeforeAll
  static void start() throws IOException {
    Corpora.index(index, Corpora.SEEDS);
    engine = LuceneSearchEngine.open(index);
    server = EarmarkServer.start(engine, 0);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    engine.close();
  }

  private static String address(String path) {
    return "http://127.0.0.1:" + server.port() + path;
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(address(path))).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static int hits(String query) throws Exception {
    return new ObjectMapper().readTree(get("/api/v1/search?" + query).body()).path("total").asInt();
  }

  /** Newsboat with files of its own, and what it prints. */
  private String newsboat(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 9];
    String[] own = {
      "env", "HOME=" + home, "newsboat", "-u", "urls", "-c", "cache.db", "-C", "/dev/null"
    };
    System.arraycopy(own, 0, command, 0, own.length);
    System.arraycopy(arguments, 0, command, own.length, arguments.length);
    return Foreign.run(home, "", command);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rss", "atom"})
  void newsboatReadsAllAndThenOnlyWhatIsNew(String form) throws Exception {
    String feed = "/api/v1/search." + form + "?q=geniuses";
    Files.writeString(home.resolve("urls"), address(feed) + "\n");
    int all = hits("q=geniuses");
    assertThat(all).isGreaterThan(20);
    assertThat(newsboat("-x", "reload", "print-unread")).startsWith(all + " unread articles");
    String cached = Files.readString(home.resolve("cache.db"), StandardCharsets.ISO_8859_1);
    assertThat(cached).contains(address("/e/dario-amodei-2026?t=835&q=geniuses"));
    // It keeps the tag of a feed from the second time on that it reads it.
    newsboat("-x", "reload");
    double known = known();
    assertThat(newsboat("-x", "reload", "print-unread")).startsWith(all + " unread articles");
    assertThat(known()).as("feeds not sent again").isEqualTo(known + 1);
  }

  private static double known() throws Exception {
    String line = "earmark_answers_known_total{where=\"client\"} ";
    return get("/metrics")
        .body()
        .lines()
        .filter(one -> one.startsWith(line))
        .mapToDouble(one -> Double.parseDouble(one.substring(line.length())))
        .sum();
  }

  @Test
  void searchesAreImportedAsAListOfFeeds() throws Exception {
    HttpResponse<String> response =
        get("/api/v1/feeds.opml?q=%22country+of+geniuses%22&q=compute+%26+chips&kind=segment");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/x-opml");
    JsonNode read = Foreign.read("opml", response.body());
    assertThat(read.at("/body/outlines")).hasSize(2);
    JsonNode first = read.at("/body/outlines/0");
    assertThat(first.path("text").asText()).isEqualTo("\"country of geniuses\", segment – Earmark");
    assertThat(first.path("type").asText()).isEqualTo("rss");
    assertThat(first.path("xmlUrl").asText())
        .isEqualTo(address("/api/v1/search.rss?q=%22country+of+geniuses%22&kind=segment"));
    for (JsonNode outline : read.at("/body/outlines")) {
      for (String name : new String[] {"xmlUrl", "htmlUrl"}) {
        URI address = URI.create(outline.path(name).asText());
        assertThat(get(address.getRawPath() + "?" + address.getRawQuery()).statusCode())
            .as(address.toString())
            .isEqualTo(200);
      }
    }
    Files.writeString(home.resolve("list.opml"), response.body());
    Files.writeString(home.resolve("urls"), "");
    newsboat("-i", "list.opml");
    assertThat(Files.readAllLines(home.resolve("urls")))
        .filteredOn(line -> !line.isBlank())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).startsWith(address("/api/v1/search.rss?q=")));
    assertThat(newsboat("-x", "reload", "print-unread"))
        .startsWith(
            hits("q=%22country+of+geniuses%22&kind=segment")
                + hits("q=compute+%26+chips&kind=segment")
                + " unread articles");
  }

  @Test
  void withoutSearchesEveryShowIsListed() throws Exception {
    JsonNode read = Foreign.read("opml", get("/api/v1/feeds.opml").body());
    assertThat(read.at("/body/outlines")).hasSize(1);
    JsonNode show = read.at("/body/outlines/0");
    assertThat(show.path("text").asText()).isEqualTo("Dwarkesh Podcast – Earmark");
    assertThat(show.path("xmlUrl").asText())
        .isEqualTo(address("/api/v1/search.rss?show=Dwarkesh+Podcast"));
    assertThat(show.path("htmlUrl").asText()).isEqualTo(address("/show/Dwarkesh%20Podcast"));
  }

  @Test
  void aListThatIsTooLongIsRefused() throws Exception {
    HttpResponse<String> response = get("/api/v1/feeds.opml?" + "q=a&".repeat(101));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("at most 100 searches", "\"parameter\":\"q\"");
  }
}
