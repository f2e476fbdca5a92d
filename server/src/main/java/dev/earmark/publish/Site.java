package dev.earmark.publish;

import dev.earmark.export.Asked;
import dev.earmark.export.PodcastChapters;
import dev.earmark.export.SearchForm;
import dev.earmark.export.SearchWriter;
import dev.earmark.export.Transcript;
import dev.earmark.export.TranscriptFormat;
import dev.earmark.export.XmlDocument;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.MediaFile;
import dev.earmark.index.StoredMoment;
import dev.earmark.model.Artwork;
import dev.earmark.model.DeepLink;
import dev.earmark.model.Episode;
import dev.earmark.page.Assets;
import dev.earmark.page.Pages;
import dev.earmark.query.Query;
import dev.earmark.search.Outline;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchPage.FacetValue;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.SearchRequest.FacetLists;
import dev.earmark.search.ShowProfile;
import dev.earmark.search.SpeakerProfile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Publishes an index as a site of plain files. Not thread-safe; one a run. */
public final class Site {
  private static final String SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9";
  private static final int MOST_IN_A_SITEMAP = 50_000;
  private static final int A_FEED = 100;
  private static final int QUOTES = 8;
  private static final int TOPIC_EPISODES = 10;

  /** The forms in which transcripts are published. */
  private static final List<TranscriptFormat> FORMS =
      List.of(
          TranscriptFormat.VTT, TranscriptFormat.SRT, TranscriptFormat.TXT, TranscriptFormat.JSON);

  private static final List<String> SCRIPTS =
      List.of("answers.js", "arrive.js", "find.js", "finder.js", "words.js");

  private static final Pattern OURS =
      Pattern.compile(Pattern.quote(SitePage.SERVER) + "(/[^<\"\\s]*)");
  private static final Pattern ENCLOSURE =
      Pattern.compile(
          "<enclosure [^>]*url=\"" + Pattern.quote(SitePage.SERVER) + "(/[^\"#]*)[^>]*/>\\s*");

  /** What becomes of recordings on this machine that episodes name. */
  public enum LocalMedia {
    /** They are left out; those on the web are linked in any case. */
    NONE,
    /** They are copied into the site. */
    COPY,
    /** The site has hard links to them: no second copy, on the same disk. */
    LINK
  }

  /**
   * What was published.
   *
   * @param bytes of all files
   * @param indexBytes of those that the search in the browser loads parts of
   */
  public record Summary(int episodes, int files, long bytes, long indexBytes) {}

  private final SearchEngine engine;
  private final SiteFolder site;
  private final @Nullable String base;
  private final LocalMedia media;
  private final Pages pages = new Pages();
  private final SiteAddresses addresses = new SiteAddresses();
  private final SitePage page;

  private Site(SearchEngine engine, SiteFolder site, @Nullable String base, LocalMedia media) {
    this.engine = engine;
    this.site = site;
    this.base = base;
    this.media = media;
    this.page = new SitePage(addresses, base);
  }

  /**
   * Publishes an index.
   *
   * @param folder of the site; made or replaced as a whole
   * @param base where it will be, such as {@code https://example.org/talks/}; null if that is not
   *     known: then there are no feeds and no sitemap, which need whole addresses
   * @throws PublishException if that folder cannot be used; says why
   */
  public static Summary publish(
      SearchEngine engine, Path folder, @Nullable String base, LocalMedia media)
      throws IOException {
    String slashed = base == null || base.endsWith("/") ? base : base + "/";
    try (SiteFolder site = SiteFolder.begin(folder)) {
      return new Site(engine, site, slashed, media).write();
    }
  }

  private Summary write() throws IOException {
    List<EpisodeEntry> episodes = engine.episodes();
    Map<String, List<String>> names = new LinkedHashMap<>();
    SearchPage all =
        engine.search(
            SearchRequest.of("")
                .withLimit(1)
                .withFacets(new FacetLists(Map.of(), FacetLists.MOST_AT_ONCE)));
    for (String facet : List.of("show", "speaker", "topic")) {
      names.put(
          facet,
          all.facets().getOrDefault(facet, List.of()).stream()
              .filter(value -> value.count() > 0)
              .map(FacetValue::value)
              .toList());
    }
    Map<String, SpeakerProfile> speakers = new LinkedHashMap<>();
    for (String name : names.getOrDefault("speaker", List.of())) {
      engine.speaker(name).ifPresent(profile -> speakers.put(name, profile));
    }
    Map<String, ShowProfile> shows = new LinkedHashMap<>();
    for (String name : names.getOrDefault("show", List.of())) {
      engine.show(name).ifPresent(profile -> shows.put(name, profile));
    }
    List<String> topics = names.getOrDefault("topic", List.of());
    placeAll(episodes, names, speakers, shows);
    assets();
    pictures(episodes);
    put(
        "/",
        pages.home(head(episodes, Pages.RECENT), episodes.size(), everything(), SitePage.SERVER));
    site.write(
        SiteAddresses.SEARCH, page.of(pages.find(), SiteAddresses.SEARCH, script("find.js")));
    BrowserIndex index = new BrowserIndex(site);
    for (EpisodeEntry entry : episodes) {
      episode(entry, index);
    }
    index.finish();
    lists(episodes, names, shows);
    for (SpeakerProfile profile : speakers.values()) {
      speaker(profile);
    }
    for (ShowProfile profile : shows.values()) {
      show(profile);
    }
    for (String topic : topics) {
      topic(topic);
    }
    if (base != null) {
      feeds(names);
      discovery(base, episodes);
    }
    site.finish();
    return new Summary(episodes.size(), site.files().size(), site.bytes(""), site.bytes("index/"));
  }

  private static <T> List<T> head(List<T> list, int most) {
    return list.subList(0, Math.min(most, list.size()));
  }

  private SearchPage everything() throws IOException {
    return engine.search(SearchRequest.of(""));
  }

  /** Says where every page will lie, so that each can be led to from any other. */
  private void placeAll(
      List<EpisodeEntry> episodes,
      Map<String, List<String>> names,
      Map<String, SpeakerProfile> speakers,
      Map<String, ShowProfile> shows) {
    addresses.put("/", "index.html");
    for (EpisodeEntry entry : episodes) {
      String id = entry.episode().id();
      addresses.put(DeepLink.page(id, null), "e/" + SiteAddresses.fileName(id) + ".html");
      media(entry);
    }
    sheets(Pages.episodesAddress(), "episodes", episodes.size());
    addresses.put("/?group=episode", "episodes.html");
    names.forEach((facet, values) ->
        sheets("/" + facet + "s", facet + "s", Math.min(values.size(), FacetLists.MOST_VALUES)));
    speakers.forEach((name, profile) ->
        sheets(
            Pages.speakerAddress(name),
            "speaker/" + SiteAddresses.fileName(name),
            profile.episodes().size()));
    shows.forEach((name, profile) ->
        sheets(
            Pages.showAddress(name),
            "show/" + SiteAddresses.fileName(name),
            profile.episodes().size()));
    for (String topic : names.getOrDefault("topic", List.of())) {
      addresses.put(Pages.topicAddress(topic), "topic/" + SiteAddresses.fileName(topic) + ".html");
    }
    if (base != null) {
      addresses.put("/feed.xml", "feed.xml");
      addresses.put("/opensearch.xml", "opensearch.xml");
      names.forEach((facet, values) ->
          values.forEach(
              value -> addresses.put(feedAddress(facet, value), feedFile(facet, value))));
    }
  }

  private void sheets(String address, String name, int size) {
    List<String> all = Pages.sheets(address, size);
    for (int i = 0; i < all.size(); i++) {
      addresses.put(all.get(i), name + (i == 0 ? "" : "-" + (i + 1)) + ".html");
    }
  }

  private static String feedAddress(String facet, String value) {
    return "/feed.xml" + SiteAddresses.searchOf(facet, value).substring(1);
  }

  private static String feedFile(String facet, String value) {
    return "feeds/" + facet + "-" + SiteAddresses.fileName(value) + ".xml";
  }

  private void media(EpisodeEntry entry) {
    if (media == LocalMedia.NONE) {
      return;
    }
    Episode episode = entry.episode();
    for (String type : List.of("audio", "video")) {
      MediaFile.of(entry, type.equals("audio") ? episode.media().audio() : episode.media().video())
          .ifPresent(file ->
              addresses.put(
                  DeepLink.localMedia(episode.id(), type),
                  "media/"
                      + SiteAddresses.fileName(episode.id())
                      + "-"
                      + type
                      + "."
                      + file.extension()));
    }
  }

  private void put(String address, String html, String... scripts) throws IOException {
    String file = addresses.of(address);
    if (file == null) {
      throw new IllegalStateException("no place is known for " + address);
    }
    List<String> loaded = new ArrayList<>();
    for (String script : scripts) {
      loaded.addAll(script(script));
    }
    site.write(file, page.of(html, file, loaded));
  }

  private static List<String> script(String name) {
    return List.of("assets/" + name);
  }

  private void assets() throws IOException {
    Assets packed = Assets.packed();
    for (String name : packed.names()) {
      if (!SCRIPTS.contains(name)) {
        site.write("assets/" + name, packed.find(name).orElseThrow().bytes());
      }
    }
    for (String name : SCRIPTS) {
      try (InputStream in = Site.class.getResourceAsStream("/earmark/site/" + name)) {
        if (in == null) {
          throw new IllegalStateException("earmark/site/" + name + " is not on the class path");
        }
        site.write("assets/" + name, in.readAllBytes());
      }
    }
  }

  private void pictures(List<EpisodeEntry> episodes) throws IOException {
    Set<String> ids = new TreeSet<>();
    episodes.forEach(entry -> ids.addAll(entry.pictures()));
    for (String id : ids) {
      byte[] bytes = engine.picture(id).orElse(null);
      if (bytes != null) {
        String file = "artwork/" + SiteAddresses.fileName(id) + (isJpeg(bytes) ? ".jpg" : ".webp");
        addresses.put("/artwork/" + id, file);
        site.write(file, bytes);
      }
    }
  }

  private static boolean isJpeg(byte[] bytes) {
    return bytes.length > 2 && (bytes[0] & 0xFF) == 0xFF && (bytes[1] & 0xFF) == 0xD8;
  }

  private void episode(EpisodeEntry entry, BrowserIndex index) throws IOException {
    Episode episode = entry.episode();
    List<StoredMoment> moments = engine.moments(episode.id());
    String name = "e/" + SiteAddresses.fileName(episode.id());
    Map<String, String> files = new LinkedHashMap<>();
    Transcript transcript = Transcript.of(episode, moments).orElse(null);
    if (transcript != null) {
      for (TranscriptFormat form : FORMS) {
        String file = name + "." + form.id();
        site.write(file, transcript.as(form));
        files.put(form.id().toUpperCase(java.util.Locale.ROOT), file);
      }
    }
    String chapters = PodcastChapters.write(episode, moments).orElse(null);
    if (chapters != null) {
      site.write(name + ".chapters.json", chapters);
      files.put("Chapters", name + ".chapters.json");
    }
    if (media != LocalMedia.NONE) {
      for (String type : List.of("audio", "video")) {
        String file = addresses.of(DeepLink.localMedia(episode.id(), type));
        MediaFile local =
            MediaFile.of(
                    entry, type.equals("audio") ? episode.media().audio() : episode.media().video())
                .orElse(null);
        if (file != null && local != null) {
          site.add(file, local.path(), media == LocalMedia.LINK);
        }
      }
    }
    String html =
        pages.episode(
            entry, moments, List.of(), DeepLink.Time.NONE, "", null, null, SitePage.SERVER);
    site.write(
        name + ".html",
        page.of(SitePage.withDownloads(html, files), name + ".html", script("arrive.js")));
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("id", episode.id());
    facts.put("page", name + ".html");
    facts.put("title", episode.title());
    if (episode.show() != null) {
      facts.put("show", episode.show());
    }
    if (episode.date() != null) {
      facts.put("date", episode.date().toString());
    }
    if (episode.language() != null) {
      facts.put("language", episode.language());
    }
    index.add(facts, moments);
  }

  private void lists(
      List<EpisodeEntry> episodes, Map<String, List<String>> names, Map<String, ShowProfile> shows)
      throws IOException {
    List<String> episodePages = Pages.sheets(Pages.episodesAddress(), episodes.size());
    for (int i = 0; i < episodePages.size(); i++) {
      put(episodePages.get(i), pages.episodes(episodes, i + 1, SitePage.SERVER));
    }
    SearchPage values =
        engine.search(
            SearchRequest.of("")
                .withLimit(1)
                .withFacets(new FacetLists(Map.of(), FacetLists.MOST_VALUES)));
    Map<String, Artwork> pictures = new HashMap<>();
    shows.forEach((name, profile) -> {
      Artwork picture = profile.picture();
      if (picture != null) {
        pictures.put(name, picture);
      }
    });
    for (Map.Entry<String, List<String>> one : names.entrySet()) {
      String facet = one.getKey();
      int size = Math.min(one.getValue().size(), FacetLists.MOST_VALUES);
      List<String> all = Pages.sheets("/" + facet + "s", size);
      for (int i = 0; i < all.size(); i++) {
        put(
            all.get(i),
            pages.browse(
                facet,
                "",
                i + 1,
                values,
                facet.equals("show") ? pictures : Map.of(),
                SitePage.SERVER));
      }
    }
  }

  private static SearchRequest all(String facet, String value) {
    return SearchRequest.of("").withFilter(facet, value);
  }

  private void speaker(SpeakerProfile profile) throws IOException {
    SearchRequest theirs = all("speaker", profile.name());
    SearchPage quotes = engine.search(theirs.withFilter("kind", "quote").withLimit(QUOTES));
    SearchPage all = engine.search(theirs.withLimit(1));
    List<String> sheets =
        Pages.sheets(Pages.speakerAddress(profile.name()), profile.episodes().size());
    for (int i = 0; i < sheets.size(); i++) {
      put(sheets.get(i), pages.speaker(profile, quotes, all, i + 1, SitePage.SERVER));
    }
  }

  private void show(ShowProfile profile) throws IOException {
    SearchPage all = engine.search(all("show", profile.name()).withLimit(1));
    List<String> sheets =
        Pages.sheets(Pages.showAddress(profile.name()), profile.episodes().size());
    for (int i = 0; i < sheets.size(); i++) {
      put(sheets.get(i), pages.show(profile, all, i + 1, SitePage.SERVER));
    }
  }

  private void topic(String name) throws IOException {
    SearchRequest request =
        SearchRequest.of(new Query.FieldIs("topic", name).toString())
            .groupedByEpisode()
            .withLimit(TOPIC_EPISODES);
    SearchPage found = engine.search(request);
    List<String> ids = found.groups().stream().map(group -> group.episode().id()).toList();
    Map<String, Outline> outlines = engine.outlines(request, ids);
    put(Pages.topicAddress(name), pages.topic(name, found, outlines, SitePage.SERVER));
  }

  private void feeds(Map<String, List<String>> names) throws IOException {
    feed("/feed.xml", SearchRequest.of(""));
    for (Map.Entry<String, List<String>> one : names.entrySet()) {
      for (String value : one.getValue()) {
        feed(feedAddress(one.getKey(), value), all(one.getKey(), value));
      }
    }
  }

  private void feed(String address, SearchRequest asked) throws IOException {
    SearchRequest request = asked.withSort(SearchRequest.Sort.NEWEST).withLimit(A_FEED);
    String shown = address.replace("/feed.xml", "/");
    SearchWriter writer =
        SearchForm.RSS.writer(
            new Asked(
                request, SitePage.SERVER, SitePage.SERVER + address, SitePage.SERVER + shown, ""));
    StringBuilder feed = new StringBuilder(writer.begin());
    engine.search(request).hits().forEach(hit -> feed.append(writer.hit(hit)));
    feed.append(writer.end());
    String file = addresses.of(address);
    if (file != null) {
      site.write(file, whole(feed.toString()));
    }
  }

  /** A feed whose addresses of ours are those of the site. */
  private String whole(String feed) {
    String without =
        ENCLOSURE
            .matcher(feed)
            .replaceAll(match ->
                Matcher.quoteReplacement(
                    addresses.of(unescaped(match.group(1))) == null ? "" : match.group()));
    return OURS.matcher(without)
        .replaceAll(match -> {
          String file = addresses.of(unescaped(match.group(1)));
          String address = base + (file == null || file.equals("index.html") ? "" : file);
          return Matcher.quoteReplacement(address.replace("&", "&amp;"));
        });
  }

  private static String unescaped(String text) {
    return text.replace("&amp;", "&");
  }

  private void discovery(String base, List<EpisodeEntry> episodes) throws IOException {
    Map<String, String> changed = new HashMap<>();
    for (EpisodeEntry entry : episodes) {
      String file = addresses.of(DeepLink.page(entry.episode().id(), null));
      if (file != null && entry.episode().date() != null) {
        changed.put(file, entry.episode().date().toString());
      }
    }
    List<String> listed = new ArrayList<>();
    for (String file : site.files()) {
      if (file.endsWith(".html") && !file.equals(SiteAddresses.SEARCH)) {
        listed.add(file);
      }
    }
    int parts = (listed.size() + MOST_IN_A_SITEMAP - 1) / MOST_IN_A_SITEMAP;
    for (int part = 0; part < parts; part++) {
      XmlDocument map = new XmlDocument();
      map.open("urlset").with("xmlns", SITEMAPS);
      int from = part * MOST_IN_A_SITEMAP;
      for (String file : listed.subList(from, Math.min(listed.size(), from + MOST_IN_A_SITEMAP))) {
        map.open("url").element("loc", base + (file.equals("index.html") ? "" : file));
        String day = changed.get(file);
        if (day != null) {
          map.element("lastmod", day);
        }
        map.close();
      }
      map.close();
      site.write(parts == 1 ? "sitemap.xml" : "sitemap-" + (part + 1) + ".xml", map.toString());
    }
    if (parts > 1) {
      XmlDocument map = new XmlDocument();
      map.open("sitemapindex").with("xmlns", SITEMAPS);
      for (int part = 1; part <= parts; part++) {
        map.open("sitemap").element("loc", base + "sitemap-" + part + ".xml").close();
      }
      map.close();
      site.write("sitemap.xml", map.toString());
    }
    site.write("robots.txt", "User-agent: *\nSitemap: " + base + "sitemap.xml\n");
    XmlDocument search = new XmlDocument();
    search
        .open("OpenSearchDescription")
        .with("xmlns", "http://a9.com/-/spec/opensearch/1.1/")
        .element("ShortName", "Earmark")
        .element("Description", "Search what was said, and land on the second.")
        .element("InputEncoding", "UTF-8");
    search
        .open("Url")
        .with("type", "text/html")
        .with("template", base + SiteAddresses.SEARCH + "?q={searchTerms}")
        .close();
    search.close();
    site.write("opensearch.xml", search.toString());
  }
}
