package dev.earmark.http;

import dev.earmark.export.Asked;
import dev.earmark.export.SearchForm;
import dev.earmark.export.SearchWriter;
import dev.earmark.export.XmlDocument;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.model.DeepLink;
import dev.earmark.model.Episode;
import dev.earmark.page.Pages;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchRequest;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.LinkedHashSet;
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
  /** How many episodes a part of the sitemap lists; it may list 50,000 addresses. */
  private static final int A_PART = 1_000;

  private static final String SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9";

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

  /** The newest of what a search finds, as RSS: one page of it. */
  private void feed(Context context) throws IOException {
    SearchRequest request = Parameters.search(context).ungrouped();
    if (context.queryParam("sort") == null) {
      request = request.withSort(SearchRequest.Sort.NEWEST);
    }
    SearchPage page = engine.search(request);
    SearchWriter writer =
        SearchForm.RSS.writer(asked(context, request).without(page.notUnderstood()));
    StringBuilder feed = new StringBuilder(writer.begin());
    page.hits().forEach(hit -> feed.append(writer.hit(hit)));
    context.contentType(SearchForm.RSS.mediaType()).result(feed.append(writer.end()).toString());
  }

  /** What was asked, for who writes the answer. */
  static Asked asked(Context context, SearchRequest request) {
    String base = base(context);
    String query = context.queryString();
    String rest = query == null ? "" : "?" + query;
    return new Asked(request, base, base + context.path() + rest, base + "/" + rest, "");
  }

  /** Every page worth finding; of many episodes a list of parts, each of which is quick to read. */
  private void sitemap(Context context) throws IOException {
    int episodes = engine.status().episodes();
    int parts = Math.max(1, (episodes + A_PART - 1) / A_PART);
    XmlDocument map =
        parts > 1 && context.queryParam("part") == null
            ? sitemapOfParts(base(context), parts)
            : sitemapPart(base(context), Parameters.number(context, "part", 1, parts));
    Workers.mustBeWhole(context);
    context.contentType("application/xml; charset=utf-8").result(map.toString());
  }

  private static XmlDocument sitemapOfParts(String base, int parts) {
    XmlDocument map = new XmlDocument();
    map.open("sitemapindex").with("xmlns", SITEMAPS);
    for (int part = 1; part <= parts; part++) {
      map.open("sitemap").element("loc", base + "/sitemap.xml?part=" + part).close();
    }
    map.close();
    return map;
  }

  private XmlDocument sitemapPart(String base, int part) throws IOException {
    XmlDocument map = new XmlDocument();
    map.open("urlset").with("xmlns", SITEMAPS);
    if (part == 1) {
      map.open("url").element("loc", base + "/").close();
    }
    Set<String> shows = new LinkedHashSet<>();
    for (EpisodeEntry entry : engine.episodes((part - 1) * A_PART, A_PART)) {
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
    shows.forEach(show -> map.open("url").element("loc", base + Pages.showAddress(show)).close());
    map.close();
    return map;
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
