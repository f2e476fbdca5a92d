package dev.earmark.page;

import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.lucene.LuceneIndexSink;
import dev.earmark.model.Anchor;
import dev.earmark.model.DeepLink;
import dev.earmark.model.Episode;
import dev.earmark.model.Kind;
import dev.earmark.model.Media;
import dev.earmark.model.Moment;
import dev.earmark.model.Speaker;
import dev.earmark.model.TimeMap;
import dev.earmark.model.TimeSpan;
import dev.earmark.query.QueryParser;
import dev.earmark.schema.IndexedMoment;
import dev.earmark.search.Outline;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.Trend;
import dev.earmark.search.lucene.LuceneSearchEngine;
import dev.earmark.text.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** Invented episodes in a real index, and the pages made of them. */
final class Shelf implements AutoCloseable {
  private static final long GAP = 10_000;
  private final LuceneIndexSink sink;
  private final Path folder;
  private final Pages pages = new Pages();
  private LuceneSearchEngine engine;

  Shelf(Path folder) throws IOException {
    this.folder = folder;
    this.sink = LuceneIndexSink.open(folder);
  }

  /** A document of an episode that is being made up. */
  record Source(String name, String format, String language, List<Moment> moments) {}

  static Episode episode(String id, String title, Media media, Speaker... speakers) {
    return new Episode(
        id,
        title,
        "Slow Instruments",
        LocalDate.of(2025, 11, 4),
        60_000L,
        "en",
        List.of(speakers),
        media,
        List.of(),
        null);
  }

  /** Words that somebody says, evenly between two times. */
  static Moment.Builder said(String speaker, long startMs, long endMs, String text) {
    TimeMap times = TimeMap.builder().add(Words.of(text).count(), startMs, endMs).build();
    return Moment.builder(Kind.SEGMENT, text)
        .speaker(speaker)
        .anchor(Anchor.exact(TimeSpan.ofMillis(startMs, endMs)))
        .times(times);
  }

  Shelf put(Episode episode, Source... sources) throws IOException {
    List<IndexedMoment> moments = new ArrayList<>();
    List<EpisodeEntry.Source> entries = new ArrayList<>();
    long position = 0;
    for (Source source : sources) {
      long words = 0;
      for (Moment moment : source.moments()) {
        position += moment.continues() ? 0 : GAP;
        moments.add(
            new IndexedMoment(
                episode,
                source.name(),
                source.format(),
                source.language(),
                moments.size(),
                position,
                moment));
        int count = Words.of(moment.text()).count();
        position += count;
        words += count;
      }
      entries.add(
          new EpisodeEntry.Source(
              source.name(), source.format(), source.language(), source.moments().size(), words));
    }
    sink.replace(new EpisodeEntry(episode, "shelf", "1", entries, Map.of()), moments);
    return this;
  }

  private LuceneSearchEngine engine() throws IOException {
    if (engine == null) {
      sink.commit();
      engine = LuceneSearchEngine.open(folder);
    }
    return engine;
  }

  Document home() throws IOException {
    return parse(
        pages.home(
            engine().episodes(0, Pages.RECENT),
            engine().status().episodes(),
            engine().search(SearchRequest.of("")),
            "https://earmark.example"));
  }

  /** As a page is asked whose address names no mode. */
  private static SearchRequest asked(SearchRequest request) {
    return request.withMode(SearchRequest.Mode.AUTO);
  }

  Document search(SearchRequest asked) throws IOException {
    SearchRequest request = asked(asked);
    SearchPage page = engine().search(request);
    return parse(pages.search(request, page, outlines(request, page), Map.of(), null));
  }

  Document search(String query) throws IOException {
    return search(SearchRequest.of(query));
  }

  String results(SearchRequest asked) throws IOException {
    SearchRequest request = asked(asked);
    SearchPage page = engine().search(request);
    return pages.results(request, page, outlines(request, page), Map.of(), null);
  }

  private Map<String, Outline> outlines(SearchRequest request, SearchPage page) throws IOException {
    List<String> ids = new ArrayList<>();
    page.groups().forEach(group -> ids.add(group.episode().id()));
    page.hits().forEach(hit -> ids.add(hit.episode().id()));
    return engine().outlines(request, ids);
  }

  /** The page of an episode. */
  Document episode(String id, String at, String query) throws IOException {
    return parse(
        pages.episode(
            engine().episode(id).orElseThrow(),
            engine().moments(id),
            query.isEmpty() ? List.of() : engine().matches(id, QueryParser.parse(query)),
            DeepLink.time(List.of(at)),
            query,
            null,
            null,
            "https://earmark.example/"));
  }

  Document speaker(String name) throws IOException {
    SearchRequest all = SearchRequest.of("").withFilter("speaker", name);
    return parse(
        pages.speaker(
            engine().speaker(name).orElseThrow(),
            engine().search(all.withFilter("kind", "quote")),
            engine().search(all),
            1,
            "https://earmark.example"));
  }

  Document show(String name) throws IOException {
    return parse(
        pages.show(
            engine().show(name).orElseThrow(),
            engine().search(SearchRequest.of("").withFilter("show", name)),
            1,
            "https://earmark.example"));
  }

  Document trends(String phrase, Trend.By by) throws IOException {
    return parse(
        pages.trends(phrase, List.of(engine().trend(phrase, by)), SearchRequest.of(""), false));
  }

  Document error(String title, String detail) {
    return parse(pages.error(404, title, detail, "r-1"));
  }

  private static Document parse(String html) {
    return Jsoup.parse(html, "https://earmark.example/");
  }

  @Override
  public void close() throws IOException {
    if (engine != null) {
      engine.close();
    }
    sink.close();
  }
}
