package dev.earmark.http;

import dev.earmark.describe.Parameter;
import dev.earmark.export.Asked;
import dev.earmark.export.Opml;
import dev.earmark.export.SearchForm;
import dev.earmark.export.SearchWriter;
import dev.earmark.export.XmlDocument;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.model.DeepLink;
import dev.earmark.model.Episode;
import dev.earmark.page.Pages;
import dev.earmark.search.BadRequestException;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.SearchRequest.FacetLists;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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

  /** How many feeds a list may have: readers fetch each of them again and again. */
  private static final int MOST_FEEDS = 100;

  private static final String FEED = "/api/v1/search.rss?";
  private static final String SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9";

  private final SearchEngine engine;

  private final @Nullable StandingFeeds standing;

  DiscoveryRoutes(SearchEngine engine, @Nullable StandingFeeds standing) {
    this.engine = engine;
    this.standing = standing;
  }

  void addTo(Api api, RoutesConfig routes) {
    api.get("/api/v1/feeds.opml", this::feeds)
        .does("feeds", "Feeds of searches, or of every show, for feed readers to import")
        .takes(
            Parameter.several(
                "q", "a search; may be repeated, each is a feed; none for every show"))
        .takes(Parameter.flag("standing", "whether to list the standing searches instead"))
        .takes(Parameters.FILTERS)
        .answersAs("The list of feeds, as OPML 2.0", "text/x-opml")
        .keeps("http://opml.org/spec2.opml");
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

  /** The feeds of searches, or of all shows, each within what the list is narrowed to. */
  private void feeds(Context context) throws IOException {
    SearchRequest scope = Parameters.scope(context);
    String base = base(context);
    List<Opml.Feed> feeds = new ArrayList<>();
    if (Parameters.flag(context, "standing")) {
      if (standing != null) {
        feeds.addAll(standing.list(base));
      }
      send(context, feeds);
      return;
    }
    List<String> queries =
        context.queryParams("q").stream().filter(query -> !query.isBlank()).toList();
    if (queries.size() > MOST_FEEDS) {
      throw new BadRequestException(
          "q", "a list has at most " + MOST_FEEDS + " searches, got " + queries.size());
    }
    for (String query : queries) {
      SearchRequest request = scope.withQuery(query);
      feeds.add(feed(base, request, "q=" + encoded(query) + filters(context)));
    }
    if (queries.isEmpty()) {
      for (SearchPage.FacetValue show : shows(scope)) {
        SearchRequest request = scope.withFilter("show", show.value());
        feeds.add(
            new Opml.Feed(
                title(request, base),
                base + FEED + "show=" + encoded(show.value()) + filters(context, "show"),
                base + Pages.showAddress(show.value())));
      }
    }
    send(context, feeds);
  }

  private static void send(Context context, List<Opml.Feed> feeds) {
    context.contentType("text/x-opml; charset=utf-8").result(Opml.write("Earmark", feeds));
  }

  private static Opml.Feed feed(String base, SearchRequest request, String asked) {
    return new Opml.Feed(title(request, base), base + FEED + asked, base + "/?" + asked);
  }

  /** The title that the feed has itself. */
  private static String title(SearchRequest request, String base) {
    return new Asked(request, base, "", "", "").title() + " – Earmark";
  }

  private List<SearchPage.FacetValue> shows(SearchRequest scope) throws IOException {
    SearchPage page =
        engine.search(scope.withLimit(1).withFacets(new FacetLists(Map.of(), MOST_FEEDS)));
    int all = page.facetSizes().getOrDefault("show", 0);
    List<SearchPage.FacetValue> shows = page.facets().getOrDefault("show", List.of());
    boolean chosen = shows.stream().anyMatch(SearchPage.FacetValue::selected);
    if (!chosen && all > MOST_FEEDS) {
      throw new BadRequestException(
          "show", "there are " + all + " shows, more than a feed reader can follow; choose some");
    }
    return shows.stream().filter(show -> !chosen || show.selected()).toList();
  }

  /** What narrows all searches of a list, for an address. */
  private static String filters(Context context, String... but) {
    return Parameters.FILTERS.stream()
        .map(Parameter::name)
        .filter(name -> !List.of(but).contains(name))
        .flatMap(name ->
            context.queryParams(name).stream()
                .filter(value -> !value.isBlank())
                .map(value -> "&" + name + "=" + encoded(value)))
        .collect(Collectors.joining());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
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
