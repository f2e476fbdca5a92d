package dev.earmark.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.search.SearchRequest.Sort;
import dev.earmark.search.lucene.LuceneSearchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paging lists what the first page was taken from, whatever becomes of the index meanwhile. */
class PagingTest {
  @TempDir Path folder;

  private void write(int episode, String version) throws IOException {
    StringBuilder talk = new StringBuilder("WEBVTT\nLanguage: en\n");
    for (int cue = 0; cue < 20; cue++) {
      talk.append(
          String.format(
              Locale.ROOT,
              "\n00:%02d:00.000 --> 00:%02d:09.000\n<v Speaker %d>Harbour number %d of %s, %s\n",
              cue,
              cue,
              cue % 3,
              cue,
              version,
              "boats ".repeat(1 + (cue * 7 + episode) % 5)));
    }
    Files.writeString(folder.resolve("corpus/episode" + episode + ".vtt"), talk);
    Files.writeString(
        folder.resolve("corpus/episode" + episode + ".yaml"),
        episode % 4 == 3 ? "title: none\n" : "date: 2026-01-%02d\n".formatted(1 + episode % 28));
  }

  private void index() throws IOException {
    Corpora.index(folder.resolve("index"), folder.resolve("corpus"));
  }

  private static List<String> ids(SearchPage page) {
    return page.hits().stream()
        .map(hit -> hit.moment().id() + " " + hit.moment().moment().text())
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Sort.class)
  void hitsStayWhileEpisodesComeAndChange(Sort sort) throws IOException {
    Files.createDirectories(folder.resolve("corpus"));
    for (int episode = 0; episode < 8; episode++) {
      write(episode, "old");
    }
    index();
    try (LuceneSearchEngine engine = LuceneSearchEngine.open(folder.resolve("index"))) {
      SearchRequest request = SearchRequest.of("harbour boats").withSort(sort);
      List<String> before = new ArrayList<>();
      SearchPage first = engine.search(request.withLimit(100));
      before.addAll(ids(first));
      before.addAll(ids(engine.search(request.withLimit(100).withCursor(first.next()))));
      assertThat(before).hasSize((int) first.total()).doesNotHaveDuplicates();

      List<String> paged = new ArrayList<>();
      SearchPage page = engine.search(request.withLimit(17));
      for (int change = 8; ; change++) {
        paged.addAll(ids(page));
        assertThat(page.total()).isEqualTo(first.total());
        if (page.next() == null) {
          break;
        }
        if (change < 12) {
          write(change, "new");
          write(change - 8, "changed");
          index();
          engine.refresh();
        }
        page = engine.search(request.withLimit(17).withCursor(page.next()));
      }
      assertThat(paged).isEqualTo(before);
      assertThat(engine.search(request).total()).isGreaterThan(first.total());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void episodesStayWhileOthersCome(int limit) throws IOException {
    Files.createDirectories(folder.resolve("corpus"));
    for (int episode = 0; episode < 6; episode++) {
      write(episode, "old");
    }
    index();
    try (LuceneSearchEngine engine = LuceneSearchEngine.open(folder.resolve("index"))) {
      SearchRequest request = SearchRequest.of("harbour boats").groupedByEpisode();
      List<String> before =
          engine.search(request).groups().stream().map(group -> group.episode().id()).toList();
      List<String> paged = new ArrayList<>();
      SearchPage page = engine.search(request.withLimit(limit));
      write(6, "new");
      write(0, "changed");
      index();
      engine.refresh();
      while (true) {
        page.groups().forEach(group -> paged.add(group.episode().id()));
        if (page.next() == null) {
          break;
        }
        page = engine.search(request.withLimit(limit).withCursor(page.next()));
      }
      assertThat(paged).isEqualTo(before).hasSize(6);
    }
  }

  @Test
  void theListGoesOnBeyondTheHitsThatAreLookedAtClosely() throws IOException {
    Files.createDirectories(folder.resolve("corpus"));
    for (int episode = 0; episode < 70; episode++) {
      write(episode, "old");
    }
    index();
    try (LuceneSearchEngine engine = LuceneSearchEngine.open(folder.resolve("index"))) {
      SearchRequest request = SearchRequest.of("harbour boats number");
      List<String> byHundred = all(engine, request.withLimit(100));
      assertThat(byHundred).hasSize(1_400).doesNotHaveDuplicates();
      assertThat(all(engine, request.withLimit(37))).isEqualTo(byHundred);
    }
  }

  private static List<String> all(LuceneSearchEngine engine, SearchRequest request)
      throws IOException {
    List<String> all = new ArrayList<>();
    SearchPage page = engine.search(request);
    while (true) {
      all.addAll(ids(page));
      if (page.next() == null) {
        return all;
      }
      page = engine.search(request.withCursor(page.next()));
    }
  }

  /** Hits that are alike in what they are ordered by follow the ids of their episodes. */
  @ParameterizedTest
  @EnumSource(Sort.class)
  void orderIsThatOfAFreshIndex(Sort sort) throws IOException {
    Files.createDirectories(folder.resolve("corpus"));
    for (int episode = 7; episode >= 0; episode--) {
      write(episode, episode % 2 == 0 ? "old" : "new");
      index();
    }
    for (int episode = 0; episode < 8; episode += 2) {
      write(episode, "new");
      index();
    }
    Corpora.index(folder.resolve("fresh"), folder.resolve("corpus"));
    try (SearchEngine changed = LuceneSearchEngine.open(folder.resolve("index"));
        SearchEngine fresh = LuceneSearchEngine.open(folder.resolve("fresh"))) {
      for (String query : List.of("", "after:2026-01-02", "harbour", "harb*", "boats number")) {
        SearchRequest request = SearchRequest.of(query).withSort(sort).withLimit(7);
        // Hits of words that score alike are in the order of the index, which is quicker.
        if (sort != Sort.RELEVANCE || query.isEmpty() || query.startsWith("after")) {
          assertThat(all(changed, request)).as(query).isEqualTo(all(fresh, request));
        }
        assertThat(all(changed, request.groupedByEpisode()))
            .as(query)
            .isEqualTo(all(fresh, request.groupedByEpisode()));
      }
    }
  }

  /** What all pages of a search list, in their order. */
  private static List<String> all(SearchEngine engine, SearchRequest request) throws IOException {
    List<String> all = new ArrayList<>();
    SearchPage page = engine.search(request);
    while (true) {
      all.addAll(ids(page));
      page.groups()
          .forEach(group -> group.hits().forEach(hit -> all.add("in " + hit.moment().id())));
      if (page.next() == null) {
        return all;
      }
      page = engine.search(request.withCursor(page.next()));
    }
  }
}
