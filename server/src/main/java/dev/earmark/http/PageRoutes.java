package dev.earmark.http;

import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.StoredMoment;
import dev.earmark.model.DeepLink;
import dev.earmark.page.Pages;
import dev.earmark.search.Explanation;
import dev.earmark.search.Hit;
import dev.earmark.search.KeywordLine;
import dev.earmark.search.Outline;
import dev.earmark.search.Quotations;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.Tracks;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The pages people see. Thread-safe. */
final class PageRoutes {
  private static final int LINES_ON_A_PAGE = 1_000;

  private final SearchEngine engine;
  private final Pages pages;

  PageRoutes(SearchEngine engine, Pages pages) {
    this.engine = engine;
    this.pages = pages;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/", this::search);
    routes.get("/e/{id}", this::episode);
  }

  private void search(Context context) throws IOException {
    SearchRequest request = Parameters.page(context);
    boolean asked =
        !request.query().text().isBlank()
            || !request.filters().isEmpty()
            || request.from() != null
            || request.to() != null
            || request.byEpisode()
            || request.cursor() != null
            || context.queryParam("group") != null;
    if (!asked) {
      html(
          context,
          pages.home(
              engine.episodes(0, Pages.RECENT),
              engine.status().episodes(),
              engine.search(SearchRequest.of("")),
              DiscoveryRoutes.base(context)));
      return;
    }
    if ("lines".equals(context.queryParam("view"))) {
      Found found = found(request.withMode(SearchRequest.Mode.WORDS), LINES_ON_A_PAGE);
      html(
          context,
          pages.lines(
              request,
              found.page(),
              new Pages.Lines(found.lines(), found.all(), Parameters.text(context, "by")),
              "results".equals(context.queryParam("fragment"))));
      return;
    }
    SearchRequest listed = request;
    SearchPage page = engine.search(request);
    if (request.byEpisode() && page.episodes() == 1) {
      // In one recording the best few are not enough: all are listed below its strip.
      int limit = context.queryParam("limit") == null ? Pages.usualLimit(false) : request.limit();
      listed = request.ungrouped().withLimit(limit);
      page = engine.search(listed);
    }
    Map<String, Outline> outlines = engine.outlines(request, drawn(page));
    Map<String, Explanation> explanations =
        Parameters.explain(context) ? engine.explain(listed, page.momentIds()) : Map.of();
    Quotations answer = answer(request, page);
    if ("results".equals(context.queryParam("fragment"))) {
      html(context, pages.results(request, page, outlines, explanations, answer));
    } else {
      html(context, pages.search(request, page, outlines, explanations, answer));
    }
  }

  /**
   * The passages that answer what is asked; null if it is no question, or not the first page. That
   * nothing answers it is only said where it certainly is one.
   */
  private @Nullable Quotations answer(SearchRequest request, SearchPage page) throws IOException {
    if (page.meaning() == null
        || !page.meaning().question()
        || request.cursor() != null
        || request.sort() != SearchRequest.Sort.RELEVANCE) {
      return null;
    }
    Quotations found = engine.quotations(request);
    return found.passages().isEmpty() && !found.asked() ? null : found;
  }

  /** What was found as lines; the page is the first of the answers they come from. */
  private record Found(SearchPage page, List<KeywordLine> lines, boolean all) {}

  private Found found(SearchRequest request, int most) throws IOException {
    SearchRequest next = request.ungrouped().withCursor(null).withLimit(SearchRequest.MOST_HITS);
    SearchPage first = engine.search(next);
    List<KeywordLine> lines = new ArrayList<>();
    SearchPage page = first;
    while (true) {
      for (Hit hit : page.hits()) {
        lines.addAll(KeywordLine.of(hit));
      }
      if (page.next() == null || lines.size() >= most) {
        boolean all = page.next() == null && lines.size() <= most;
        return new Found(first, lines.subList(0, Math.min(lines.size(), most)), all);
      }
      page = engine.search(next.withCursor(page.next()));
    }
  }

  /** The episodes that a page of answers draws: those it groups by, or the only one. */
  private static List<String> drawn(SearchPage page) {
    if (!page.groups().isEmpty()) {
      return page.groups().stream().map(group -> group.episode().id()).toList();
    }
    List<String> ids = page.hits().stream().map(hit -> hit.episode().id()).distinct().toList();
    return ids.size() == 1 ? ids : List.of();
  }

  private void episode(Context context) throws IOException {
    String id = context.pathParam("id");
    EpisodeEntry entry =
        engine
            .episode(id)
            .orElseThrow(() -> new NotFoundResponse("There is no episode \"" + id + "\"."));
    String query = Parameters.query(context);
    List<Hit.Match> matches =
        query.isBlank() ? List.of() : engine.matches(id, Parameters.within(context));
    EpisodeEntry read = entry;
    List<StoredMoment> moments = engine.moments(id);
    String track = Parameters.text(context, "track");
    Optional<EpisodeEntry.Alternative> chosen =
        track == null ? Optional.empty() : Tracks.alternative(entry, track);
    if (chosen.isPresent()) {
      read = entry.reading(chosen.get());
      moments = new ArrayList<>(moments);
      moments.removeIf(
          stored -> stored.source().equals(chosen.get().searched()) && Tracks.isSpeech(stored));
      moments.addAll(0, Tracks.of(engine, entry, track));
    }
    html(
        context,
        pages.episode(
            read,
            moments,
            matches,
            DeepLink.time(context.queryParams("t")),
            query,
            chosen.isPresent() ? track : null,
            Parameters.text(context, "beside"),
            DiscoveryRoutes.base(context)));
  }

  static void html(Context context, String page) {
    context.contentType("text/html; charset=utf-8").result(page);
  }
}
