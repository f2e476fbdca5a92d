package dev.earmark.http;

import dev.earmark.index.EpisodeEntry;
import dev.earmark.model.DeepLink;
import dev.earmark.model.Episode;
import dev.earmark.model.Moment;
import dev.earmark.model.Timestamp;
import dev.earmark.page.Pages;
import dev.earmark.search.Hit;
import dev.earmark.search.RequestBudget;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchRequest;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What others follow: feeds of searches, the list of pages, and how a browser searches here.
 *
 * <p>Thread-safe.
 *
 * @see <a href="https://www.rssboard.org/rss-specification">RSS 2.0</a>
 * @see <a href="https://www.sitemaps.org/protocol.html">Sitemaps</a>
 * @see <a href="https://github.com/dewitt/opensearch">OpenSearch description documents 1.1</a>
 */
final class DiscoveryRoutes {
  /** A sitemap may list 50,000 addresses. */
  private static final int MOST_PAGES = 50_000;

  private final SearchEngine engine;

  DiscoveryRoutes(SearchEngine engine) {
    this.engine = engine;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/feed.xml", this::feed);
    routes.get("/sitemap.xml", this::sitemap);
    routes.get("/robots.txt", DiscoveryRoutes::robots);
    routes.get("/opensearch.xml", DiscoveryRoutes::description);
  }

  static String base(Context context) {
    return context.scheme() + "://" + context.host();
  }

  /** The newest of what a search finds, as RSS. */
  private void feed(Context context) throws IOException {
    SearchRequest request = Parameters.search(context).ungrouped();
    if (context.queryParam("sort") == null) {
      request = request.withSort(SearchRequest.Sort.NEWEST);
    }
    SearchPage page = engine.search(request);
    String base = base(context);
    String asked = asked(request);
    XmlDocument feed = new XmlDocument();
    feed.open("rss").with("version", "2.0").open("channel");
    feed.element("title", asked + " – Earmark");
    String query = context.queryString();
    feed.element("link", base + "/" + (query == null ? "" : "?" + query));
    RequestBudget budget = RequestBudget.current();
    String cut = budget != null && budget.wasCut() ? " (" + budget.message() + ")" : "";
    feed.element("description", "What was said: " + asked + cut);
    for (Hit hit : page.hits()) {
      item(feed, hit, request.query().text(), base);
    }
    feed.close().close();
    context.contentType("application/rss+xml; charset=utf-8").result(feed.toString());
  }

  private static String asked(SearchRequest request) {
    List<String> parts = new java.util.ArrayList<>();
    if (!request.query().text().isBlank()) {
      parts.add(request.query().text().strip());
    }
    request.filters().values().forEach(parts::addAll);
    return parts.isEmpty() ? "Everything" : String.join(", ", parts);
  }

  private static void item(XmlDocument feed, Hit hit, String query, String base) {
    Episode episode = hit.episode();
    Moment moment = hit.moment().moment();
    Timestamp at = hit.atMs() == null ? null : Timestamp.clamped(hit.atMs());
    feed.open("item");
    feed.element("title", episode.title() + (at == null ? "" : ", " + at.clock()));
    feed.element("link", base + DeepLink.page(episode.id(), at, query));
    feed.element(
        "description",
        (moment.speaker() == null ? "" : moment.speaker() + ": ") + hit.snippet().text());
    feed.open("guid").with("isPermaLink", "false").text(hit.moment().id()).close();
    LocalDate date = episode.date();
    if (date != null) {
      feed.element(
          "pubDate",
          DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atStartOfDay(ZoneOffset.UTC)));
    }
    feed.close();
  }

  /** Every page worth finding. */
  private void sitemap(Context context) throws IOException {
    String base = base(context);
    XmlDocument map = new XmlDocument();
    map.open("urlset").with("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");
    map.open("url").element("loc", base + "/").close();
    Set<String> shows = new LinkedHashSet<>();
    List<EpisodeEntry> episodes = engine.episodes();
    for (EpisodeEntry entry : episodes.subList(0, Math.min(MOST_PAGES - 1, episodes.size()))) {
      Episode episode = entry.episode();
      map.open("url").element("loc", base + DeepLink.page(episode.id(), null));
      if (episode.date() != null) {
        map.element("lastmod", episode.date().toString());
      }
      map.close();
      if (episode.show() != null) {
        shows.add(episode.show());
      }
    }
    int left = Math.max(0, MOST_PAGES - 1 - episodes.size());
    shows.stream()
        .limit(left)
        .forEach(show -> map.open("url").element("loc", base + Pages.showAddress(show)).close());
    map.close();
    context.contentType("application/xml; charset=utf-8").result(map.toString());
  }

  /** Results are for people; what they lead to may be kept. */
  private static void robots(Context context) {
    context
        .contentType("text/plain; charset=utf-8")
        .result(
            "User-agent: *\nDisallow: /?\nDisallow: /api/\nDisallow: /trends\nSitemap: "
                + base(context)
                + "/sitemap.xml\n");
  }

  /** So that a browser can add the search to its own. */
  private static void description(Context context) {
    String base = base(context);
    XmlDocument description = new XmlDocument();
    description
        .open("OpenSearchDescription")
        .with("xmlns", "http://a9.com/-/spec/opensearch/1.1/")
        .element("ShortName", "Earmark")
        .element("Description", "Search what was said, and land on the second.")
        .element("InputEncoding", "UTF-8");
    description.open("Image").with("type", "image/svg+xml").text(base + "/assets/icon.svg").close();
    description
        .open("Url")
        .with("type", "text/html")
        .with("template", base + "/?q={searchTerms}")
        .close();
    description
        .open("Url")
        .with("type", "application/rss+xml")
        .with("template", base + "/feed.xml?q={searchTerms}")
        .close();
    description.close();
    context
        .contentType("application/opensearchdescription+xml; charset=utf-8")
        .result(description.toString());
  }
}
