package dev.earmark.mcp;

import dev.earmark.export.Transcript;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.StoredMoment;
import dev.earmark.model.Episode;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import dev.earmark.search.Hit;
import dev.earmark.search.Quotations;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchPage.FacetValue;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.Similar;
import dev.earmark.text.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an assistant can ask of an index: search, read around a moment, quote, count, the first
 * mention, and what there is. Every passage is verbatim, with who, when, where and a link.
 */
final class Tools {
  private static final int USUAL_HITS = 8;
  private static final int MOST_HITS = 25;
  private static final int USUAL_LIST = 30;
  private static final int MOST_LIST = 200;
  private static final int USUAL_AROUND_S = 45;
  private static final int MOST_AROUND_S = 900;
  private static final int MOST_QUOTE_S = 600;
  private static final int MOST_LOOSER_WORDS = 6;
  private static final int COUNTED_VALUES = 12;

  private static final Map<String, String> FILTERS =
      Map.of(
          "speaker", "who says it; several names in a list",
          "show", "the podcast or series",
          "topic", "what it is about",
          "kind",
              "segment (speech), chapter, quote, price, prediction, bottleneck, fact, technology,"
                  + " takeaway, note, term or mention",
          "episode", "the id of an episode",
          "lang", "the language, such as en");

  private final SearchEngine engine;

  Tools(SearchEngine engine) {
    this.engine = engine;
  }

  List<Tool> all() {
    return List.of(
        new Tool(
            "search",
            "Search what was said",
            "Find passages in transcripts, to the second. Words are searched in all their forms;"
                + " put a phrase in double quotes to find it word for word. Give few, telling"
                + " words. If nothing is found, the answer says what a looser search finds: nothing"
                + " found does not mean that it was never said.",
            schema(
                List.of("query"),
                withFilters(
                    Map.of(
                        "query", string("words, or \"an exact phrase\"; -word leaves out"),
                        "from", string("first day of the episodes, such as 2026-01-31"),
                        "to", string("last day of the episodes"),
                        "sort", string("relevance (default), newest, oldest or time"),
                        "mode",
                            string(
                                "words, meaning (near in meaning, whatever the words), both, or"
                                    + " auto (default: both where the index knows meanings)"),
                        "limit", number("how many passages, 1 to " + MOST_HITS)))),
            this::search),
        new Tool(
            "answer",
            "Answer with quotations",
            "The two to five passages that answer a question best, word for word, with who, when"
                + " and where; or that nothing here answers it. Ask in a whole sentence.",
            schema(
                List.of("question"),
                withFilters(
                    Map.of(
                        "question", string("the question, in a sentence"),
                        "from", string("first day of the episodes"),
                        "to", string("last day of the episodes")))),
            this::answer),
        new Tool(
            "similar",
            "More like a moment",
            "Moments that mean much the same as one, in whatever words, or who else speaks of it.",
            schema(
                List.of("moment"),
                withFilters(
                    Map.of(
                        "moment", string("the id of the moment, from a search"),
                        "group",
                            string(
                                "moment (default), speaker (who else speaks of it) or show (where"
                                    + " else)"),
                        "limit", number("how many, 1 to " + MOST_HITS)))),
            this::similar),
        new Tool(
            "read_around",
            "Read around a moment",
            "Read the transcript of an episode before and after an instant: use it to see what a"
                + " found passage means before you answer.",
            schema(
                List.of("episode", "at"),
                Map.of(
                    "episode", string("the id of the episode, from a search"),
                    "at", string("the instant: seconds, or a time such as 13:55"),
                    "before", number("seconds before it, 0 to " + MOST_AROUND_S),
                    "after", number("seconds after it, 0 to " + MOST_AROUND_S))),
            this::readAround),
        new Tool(
            "quote",
            "Quote with citation",
            "The exact words between two instants, one line a speaker, with the citation to print"
                + " beside them.",
            schema(
                List.of("episode", "from", "to"),
                Map.of(
                    "episode", string("the id of the episode"),
                    "from", string("where it begins: seconds, or a time such as 13:55"),
                    "to", string("where it ends"))),
            this::quote),
        new Tool(
            "count",
            "Count mentions",
            "How many passages match, and how they are spread over speakers, shows and years."
                + " Counts are exact.",
            schema(
                List.of("query"),
                withFilters(
                    Map.of(
                        "query", string("words, or \"an exact phrase\""),
                        "from", string("first day of the episodes"),
                        "to", string("last day of the episodes")))),
            this::count),
        new Tool(
            "first_mention",
            "Who said it first",
            "The earliest dated episode in which something is said, and the passage. Episodes"
                + " without a date cannot be placed and are counted apart.",
            schema(
                List.of("query"),
                withFilters(Map.of("query", string("words, or \"an exact phrase\"")))),
            this::firstMention),
        new Tool(
            "list_episodes",
            "List episodes",
            "The episodes there are, newest first, with their ids.",
            schema(
                List.of(),
                Map.of(
                    "show", string("only of this show"),
                    "title", string("only those with these words in the title"),
                    "offset", number("how many to leave out"),
                    "limit", number("how many, 1 to " + MOST_LIST))),
            this::listEpisodes),
        values(
            "list_speakers", "speaker", "List speakers", "Who speaks, and in how many passages."),
        values(
            "list_topics", "topic", "List topics", "What is spoken about, as the sources name it."),
        values("list_shows", "show", "List shows", "The podcasts and series there are."));
  }

  private Tool values(String name, String facet, String title, String description) {
    return new Tool(
        name,
        title,
        description,
        schema(
            List.of(),
            Map.of(
                "beginning", string("only those of which a word begins so"),
                "limit", number("how many, 1 to " + MOST_LIST))),
        (arguments, base) -> list(facet, arguments));
  }

  private SearchRequest request(Arguments arguments) {
    SearchRequest request =
        SearchRequest.of(arguments.text("query").orElse(""))
            .withDays(arguments.day("from"), arguments.day("to"));
    for (String facet : FILTERS.keySet()) {
      List<String> values = arguments.texts(facet);
      if (!values.isEmpty()) {
        request = request.withFilter(facet, values.toArray(String[]::new));
      }
    }
    return request;
  }

  private String search(Arguments arguments, String base) throws IOException {
    arguments.required("query");
    SearchRequest request =
        request(arguments)
            .withLimit(arguments.number("limit", USUAL_HITS, 1, MOST_HITS))
            .withSort(SearchRequest.Sort.of(arguments.text("sort").orElse("relevance")))
            .withMode(SearchRequest.Mode.of(arguments.text("mode").orElse("auto")));
    SearchPage page = engine.search(request);
    if (page.hits().isEmpty()) {
      return nothing(request, page);
    }
    StringBuilder answer = new StringBuilder();
    answer
        .append(count(page.meant(), "passage"))
        .append(
            page.meant() < page.total()
                ? ", then " + page.looserTotal() + " with only some of the words"
                : "")
        .append(
            page.meaningTotal() > 0
                ? ", and " + page.meaningTotal() + " without these words that are near in meaning"
                : "")
        .append(page.listed() > page.hits().size() ? "; the first " + page.hits().size() : "")
        .append(near(page))
        .append(":\n");
    int number = 1;
    for (Hit hit : page.hits()) {
      answer
          .append('\n')
          .append(number++)
          .append(". ")
          .append(hit.why() == Hit.Why.MEANING ? "(near in meaning) " : "")
          .append(Citation.of(hit, base))
          .append("\n  moment: ")
          .append(hit.moment().id())
          .append('\n');
    }
    if (page.meaning() != null) {
      page.meaning().lacking().forEach(each -> answer.append('\n').append(each).append(".\n"));
    }
    page.notUnderstood()
        .forEach(part -> answer.append("\nNot understood: ").append(part.message()).append('\n'));
    return answer.toString();
  }

  private String answer(Arguments arguments, String base) throws IOException {
    String question = arguments.required("question");
    Quotations found = engine.quotations(request(arguments).withQuery(question));
    StringBuilder answer = new StringBuilder();
    if (found.passages().isEmpty()) {
      answer.append(found.refusal()).append(".\n");
    }
    int number = 1;
    for (Hit hit : found.passages()) {
      Moment moment = hit.moment().moment();
      Timestamp at = moment.anchor().from().orElse(null);
      answer
          .append(number++)
          .append(". ")
          .append(Citation.quoted(moment.text()))
          .append("\n  — ")
          .append(moment.speaker() == null ? "" : moment.speaker() + ", ")
          .append(Citation.of(hit.episode()))
          .append(at == null ? "" : ", " + at.clock())
          .append("\n  ")
          .append(Citation.links(hit.episode(), at, base))
          .append('\n');
    }
    if (!found.passages().isEmpty()) {
      found.meaning().lacking().forEach(each -> answer.append('\n').append(each).append(".\n"));
    }
    return answer.toString();
  }

  private String similar(Arguments arguments, String base) throws IOException {
    String id = arguments.required("moment");
    Similar.By by = Similar.By.of(arguments.text("group").orElse("moment"));
    SearchRequest scope =
        request(arguments).withLimit(arguments.number("limit", USUAL_HITS, 1, MOST_HITS));
    Similar similar =
        engine
            .similar(id, by, scope)
            .orElseThrow(() ->
                new ArgumentException(
                    "there is no moment \"" + id + "\"; search gives the ids of moments"));
    StringBuilder answer = new StringBuilder();
    for (Hit hit : similar.hits()) {
      answer.append("- ").append(Citation.of(hit, base)).append('\n');
    }
    for (Similar.Group group : similar.groups()) {
      answer.append(group.name()).append(", ").append(count(group.total(), "passage"));
      answer.append(":\n");
      group.hits().forEach(hit -> answer.append("- ").append(Citation.of(hit, base)).append('\n'));
    }
    if (answer.isEmpty()) {
      answer.append("Nothing here is near it in meaning.\n");
    }
    similar.meaning().lacking().forEach(each -> answer.append(each).append(".\n"));
    return answer.toString();
  }

  private static String near(SearchPage page) {
    return page.nearTotal() == 0
        ? ""
        : "; " + page.nearTotal() + " of all only sound similar or are spelled otherwise";
  }

  /** An assistant would take an empty answer for "never said", so it is told what else there is. */
  private String nothing(SearchRequest request, SearchPage page) throws IOException {
    StringBuilder answer =
        new StringBuilder(
            "Nothing was found for exactly this. That does not mean it was never said.\n");
    Set<String> words = new LinkedHashSet<>();
    Words asked = Words.of(request.query().text());
    for (int i = 0; i < asked.count() && words.size() < MOST_LOOSER_WORDS; i++) {
      words.add(asked.folded(i));
    }
    boolean quoted = request.query().text().indexOf('"') >= 0;
    if (words.size() > 1 || quoted) {
      long together = total(request, String.join(" ", words));
      if (together > 0) {
        answer.append("The words without quotation marks: ").append(count(together, "passage"));
        answer.append('\n');
      }
      for (String word : words) {
        answer
            .append("“")
            .append(word)
            .append("” alone: ")
            .append(count(total(request, word), "passage"))
            .append('\n');
      }
    }
    if (!request.filters().isEmpty() || request.from() != null || request.to() != null) {
      SearchRequest anywhere = SearchRequest.of(request.query().text()).withLimit(1);
      answer
          .append("Without the filters: ")
          .append(count(engine.search(anywhere).total(), "passage"))
          .append('\n');
    }
    if (page.didYouMean() != null) {
      answer.append("Said instead: ").append(page.didYouMean()).append('\n');
    }
    return answer.toString();
  }

  private long total(SearchRequest like, String query) throws IOException {
    SearchRequest request = SearchRequest.of(query).withDays(like.from(), like.to()).withLimit(1);
    for (Map.Entry<String, List<String>> filter : like.filters().entrySet()) {
      request = request.withFilter(filter.getKey(), filter.getValue().toArray(String[]::new));
    }
    return engine.search(request).total();
  }

  private Episode episode(Arguments arguments) throws IOException {
    String id = arguments.required("episode");
    return engine
        .episode(id)
        .map(EpisodeEntry::episode)
        .orElseThrow(() ->
            new ArgumentException(
                "there is no episode \"" + id + "\"; search or list_episodes give the ids"));
  }

  /**
   * The passages that touch a stretch: the transcript's, or where there is none all that are
   * placed.
   */
  private List<Moment> passages(Episode episode, long fromMs, long toMs) throws IOException {
    List<StoredMoment> stored = engine.moments(episode.id());
    List<Moment> all =
        Transcript.of(episode, stored)
            .map(Transcript::segments)
            .orElseGet(() -> stored.stream().map(StoredMoment::moment).toList());
    return all.stream()
        .filter(moment -> {
          TimeSpan span = moment.anchor().span().orElse(null);
          return span != null && span.startMs() < toMs && span.endMs() > fromMs;
        })
        .toList();
  }

  private String readAround(Arguments arguments, String base) throws IOException {
    Episode episode = episode(arguments);
    Timestamp at = arguments.instant("at");
    long from =
        Math.max(
            0, at.millis() - 1000L * arguments.number("before", USUAL_AROUND_S, 0, MOST_AROUND_S));
    long to = at.millis() + 1000L * arguments.number("after", USUAL_AROUND_S, 0, MOST_AROUND_S);
    List<Moment> passages = passages(episode, from, to);
    if (passages.isEmpty()) {
      return "Nothing is said around "
          + at.clock()
          + " in "
          + Citation.of(episode)
          + lasts(episode);
    }
    StringBuilder answer = new StringBuilder(Citation.of(episode)).append("\n");
    String speaker = null;
    for (Moment moment : passages) {
      answer
          .append("\n[")
          .append(moment.anchor().span().orElseThrow().start().clock())
          .append("] ");
      if (moment.speaker() != null && !moment.speaker().equals(speaker)) {
        answer.append(moment.speaker()).append(": ");
      }
      speaker = moment.speaker();
      answer.append(moment.text().replaceAll("\\s+", " "));
    }
    return answer.append("\n\n").append(Citation.links(episode, at, base)).append('\n').toString();
  }

  private static String lasts(Episode episode) {
    return episode.durationMs() == null
        ? "."
        : "; it lasts " + Timestamp.clamped(episode.durationMs()).clock() + ".";
  }

  private String quote(Arguments arguments, String base) throws IOException {
    Episode episode = episode(arguments);
    Timestamp from = arguments.instant("from");
    Timestamp to = arguments.instant("to");
    if (to.compareTo(from) <= 0) {
      throw new ArgumentException("\"to\" must come after \"from\"");
    }
    if (to.millis() - from.millis() > MOST_QUOTE_S * 1000L) {
      throw new ArgumentException("a quotation may last " + MOST_QUOTE_S + " s at most");
    }
    List<Moment> passages = passages(episode, from.millis(), to.millis());
    List<String> turns = new ArrayList<>();
    StringBuilder turn = new StringBuilder();
    String speaker = null;
    for (Moment moment : passages) {
      String words = words(moment, from.millis(), to.millis());
      if (words.isEmpty()) {
        continue;
      }
      if (!turn.isEmpty() && !Objects.equals(speaker, moment.speaker())) {
        turns.add(turn(speaker, turn.toString()));
        turn.setLength(0);
      }
      speaker = moment.speaker();
      turn.append(turn.isEmpty() ? "" : " ").append(words);
    }
    if (turn.isEmpty()) {
      return "Nothing is said there" + lasts(episode);
    }
    turns.add(turn(speaker, turn.toString()));
    return String.join("\n", turns)
        + "\n\n— "
        + Citation.of(episode)
        + ", "
        + from.clock()
        + "–"
        + to.clock()
        + "\n"
        + Citation.links(episode, from, base)
        + "\n";
  }

  private static String turn(@Nullable String speaker, String words) {
    return (speaker == null ? "" : speaker + ": ") + Citation.quoted(words);
  }

  /** The words of a moment that are said in a stretch; all of them where words are not timed. */
  private static String words(Moment moment, long fromMs, long toMs) {
    String text = moment.text();
    if (moment.times() == null) {
      return text.replaceAll("\\s+", " ").strip();
    }
    Words words = Words.of(text);
    int first = -1;
    int last = -1;
    for (int i = 0; i < words.count(); i++) {
      long at = moment.times().startOf(i);
      if (at >= fromMs && at < toMs) {
        first = first < 0 ? i : first;
        last = i;
      }
    }
    if (first < 0) {
      return "";
    }
    int begin = first == 0 ? 0 : words.start(first);
    int end = last == words.count() - 1 ? text.length() : words.start(last + 1);
    return text.substring(begin, end).replaceAll("\\s+", " ").strip();
  }

  private String count(Arguments arguments, String base) throws IOException {
    arguments.required("query");
    SearchRequest request = request(arguments).groupedByEpisode().withLimit(1);
    SearchPage page = engine.search(request);
    if (page.total() == 0) {
      return nothing(request, page);
    }
    StringBuilder answer = new StringBuilder();
    answer
        .append(count(page.total(), "passage"))
        .append(" in ")
        .append(count(page.episodes(), "episode"))
        .append(near(page))
        .append('\n');
    for (String facet : List.of("speaker", "show", "year")) {
      List<FacetValue> values = page.facets().getOrDefault(facet, List.of());
      if (!values.isEmpty()) {
        answer
            .append(facet)
            .append(": ")
            .append(
                values.stream()
                    .limit(COUNTED_VALUES)
                    .map(value -> value.value() + " " + value.count())
                    .collect(Collectors.joining(", ")));
        int all = page.facetSizes().getOrDefault(facet, values.size());
        answer.append(all > COUNTED_VALUES ? " and " + (all - COUNTED_VALUES) + " more\n" : "\n");
      }
    }
    return answer.toString();
  }

  private String firstMention(Arguments arguments, String base) throws IOException {
    arguments.required("query");
    SearchRequest request = request(arguments);
    if (!request.filters().containsKey("kind")) {
      request = request.withFilter("kind", Kind.SEGMENT.id());
    }
    SearchPage page = engine.search(request.withSort(SearchRequest.Sort.OLDEST).withLimit(1));
    if (page.hits().isEmpty()) {
      return nothing(request, page);
    }
    long dated =
        page.facets().getOrDefault("year", List.of()).stream().mapToLong(FacetValue::count).sum();
    long undated = page.total() - dated;
    Hit first = page.hits().getFirst();
    String apart =
        undated == 0
            ? ""
            : "\n"
                + count(undated, "passage")
                + " of "
                + page.total()
                + " are in episodes without a date, and may be earlier.\n";
    return first.episode().date() == null
        ? "It is said only in episodes without a date, so nobody can tell where first. One of"
            + " them:\n\n"
            + Citation.of(first, base)
            + "\n"
        : "First said on "
            + first.episode().date()
            + ", as far as episodes have a date:\n\n"
            + Citation.of(first, base)
            + "\n"
            + apart;
  }

  private String listEpisodes(Arguments arguments, String base) throws IOException {
    int offset = arguments.number("offset", 0, 0, Integer.MAX_VALUE);
    int limit = arguments.number("limit", USUAL_LIST, 1, MOST_LIST);
    String show = arguments.text("show").map(Words::fold).orElse(null);
    String title = arguments.text("title").map(Words::fold).orElse(null);
    List<Episode> episodes = new ArrayList<>();
    for (EpisodeEntry entry : engine.episodes()) {
      Episode episode = entry.episode();
      boolean ofShow =
          show == null || (episode.show() != null && Words.fold(episode.show()).equals(show));
      if (ofShow && (title == null || Words.fold(episode.title()).contains(title))) {
        episodes.add(episode);
      }
    }
    if (episodes.isEmpty()) {
      return "There is no such episode. list_shows names the shows.";
    }
    List<Episode> shown = episodes.stream().skip(offset).limit(limit).toList();
    return count(episodes.size(), "episode")
        + (shown.size() < episodes.size() ? "; " + shown.size() + " from " + offset + " on" : "")
        + ":\n"
        + shown.stream()
            .map(episode -> "- " + Citation.of(episode))
            .collect(Collectors.joining("\n"))
        + "\n";
  }

  private String list(String facet, Arguments arguments) throws IOException {
    int limit = arguments.number("limit", USUAL_LIST, 1, MOST_LIST);
    Map<String, String> beginnings =
        arguments.text("beginning").map(beginning -> Map.of(facet, beginning)).orElse(Map.of());
    SearchPage page =
        engine.search(
            SearchRequest.of("")
                .withLimit(1)
                .withFacets(new SearchRequest.FacetLists(beginnings, limit)));
    List<FacetValue> values = page.facets().getOrDefault(facet, List.of());
    if (values.isEmpty()) {
      return "There is none.";
    }
    return values.stream()
            .map(value -> "- " + value.value() + ": " + count(value.count(), "passage"))
            .collect(Collectors.joining("\n"))
        + "\n";
  }

  private static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private static Map<String, Object> withFilters(Map<String, Object> properties) {
    Map<String, Object> all = new LinkedHashMap<>(properties);
    FILTERS.forEach((name, meaning) ->
        all.put(
            name,
            Map.of(
                "description",
                "only: " + meaning,
                "anyOf",
                List.of(
                    Map.of("type", "string"),
                    Map.of("type", "array", "items", Map.of("type", "string"))))));
    return all;
  }

  private static Map<String, Object> string(String description) {
    return Map.of("type", "string", "description", description);
  }

  private static Map<String, Object> number(String description) {
    return Map.of("type", "integer", "description", description);
  }

  private static Map<String, Object> schema(List<String> required, Map<String, Object> properties) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", new TreeMap<>(properties));
    schema.put("required", required);
    schema.put("additionalProperties", false);
    return schema;
  }
}
