package dev.earmark.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.earmark.index.EpisodeEntry;
import dev.earmark.model.Artwork;
import dev.earmark.query.QueryParser;
import dev.earmark.search.SearchRequest.FacetLists;
import dev.earmark.search.SearchRequest.Sort;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every engine answers, word for word: an engine gives its own {@link #engine} over the seeds
 * and the {@link ContractCorpus}, and its answers to everything that can be asked must be those of
 * the golden file, down to the order of the hits.
 *
 * <p>The file is written by the embedded engine with {@code -Dgolden.update=true}. Ties are the one
 * freedom an engine has: hits of equal score stand in the order of their ids in the file, joined by
 * an equals sign.
 */
public interface SearchEngineContract {
  Path GOLDEN = Corpora.ROOT.resolve("server/src/test/resources/golden/search-engine-contract.txt");

  List<String> QUERIES =
      List.of(
          "",
          "flood",
          "floods",
          "meadow water",
          "frost beans wall",
          "what helped against the flood",
          "what did ben ode say about the meadow",
          "what did hill say about the meadow",
          "what did müller and hill's neighbour think of the wall",
          "Mira Holt accounts",
          "\"the meadow\"",
          "\"stopped sending barriers hold\"",
          "\"nobody lives they flooded it on purpose\"",
          "\"lives\"",
          "\"meadow floods\"~4",
          "\"boat came\"~1",
          "\"boat boat\"~6",
          "\"lives purpose\"~6",
          "\"and then the first boat came and then the second boat came and then the third boat"
              + " came and then the blue boat came and then the broken boat came and then the old"
              + " boat\"",
          "\"seventh boat came and then the first boat came and then the second boat came and then"
              + " the third boat came and then the blue boat came and then the harbour\"",
          "flo*",
          "frots~",
          "meadw~1",
          "flood -meadow",
          "+flood +letters",
          "-meadow speaker:\"Ann Hill\"",
          "meadow OR compost",
          "(frost beans) OR \"old one\"",
          "speaker:ann",
          "speaker:\"Ann Hill\" flood",
          "speaker:nobody",
          "speaker:\"A. Hill\" ladder",
          "speaker:\"Ben Ode\"",
          "speaker:\"Ben Ode (Chain Room)\"",
          "speaker:\"Speaker 1\"",
          "what did hill say about the ladder",
          "Gullhaven",
          "Gulhafen",
          "\"gull haven\"",
          "\"at gullhaven the winch\"",
          "\"at gull haven the winch\"",
          "\"has gull haven\"",
          "\"haven the winch was broken and then\"",
          "\"lines at gullhaven at gull haven the winch was broken and then\"",
          "\"haven winch\"~2",
          "winch gulhafen",
          "haven",
          "mooring at gull haven",
          "show:hedge night",
          "show:\"Chain Room\" OR meadow",
          "topic:accounts key",
          "topic:\"mooring lines\"",
          "topic:line",
          "kind:chapter",
          "kind:quote bitcoin",
          "lang:de",
          "episode:river",
          "after:2025-01-01 boat OR meadow",
          "before:2024-12-31 frost",
          "from:0:00:40 floods",
          "to:0:00:20 night water",
          "EIP-7702",
          "eip 7702",
          "devnet 2",
          "Vercel",
          "Teku",
          "Taku",
          "typescript",
          "database",
          "type script",
          "contry geniusses",
          "“A flod of letters”",
          "validaters",
          "Hochwasser",
          "Hochwasserschutz",
          "Schutz Versicherung",
          "hauser",
          "maison",
          "книга",
          "東京",
          "京都",
          "東京都",
          "고양이",
          "tomatoes \"compost heap\" +warm",
          "take",
          "the",
          "country of geniuses",
          "data center",
          "scaling laws",
          "***",
          "\"\" ~ : (((",
          "qqqqqqq",
          "from:99:99:99 flood");

  /** An engine over {@link Corpora#SEEDS} and the {@link ContractCorpus}. */
  SearchEngine engine();

  /** Makes sure that all suggestions are there. */
  default List<Suggestion> suggestions(String typed) throws IOException, InterruptedException {
    while (engine().suggest("night of the g", 1).isEmpty()) {
      Thread.sleep(20);
    }
    return engine().suggest(typed, 10);
  }

  /** Whether this engine may write the golden file. */
  default boolean isModel() {
    return false;
  }

  @Test
  @Timeout(120)
  default void answersAsTheGoldenFileSays() throws Exception {
    StringBuilder all = new StringBuilder();
    for (String query : QUERIES) {
      render(all, SearchRequest.of(query).withLimit(30));
    }
    SearchRequest meadow = SearchRequest.of("meadow flood boat harbour");
    for (Sort sort : Sort.values()) {
      render(all, meadow.withSort(sort));
      render(all, SearchRequest.of("kind:segment show:hedge").withSort(sort));
    }
    render(all, meadow.groupedByEpisode());
    render(all, SearchRequest.of("").groupedByEpisode().withLimit(100));
    render(all, meadow.withFilter("show", "the hedge"));
    render(all, meadow.withFilter("speaker", "Ann Hill", "Bo Bee"));
    render(all, meadow.withFilter("speaker", "Nobody").withFilter("year", "2025"));
    for (String name : List.of("a. hill", "Ben Ode", "BEN ODE (the hedge)", "Speaker 1 (saw)")) {
      render(all, SearchRequest.of("ladder").withFilter("speaker", name));
    }
    render(all, meadow.withFilter("show", "The Hedge").withFilter("speaker", "ben ode"));
    render(all, meadow.withFilter("lang", "de", "en").withFilter("kind", "segment"));
    for (String begun : List.of("meadow flo", "frots", "mead", "meadow f", "harbour the")) {
      all.append("\ntyping\n");
      render(all, SearchRequest.of(begun).withLimit(30).typed());
    }
    render(all, meadow.withFacets(new FacetLists(Map.of("speaker", "be"), 5)));
    render(all, SearchRequest.of("").withFacets(new FacetLists(Map.of("topic", "a"), 3)));
    render(
        all,
        new SearchRequest(
            QueryParser.parse("meadow boat"),
            Map.of(),
            LocalDate.parse("2025-02-01"),
            LocalDate.parse("2025-12-31"),
            Sort.RELEVANCE,
            20,
            null,
            false));
    for (String query : List.of("flood", "\"the meadow\"", "\"meadow floods\"~4", "speaker:ann")) {
      all.append("\nmatches in river of ").append(query).append('\n');
      for (Hit.Match match : engine().matches("river", QueryParser.parse(query))) {
        all.append("  ").append(match).append('\n');
      }
    }
    all.append("\noutlines\n");
    Map<String, Outline> outlines =
        engine().outlines(SearchRequest.of("flood meadow"), List.of("river", "garden", "none"));
    outlines.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(one -> all.append("  ").append(one).append('\n'));
    for (String phrase :
        List.of("boat", "the meadow", "and then the", "gull haven", "", "qqq", "Country of")) {
      for (Trend.By by : Trend.By.values()) {
        all.append("\ntrend of ").append(phrase).append(" by ").append(by).append('\n');
        Trend trend = engine().trend(phrase, by);
        all.append("  ")
            .append(
                trend.count() + " of " + trend.words() + " in " + trend.moments() + " moments, ")
            .append(trend.unplaced() + " unplaced, first ")
            .append(trend.first() == null ? "never" : trend.first().moment().id())
            .append(trend.first() == null ? "" : " at " + trend.first().atMs())
            .append('\n');
        trend.points().forEach(point -> all.append("  ").append(point).append('\n'));
      }
    }
    for (String name :
        List.of(
            "ann hill",
            "ZOE MULLER",
            "Dario Amodei",
            "Ben Ode (Chain Room)",
            "A. Hill",
            "Nobody")) {
      all.append("\nspeaker ").append(name).append('\n');
      engine()
          .speaker(name)
          .ifPresent(one -> {
            all.append("  " + one.name() + " " + one.moments() + " " + one.words())
                .append(" " + one.talkMs() + "\n");
            one.episodes().stream()
                .sorted(Comparator.comparing(heard -> heard.episode().id()))
                .forEach(heard ->
                    all.append("  in " + heard.episode().id() + " " + heard.moments())
                        .append(" " + heard.words() + " " + heard.talkMs() + "\n"));
            one.typical().forEach(word -> all.append("  says ").append(word).append('\n'));
          });
    }
    for (String name : List.of("the hedge", "Dwarkesh Podcast", "None")) {
      all.append("\nshow ").append(name).append('\n');
      engine()
          .show(name)
          .ifPresent(one -> {
            all.append("  " + one.name() + " " + one.moments() + " " + one.words() + "\n");
            one.episodes().forEach(episode -> all.append("  " + episode.id() + "\n"));
            one.speakers().forEach(share -> all.append("  " + share + "\n"));
          });
    }
    for (String typed : List.of("me", "compost", "ann", "zo", "the", "東", "why", "")) {
      all.append("\nsuggest ").append(typed).append('\n');
      suggestions(typed).forEach(one -> all.append("  ").append(one).append('\n'));
    }
    IndexStatus status = engine().status();
    all.append("\nstatus " + status.episodes() + " " + status.moments() + "\n");
    assertThat(status.bytes()).isPositive();
    assertGolden(all.toString());
  }

  private void assertGolden(String answers) throws IOException {
    if (isModel() && Boolean.getBoolean("golden.update")) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, answers);
    }
    String golden = Files.readString(GOLDEN, StandardCharsets.UTF_8);
    Files.writeString(Path.of("target", getClass().getSimpleName() + ".txt"), answers);
    assertThat(parts(answers))
        .as("answers; if they are right, write " + GOLDEN + " with -Dgolden.update=true")
        .containsExactlyElementsOf(parts(golden));
  }

  /** The answers; of an engine that has an order of its own what does not depend on that. */
  private List<String> parts(String answers) {
    return Stream.of(answers.split("\n\n"))
        .map(answer -> isModel() ? answer : inAnyOrder(answer))
        .toList();
  }

  /**
   * An answer with its hits in any order if it has all; of some of them, and of groups, without.
   */
  private static String inAnyOrder(String answer) {
    List<String> lines = List.of(answer.split("\n"));
    if (!lines.getFirst().startsWith("? ") || lines.size() < 2) {
      return answer;
    }
    boolean grouped = lines.getFirst().endsWith(" by episode");
    boolean some = grouped || lines.get(1).endsWith(", more");
    List<String> kept = new ArrayList<>();
    List<String> shown = new ArrayList<>();
    for (String line : lines) {
      boolean hit = line.startsWith("    ") || line.startsWith("  = ");
      if (hit) {
        shown.add(some ? "" : line.substring(4));
      } else if (grouped && line.matches("  \\S+ \\d+")) {
        shown.add(line);
      } else {
        kept.add(line);
      }
    }
    shown.removeIf(String::isEmpty);
    shown.sort(Comparator.naturalOrder());
    kept.addAll(shown);
    return String.join("\n", kept);
  }

  private void render(StringBuilder all, SearchRequest request) throws IOException {
    SearchPage page = engine().search(request);
    all.append("\n? ").append(request.query().text());
    all.append(request.filters().isEmpty() ? "" : " " + request.filters());
    all.append(request.sort() == Sort.RELEVANCE ? "" : " " + request.sort().id());
    all.append(request.byEpisode() ? " by episode" : "").append('\n');
    all.append("  " + page.total() + " hits, " + page.nearTotal() + " near");
    all.append(page.didYouMean() == null ? "" : ", meant: " + page.didYouMean());
    all.append(page.episodes() < 0 ? "" : ", in " + page.episodes() + " episodes");
    all.append(page.next() == null ? "" : ", more").append('\n');
    page.notUnderstood().forEach(one -> all.append("  not understood: " + one + "\n"));
    hits(all, page.hits(), request);
    if (request.query().query().isEmpty() && request.byEpisode()) {
      // Nothing was asked for, so all episodes are alike.
      all.append(
          page.groups().stream()
              .map(group -> "  " + group.episode().id() + " " + group.total() + "\n")
              .sorted()
              .collect(Collectors.joining()));
    } else {
      for (SearchPage.Group group : page.groups()) {
        all.append("  " + group.episode().id() + " " + group.total() + "\n");
        hits(all, group.hits(), request);
      }
    }
    page.facets()
        .forEach((facet, values) -> {
          all.append("  " + facet + " " + page.facetSizes().get(facet) + ":");
          values.stream()
              .limit(5)
              .forEach(value ->
                  all.append(
                      " " + value.value() + " " + value.count() + (value.selected() ? "*" : "")));
          all.append('\n');
        });
  }

  /** Hits a line each; where nothing ranks them any of all may come, so they are left out. */
  private static void hits(StringBuilder all, List<Hit> hits, SearchRequest request) {
    boolean ranked = hits.stream().anyMatch(hit -> hit.why() != null);
    if (!ranked) {
      return;
    }
    List<String> tie = new ArrayList<>();
    for (int i = 0; i < hits.size(); i++) {
      Hit hit = hits.get(i);
      boolean isTie = i > 0 && isTie(hits.get(i - 1), hit, request.sort());
      if (!isTie) {
        flush(all, tie);
      }
      tie.add(
          hit.moment().id()
              + " "
              + hit.why()
              + " "
              + hit.atMs()
              + " "
              + marked(hit.snippet())
              + " "
              + hit.matches().stream()
                  .map(match -> match.atMs() + "-" + match.endMs())
                  .collect(Collectors.joining(",")));
    }
    flush(all, tie);
  }

  /** Sorted by anything but relevance, an answer need not say what hits score. */
  private static boolean isTie(Hit a, Hit b, Sort sort) {
    return sort == Sort.RELEVANCE && Math.abs(a.score() - b.score()) <= 1e-5 * Math.abs(a.score());
  }

  private static void flush(StringBuilder all, List<String> tie) {
    tie.sort(Comparator.naturalOrder());
    for (int i = 0; i < tie.size(); i++) {
      all.append(i == 0 ? "    " : "  = ").append(tie.get(i)).append('\n');
    }
    tie.clear();
  }

  private static String marked(Hit.Snippet snippet) {
    StringBuilder text = new StringBuilder(snippet.text());
    for (int i = snippet.highlights().size() - 1; i >= 0; i--) {
      text.insert(snippet.highlights().get(i).to(), ']');
      text.insert(snippet.highlights().get(i).from(), '[');
    }
    String shown = text.toString().replace('\n', ' ');
    return shown.length() <= 160 ? shown : shown.substring(0, 160);
  }

  @Test
  default void transcriptsOfTheSameWordsAreKeptToBeRead() throws IOException {
    EpisodeEntry quay = engine().episode("quay").orElseThrow();
    assertThat(quay.alternatives())
        .singleElement()
        .satisfies(kept -> {
          assertThat(kept.source().name()).isEqualTo("quay.txt");
          assertThat(kept.searched()).isEqualTo("quay.vtt");
        });
    assertThat(engine().alternatives("quay"))
        .hasSize(quay.alternatives().getFirst().source().moments())
        .allSatisfy(moment -> assertThat(moment.source()).isEqualTo("quay.txt"))
        .extracting(moment -> moment.moment().body())
        .first()
        .isEqualTo("We were here for the mooring lines at Gullhaven.");
    assertThat(engine().moments("quay")).noneMatch(moment -> moment.source().equals("quay.txt"));
    assertThat(engine().alternatives("river")).isEmpty();
    assertThat(engine().alternatives("none")).isEmpty();
  }

  @Test
  default void picturesAreKeptOnceAndCountNowhere() throws IOException {
    Artwork ofShow =
        Objects.requireNonNull(engine().episode("river").orElseThrow().episode().showArtwork());
    assertThat(engine().episode("quay").orElseThrow().episode().showArtwork()).isEqualTo(ofShow);
    assertThat(ofShow.width()).isEqualTo(300);
    byte[] bytes = engine().picture(ofShow.id()).orElseThrow();
    BufferedImage shown = ImageIO.read(new ByteArrayInputStream(bytes));
    assertThat(shown.getHeight()).isEqualTo(300);
    assertThat(engine().picture("0".repeat(32))).isEmpty();
    assertThat(engine().picture("../river")).isEmpty();
    assertThat(engine().status().episodes()).isEqualTo(engine().episodes().size());
    assertThat(engine().search(SearchRequest.of("")).total())
        .isEqualTo(engine().status().moments());
  }

  @Test
  default void pagesListWhatTheTotalSays() throws IOException {
    for (String query : List.of("the", "boat meadow flood", "", "\"the meadow\"", "kind:segment")) {
      for (Sort sort : Sort.values()) {
        SearchRequest request = SearchRequest.of(query).withSort(sort);
        List<String> paged = page(request.withLimit(7), 30);
        List<String> whole = page(request.withLimit(100), 30);
        String what = query + " " + sort;
        assertThat(paged).as(what).doesNotHaveDuplicates();
        assertThat(whole.subList(0, Math.min(whole.size(), paged.size())))
            .as(what)
            .isEqualTo(paged.subList(0, Math.min(whole.size(), paged.size())));
        long total = engine().search(request).total();
        assertThat((long) whole.size()).as(what).isEqualTo(Math.min(total, 30 * 100));
      }
      SearchRequest grouped = SearchRequest.of(query).groupedByEpisode();
      List<String> groups = new ArrayList<>();
      SearchPage page = engine().search(grouped.withLimit(3));
      int episodes = page.episodes();
      while (true) {
        page.groups().forEach(group -> groups.add(group.episode().id()));
        if (page.next() == null) {
          break;
        }
        page = engine().search(grouped.withLimit(3).withCursor(page.next()));
      }
      assertThat(groups).as(query).hasSize(episodes).doesNotHaveDuplicates();
    }
  }

  private List<String> page(SearchRequest request, int most) throws IOException {
    List<String> ids = new ArrayList<>();
    SearchPage page = engine().search(request);
    for (int i = 0; i < most; i++) {
      page.hits().forEach(hit -> ids.add(hit.moment().id()));
      if (page.next() == null) {
        break;
      }
      page = engine().search(request.withCursor(page.next()));
    }
    return ids;
  }

  /** Neither the index of the contract nor a cluster has vectors. */
  @Test
  default void whatIsNotFoundByMeaningIsSaidToBeMissing() throws IOException {
    SearchRequest request = SearchRequest.of("meadow flood");
    SearchPage words = engine().search(request);
    assertThat(words.meaning()).isNull();
    SearchPage both = engine().search(request.withMode(SearchRequest.Mode.BOTH));
    assertThat(both.momentIds()).isEqualTo(words.momentIds());
    assertThat(both.meaningTotal()).isZero();
    SearchPage.Meaning told = Objects.requireNonNull(both.meaning());
    assertThat(told.lacking())
        .singleElement()
        .asString()
        .matches(".*only words are searched.*|a cluster has words only; .*");
    SearchPage meaning = engine().search(request.withMode(SearchRequest.Mode.MEANING));
    assertThat(meaning.listed()).isZero();
    assertThat(meaning.meaning()).isEqualTo(told);
    assertThat(engine().search(request.withMode(SearchRequest.Mode.AUTO)).meaning()).isNull();
    assertThat(engine().quotations(request).refusal()).isEqualTo(told.lacking().getFirst());
    String id = words.momentIds().getFirst();
    assertThat(engine().moment(id).orElseThrow().id()).isEqualTo(id);
    assertThat(engine().moment(id + "0")).isEmpty();
    Similar similar = engine().similar(id, Similar.By.MOMENT, SearchRequest.of("")).orElseThrow();
    assertThat(similar.hits()).isEmpty();
    assertThat(similar.meaning().lacking()).isNotEmpty();
    assertThat(engine().similar("nothing", Similar.By.MOMENT, SearchRequest.of(""))).isEmpty();
  }

  @Test
  default void givesEpisodesAndTheirMomentsInOrder() throws IOException {
    List<EpisodeEntry> episodes = engine().episodes();
    assertThat(episodes)
        .isSortedAccordingTo(
            Comparator.comparing(
                    (EpisodeEntry one) -> one.episode().date(),
                    Comparator.nullsLast(Comparator.reverseOrder()))
                .thenComparing(one -> one.episode().title()));
    for (EpisodeEntry entry : episodes) {
      String id = entry.episode().id();
      assertThat(engine().episode(id)).contains(entry);
      var moments = engine().moments(id);
      assertThat(moments).hasSize(entry.moments());
      for (int i = 0; i < moments.size(); i++) {
        assertThat(moments.get(i).ordinal()).isEqualTo(i);
      }
    }
    assertThat(engine().episode("none")).isEmpty();
    assertThat(engine().moments("none")).isEmpty();
    assertThat(engine().matches("none", QueryParser.parse("boat"))).isEmpty();
  }

  @Test
  @Timeout(120)
  default void explanationsAreWorthTheScoresTheyExplain() throws IOException {
    int explained = 0;
    for (String query : QUERIES) {
      SearchRequest request = SearchRequest.of(query).withLimit(10);
      List<Hit> hits = engine().search(request).hits();
      List<String> ids = hits.stream().map(hit -> hit.moment().id()).toList();
      Map<String, Explanation> explanations = engine().explain(request, ids);
      assertThat(explanations.keySet()).as(query).containsExactlyInAnyOrderElementsOf(ids);
      for (Hit hit : hits) {
        Explanation explanation = explanations.get(hit.moment().id());
        assertThat(explanation.value())
            .as("%s: %s", query, explanation)
            .isCloseTo(hit.score(), within(1e-3 * Math.max(1, hit.score())));
        explained += explanation.details().isEmpty() ? 0 : 1;
      }
    }
    assertThat(explained).isGreaterThan(50);
    assertThat(engine().explain(SearchRequest.of("flood"), List.of("none:s:0", "none"))).isEmpty();
  }

  @Test
  default void listsEpisodesInPartsAndKnowsTheirPlaces() throws IOException {
    List<EpisodeEntry> all = engine().episodes();
    assertThat(engine().episodes(0, 3)).isEqualTo(all.subList(0, 3));
    assertThat(engine().episodes(2, Integer.MAX_VALUE)).isEqualTo(all.subList(2, all.size()));
    assertThat(engine().episodes(all.size() + 5, 3)).isEmpty();
    for (int place = 0; place < all.size(); place++) {
      assertThat(engine().place(all.get(place).episode().id())).hasValue(place);
    }
    assertThat(engine().place("no such episode")).isEmpty();
  }

  @Test
  default void refusesWhatIsNoCursorOrFacet() throws IOException {
    SearchRequest request = SearchRequest.of("the").withLimit(2);
    String next = engine().search(request).next();
    assertThat(next).isNotNull();
    assertThat(engine().search(request.withCursor(next)).hits()).hasSize(2);
    for (SearchRequest wrong :
        List.of(
            request.withCursor("x"),
            request.withCursor("AAAA"),
            SearchRequest.of("boat").withCursor(next))) {
      assertThatThrownBy(() -> engine().search(wrong))
          .isInstanceOf(BadRequestException.class)
          .hasMessageContaining("is not a cursor of this search");
    }
    assertThatThrownBy(() -> engine().search(request.withFilter("colour", "red")))
        .isInstanceOf(BadRequestException.class)
        .hasMessage("there is no facet \"colour\"");
  }

  @Test
  @Timeout(120)
  default void answersWhateverIsTyped() throws IOException {
    List<String> hostile =
        List.of(
            "*",
            "a* b* c* d*",
            "\"" + "boat ".repeat(500) + "\"",
            "boat ".repeat(2_000),
            "(".repeat(1_000) + "boat" + ")".repeat(1_000),
            "x~ y~ z~ boat~ ".repeat(20),
            "\ud800 boat \udfff",
            "\u0001en:boat \u0002boat \u0003",
            "speaker:\"\u0000\" boat",
            "boat\u0000boat",
            "a".repeat(5_000),
            "\"a b\"~1000",
            "lang:\ud800",
            "+ - OR ( ) \" ~ * :",
            String.join(" ", java.util.Collections.nCopies(300, "b*")));
    for (String query : hostile) {
      SearchPage page = engine().search(SearchRequest.of(query));
      assertThat(page.total())
          .as(query.substring(0, Math.min(40, query.length())))
          .isGreaterThanOrEqualTo(page.hits().size());
    }
    assertThat(engine().trend("\ud800", Trend.By.MONTH).count()).isZero();
    assertThat(engine().speaker("\ud800")).isEmpty();
    assertThat(String.format(Locale.ROOT, "%d", engine().search(SearchRequest.of("x")).total()))
        .isNotEmpty();
  }
}
