package dev.earmark.iiif;

import static dev.earmark.iiif.JsonLd.object;

import dev.earmark.iiif.Presentation.Note;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.StoredMoment;
import dev.earmark.model.Episode;
import dev.earmark.search.BadRequestException;
import dev.earmark.search.Hit;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.SearchRequest;
import dev.earmark.text.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Search inside an episode, as viewers ask for it: versions 2 and 1 of the IIIF Content Search API,
 * and a third for viewers that look for a transcript as a file.
 *
 * <p>What is found are the annotations of the canvas, captions and notes. A match that runs over
 * several captions is one highlighting of several annotations (version 2, section 4.3.4), or one
 * hit of several (version 1, section 3.4).
 *
 * <p>Several words without operators are looked for as a phrase first, as the examples of the
 * standard have it, and as words that come together where nobody says the phrase. All else is the
 * query language of every other door.
 *
 * <p>Thread-safe.
 *
 * @see <a href="https://iiif.io/api/search/2.0/">IIIF Content Search API 2.0</a>
 * @see <a href="https://iiif.io/api/search/1.0/">IIIF Content Search API 1.0</a>
 */
public final class ContentSearch {
  /** How many matches a page of an answer has. */
  private static final int A_PAGE = 500;

  private static final int MOST_TERMS = 20;
  private static final int CONTEXT = 40;

  /** Words and blanks alone: no operator, and nothing that could be one. */
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{M}\\p{N}'’ ]+");

  private final SearchEngine engine;

  public ContentSearch(SearchEngine engine) {
    this.engine = engine;
  }

  /**
   * What is asked of a search service.
   *
   * @param q what is looked for
   * @param motivations of what kind; empty for all
   * @param ignored the parameters that were given and make no difference
   * @param page from 1
   * @param address of the answer, without a page
   */
  public record Asked(
      String q, List<String> motivations, List<String> ignored, int page, String address) {

    private String page(int number) {
      return number == 1
          ? address
          : address + (address.contains("?") ? "&" : "?") + "page=" + number;
    }
  }

  /** The services that a manifest names. */
  static List<Map<String, Object>> services(Addresses addresses) {
    return List.of(
        object(
            "id", addresses.service("search", 2),
            "type", "SearchService2",
            "service",
                List.of(
                    object(
                        "id",
                        addresses.service("autocomplete", 2),
                        "type",
                        "AutoCompleteService2"))),
        object(
            "@context",
            JsonLd.SEARCH_1,
            "@id",
            addresses.service("search", 1),
            "@type",
            "SearchService1",
            "profile",
            "http://iiif.io/api/search/1/search",
            "service",
            // A list, as services of any version are in a manifest of version 3.
            List.of(
                object(
                    "@id", addresses.service("autocomplete", 1),
                    "@type", "AutoCompleteService1",
                    "profile", "http://iiif.io/api/search/1/autocomplete"))));
  }

  /** The service that a canvas names: search in its transcript as a file. */
  static Map<String, Object> transcriptService(Addresses addresses) {
    return object("id", addresses.transcriptSearch(), "type", "SearchService2");
  }

  /** A stretch of an annotation's text. */
  private record Part(Note note, int from, int to) {
    String exact() {
      return note.text().substring(from, to);
    }

    @Nullable String prefix() {
      int start = Math.max(0, from - CONTEXT);
      int blank = start == 0 ? -1 : note.text().indexOf(' ', start);
      return from == 0
          ? null
          : note.text().substring(blank < 0 || blank >= from ? start : blank + 1, from);
    }

    @Nullable String suffix() {
      int end = Math.min(note.text().length(), to + CONTEXT);
      int blank = end == note.text().length() ? -1 : note.text().lastIndexOf(' ', end);
      return to == note.text().length()
          ? null
          : note.text().substring(to, blank <= to ? end : blank);
    }
  }

  /** The matches of an episode, each with the parts of the annotations it covers. */
  private List<List<Part>> matches(EpisodeEntry entry, Asked asked) throws IOException {
    String id = entry.episode().id();
    List<StoredMoment> moments = engine.moments(id);
    Captions captions = Captions.of(entry.episode(), moments);
    Map<String, StoredMoment> byId = new LinkedHashMap<>();
    moments.forEach(stored -> byId.put(stored.id(), stored));
    List<List<Part>> all = new ArrayList<>();
    for (Hit.Match match : found(id, asked.q())) {
      StoredMoment stored = byId.get(match.momentId());
      if (stored == null || !Presentation.isAnnotation(stored)) {
        continue;
      }
      List<Part> parts =
          captions.hold(stored)
              ? captions.places(match).stream()
                  .map(place -> new Part(Note.of(place.caption()), place.from(), place.to()))
                  .toList()
              : List.of(part(stored, match));
      if (!parts.isEmpty()
          && (asked.motivations().isEmpty()
              || asked.motivations().contains(parts.getFirst().note().motivation()))) {
        all.add(parts);
      }
    }
    return all;
  }

  private static Part part(StoredMoment stored, Hit.Match match) {
    Note note = Note.of(stored);
    int from = Math.min(match.from(), note.text().length());
    Words words = Words.of(note.text().substring(from));
    int count = Math.min(words.count(), Words.of(match.text()).count());
    return new Part(note, from, count == 0 ? from : from + words.end(count - 1));
  }

  private List<Hit.Match> found(String episodeId, String q) throws IOException {
    if (q.isBlank()) {
      return List.of();
    }
    if (PLAIN.matcher(q).matches() && Words.of(q).count() > 1 && !q.contains(" OR ")) {
      List<Hit.Match> phrase = engine.matches(episodeId, SearchRequest.of('"' + q.strip() + '"'));
      if (!phrase.isEmpty()) {
        return phrase;
      }
    }
    return engine.matches(episodeId, SearchRequest.of(q));
  }

  /** The page of a list that is asked for. */
  private static <T> List<T> page(List<T> all, Asked asked) {
    long from = (asked.page() - 1L) * A_PAGE;
    if (from >= all.size() && asked.page() > 1) {
      throw new BadRequestException(
          "page", "page must be 1 to " + pages(all) + ", got \"" + asked.page() + "\"");
    }
    return all.subList((int) from, (int) Math.min(all.size(), from + A_PAGE));
  }

  private static int pages(List<?> all) {
    return Math.max(1, (all.size() + A_PAGE - 1) / A_PAGE);
  }

  private static Map<String, Note> notes(List<List<Part>> matches, Addresses addresses) {
    Map<String, Note> notes = new LinkedHashMap<>();
    matches.forEach(
        parts -> parts.forEach(part -> notes.putIfAbsent(part.note().id(addresses), part.note())));
    return notes;
  }

  /** Answers as version 2. */
  public Map<String, Object> search2(EpisodeEntry entry, String base, Asked asked)
      throws IOException {
    Episode episode = entry.episode();
    Addresses addresses = new Addresses(base, episode.id());
    List<List<Part>> all = matches(entry, asked);
    List<List<Part>> shown = page(all, asked);
    List<Map<String, Object>> items = new ArrayList<>();
    notes(shown, addresses)
        .values()
        .forEach(note -> items.add(Presentation.annotation(note, episode, addresses)));
    List<Map<String, Object>> highlights = new ArrayList<>();
    int number = (asked.page() - 1) * A_PAGE;
    for (List<Part> parts : shown) {
      List<Map<String, Object>> targets =
          parts.stream().map(part -> target(part, addresses)).toList();
      highlights.add(
          object(
              "id",
              asked.address() + "#match-" + ++number,
              "type",
              "Annotation",
              "motivation",
              "highlighting",
              "target",
              targets.size() == 1 ? targets.getFirst() : targets));
    }
    Map<String, Object> answer = answer(asked, all, notes(all, addresses).size(), items);
    if (!highlights.isEmpty()) {
      Map<String, Object> page = JsonLd.page(asked.page(asked.page()) + "#matches", highlights);
      page.put(
          "partOf",
          object(
              "id",
              asked.address() + "#all-matches",
              "type",
              "AnnotationCollection",
              "total",
              all.size()));
      answer.put("annotations", List.of(page));
    }
    return answer;
  }

  private static Map<String, Object> target(Part part, Addresses addresses) {
    return object(
        "type", "SpecificResource",
        "source", part.note().id(addresses),
        "selector",
            List.of(
                object(
                    "type", "TextQuoteSelector",
                    "prefix", part.prefix(),
                    "exact", part.exact(),
                    "suffix", part.suffix())));
  }

  /** A page of annotations that were found, as version 2 has it. */
  private static Map<String, Object> answer(
      Asked asked, List<?> all, int total, List<Map<String, Object>> items) {
    Map<String, Object> answer =
        object(
            "@context",
            JsonLd.SEARCH_2,
            "id",
            asked.page(asked.page()),
            "type",
            "AnnotationPage",
            "ignored",
            asked.ignored());
    int pages = pages(all);
    if (pages > 1) {
      answer.put(
          "partOf",
          object(
              "id",
              asked.address() + "#all",
              "type",
              "AnnotationCollection",
              "total",
              total,
              "first",
              object("id", asked.page(1), "type", "AnnotationPage"),
              "last",
              object("id", asked.page(pages), "type", "AnnotationPage")));
      answer.put("startIndex", (asked.page() - 1) * A_PAGE);
      if (asked.page() < pages) {
        answer.put("next", object("id", asked.page(asked.page() + 1), "type", "AnnotationPage"));
      }
      if (asked.page() > 1) {
        answer.put("prev", object("id", asked.page(asked.page() - 1), "type", "AnnotationPage"));
      }
    }
    answer.put("items", items);
    return answer;
  }

  /**
   * Answers as version 2, about the transcript as a file: what is found are stretches of it, with
   * the words in {@code em} elements. A match that runs over several captions is one annotation of
   * the caption it begins in, with the text of all of them.
   *
   * <p>Ramp, the viewer of Avalon, takes no other answers.
   */
  public Map<String, Object> searchTranscript(EpisodeEntry entry, String base, Asked asked)
      throws IOException {
    Episode episode = entry.episode();
    Addresses addresses = new Addresses(base, episode.id());
    Map<String, List<Part>> byFirst = new LinkedHashMap<>();
    for (List<Part> parts : matches(entry, asked)) {
      if (parts.getFirst().note().isSaid()) {
        byFirst
            .computeIfAbsent(parts.getFirst().note().name(), name -> new ArrayList<>())
            .addAll(parts);
      }
    }
    List<List<Part>> all = new ArrayList<>(byFirst.values());
    List<Map<String, Object>> items = new ArrayList<>();
    int number = (asked.page() - 1) * A_PAGE;
    for (List<Part> parts : page(all, asked)) {
      items.add(
          object(
              "id",
              asked.address() + "#match-" + ++number,
              "type",
              "Annotation",
              "motivation",
              "supplementing",
              "body",
              object(
                  "type", "TextualBody",
                  "value", marked(parts),
                  "format", "text/html"),
              "target",
              addresses.transcript(parts.getFirst().note().span())));
    }
    return answer(asked, all, all.size(), items);
  }

  /** The texts of the annotations that parts lie in, one after the other, each word marked. */
  private static String marked(List<Part> parts) {
    Map<String, List<Part>> byNote = new LinkedHashMap<>();
    parts.forEach(
        part -> byNote.computeIfAbsent(part.note().name(), name -> new ArrayList<>()).add(part));
    StringBuilder html = new StringBuilder();
    for (List<Part> ofNote : byNote.values()) {
      String text = ofNote.getFirst().note().text();
      Words words = Words.of(text);
      html.append(html.isEmpty() ? "" : " ");
      int at = 0;
      for (int i = 0; i < words.count(); i++) {
        int from = words.start(i);
        int to = words.end(i);
        if (ofNote.stream().anyMatch(part -> part.from() <= from && to <= part.to())) {
          html.append(escape(text.substring(at, from)));
          html.append("<em>").append(escape(text.substring(from, to))).append("</em>");
          at = to;
        }
      }
      html.append(escape(text.substring(at)));
    }
    return html.toString();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** Answers as version 1. */
  public Map<String, Object> search1(EpisodeEntry entry, String base, Asked asked)
      throws IOException {
    Addresses addresses = new Addresses(base, entry.episode().id());
    List<List<Part>> all = matches(entry, asked);
    List<List<Part>> shown = page(all, asked);
    List<Map<String, Object>> resources = new ArrayList<>();
    notes(shown, addresses)
        .forEach((id, note) ->
            resources.add(
                object(
                    "@id",
                    id,
                    "@type",
                    "oa:Annotation",
                    "motivation",
                    note.isSaid() ? "sc:supplementing" : "oa:commenting",
                    "resource",
                    object(
                        "@type", "cnt:ContentAsText", "format", "text/plain", "chars", note.text()),
                    "on",
                    addresses.canvas(note.span()))));
    List<Map<String, Object>> hits = new ArrayList<>();
    for (List<Part> parts : shown) {
      hits.add(
          object(
              "@type", "search:Hit",
              "annotations", parts.stream().map(part -> part.note().id(addresses)).toList(),
              "match", String.join(" ", parts.stream().map(Part::exact).toList()),
              "before", parts.getFirst().prefix(),
              "after", parts.getLast().suffix()));
    }
    int pages = pages(all);
    Map<String, Object> answer =
        object(
            "@context",
            List.of(JsonLd.PRESENTATION_2, JsonLd.SEARCH_1),
            "@id",
            asked.page(asked.page()),
            "@type",
            "sc:AnnotationList",
            "within",
            object(
                "@type",
                "sc:Layer",
                "total",
                notes(all, addresses).size(),
                "ignored",
                asked.ignored(),
                "first",
                pages > 1 ? asked.page(1) : null,
                "last",
                pages > 1 ? asked.page(pages) : null),
            "startIndex",
            (asked.page() - 1) * A_PAGE,
            "next",
            asked.page() < pages ? asked.page(asked.page() + 1) : null,
            "prev",
            asked.page() > 1 ? asked.page(asked.page() - 1) : null);
    answer.put("resources", resources);
    answer.put("hits", hits);
    return answer;
  }

  /** A word that is said, and how often. */
  private record Term(String word, int count) {}

  /** The words of the captions that begin with what is typed, those said most often, by letter. */
  private List<Term> terms(EpisodeEntry entry, String typed, int least) throws IOException {
    String[] folded = Words.of(typed).folded();
    if (folded.length == 0) {
      return List.of();
    }
    String beginning = folded[folded.length - 1];
    Map<String, Integer> counts = new TreeMap<>();
    Captions captions = Captions.of(entry.episode(), engine.moments(entry.episode().id()));
    for (String word : captions.words()) {
      if (word.startsWith(beginning)) {
        counts.merge(word, 1, Integer::sum);
      }
    }
    return counts.entrySet().stream()
        .filter(count -> count.getValue() >= least)
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(MOST_TERMS)
        .map(count -> new Term(count.getKey(), count.getValue()))
        .sorted(Comparator.comparing(Term::word))
        .toList();
  }

  /**
   * Completes a word, as version 2.
   *
   * @param least how often a word must be said
   */
  public Map<String, Object> autocomplete2(EpisodeEntry entry, Asked asked, int least)
      throws IOException {
    Map<String, Object> answer =
        object(
            "@context",
            JsonLd.SEARCH_2,
            "id",
            asked.address(),
            "type",
            "TermPage",
            "ignored",
            asked.ignored());
    answer.put(
        "items",
        terms(entry, asked.q(), least).stream()
            .map(term -> object("value", term.word(), "total", term.count()))
            .toList());
    return answer;
  }

  /**
   * Completes a word, as version 1.
   *
   * @param least how often a word must be said
   */
  public Map<String, Object> autocomplete1(EpisodeEntry entry, String base, Asked asked, int least)
      throws IOException {
    String search = new Addresses(base, entry.episode().id()).service("search", 1);
    Map<String, Object> answer =
        object(
            "@context",
            JsonLd.SEARCH_1,
            "@id",
            asked.address(),
            "@type",
            "search:TermList",
            "ignored",
            asked.ignored());
    answer.put(
        "terms",
        terms(entry, asked.q(), least).stream()
            .map(term ->
                object(
                    "match", term.word(),
                    "url", search + "?q=" + Addresses.encode(term.word()),
                    "count", term.count()))
            .toList());
    return answer;
  }

  /** The motivations of a parameter that has several, parted by blanks. */
  public static List<String> motivations(@Nullable String parameter) {
    return parameter == null ? List.of() : Arrays.asList(parameter.strip().split("\\s+"));
  }

  /** The parameters that a service knows of, but makes nothing of. */
  public static List<String> ignored(Collection<String> given) {
    Set<String> ignored = new TreeSet<>(given);
    ignored.retainAll(Set.of("date", "user"));
    return List.copyOf(ignored);
  }
}
