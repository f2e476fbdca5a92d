package dev.earmark.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earmark.CheckingClient;
import dev.earmark.Foreign;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.lucene.LuceneIndexSink;
import dev.earmark.model.Episode;
import dev.earmark.model.Media;
import dev.earmark.search.Corpora;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More episodes than one part of a sitemap lists: each answer reads those it shows, no more. */
class ManyEpisodesTest {
  private static final int EPISODES = 1_203;
  private static final LocalDate FIRST = LocalDate.of(2001, 1, 1);
  private static final HttpClient CLIENT = CheckingClient.create();

  @TempDir static Path folder;
  private static LuceneSearchEngine engine;
  private static EarmarkServer server;

  @BeforeAll
  static void start() throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    for (int i = 0; i < EPISODES; i++) {
      // Every seventh has no date; the others' are in no order of their names.
      String date = i % 7 == 0 ? "" : "date: " + FIRST.plusDays(i * 37L % EPISODES) + "\n";
      Files.writeString(
          corpus.resolve("e" + i + ".md"),
          "---\ntitle: Talk " + i + "\n" + date + "---\nADA: Hello, number " + i + ".\n");
    }
    Corpora.index(folder.resolve("index"), corpus);
    engine = LuceneSearchEngine.open(folder.resolve("index"));
    server = EarmarkServer.start(engine, 0);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    engine.close();
  }

  private static String get(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).build();
    HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return answer.body();
  }

  private static List<String> found(String pattern, String text) {
    List<String> all = new ArrayList<>();
    Matcher each = Pattern.compile(pattern).matcher(text);
    while (each.find()) {
      all.add(each.group(1));
    }
    return all;
  }

  @Test
  void pagesOfTheListHaveEachEpisodeOnceNewestFirst() throws Exception {
    ObjectMapper json = new ObjectMapper();
    List<String> ids = new ArrayList<>();
    List<String> dates = new ArrayList<>();
    String next = null;
    do {
      JsonNode page =
          json.readTree(
              get("/api/v1/episodes?limit=100" + (next == null ? "" : "&cursor=" + next)));
      assertThat(page.path("total").asInt()).isEqualTo(EPISODES);
      for (JsonNode episode : page.path("episodes")) {
        ids.add(episode.path("id").asText());
        dates.add(episode.path("date").asText(""));
      }
      next = page.path("next").asText(null);
    } while (next != null && !next.equals("null"));
    assertThat(ids).hasSize(EPISODES).doesNotHaveDuplicates();
    // Those without a date come last, as an empty text does backwards.
    assertThat(dates).isSortedAccordingTo((a, b) -> b.compareTo(a));
    assertThat(engine.episodes().stream().map(one -> one.episode().id())).isEqualTo(ids);
  }

  @Test
  void theSitemapHasEachEpisodeInOneOfItsParts() throws Exception {
    List<String> parts = found("<loc>[^<]*(/sitemap[^<]*)</loc>", get("/sitemap.xml"));
    assertThat(parts).hasSize(2);
    List<String> pages = new ArrayList<>();
    for (String part : parts) {
      pages.addAll(found("<loc>[^<]*/e/([^<]*)</loc>", get(part)));
    }
    assertThat(pages).hasSize(EPISODES).doesNotHaveDuplicates();
  }

  @Test
  void aReaderOfSitemapsFindsFiftyThousandEpisodesAndMore(@TempDir Path index) throws Exception {
    int episodes = 50_001;
    try (LuceneIndexSink sink = LuceneIndexSink.open(index)) {
      for (int i = 0; i < episodes; i++) {
        Episode episode =
            new Episode(
                "e" + i, "Talk", null, null, null, null, List.of(), Media.NONE, List.of(), null);
        sink.replace(new EpisodeEntry(episode, "made up", "1", List.of(), Map.of()), List.of());
      }
      sink.commit();
    }
    try (LuceneSearchEngine many = LuceneSearchEngine.open(index);
        EarmarkServer of = EarmarkServer.start(many, 0)) {
      JsonNode sites =
          Foreign.read("sitemap", "http://127.0.0.1:" + of.port() + "/sitemap.xml").path("sites");
      Set<String> pages = new HashSet<>();
      sites.forEach(site -> pages.add(site.asText().replaceFirst(".*/", "")));
      // The first page is listed beside them.
      assertThat(sites).hasSize(episodes + 1);
      assertThat(pages).hasSize(episodes + 1).contains("", "e0", "e50000");
    }
  }

  @Test
  void theFirstPageShowsAFewAndCountsTheRest() throws Exception {
    assertThat(get("/")).contains("and 1191 more");
  }
}
