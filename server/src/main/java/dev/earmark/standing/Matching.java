package dev.earmark.standing;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earmark.export.Asked;
import dev.earmark.export.Links;
import dev.earmark.export.SearchForm;
import dev.earmark.export.SearchWriter;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.model.Episode;
import dev.earmark.search.Hit;
import dev.earmark.search.PageReader;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.SearchRequest;
import dev.earmark.text.Words;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks standing searches of the episodes that are new or have changed since each was asked last:
 * those whose fingerprint is another than in the journal. So what a run that was cut off left
 * unasked is asked by the next.
 *
 * <p>A moment is told of once, also if its episode is indexed again: it is known by what is said in
 * which episode, not by its number or its second.
 */
final class Matching {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int AT_ONCE = 200;

  private final SearchEngine engine;
  private final Journal journal;

  Matching(SearchEngine engine, Journal journal) {
    this.engine = engine;
    this.journal = journal;
  }

  /** The fingerprints of all episodes. */
  static Map<String, String> fingerprints(SearchEngine engine) throws IOException {
    Map<String, String> all = new LinkedHashMap<>();
    for (EpisodeEntry entry : engine.episodes()) {
      all.put(entry.episode().id(), entry.fingerprint());
    }
    return all;
  }

  /** Asks a search; gives how many moments were found that it was not told of. */
  int ask(StandingSearch search, Map<String, String> episodes) throws IOException {
    SearchRequest request = search.request();
    List<String> changed = new ArrayList<>();
    episodes.forEach((id, print) -> {
      if (!print.equals(journal.known(search.id(), id))) {
        changed.add(id);
      }
    });
    List<String> only = request.filters().getOrDefault("episode", List.of());
    int found = 0;
    for (int from = 0; from < changed.size(); from += AT_ONCE) {
      List<String> some = changed.subList(from, Math.min(changed.size(), from + AT_ONCE));
      Map<String, List<Hit>> byEpisode = new LinkedHashMap<>();
      some.forEach(id -> byEpisode.put(id, new ArrayList<>()));
      List<String> asked = only.isEmpty() ? some : some.stream().filter(only::contains).toList();
      boolean whole =
          asked.isEmpty()
              || collect(request.withFilter("episode", asked.toArray(String[]::new)), byEpisode);
      for (Map.Entry<String, List<Hit>> one : byEpisode.entrySet()) {
        // What there was no time for is asked by the next run.
        String print = whole ? episodes.getOrDefault(one.getKey(), "") : "";
        found += told(search, request, one.getKey(), print, one.getValue());
      }
    }
    return found;
  }

  /**
   * Collects what has all that is asked for.
   *
   * @return whether that is everything; false if the search was cut short
   */
  private boolean collect(SearchRequest request, Map<String, List<Hit>> byEpisode)
      throws IOException {
    PageReader pages =
        PageReader.ofMeant(
            engine, request.withSort(SearchRequest.Sort.TIME).withLimit(SearchRequest.MOST_HITS));
    while (pages.hasNext()) {
      for (Hit hit : pages.next().hits()) {
        byEpisode.computeIfAbsent(hit.episode().id(), id -> new ArrayList<>()).add(hit);
      }
    }
    return pages.isWhole();
  }

  private int told(
      StandingSearch search, SearchRequest request, String episode, String print, List<Hit> hits)
      throws IOException {
    List<Message> messages = new ArrayList<>();
    int found = 0;
    for (Message.Channel channel : Message.Channel.values()) {
      boolean wanted =
          switch (channel) {
            case FEED -> true;
            case WEBHOOK -> search.webhook() != null;
            case MAIL -> !search.mail().isEmpty();
          };
      Map<String, Hit> fresh = new LinkedHashMap<>();
      for (Hit hit : hits) {
        String key = key(hit);
        if (wanted && !journal.isSeen(search.id(), channel, key)) {
          fresh.putIfAbsent(key, hit);
        }
      }
      if (!fresh.isEmpty()) {
        messages.add(message(search, request, channel, fresh));
        found = Math.max(found, fresh.size());
      }
    }
    journal.asked(search.id(), episode, print, messages);
    return found;
  }

  private static Message message(
      StandingSearch search,
      SearchRequest request,
      Message.Channel channel,
      Map<String, Hit> fresh) {
    List<String> keys = fresh.keySet().stream().sorted().toList();
    String id = "msg_" + hash(search.id() + ' ' + channel + ' ' + String.join(" ", keys));
    Asked asked = asked(search, request);
    SearchWriter items = SearchForm.RSS.writer(asked);
    String begin = items.begin();
    StringBuilder item = new StringBuilder();
    if (channel == Message.Channel.FEED) {
      fresh.values().forEach(hit -> item.append(items.hit(hit)));
    }
    if (begin.isEmpty()) {
      throw new IllegalStateException("a feed begins before its first item");
    }
    return new Message(
        id, search.id(), search.name(), channel, keys, body(search, fresh), item.toString());
  }

  /** What a feed of a search is a feed of. */
  static Asked asked(StandingSearch search, SearchRequest request) {
    String page = search.baseUrl() + "/?q=" + encode(search.query());
    return new Asked(
        request,
        search.baseUrl(),
        search.baseUrl() + "/standing/" + search.name() + ".rss",
        page,
        "");
  }

  private static String encode(String text) {
    return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static ObjectNode body(StandingSearch search, Map<String, Hit> fresh) {
    Episode episode = fresh.values().iterator().next().episode();
    ObjectNode body = JSON.createObjectNode().put("type", "search.found");
    body.putObject("search").put("name", search.name()).put("query", search.query());
    ObjectNode of = body.putObject("episode").put("id", episode.id()).put("title", episode.title());
    of.put("show", episode.show());
    of.put("date", episode.date() == null ? null : episode.date().toString());
    ArrayNode hits = body.putArray("hits");
    fresh.forEach((key, hit) -> {
      Links links = Links.of(hit).absolute(search.baseUrl());
      hits.addObject()
          .put("key", key)
          .put("id", hit.moment().id())
          .put("kind", hit.moment().moment().kind().id())
          .put("speaker", hit.moment().moment().speaker())
          .put("text", hit.snippet().text())
          .put("atMs", hit.atMs())
          .put("page", links.page())
          .put("media", links.media())
          .put("audio", links.audio());
    });
    return body;
  }

  private static String key(Hit hit) {
    return hash(
        hit.episode().id()
            + '\n'
            + hit.moment().moment().kind().id()
            + '\n'
            + Words.fold(hit.moment().moment().text()));
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, 24);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
