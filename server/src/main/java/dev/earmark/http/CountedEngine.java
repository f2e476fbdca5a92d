package dev.earmark.http;

import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.StoredMoment;
import dev.earmark.query.Query;
import dev.earmark.search.Explanation;
import dev.earmark.search.Hit;
import dev.earmark.search.IndexStatus;
import dev.earmark.search.Outline;
import dev.earmark.search.Quotations;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.ShowProfile;
import dev.earmark.search.Similar;
import dev.earmark.search.SpeakerProfile;
import dev.earmark.search.Suggestion;
import dev.earmark.search.Trend;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A search engine whose searches are counted by their kind and outcome. Thread-safe. */
record CountedEngine(SearchEngine engine, Metrics metrics) implements SearchEngine {

  @Override
  public SearchPage search(SearchRequest request) throws IOException {
    String kind = kind(request.query().query());
    try {
      SearchPage page = engine.search(request);
      String outcome =
          !page.notUnderstood().isEmpty()
              ? "not-understood"
              : page.listed() > 0 ? "found" : "nothing";
      metrics.search(kind, outcome);
      return page;
    } catch (IOException | RuntimeException e) {
      metrics.search(kind, "failed");
      throw e;
    }
  }

  /** What a query looks for, by the part of it that costs most. */
  private static String kind(Query query) {
    return switch (query) {
      case Query.Clauses all ->
          costliest(all.clauses().stream().map(clause -> kind(clause.query())).toList());
      case Query.AnyOf any -> costliest(any.options().stream().map(CountedEngine::kind).toList());
      case Query.Word word -> "words";
      case Query.Phrase phrase -> phrase.slop() > 0 ? "near" : "phrase";
      case Query.Elided elided -> kind(elided.of());
      case Query.Prefix prefix -> "prefix";
      case Query.Fuzzy fuzzy -> "fuzzy";
      default -> "fields";
    };
  }

  private static String costliest(List<String> kinds) {
    for (String kind : List.of("fuzzy", "prefix", "near", "phrase", "words")) {
      if (kinds.contains(kind)) {
        return kind;
      }
    }
    return "fields";
  }

  @Override
  public void warmUp() {
    engine.warmUp();
  }

  @Override
  public Map<String, Explanation> explain(SearchRequest request, Collection<String> momentIds)
      throws IOException {
    return engine.explain(request, momentIds);
  }

  @Override
  public List<EpisodeEntry> episodes(int from, int most) throws IOException {
    return engine.episodes(from, most);
  }

  @Override
  public OptionalInt place(String episodeId) throws IOException {
    return engine.place(episodeId);
  }

  @Override
  public Optional<EpisodeEntry> episode(String id) throws IOException {
    return engine.episode(id);
  }

  @Override
  public List<StoredMoment> moments(String episodeId) throws IOException {
    return engine.moments(episodeId);
  }

  @Override
  public List<StoredMoment> alternatives(String episodeId) throws IOException {
    return engine.alternatives(episodeId);
  }

  @Override
  public Optional<byte[]> picture(String id) throws IOException {
    return engine.picture(id);
  }

  @Override
  public List<Hit.Match> matches(String episodeId, SearchRequest request) throws IOException {
    return engine.matches(episodeId, request);
  }

  @Override
  public Map<String, Outline> outlines(SearchRequest request, List<String> episodeIds)
      throws IOException {
    return engine.outlines(request, episodeIds);
  }

  @Override
  public Trend trend(String phrase, Trend.By by, SearchRequest scope) throws IOException {
    return engine.trend(phrase, by, scope);
  }

  @Override
  public Optional<SpeakerProfile> speaker(String name) throws IOException {
    return engine.speaker(name);
  }

  @Override
  public Optional<ShowProfile> show(String name) throws IOException {
    return engine.show(name);
  }

  @Override
  public Optional<StoredMoment> moment(String id) throws IOException {
    return engine.moment(id);
  }

  @Override
  public Optional<Similar> similar(String momentId, Similar.By by, SearchRequest scope)
      throws IOException {
    return engine.similar(momentId, by, scope);
  }

  @Override
  public Quotations quotations(SearchRequest request) throws IOException {
    return engine.quotations(request);
  }

  @Override
  public List<Suggestion> suggest(String typed, int limit) throws IOException {
    return engine.suggest(typed, limit);
  }

  @Override
  public OptionalLong state() throws IOException {
    return engine.state();
  }

  @Override
  public IndexStatus status() throws IOException {
    return engine.status();
  }

  @Override
  public void close() throws IOException {
    engine.close();
  }
}
