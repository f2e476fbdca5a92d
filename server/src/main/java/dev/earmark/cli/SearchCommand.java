package dev.earmark.cli;

import dev.earmark.http.ApiJson;
import dev.earmark.model.Anchor;
import dev.earmark.model.DeepLink;
import dev.earmark.model.Kind;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import dev.earmark.query.NotUnderstood;
import dev.earmark.search.BadRequestException;
import dev.earmark.search.Explanation;
import dev.earmark.search.Hit;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Searches an index and prints the hits. */
@Command(
    name = "search",
    description = "Search an index; put the query in single quotes.",
    mixinStandardHelpOptions = true)
final class SearchCommand implements Callable<Integer> {
  @Parameters(paramLabel = "QUERY", description = "words, \"a phrase\", speaker:NAME, kind:quote …")
  private String query = "";

  @Mixin private IndexOptions index = new IndexOptions();

  @Mixin private MeaningOptions meanings = new MeaningOptions();

  @Option(names = "--speaker", paramLabel = "S", description = "only moments in which S speaks")
  private List<String> speakers = new ArrayList<>();

  @Option(names = "--topic", paramLabel = "T", description = "only moments about T")
  private List<String> topics = new ArrayList<>();

  @Option(names = "--kind", paramLabel = "K", description = "only moments of this kind")
  private List<String> kinds = new ArrayList<>();

  @Option(names = "--sort", paramLabel = "ORDER", description = "relevance, newest, oldest or time")
  private String sort = "relevance";

  @Option(
      names = "--match",
      paramLabel = "HOW",
      description =
          "all: moments where the words occur together (default); any: moments with any of them")
  private String match = "all";

  @Option(
      names = "--near",
      paramLabel = "HOW",
      description =
          "auto: also words that sound or look alike, if nothing matches exactly (default); true;"
              + " false")
  private String near = "auto";

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description =
          "words: moments that have the words (default); meaning: moments near in meaning; both;"
              + " auto: both where the meaning of moments is known")
  private String mode = "words";

  @Option(names = "--limit", paramLabel = "N", description = "1 to 100, default: ${DEFAULT-VALUE}")
  private int limit = 10;

  @Option(names = "--cursor", paramLabel = "C", hidden = true)
  private @Nullable String cursor;

  @Option(names = "--explain", description = "explain the score of each hit")
  private boolean explain;

  @Option(names = "--json", description = "print the answer as JSON, like the API")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (limit < 1 || limit > SearchRequest.MOST_HITS) {
      throw new BadRequestException(
          "limit", "limit must be 1 to " + SearchRequest.MOST_HITS + ", got " + limit);
    }
    requireKinds(kinds);
    SearchRequest request =
        SearchRequest.of(query)
            .withFilter("speaker", speakers.toArray(String[]::new))
            .withFilter("topic", topics.toArray(String[]::new))
            .withFilter("kind", kinds.toArray(String[]::new))
            .withSort(SearchRequest.Sort.of(sort))
            .withMatch(SearchRequest.Match.of(match))
            .withNear(SearchRequest.Near.of(near))
            .withMode(SearchRequest.Mode.of(mode))
            .withLimit(limit)
            .withCursor(cursor);
    IndexPlace place = index.required();
    // A search by words alone loads no model.
    Meaning meaning =
        request.mode() == SearchRequest.Mode.WORDS ? Meaning.NONE : meanings.of(place, System.err);
    try (SearchEngine engine = meaning.openForReading(place)) {
      SearchPage page = engine.search(request);
      Map<String, Explanation> explanations =
          explain ? engine.explain(request, page.momentIds()) : Map.of();
      if (json) {
        System.out.println(ApiJson.write(page, request.byEpisode(), explanations));
      } else {
        print(page, query, explanations);
      }
    }
    return 0;
  }

  /** A kind that there is not finds nothing, which looks as if nothing had been said. */
  private static void requireKinds(List<String> kinds) {
    for (String kind : kinds) {
      if (Kind.of(kind).isEmpty()) {
        throw new CommandFailedException(
            Main.WRONG_USAGE,
            "there is no kind \""
                + kind
                + "\"; kinds are "
                + Arrays.stream(Kind.values()).map(Kind::id).collect(Collectors.joining(", ")));
      }
    }
  }

  private static void print(SearchPage page, String query, Map<String, Explanation> explanations) {
    for (NotUnderstood part : page.notUnderstood()) {
      System.err.println("earmark: at " + (part.from() + 1) + " in the query: " + part.message());
    }
    for (Hit hit : page.hits()) {
      System.out.println(describe(hit, query));
      System.out.println("    " + marked(hit.snippet()).replace("\n", "\n    "));
      Explanation explanation = explanations.get(hit.moment().id());
      if (explanation != null) {
        System.out.print(explanation.toText().indent(6));
      }
    }
    System.err.printf(
        Locale.ROOT,
        "%s%s in %.1f ms%n",
        Count.of(page.meant(), "moment"),
        page.meaningTotal() == 0
            ? ""
            : String.format(Locale.ROOT, ", %,d more near in meaning", page.meaningTotal()),
        page.tookMs());
    if (page.meaning() != null) {
      page.meaning().lacking().forEach(System.err::println);
    }
    if (page.matched() != null) {
      System.err.println(page.sentence());
    }
    if (page.nearTotal() > 0 && !page.listsNear()) {
      System.err.println(Count.of(page.nearTotal(), "moment") + " sound similar: --near true");
    }
    if (page.looserTotal() > 0) {
      System.err.println(
          Count.of(page.looserTotal(), "moment")
              + " more with some of the words"
              + (page.meant() < page.total() ? ", listed after them" : ": --match any"));
    }
    if (page.didYouMean() != null) {
      System.err.println("did you mean: " + page.didYouMean());
    }
  }

  private static String describe(Hit hit, String query) {
    StringBuilder line = new StringBuilder();
    Anchor anchor = hit.moment().moment().anchor();
    TimeSpan stretch = anchor.stretch().orElse(null);
    if (stretch != null) {
      line.append("in ").append(stretch.start().clock()).append("–");
      line.append(Timestamp.clamped(stretch.endMs()).clock());
    } else {
      line.append(hit.atMs() == null ? "(no time)" : Timestamp.clamped(hit.atMs()).clock());
    }
    if (stretch == null && anchor instanceof Anchor.Estimated estimated) {
      line.append(String.format(Locale.ROOT, " (about, %.0f %%)", estimated.confidence() * 100));
    }
    line.append("  ").append(hit.moment().moment().kind().id());
    String speaker = hit.moment().moment().speaker();
    if (speaker != null) {
      line.append("  ").append(speaker);
    }
    line.append("  ").append(hit.episode().title());
    if (hit.why() == Hit.Why.FUZZY) {
      line.append("  (sounds or looks alike)");
    }
    if (hit.why() == Hit.Why.MEANING) {
      line.append("  (near in meaning)");
    }
    Timestamp at = hit.atMs() == null ? null : Timestamp.clamped(hit.atMs());
    return line.append("\n    ").append(DeepLink.page(hit.episode().id(), at, query)).toString();
  }

  private static String marked(Hit.Snippet snippet) {
    if (!Terminal.isOut()) {
      return snippet.text();
    }
    StringBuilder marked = new StringBuilder();
    int at = 0;
    for (Hit.Range range : snippet.highlights()) {
      marked.append(snippet.text(), at, range.from()).append("\u001B[1m");
      marked.append(snippet.text(), range.from(), range.to()).append("\u001B[0m");
      at = range.to();
    }
    return marked.append(snippet.text().substring(at)).toString();
  }
}
