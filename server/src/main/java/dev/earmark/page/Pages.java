package dev.earmark.page;

import dev.earmark.describe.Operation;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.IndexingProgress;
import dev.earmark.index.StoredMoment;
import dev.earmark.model.Artwork;
import dev.earmark.model.DeepLink;
import dev.earmark.model.Episode;
import dev.earmark.model.TimeSpan;
import dev.earmark.search.Explanation;
import dev.earmark.search.Hit;
import dev.earmark.search.KeywordLine;
import dev.earmark.search.Outline;
import dev.earmark.search.Quotations;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.ShowProfile;
import dev.earmark.search.Similar;
import dev.earmark.search.SpeakerProfile;
import dev.earmark.search.Trend;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateException;
import gg.jte.html.escape.Escape;
import gg.jte.output.StringOutput;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The pages, as HTML.
 *
 * <p>Each is whole without a script, has no inline script and no inline style, and asks nothing of
 * another server before the reader does. Thread-safe.
 */
public final class Pages {
  /** What a page with hits does, the home page as well: its hits are listed on it. */
  private static final List<String> SEARCH_SCRIPTS =
      List.of(
          "search.js",
          "suggest.js",
          "play.js",
          "playlist.js",
          "quote.js",
          "hits.js",
          "sheet.js",
          "dates.js");

  private final TemplateEngine templates;
  private final @Nullable WebSources sources;
  private final Supplier<Optional<IndexingProgress.State>> reading;

  /** The pages of an index that nobody fills while they are shown. */
  public Pages() {
    this(Optional::empty, null);
  }

  /**
   * @param reading how far the run of the indexer is that fills the index; each page says so
   * @param sources the templates to take as they are at each page; null for those of the program
   */
  public Pages(Supplier<Optional<IndexingProgress.State>> reading, @Nullable WebSources sources) {
    this.reading = reading;
    this.sources = sources;
    templates =
        sources != null
            ? sources.templates()
            : TemplateEngine.createPrecompiled(
                null, ContentType.Html, Pages.class.getClassLoader(), "dev.earmark.page.template");
  }

  /** How many episodes the first page shows. */
  public static final int RECENT = 12;

  /**
   * The first page, before anything is asked.
   *
   * @param recent the latest episodes, newest first
   * @param episodes how many there are
   * @param all the answer to a request for everything; examples are made up from its hits
   * @param baseUrl what an address of ours begins with when it is read elsewhere
   */
  public String home(List<EpisodeEntry> recent, int episodes, SearchPage all, String baseUrl) {
    String base = withoutSlash(baseUrl);
    HomeView view = HomeView.of(recent, episodes, all);
    Frame frame =
        new Frame(
                "Earmark – search what was said",
                "Search " + view.total() + " of what was said, and land on the second.",
                base + "/",
                "home",
                "",
                "",
                true,
                SEARCH_SCRIPTS)
            .withLinkedData(LinkedData.ofSite(base), base + "/");
    return render("home.jte", Map.of("frame", frame, "view", view));
  }

  /** Whether a search whose address does not say so is answered by episode. */
  public static boolean isByEpisode(String query, SearchRequest.Sort sort) {
    return SearchAddress.isByEpisode(query, sort);
  }

  /** How many hits or episodes stand on a page whose address does not say so. */
  public static int usualLimit(boolean byEpisode) {
    return SearchAddress.usualLimit(byEpisode);
  }

  /**
   * The answer to a search.
   *
   * @param outlines of the episodes in it, as far as they are to be drawn
   * @param explanations why hits score what they do, by the ids of their moments; empty if nobody
   *     asked
   * @param answer the passages that answer what is asked; null if it is no question
   */
  public String search(
      SearchRequest request,
      SearchPage page,
      Map<String, Outline> outlines,
      Map<String, Explanation> explanations,
      @Nullable Quotations answer) {
    return search(request, ResultsView.of(request, page, outlines, explanations, answer, null));
  }

  /** What is like a moment, or who else speaks of it. */
  public String similar(Similar similar, Similar.By by) {
    SimilarView view = SimilarView.of(similar, by);
    Frame frame =
        new Frame(
            view.title() + " – Earmark",
            view.title() + ": " + view.quotation(),
            null,
            "page",
            "",
            "",
            false,
            List.of("suggest.js", "play.js", "quote.js", "hits.js"));
    return render("similar.jte", Map.of("frame", frame, "view", view));
  }

  private String search(SearchRequest request, ResultsView view) {
    Frame frame =
        new Frame(
                view.title(),
                view.heading() + ": " + view.status(),
                null,
                "search",
                request.query().text(),
                view.status(),
                false,
                SEARCH_SCRIPTS)
            .withFeed(FeedAddress.of(request));
    return render("search.jte", Map.of("frame", frame, "view", view));
  }

  /**
   * What was found as lines.
   *
   * @param all whether these are all there are
   * @param by what they are put in order by, as its address has it; null if as they were found
   */
  public record Lines(List<KeywordLine> lines, boolean all, @Nullable String by) {}

  /**
   * The answer to a search as lines, the keyword in the middle.
   *
   * @param page the beginning of the same answer, for all but the lines
   * @param part whether only the part below the search box is wanted
   */
  public String lines(SearchRequest request, SearchPage page, Lines lines, boolean part) {
    ResultsView view = ResultsView.of(request, page, Map.of(), Map.of(), null, lines);
    return part ? render("results.jte", Map.of("view", view)) : search(request, view);
  }

  /** The part of {@link #search} below the search box, for a script to put in its place. */
  public String results(
      SearchRequest request,
      SearchPage page,
      Map<String, Outline> outlines,
      Map<String, Explanation> explanations,
      @Nullable Quotations answer) {
    return render(
        "results.jte",
        Map.of("view", ResultsView.of(request, page, outlines, explanations, answer, null)));
  }

  /**
   * The page of an episode.
   *
   * @param moments all of the episode, in the order of its sources
   * @param matches where the query is found in it; empty if there is none
   * @param time the instant or clip the page is about
   * @param query what is looked for in it; may be empty
   * @param baseUrl what an address of ours begins with when it is read elsewhere, such as {@code
   *     https://example.org}
   */
  public String episode(
      EpisodeEntry entry,
      List<StoredMoment> moments,
      List<Hit.Match> matches,
      DeepLink.Time time,
      String query,
      @Nullable String track,
      @Nullable String beside,
      String baseUrl) {
    Episode episode = entry.episode();
    TimeSpan at = time.at();
    String base = withoutSlash(baseUrl);
    EpisodeView view = EpisodeView.of(entry, moments, matches, time, query, track, beside, base);
    String show = episode.show() == null ? "" : " – " + episode.show();
    String canonical = base + DeepLink.page(episode.id(), null);
    Frame frame =
        new Frame(
                (view.at() == null ? "" : view.at() + " – ")
                    + episode.title()
                    + show
                    + " – Earmark",
                view.heard() == null ? EpisodeView.summary(episode) : view.heard(),
                canonical,
                "episode",
                "",
                query.isBlank() ? "" : view.found() + " in this episode.",
                true,
                List.of("suggest.js", "episode.js", "within.js", "quote.js", "here.js"))
            .withLinkedData(
                view.linkedData(),
                at == null ? canonical : base + DeepLink.page(episode.id(), at.start(), query))
            .withImage(absolute(base, episode.picture()))
            .withFeed(FeedAddress.of("episode", episode.id()));
    String shown =
        base + (at == null ? DeepLink.page(episode.id(), null) : DeepLink.pageAt(episode.id(), at));
    String described = base + PageAddress.with("/oembed", "url", shown);
    frame =
        frame
            .withAlternate("application/json+oembed", described + "&format=json")
            .withAlternate("text/xml+oembed", described + "&format=xml");
    return render("episode.jte", Map.of("frame", frame, "view", view));
  }

  /**
   * An episode for a page of another site: its player and what is said.
   *
   * @param moments all of the episode
   * @param at the instant or clip to show; null for all of it
   */
  public String embed(
      EpisodeEntry entry, List<StoredMoment> moments, @Nullable TimeSpan at, String baseUrl) {
    EmbedView view = EmbedView.of(entry, moments, at);
    Frame frame =
        new Frame(
            view.line().title() + " – Earmark",
            EpisodeView.summary(entry.episode()),
            withoutSlash(baseUrl) + DeepLink.page(entry.episode().id(), null),
            "embed",
            "",
            "",
            false,
            List.of());
    return render("embed.jte", Map.of("frame", frame, "view", view));
  }

  /** The HTML by which a page of another site shows an episode, no larger than is allowed. */
  public static EmbedCode embedCode(
      Episode episode, @Nullable TimeSpan at, String baseUrl, int maxWidth, int maxHeight) {
    return EmbedCode.of(episode, at, withoutSlash(baseUrl), maxWidth, maxHeight);
  }

  /**
   * The page of somebody who is heard.
   *
   * @param quotes what of theirs was picked out
   * @param all everything of theirs, for its facets
   * @param page which page of their episodes, from 1
   */
  public String speaker(
      SpeakerProfile profile, SearchPage quotes, SearchPage all, int page, String baseUrl) {
    SpeakerView view = SpeakerView.of(profile, quotes, all, page);
    String path = PageAddress.speaker(profile.name());
    Frame frame =
        catalogue(
            view.name() + " – Earmark",
            view.name() + ": " + String.join(", ", view.facts()),
            withoutSlash(baseUrl) + path,
            FeedAddress.of("speaker", view.name()));
    return render("speaker.jte", Map.of("frame", frame, "view", view));
  }

  /**
   * The page of a show.
   *
   * @param all everything of it, for its facets
   * @param page which page of its episodes, from 1
   */
  public String show(ShowProfile profile, SearchPage all, int page, String baseUrl) {
    ShowView view = ShowView.of(profile, all, page);
    Frame frame =
        catalogue(
                view.name() + " – Earmark",
                view.name() + ": " + String.join(", ", view.facts()),
                withoutSlash(baseUrl) + PageAddress.show(profile.name()),
                FeedAddress.of("show", view.name()))
            .withImage(absolute(withoutSlash(baseUrl), view.picture()));
    return render("show.jte", Map.of("frame", frame, "view", view));
  }

  /**
   * The page of a topic.
   *
   * @param name as it is written
   * @param page all about it, by episode
   * @param outlines of the episodes in it
   */
  public String topic(String name, SearchPage page, Map<String, Outline> outlines, String baseUrl) {
    List<ResultsView.Group> groups =
        page.groups().stream().map(group -> ResultsView.group(group, outlines, "")).toList();
    TopicView view = TopicView.of(name, page, groups);
    Frame frame =
        catalogue(
            name + " – Earmark",
            name + ": " + String.join(", ", view.facts()),
            withoutSlash(baseUrl) + PageAddress.topic(name),
            FeedAddress.of("topic", name));
    return render("topic.jte", Map.of("frame", frame, "view", view));
  }

  /**
   * A page of the list of all shows, speakers or topics.
   *
   * @param facet {@code show}, {@code speaker} or {@code topic}
   * @param beginning what the names, or a word in them, begin with; may be empty
   * @param page from 1
   * @param all an answer whose facets list them
   * @param pictures of those that have one, by name
   */
  public String browse(
      String facet,
      String beginning,
      int page,
      SearchPage all,
      Map<String, Artwork> pictures,
      String baseUrl) {
    BrowseView view = BrowseView.of(facet, beginning, page, all, pictures);
    Frame frame =
        new Frame(
            view.title() + " – Earmark",
            view.title() + ": " + view.total(),
            withoutSlash(baseUrl) + view.path(),
            "page",
            "",
            "",
            beginning.isEmpty(),
            List.of("suggest.js"));
    return render("browse.jte", Map.of("frame", frame, "view", view));
  }

  /**
   * A page of the list of all episodes.
   *
   * @param all newest first
   * @param page from 1
   */
  public String episodes(List<EpisodeEntry> all, int page, String baseUrl) {
    BrowseView view = BrowseView.ofEpisodes(all, page);
    Frame frame =
        new Frame(
            view.title() + " – Earmark",
            view.title() + ": " + view.total(),
            withoutSlash(baseUrl) + view.path(),
            "page",
            "",
            "",
            true,
            List.of());
    return render("browse.jte", Map.of("frame", frame, "view", view));
  }

  /** The page on which a script searches by itself, with nothing found yet. */
  public String find() {
    Frame frame =
        new Frame(
            "Search – Earmark",
            "Search what was said, and land on the second.",
            null,
            "search",
            "",
            "",
            false,
            List.of("quote.js", "hits.js"));
    return render("find.jte", Map.of("frame", frame));
  }

  /**
   * How often something is said.
   *
   * @param trends of each term; empty if nothing was asked for yet
   * @param scope what it was narrowed by
   * @param byCount whether bars are as high as it is often said, rather than for a million words
   */
  public String trends(String query, List<Trend> trends, SearchRequest scope, boolean byCount) {
    TrendsView view = trends.isEmpty() ? null : TrendsView.of(query, trends, scope, byCount);
    Frame frame =
        new Frame(
            (query.isBlank() ? "" : query.strip() + " – ") + "Trends – Earmark",
            view == null ? "How often something is said, over time." : view.summary(),
            null,
            "page",
            "",
            view == null ? "" : view.summary(),
            view == null,
            List.of("suggest.js", "play.js", "quote.js", "hits.js"));
    Map<String, Object> parameters = new java.util.HashMap<>();
    parameters.put("frame", frame);
    parameters.put("query", query);
    parameters.put("view", view);
    return render("trends.jte", parameters);
  }

  /** The API, with a form for each operation. */
  public String api(Collection<Operation> operations) {
    Frame frame =
        new Frame(
            "API – Earmark",
            "What other programs can ask here, to be tried in the browser.",
            null,
            "page",
            "",
            "",
            true,
            List.of("suggest.js", "api.js"));
    return render("api.jte", Map.of("frame", frame, "view", ApiView.of(operations)));
  }

  private static Frame catalogue(String title, String description, String canonical, String feed) {
    return new Frame(
            title,
            description,
            canonical,
            "page",
            "",
            "",
            true,
            List.of("suggest.js", "play.js", "quote.js", "hits.js"))
        .withFeed(feed);
  }

  /** The address of somebody's page. */
  public static String speakerAddress(String name) {
    return PageAddress.speaker(name);
  }

  /** The address of the list of all episodes. */
  public static String episodesAddress() {
    return BrowseView.EPISODES;
  }

  /** The addresses of the pages of a list, of which the first is given, in order. */
  public static List<String> sheets(String first, int size) {
    return Sheets.addresses(first, size);
  }

  /** The address of a topic's page. */
  public static String topicAddress(String name) {
    return PageAddress.topic(name);
  }

  /** The address of a show's page. */
  public static String showAddress(String name) {
    return PageAddress.show(name);
  }

  /** What a reader is told if something went wrong. */
  public String error(int status, String title, String detail, String requestId) {
    ErrorView view = new ErrorView(status, title, detail, requestId);
    Frame frame = new Frame(title + " – Earmark", detail, null, "error", "", "", false, List.of());
    return render("error.jte", Map.of("frame", frame, "view", view));
  }

  private static @Nullable String absolute(String base, @Nullable Artwork picture) {
    return picture == null ? null : base + DeepLink.artwork(picture);
  }

  private static String withoutSlash(String base) {
    return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
  }

  private String render(String template, Map<String, Object> parameters) {
    Map<String, Object> all = new HashMap<>(parameters);
    reading
        .get()
        .ifPresent(state ->
            all.computeIfPresent(
                "frame", (key, frame) -> ((Frame) frame).withReading(state.describe())));
    StringOutput output = new StringOutput();
    if (sources == null) {
      templates.render(template, all, output);
      return output.toString();
    }
    Assets assets = sources.assets();
    all.computeIfPresent("frame", (key, frame) -> ((Frame) frame).withAssets(assets));
    try {
      templates.render(template, all, output);
      return output.toString();
    } catch (TemplateException e) {
      // Who is changing it reads why, in its place: the page of errors is a template, too.
      StringOutput why = new StringOutput();
      Escape.htmlContent(String.valueOf(e.getMessage()), why);
      return "<!doctype html><title>A template is broken</title><pre>" + why + "</pre>\n";
    }
  }
}
