package dev.earmark.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.earmark.CheckingClient;
import dev.earmark.http.EarmarkServer;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.IndexSummary;
import dev.earmark.search.Corpora;
import dev.earmark.search.HostileInput;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Strings that break programs ({@link HostileInput}), as titles, shows, speakers, topics, captions,
 * queries and ids: through the index, the API, every page in a real browser, and the exports.
 */
@Tag("browser")
class HostileStringsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectWriter ESCAPING =
      JSON.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);
  private static final HttpClient CLIENT = CheckingClient.create();

  /** Each page in the browser costs a tenth of a second; the API sees all strings. */
  private static final int IN_BROWSER = 40;

  @TempDir static Path folder;
  private static final List<String> STRINGS_READ = new ArrayList<>();
  private static LuceneSearchEngine engine;
  private static EarmarkServer server;

  @BeforeAll
  static void start() throws IOException {
    Path corpus = folder.resolve("corpus");
    for (String value : HostileInput.strings()) {
      String id = "e" + STRINGS_READ.size();
      STRINGS_READ.add(value);
      Path episode = Files.createDirectories(corpus.resolve(id));
      Map<String, Object> manifest = new LinkedHashMap<>();
      manifest.put("id", id);
      manifest.put("title", value + " title");
      manifest.put("show", value + " show");
      manifest.put("speakers", List.of(Map.of("name", value + " speaker")));
      manifest.put("topics", List.of(value + " topic"));
      manifest.put("media", Map.of("page", value, "youtube", value, "audio", value));
      // JSON is YAML, and escapes what YAML does not take.
      Files.writeString(episode.resolve("episode.yaml"), ESCAPING.writeValueAsString(manifest));
      Files.writeString(
          episode.resolve("talk.json"),
          ESCAPING.writeValueAsString(
              Map.of(
                  "version",
                  "1.0.0",
                  "segments",
                  List.of(
                      Map.of(
                          "speaker",
                          value + " speaker",
                          "startTime",
                          1,
                          "endTime",
                          4,
                          "body",
                          "anchorword " + value + " and more.")))));
    }
    IndexSummary summary = Corpora.index(folder.resolve("index"), corpus);
    assertThat(summary.added()).isEqualTo(STRINGS_READ.size());
    engine = LuceneSearchEngine.open(folder.resolve("index"));
    server = EarmarkServer.start(engine, 0);
  }

  @AfterAll
  static void stop() throws IOException {
    if (server != null) {
      server.close();
      engine.close();
    }
  }

  private static String address(String path) {
    return "http://127.0.0.1:" + server.port() + path;
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(address(path))).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  @Test
  void thoseOfOthersAreAmongThem() {
    HostileInput.assumeOthers("that 447 strings which others collected do no harm");
    assertThat(STRINGS_READ).hasSizeGreaterThan(500);
  }

  @Test
  void theApiAnswersAllOfThem() throws Exception {
    for (String value : STRINGS_READ) {
      HttpResponse<String> answer = get("/api/v1/search?q=" + encoded(value));
      assertThat(answer.statusCode()).as(value).isEqualTo(200);
      JsonNode read = JSON.readTree(answer.body());
      assertThat(read.path("total").asLong()).as(value).isNotNegative();
      assertThat(
              get("/api/v1/search?q=anchorword&speaker=" + encoded(value + " speaker"))
                  .statusCode())
          .as(value)
          .isEqualTo(200);
      assertThat(get("/api/v1/episodes/" + encoded(value).replace("+", "%20")).statusCode())
          .as(value)
          .isBetween(200, 499);
    }
  }

  @Test
  void theExportsHoldThemAsText() throws Exception {
    int number = 0;
    for (EpisodeEntry entry : engine.episodes()) {
      for (String form : List.of("vtt", "srt", "json", "txt", "md")) {
        if (number++ % 5 != 0 && !form.equals("vtt")) {
          continue;
        }
        String path = "/api/v1/episodes/" + entry.episode().id() + "/transcript." + form;
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
            .as(path)
            .doesNotContain("html");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.body()).as(path).contains("anchorword");
        if (form.equals("vtt")) {
          assertThat(answer.body().lines().filter(line -> line.contains("-->")).count())
              .as(path + "\n" + answer.body())
              .isEqualTo(1);
        }
      }
    }
  }

  @Test
  void aBrowserShowsThemAsTextAndAsksNobody() {
    List<String> complaints = new ArrayList<>();
    String own = address("/");
    try (Playwright playwright = Playwright.create();
        Browser browser = BrowserCase.launch(playwright)) {
      Page page = browser.newPage();
      page.onDialog(dialog -> {
        complaints.add("dialog: " + dialog.message());
        dialog.dismiss();
      });
      page.onConsoleMessage(message -> {
        // The recordings that the manifests name are not there.
        if (message.type().equals("error") && !message.location().contains("/media/")) {
          complaints.add(page.url() + " console: " + message.text());
        }
      });
      page.onRequest(request -> {
        if (!request.url().startsWith(own) && !request.url().startsWith("data:")) {
          complaints.add(page.url() + " asked " + request.url());
        }
      });
      int shown = 0;
      for (String sort : List.of("relevance", "newest", "oldest", "time")) {
        visit(page, "/?q=anchorword&limit=100&sort=" + sort, complaints);
      }
      visit(page, "/?q=anchorword&limit=100&group=episode", complaints);
      visit(page, "/", complaints);
      int every = Math.max(1, STRINGS_READ.size() / IN_BROWSER);
      for (int i = 0; i < STRINGS_READ.size(); i += every) {
        visit(page, "/?q=" + encoded(STRINGS_READ.get(i)), complaints);
        visit(page, "/e/e" + i + "?q=anchorword", complaints);
        shown += 2;
      }
      System.out.printf(
          "figures: HostileStringsTest: %d strings, %d pages in the browser%n",
          STRINGS_READ.size(), shown + 6);
    }
    assertThat(complaints).isEmpty();
  }

  private static void visit(Page page, String path, List<String> complaints) {
    page.navigate(address(path));
    Object foreign =
        page.evaluate(
            """
            () => [...document.querySelectorAll('*')]
              .filter(e => [...e.attributes].some(a => a.name.startsWith('on')
                || /^(xlink:)?(href|src|srcset|srcdoc|action|formaction|poster|data|ping)$/.test(a.name)
                  && /^\\s*(javascript|vbscript):/i.test(a.value)) || e.tagName === 'IFRAME')
              .map(e => e.outerHTML.slice(0, 200)).join('\\n')
            """);
    if (!String.valueOf(foreign).isEmpty()) {
      complaints.add(path + " holds " + foreign);
    }
  }
}
