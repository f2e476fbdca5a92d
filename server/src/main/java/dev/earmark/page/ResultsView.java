package dev.earmark.page;

import dev.earmark.model.Artwork;
import dev.earmark.model.DeepLink;
import dev.earmark.model.Episode;
import dev.earmark.query.NotUnderstood;
import dev.earmark.schema.Field;
import dev.earmark.schema.Schema;
import dev.earmark.search.Explanation;
import dev.earmark.search.Hit;
import dev.earmark.search.Outline;
import dev.earmark.search.Quotations;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.SearchRequest.Mode;
import dev.earmark.search.SearchRequest.Sort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a search: all of the page below the search box.
 *
 * @param title of the window in this state
 * @param heading what was asked, for those who cannot see the box
 * @param status how much was found, in a sentence
 * @param total how much was found
 * @param count how many moments that are
 * @param took how long that took
 * @param fields what the form of the search box must send along
 * @param from the first day, as a form field has it; may be empty
 * @param to the last day
 * @param years how much there is a year, to choose by; empty if there is no choice
 * @param dates whether there is anything to narrow by days
 * @param chosen what is chosen, each with a link that takes it off
 * @param withoutChoices the search with nothing chosen
 * @param facets what it can be narrowed by
 * @param sorts the orders to choose from
 * @param modes by what to find; empty if there is no choice
 * @param groupings how hits can be shown; empty if that makes no difference
 * @param answer the passages that answer what is asked; null if it is no question
 * @param didYouMean a query that would find more; null if there is none
 * @param near how much was found only nearly; empty if nothing was
 * @param lacking why not all that there is was found by its meaning
 * @param notUnderstood what of the query could not be read
 * @param hits the hits of this page
 * @param lines or its lines; null if they are not asked for
 * @param groups or its episodes
 * @param whole the episode that all hits lie in; null if there are several
 * @param next the next page; null on the last
 * @param first the first page; null on the first
 * @param suggestions what to try if nothing was found
 * @param explained the same page where each hit says why it stands there; null if this does
 * @param feed the newest of it, to follow
 * @param trends how often it is said over time; null if it is no word or phrase
 */
public record ResultsView(
    String title,
    String heading,
    String status,
    String total,
    String count,
    String took,
    List<FormField> fields,
    String from,
    String to,
    List<YearBar> years,
    boolean dates,
    List<Choice> chosen,
    String withoutChoices,
    List<FacetView> facets,
    List<Choice> sorts,
    List<Choice> modes,
    List<Choice> groupings,
    @Nullable AnswerView answer,
    @Nullable Choice didYouMean,
    String near,
    @Nullable Choice similar,
    String matched,
    @Nullable Choice looser,
    List<String> lacking,
    List<Complaint> notUnderstood,
    List<HitView> hits,
    @Nullable LinesView lines,
    List<Group> groups,
    @Nullable Group whole,
    @Nullable String next,
    @Nullable String first,
    List<Choice> suggestions,
    @Nullable String explained,
    String feed,
    @Nullable String trends) {

  /**
   * A part of the query that could not be read.
   *
   * @param query the query, that part marked
   */
  public record Complaint(List<Run> query, String message) {}

  /**
   * An episode and its best hits.
   *
   * @param total how many hits it has
   * @param more how many of them are not listed
   * @param all its page with everything found marked
   * @param path its page
   * @param strip where all hits lie; null if none has a time
   */
  public record Group(
      EpisodeLine episode,
      String total,
      int more,
      String all,
      String path,
      List<HitView> hits,
      @Nullable Strip strip) {}

  /** Whether a hit shows its picture: if the hit before it shows another, or none. */
  public boolean isPictured(HitView hit) {
    int at = hits.indexOf(hit);
    Artwork picture = hit.episode().picture();
    return picture != null
        && whole == null
        && (at <= 0 || !picture.equals(hits.get(at - 1).episode().picture()));
  }

  /** How many of the hits on this page can be played. */
  public long playable() {
    return Stream.concat(hits.stream(), groups.stream().flatMap(group -> group.hits().stream()))
        .filter(hit -> hit.time() != null && hit.player() != null)
        .count();
  }

  /** How many hits are shown on this page. */
  public boolean isEmpty() {
    return hits.isEmpty() && groups.isEmpty() && (lines == null || lines.rows().isEmpty());
  }

  /**
   * @param explanations why hits score what they do, by the ids of their moments
   * @param answer the passages that answer what is asked; null if it is no question
   * @param found the lines; null if hits or episodes are to be shown
   */
  static ResultsView of(
      SearchRequest request,
      SearchPage page,
      Map<String, Outline> outlines,
      Map<String, Explanation> explanations,
      @Nullable Quotations answer,
      Pages.@Nullable Lines found) {
    SearchAddress address =
        found == null ? new SearchAddress(request) : new SearchAddress(request, true, found.by());
    String query = request.query().text();
    String lasting = request.query().lasting();
    Map<String, String> titles = titles(page);
    List<Choice> chosen = chosen(request, address, titles);
    String total = total(page);
    String heading = heading(query, chosen);
    Episode only = found != null ? null : only(request, page);
    boolean similar = page.meaning() != null && page.meaning().vectors() > 0;
    List<HitView> hits =
        (found != null ? List.<Hit>of() : page.hits())
            .stream()
                .map(hit -> HitView.of(hit, lasting, explanations.get(hit.moment().id()), similar))
                .toList();
    List<Group> groups =
        page.groups().stream()
            .map(group -> group(group, outlines, lasting, explanations, similar))
            .toList();
    Group whole =
        only == null
            ? null
            : group(
                new SearchPage.Group(
                    only, (int) page.total(), (int) page.meaningTotal(), page.hits()),
                outlines,
                lasting,
                explanations,
                similar);
    LinesView lines =
        found == null
            ? null
            : LinesView.of(found.lines(), found.all(), found.by(), address, lasting);
    boolean nothing = page.listed() == 0;
    List<FacetView> facets =
        FacetView.all(
            page.facets(),
            page.facetSizes(),
            page.total(),
            request.facets().beginnings().keySet(),
            address,
            titles);
    List<YearBar> years = YearBar.of(page.facets().getOrDefault("year", List.of()), request);
    return new ResultsView(
        heading + " – " + total + " – Earmark",
        heading,
        total + " found.",
        total,
        Labels.count(page.listed(), "moment"),
        String.format(Locale.ROOT, "%.1f ms", page.tookMs()),
        address.besideQueryAndDates(),
        request.from() == null ? "" : request.from().toString(),
        request.to() == null ? "" : request.to().toString(),
        years,
        request.from() != null || request.to() != null || !years.isEmpty(),
        chosen,
        address.withoutChoices(),
        facets,
        lines == null
            ? sorts(request, address)
            : lines.rows().isEmpty() ? List.of() : lines.orders(),
        modes(request, page, address, found != null),
        groupings(request, address, found != null, only != null),
        answer == null ? null : AnswerView.of(answer, lasting),
        page.didYouMean() == null
            ? null
            : Choice.link(page.didYouMean(), "", address.withQuery(page.didYouMean())),
        page.listsNear() ? near(page) : "",
        page.nearTotal() > 0 && !page.listsNear()
            ? Choice.link(
                Labels.number(page.nearTotal())
                    + (page.nearTotal() == 1 ? " that sounds similar" : " that sound similar"),
                "",
                address.near(SearchRequest.Near.TRUE))
            : null,
        page.sentence(),
        looser(request, page, address),
        page.meaning() == null ? List.of() : page.meaning().lacking(),
        page.notUnderstood().stream().map(part -> complaint(query, part)).toList(),
        hits,
        lines,
        groups,
        whole,
        page.next() == null || found != null ? null : address.next(page.next(), !groups.isEmpty()),
        request.cursor() == null ? null : address.first(),
        nothing ? suggestions(query, chosen, address) : List.of(),
        explanations.isEmpty() && !request.query().text().isBlank()
            ? address.first() + "&explain=true"
            : null,
        FeedAddress.of(request),
        trends(query, request));
  }

  private static String total(SearchPage page) {
    if (page.total() == 0 && page.meaningTotal() > 0) {
      return Labels.count(page.meaningTotal(), "moment") + " near in meaning" + in(page);
    }
    String moments = Labels.count(page.meant(), "moment");
    String some =
        page.meant() < page.total()
            ? ", then " + Labels.number(page.looserTotal()) + " with some of the words"
            : "";
    String near =
        page.meaningTotal() == 0
            ? ""
            : ", " + Labels.number(page.meaningTotal()) + " more near in meaning";
    return moments + some + near + (some.isEmpty() ? in(page) : "");
  }

  private static String in(SearchPage page) {
    return page.episodes() < 0 ? "" : " in " + Labels.count(page.episodes(), "episode");
  }

  /** By what to find, where meaning is known or somebody chose something. */
  private static List<Choice> modes(
      SearchRequest request, SearchPage page, SearchAddress address, boolean lines) {
    boolean known = page.meaning() != null && page.meaning().vectors() > 0;
    if (lines || request.query().text().isBlank() || (!known && request.mode() == Mode.AUTO)) {
      return List.of();
    }
    Mode now = request.mode() == Mode.AUTO ? Mode.BOTH : request.mode();
    return List.of(
        mode("Words and meaning", Mode.AUTO, now == Mode.BOTH, address),
        mode("Words", Mode.WORDS, now == Mode.WORDS, address),
        mode("Meaning", Mode.MEANING, now == Mode.MEANING, address));
  }

  private static Choice mode(String label, Mode mode, boolean chosen, SearchAddress address) {
    return new Choice(label, "", address.by(mode), chosen, "mode:" + mode.id());
  }

  private static @Nullable String trends(String query, SearchRequest request) {
    String words = query.replaceAll("[\"“”„«»]", " ").strip();
    boolean plain =
        !words.isEmpty()
            && words
                .codePoints()
                .allMatch(c -> Character.isLetterOrDigit(c) || c == ' ' || c == '\'');
    return plain ? PageAddress.trends(words, "month", request) : null;
  }

  /** The way to what has only some of the words, or back from it. */
  private static @Nullable Choice looser(
      SearchRequest request, SearchPage page, SearchAddress address) {
    if (page.looserTotal() > 0 && page.meant() == page.total()) {
      return Choice.link(
          Labels.number(page.looserTotal())
              + (page.looserTotal() == 1 ? " looser match" : " looser matches"),
          "",
          address.matching(SearchRequest.Match.ANY));
    }
    return request.match() == SearchRequest.Match.ANY && page.matched() != null
        ? Choice.link(
            "only where they come together", "", address.matching(SearchRequest.Match.ALL))
        : null;
  }

  private static String near(SearchPage page) {
    return page.exactTotal() == 0
        ? "nothing has these very words; these sound or look alike"
        : Labels.number(page.nearTotal()) + " of them only sound or look alike";
  }

  private static String heading(String query, List<Choice> chosen) {
    if (!query.isBlank()) {
      return query.strip();
    }
    return chosen.isEmpty()
        ? "All moments"
        : String.join(
            ", ", chosen.stream().map(choice -> choice.note() + ": " + choice.label()).toList());
  }

  private static Map<String, String> titles(SearchPage page) {
    Map<String, String> titles = new HashMap<>();
    for (Hit hit : page.hits()) {
      titles.put(hit.episode().id(), hit.episode().title());
    }
    for (SearchPage.Group group : page.groups()) {
      titles.put(group.episode().id(), group.episode().title());
    }
    return titles;
  }

  /** What is chosen: the label is the value, the note is what it is a value of. */
  static List<Choice> chosen(
      SearchRequest request, SearchAddress address, Map<String, String> titles) {
    List<Choice> chosen = new ArrayList<>();
    Map<String, List<String>> filters = new TreeMap<>(request.filters());
    for (Field facet : Schema.facets()) {
      for (String value : filters.getOrDefault(facet.name(), List.of())) {
        chosen.add(
            new Choice(
                FacetView.label(facet.name(), value, titles),
                FacetView.title(facet.name()),
                address.removing(facet, value),
                true,
                "chosen:" + facet.name() + ":" + value));
      }
    }
    if (request.from() != null || request.to() != null) {
      String from = request.from() == null ? "" : Labels.date(request.from());
      String to = request.to() == null ? "" : Labels.date(request.to());
      String label =
          to.isEmpty() ? "since " + from : from.isEmpty() ? "until " + to : from + " to " + to;
      chosen.add(new Choice(label, "Date", address.withoutDates(), true, "chosen:date"));
    }
    return chosen;
  }

  private static List<Choice> sorts(SearchRequest request, SearchAddress address) {
    List<Choice> sorts = new ArrayList<>();
    for (Sort sort : Sort.values()) {
      String label =
          switch (sort) {
            case RELEVANCE -> "Best";
            case NEWEST -> "Newest";
            case OLDEST -> "Oldest";
            case TIME -> "Earliest in recording";
          };
      sorts.add(
          new Choice(
              label, "", address.sortedBy(sort), sort == request.sort(), "sort:" + sort.id()));
    }
    return sorts;
  }

  /** In one recording episodes make no difference; without a query there is no keyword. */
  private static List<Choice> groupings(
      SearchRequest request, SearchAddress address, boolean lines, boolean oneEpisode) {
    if (request.query().text().isBlank() && !lines) {
      return groupings(request, address, false);
    }
    List<Choice> all =
        oneEpisode
            ? List.of(new Choice("Moments", "", address.grouped(true), true, "group:moment"))
            : groupings(request, address, lines);
    return Stream.concat(
            all.stream(),
            Stream.of(new Choice("Lines", "", address.linesBy(null), lines, "group:line")))
        .toList();
  }

  private static List<Choice> groupings(
      SearchRequest request, SearchAddress address, boolean lines) {
    return List.of(
        new Choice(
            "Moments", "", address.grouped(false), !request.byEpisode() && !lines, "group:moment"),
        new Choice(
            "Episodes", "", address.grouped(true), request.byEpisode() && !lines, "group:episode"));
  }

  private static Complaint complaint(String query, NotUnderstood part) {
    return new Complaint(
        Run.of(query, List.of(new Hit.Range(part.from(), part.to()))), part.message());
  }

  static Group group(SearchPage.Group group, Map<String, Outline> outlines, String query) {
    return group(group, outlines, query, Map.of(), false);
  }

  private static Group group(
      SearchPage.Group found,
      Map<String, Outline> outlines,
      String query,
      Map<String, Explanation> explanations,
      boolean similar) {
    Episode episode = found.episode();
    List<Hit> hits = found.hits();
    long inWords = hits.stream().filter(hit -> hit.why() != Hit.Why.MEANING).count();
    return new Group(
        EpisodeLine.of(episode, query),
        total(found),
        (int) Math.max(0, found.total() - inWords),
        DeepLink.page(episode.id(), null, query),
        DeepLink.page(episode.id(), null),
        hits.stream()
            .map(hit -> HitView.of(hit, query, explanations.get(hit.moment().id()), similar))
            .toList(),
        Strip.of(
            episode.durationMs(),
            outlines.getOrDefault(episode.id(), Outline.EMPTY),
            hits.isEmpty() ? null : hits.getFirst().atMs()));
  }

  private static String total(SearchPage.Group group) {
    String near = Labels.number(group.meaningTotal()) + " near in meaning";
    return group.meaningTotal() == 0
        ? Labels.count(group.total(), "moment")
        : group.total() == 0 ? near : Labels.count(group.total(), "moment") + ", " + near;
  }

  /** The one episode that all hits lie in; null if there are several, or only one is looked at. */
  private static @Nullable Episode only(SearchRequest request, SearchPage page) {
    // What was asked for by episode and comes as moments lies in one.
    boolean ofOne = request.byEpisode() && page.groups().isEmpty();
    if (page.meaningTotal() > 0
        && !ofOne
        && request.filters().getOrDefault(Schema.EPISODE, List.of()).size() != 1) {
      return null;
    }
    long episodes =
        page.facets().getOrDefault(Schema.EPISODE, List.of()).stream()
            .filter(value -> value.count() > 0)
            .count();
    return (ofOne || episodes == 1) && !page.hits().isEmpty()
        ? page.hits().getFirst().episode()
        : null;
  }

  private static List<Choice> suggestions(
      String query, List<Choice> chosen, SearchAddress address) {
    List<Choice> suggestions = new ArrayList<>();
    for (Choice choice : chosen) {
      suggestions.add(
          Choice.link("Search without “" + choice.label() + "”", choice.note(), choice.address()));
    }
    if (chosen.size() > 1) {
      suggestions.add(Choice.link("Search with nothing chosen", "", address.withoutChoices()));
    }
    String unquoted = query.replaceAll("[\"“”„«»]", " ").strip();
    if (!unquoted.isEmpty() && !unquoted.equals(query.strip())) {
      suggestions.add(
          Choice.link("Search for the words in any order", unquoted, address.withQuery(unquoted)));
    }
    if (!unquoted.isEmpty() && unquoted.chars().allMatch(c -> Character.isLetter(c) || c == ' ')) {
      String nearly = String.join("~ ", unquoted.split(" +")) + "~";
      suggestions.add(
          Choice.link(
              "Search for words that are spelled almost like this",
              nearly,
              address.withQuery(nearly)));
    }
    return suggestions;
  }
}
