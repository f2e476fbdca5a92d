package dev.earmark.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The dearest requests that are known: each route with what makes it work most. Made of what a
 * server says that it has, the same for the same index.
 */
final class HostileRequests {
  private static final long SEED = 26;
  private static final String API = "/api/v1/";
  private static final String SEARCH = API + "search?q=";
  private static final List<String> GRAMMAR =
      List.of("the", "of", "and", "to", "in", "that", "it", "is", "you", "for");

  private final Map<String, String> paths = new LinkedHashMap<>();
  private final Random random = new Random(SEED);

  private HostileRequests() {}

  /** Fetches what a path answers. */
  interface Server {
    JsonNode get(String path) throws IOException;
  }

  /** By what it asks: a path and its query, to the last of which a blank may be added. */
  static Map<String, String> of(Server server) throws IOException {
    HostileRequests requests = new HostileRequests();
    JsonNode found = server.get(SEARCH + "people&limit=100");
    if (found.path("hits").isEmpty()) {
      throw new IOException("the index has no moment with \"people\"; take one that has");
    }
    List<String> said = new ArrayList<>();
    for (JsonNode hit : found.path("hits")) {
      for (String word : hit.path("text").asText().split("[^\\p{L}']+")) {
        if (!word.isEmpty()) {
          said.add(word);
        }
      }
    }
    requests.searches(said);
    requests.routes();
    requests.named(found);
    return requests.paths;
  }

  private void add(String name, String path) {
    paths.put(name, path);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String letters(String before) {
    return IntStream.rangeClosed('a', 'z')
        .mapToObj(letter -> before + (char) letter + '*')
        .collect(Collectors.joining(" "));
  }

  private static String some(List<String> words, int most) {
    return String.join(" ", words.subList(0, Math.min(most, words.size())));
  }

  private String near(int within) {
    List<String> words = new ArrayList<>(GRAMMAR);
    Collections.shuffle(words, random);
    return '"' + String.join(" ", words) + "\"~" + within;
  }

  private void searches(List<String> said) {
    List<String> made = new ArrayList<>();
    while (made.size() < 200) {
      made.add(Syllables.word(random, 2 + random.nextInt(3)));
    }
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put("a* b* … z*", letters(""));
    queries.put("a word and -a* -b* … -z*", "people " + letters("-"));
    queries.put("a phrase of 1,000 words of the index", '"' + some(said, 1_000) + '"');
    queries.put("a phrase of 1,000 times the", '"' + "the ".repeat(1_000).strip() + '"');
    queries.put("ten words of grammar near each other", near(50));
    queries.put(
        "eight times that",
        IntStream.range(0, 8).mapToObj(i -> near(20 + i)).collect(Collectors.joining(" ")));
    queries.put("200 words nobody says", some(made, 200));
    queries.put("the same with ~2", String.join("~2 ", made) + "~2");
    queries.put("the same with OR", String.join(" OR ", made));
    queries.put("200 words of the index", some(said, 200));
    queries.put("250 words of the index with OR", some(said, 250).replace(" ", " OR "));
    queries.put("200 phrases", pairs(said, said));
    queries.put("200 phrases nobody says", pairs(made, GRAMMAR));
    queries.forEach((name, query) -> add(name, SEARCH + encoded(query)));
    String dearest = encoded(queries.get("a* b* … z*"));
    add("a page of a* b* … z*", "/?q=" + dearest);
    add("lines of a* b* … z*", "/?view=lines&q=" + dearest);
    add("a feed of a* b* … z*", "/feed.xml?q=" + dearest);
    add(
        "grouped, words of grammar",
        SEARCH + some(GRAMMAR, 5).replace(' ', '+') + "&group=episode");
    add("all, newest first", SEARCH + "&sort=newest");
  }

  private static String pairs(List<String> one, List<String> other) {
    return IntStream.range(0, Math.min(200, one.size() - 1))
        .mapToObj(i -> '"' + one.get(i) + ' ' + other.get((i + 1) % other.size()) + '"')
        .collect(Collectors.joining(" "));
  }

  private void routes() {
    add("trends of the, 2,000 times", trends("the ".repeat(2_000)));
    add("trends of you know, 1,000 times", trends("you know ".repeat(1_000)));
    add("trends of the by speaker", trends("the") + "&by=speaker");
    add("the page of trends", "/trends?q=" + encoded("the ".repeat(2_000).strip()));
    add("suggestions for a letter", API + "suggest?q=a");
    add("suggestions for 2,000 words", API + "suggest?q=" + encoded("a b c d ".repeat(500)));
    add("the sitemap", "/sitemap.xml?n=");
    add("a part of the sitemap", "/sitemap.xml?part=1&n=");
    add("1,000 episodes", API + "episodes?limit=1000&n=");
    add("the first page", "/?n=");
    add("metrics", "/metrics?n=");
    add("status", API + "status?n=");
    add("all facets as a table", API + "facets.csv?q=");
    add("lines as JSON", API + "lines?limit=1000&q=the");
  }

  private static String trends(String words) {
    return API + "trends?q=" + encoded(words.strip());
  }

  /** What is named in an answer: an episode, its show, a speaker, a topic. */
  private void named(JsonNode found) {
    String episode = found.path("hits").get(0).path("episode").path("id").asText();
    String at = API + "episodes/" + encoded(episode);
    add("moments of an episode", at + "/moments?n=");
    add("a transcript", at + "/transcript.vtt?n=");
    add("the page of an episode", "/e/" + encoded(episode) + "?q=" + encoded(letters("")));
    add("matches of a* b* … z*", at + "/matches?q=" + encoded(letters("")));
    add("matches of words of grammar", at + "/matches?q=" + encoded(near(50)));
    for (String facet : List.of("speaker", "show", "topic")) {
      JsonNode value = found.path("facets").path(facet).path(0).path("value");
      if (!value.isMissingNode()) {
        add("the page of a " + facet, "/" + facet + "/" + encoded(value.asText()) + "?n=");
      }
      if (!value.isMissingNode() && !facet.equals("topic")) {
        add("a " + facet + " as JSON", API + facet + "s/" + encoded(value.asText()) + "?n=");
      }
    }
  }
}
