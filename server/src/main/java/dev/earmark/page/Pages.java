package dev.earmark.page;

import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.StoredMoment;
import dev.earmark.model.DeepLink;
import dev.earmark.model.Episode;
import dev.earmark.model.TimeSpan;
import dev.earmark.search.Hit;
import dev.earmark.search.Outline;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchRequest;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pages, as HTML.
 *
 * <p>Each is whole without a script, has no inline script and no inline style, and asks nothing of
 * another server before the reader does. Thread-safe.
 */
public final class Pages {
  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Pages.class.getClassLoader(), "dev.earmark.page.template");

  /**
   * The first page, before anything is asked.
   *
   * @param recent episodes, newest first; beyond the first dozen they are only counted
   * @param all the answer to a request for everything; examples are made up from its hits
   */
  public String home(List<EpisodeEntry> recent, SearchPage all) {
    HomeView view = HomeView.of(recent, all);
    Frame frame =
        new Frame(
            "Earmark – search what was said",
            "Search " + view.total() + " of what was said, and land on the second.",
            null,
            "home",
            "",
            "",
            true,
            List.of("search.js", "suggest.js", "play.js"));
    return render("home.jte", Map.of("frame", frame, "view", view));
  }

  /** Whether a search whose address does not say so is answered by episode. */
  public static boolean isByEpisode(String query, SearchRequest.Sort sort) {
    return SearchAddress.isByEpisode(query, sort);
  }

  /**
   * The answer to a search.
   *
   * @param outlines of the episodes in it, as far as they are to be drawn
   */
  public String search(SearchRequest request, SearchPage page, Map<String, Outline> outlines) {
    ResultsView view = ResultsView.of(request, page, outlines);
    Frame frame =
        new Frame(
            view.title(),
            view.heading() + ": " + view.status(),
            null,
            "search",
            request.query().text(),
            view.status(),
            false,
            List.of("search.js", "suggest.js", "play.js"));
    return render("search.jte", Map.of("frame", frame, "view", view));
  }

  /** The part of {@link #search} below the search box, for a script to put in its place. */
  public String results(SearchRequest request, SearchPage page, Map<String, Outline> outlines) {
    return render("results.jte", Map.of("view", ResultsView.of(request, page, outlines)));
  }

  /**
   * The page of an episode.
   *
   * @param moments all of the episode, in the order of its sources
   * @param matches where the query is found in it; empty if there is none
   * @param at the instant or clip the page is about; null if there is none
   * @param query what is looked for in it; may be empty
   * @param baseUrl what an address of ours begins with when it is read elsewhere, such as {@code
   *     https://example.org}
   */
  public String episode(
      EpisodeEntry entry,
      List<StoredMoment> moments,
      List<Hit.Match> matches,
      @Nullable TimeSpan at,
      String query,
      String baseUrl) {
    Episode episode = entry.episode();
    String base = withoutSlash(baseUrl);
    EpisodeView view = EpisodeView.of(entry, moments, matches, at, query, base);
    String show = episode.show() == null ? "" : " – " + episode.show();
    String canonical = base + DeepLink.page(episode.id(), null);
    Frame frame =
        new Frame(
                (view.at() == null ? "" : view.at() + " – ") + episode.title() + show + " – Earmark",
                view.heard() == null ? EpisodeView.summary(episode) : view.heard(),
                canonical,
                "episode",
                "",
                query.isBlank() ? "" : view.found() + " in this episode.",
                true,
                List.of("suggest.js", "episode.js", "within.js", "quote.js"))
            .withLinkedData(
                view.linkedData(),
                at == null ? canonical : base + DeepLink.page(episode.id(), at.start(), query));
    return render("episode.jte", Map.of("frame", frame, "view", view));
  }

  /** What a reader is told if something went wrong. */
  public String error(int status, String title, String detail, String requestId) {
    ErrorView view = new ErrorView(status, title, detail, requestId);
    Frame frame = new Frame(title + " – Earmark", detail, null, "error", "", "", false, List.of());
    return render("error.jte", Map.of("frame", frame, "view", view));
  }

  private static String withoutSlash(String base) {
    return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
  }

  private String render(String template, Map<String, Object> parameters) {
    StringOutput output = new StringOutput();
    templates.render(template, parameters, output);
    return output.toString();
  }
}
