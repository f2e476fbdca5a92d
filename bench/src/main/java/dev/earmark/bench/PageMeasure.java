package dev.earmark.bench;

import dev.earmark.http.EarmarkServer;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The largest pages of an index over HTTP: the speaker with most moments, the show with most
 * episodes, the longest episode, trends of the commonest word asked for. Each is asked of a server
 * just started, whose code is compiled, and then again.
 */
final class PageMeasure {
  private static final int STARTS = 3;
  private static final int WARM_UP = 20;

  private PageMeasure() {}

  /** Asks for each and adds the table. */
  static void measure(Report report, Indexes indexes, Map<Ask.Kind, List<Ask>> asks)
      throws IOException {
    Report.Table table =
        report.table("The largest pages", "of how many", "first ms", "again p50 ms", "bytes");
    Map<String, Page> pages;
    try (EarmarkContender earmark = indexes.openEarmark()) {
      pages = largest(earmark, asks);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (Map.Entry<String, Page> page : pages.entrySet()) {
        double[] first = new double[STARTS];
        double[] again = new double[WARM_UP];
        double bytes = 0;
        // The first server compiles the code, and is not counted.
        for (int start = -1; start < STARTS; start++) {
          try (EarmarkContender earmark = indexes.openEarmark();
              EarmarkServer server = EarmarkServer.start(earmark.engine(), 0)) {
            String address = "http://127.0.0.1:" + server.port() + page.getValue().path;
            long begin = System.nanoTime();
            bytes = get(client, address);
            first[Math.max(0, start)] = (System.nanoTime() - begin) / 1e6;
            for (int i = 0; i < WARM_UP; i++) {
              begin = System.nanoTime();
              bytes = get(client, address);
              again[i] = (System.nanoTime() - begin) / 1e6;
            }
          }
        }
        Arrays.sort(first);
        Arrays.sort(again);
        table.row(
            page.getKey(), page.getValue().size, first[STARTS / 2], again[WARM_UP / 2], bytes);
      }
    }
  }

  private record Page(String path, double size) {}

  private static Map<String, Page> largest(EarmarkContender earmark, Map<Ask.Kind, List<Ask>> asks)
      throws IOException {
    SearchEngine engine = earmark.engine();
    Map<String, Page> pages = new LinkedHashMap<>();
    List<SearchPage.FacetValue> speakers =
        engine.search(SearchRequest.of("")).facets().getOrDefault("speaker", List.of());
    speakers.stream()
        .max(Comparator.comparingInt(SearchPage.FacetValue::count))
        .ifPresent(most ->
            pages.put(
                "a speaker, moments", new Page("/speaker/" + encoded(most.value()), most.count())));
    Map<String, Long> episodes = new LinkedHashMap<>();
    EpisodeEntry longest = null;
    for (EpisodeEntry entry : engine.episodes()) {
      if (entry.episode().show() != null) {
        episodes.merge(entry.episode().show(), 1L, Long::sum);
      }
      longest = longest == null || entry.moments() > longest.moments() ? entry : longest;
    }
    episodes.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .ifPresent(most ->
            pages.put(
                "a show, episodes", new Page("/show/" + encoded(most.getKey()), most.getValue())));
    if (longest != null) {
      pages.put(
          "an episode, moments",
          new Page("/e/" + encoded(longest.episode().id()), longest.moments()));
    }
    List<Long> hits = new ArrayList<>();
    List<Ask> terms = asks.getOrDefault(Ask.Kind.TERM, List.of());
    for (Ask ask : terms) {
      hits.add(earmark.search(ask));
    }
    if (!hits.isEmpty()) {
      long most = hits.stream().mapToLong(Long::longValue).max().orElse(0);
      String word = terms.get(hits.indexOf(most)).words().getFirst();
      pages.put("trends of a word, moments", new Page("/trends?q=" + encoded(word), most));
    }
    return pages;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static long get(HttpClient client, String address) throws IOException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
    try {
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new IOException(address + " was answered with " + answer.statusCode());
      }
      return answer.body().length;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("asking was interrupted", e);
    }
  }
}
