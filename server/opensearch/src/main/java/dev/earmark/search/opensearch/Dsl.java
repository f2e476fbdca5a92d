package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earmark.index.opensearch.Mapping;
import dev.earmark.index.opensearch.OpenSearchTerms;
import dev.earmark.schema.Field;
import dev.earmark.schema.FieldType;
import dev.earmark.schema.Schema;
import dev.earmark.search.spoken.Forms;
import dev.earmark.search.spoken.SpokenQuery;
import dev.earmark.search.spoken.SpokenQuery.Row;
import dev.earmark.text.SpokenTerms;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Translates a {@link SpokenQuery} into OpenSearch's query language.
 *
 * <p>A phrase becomes an interval that starts with a word of the moment and continues with its own
 * words or those said next. Phrases that the index cannot decide, such as long ones and those with
 * slop, have to be {@link #known} first; they are written as the moments in which they were found.
 * Not thread-safe; one a search.
 */
final class Dsl {
  /** The index is asked for rows of so many words; longer ones are few, and read. */
  static final int LONGEST_ROW = 8;

  /** A row of so many words is in the index, over whatever boundary. */
  static final int REACH = 8;

  /** OpenSearch takes 1,024 parts in a query; some stand in it twice. */
  static final int MOST_PARTS = 300;

  /** So many words rank at a first glance. */
  private static final int MOST_RANKING = 200;

  private static final int MOST_IDS = 10_000;

  private final Map<Row, Map<String, Integer>> known = new HashMap<>();
  private final Map<SpokenQuery.Together, MeetingMoments> meetings = new HashMap<>();

  private final Set<SpokenQuery.Together> nowhere = new HashSet<>();
  private final Set<SpokenQuery.Together> somewhere = new HashSet<>();

  /** Terms of the text that no moment has, as far as that was found out. */
  private final Set<String> neverSaid = new HashSet<>();

  private int parts;

  /** How many more words may rank in the query that is being written; 0 if nothing ranks. */
  private int ranking;

  /** What the terms of the text that rank by themselves count, beside BM25; others count 0. */
  private ToDoubleFunction<String> counting = term -> 0;

  /** Whether a row has to be looked for in the text of moments, or was. */
  boolean isHidden(Row row) {
    return row.slop() > 0 || row.words().size() > LONGEST_ROW || isKnown(row);
  }

  /** Begins another query, which has room again. */
  void begin() {
    parts = 0;
  }

  /** Whether there is no room for a row in a query, so that it has to be looked for by itself. */
  boolean isTooMuch(Row row) {
    parts += 2 * row.words().size();
    return parts > MOST_PARTS;
  }

  /** Takes note in which moments a row begins, by their ids, and how often. */
  void known(Row row, Map<String, Integer> moments) {
    known.put(row, moments);
  }

  /** Takes note in which moments parts of a query come together that do not have all of them. */
  void known(SpokenQuery.Together together, MeetingMoments moments) {
    meetings.put(together, moments);
    meetings.put(said(together), moments);
  }

  /** Takes note that not enough parts of a query come together anywhere. */
  void nowhere(SpokenQuery.Together together) {
    nowhere.add(together);
    nowhere.add(said(together));
  }

  /** Takes note that enough parts of a query come together somewhere. */
  void somewhere(SpokenQuery.Together together) {
    somewhere.add(together);
    somewhere.add(said(together));
  }

  /** Whether a query matches something for sure: what comes together somewhere, and no less. */
  boolean isSomewhere(SpokenQuery query) {
    return switch (query) {
      case SpokenQuery.All all -> true;
      case SpokenQuery.Together together ->
          somewhere.contains(together) || somewhere.contains(said(together));
      case SpokenQuery.Bool bool -> {
        List<SpokenQuery> needed =
            Stream.concat(bool.must().stream(), bool.filter().stream())
                .filter(one -> !(one instanceof SpokenQuery.All))
                .toList();
        yield bool.mustNot().isEmpty()
            && bool.needed() == 0
            && needed.size() == 1
            && isSomewhere(needed.getFirst());
      }
      default -> false;
    };
  }

  /** Whether a query needs what comes together nowhere, so that it matches nothing. */
  boolean isNowhere(SpokenQuery query) {
    return switch (query) {
      case SpokenQuery.Bool bool ->
          bool.must().stream().anyMatch(this::isNowhere)
              || bool.filter().stream().anyMatch(this::isNowhere);
      case SpokenQuery.Together together ->
          nowhere.contains(together) || nowhere.contains(said(together));
      default -> false;
    };
  }

  private @Nullable MeetingMoments met(SpokenQuery.Together together) {
    MeetingMoments known = meetings.get(together);
    return known == null ? meetings.get(said(together)) : known;
  }

  /** What has to come together in a query; null if nothing has. */
  static SpokenQuery.@Nullable Together together(SpokenQuery query) {
    return switch (query) {
      case SpokenQuery.Together together -> together;
      case SpokenQuery.Bool bool ->
          Stream.concat(bool.must().stream(), bool.filter().stream())
              .map(Dsl::together)
              .filter(Objects::nonNull)
              .findFirst()
              .orElse(null);
      default -> null;
    };
  }

  /**
   * The moments that match a query of so many parts and may lack one of them, by their ids; null if
   * that cannot be told.
   */
  @Nullable Set<String> lacking(SpokenQuery query, long parts) {
    SpokenQuery.Together together = together(query);
    MeetingMoments met = together == null ? null : met(together);
    return together == null || met == null || together.parts().size() < parts ? null : met.ids();
  }

  boolean isKnown(SpokenQuery.Together together) {
    return met(together) != null;
  }

  /** Takes note that no moment has a term of the text. */
  void neverSaid(String term) {
    neverSaid.add(term);
  }

  private SpokenQuery.Together said(SpokenQuery.Together together) {
    return new SpokenQuery.Together(
        said(together.parts()),
        together.weights(),
        together.least(),
        together.reach(),
        together.around());
  }

  /**
   * The same without terms that no moment has, which finds the same. They are asked for while it is
   * a guess which are said.
   */
  private SpokenQuery said(SpokenQuery query) {
    return switch (query) {
      case SpokenQuery.AnyTerm any when any.field().equals(Schema.TEXT_FIELD) ->
          new SpokenQuery.AnyTerm(
              any.field(), any.terms().stream().filter(term -> !neverSaid.contains(term)).toList());
      case SpokenQuery.Words words ->
          new SpokenQuery.Words(words.words().stream().map(this::said).toList());
      case SpokenQuery.Bool bool ->
          new SpokenQuery.Bool(
              said(bool.must()),
              said(bool.should()),
              said(bool.filter()),
              said(bool.mustNot()),
              bool.least());
      case SpokenQuery.Boosted boosted ->
          new SpokenQuery.Boosted(said(boosted.query()), boosted.by());
      case SpokenQuery.Together together -> said(together);
      default -> query;
    };
  }

  private Forms said(Forms forms) {
    List<String> terms = new ArrayList<>();
    List<Float> weights = new ArrayList<>();
    for (int i = 0; i < forms.terms().size(); i++) {
      if (!neverSaid.contains(forms.terms().get(i))) {
        terms.add(forms.terms().get(i));
        weights.add(forms.weights().get(i));
      }
    }
    return new Forms(terms, weights, forms.importance());
  }

  private List<SpokenQuery> said(List<SpokenQuery> queries) {
    return queries.stream().map(this::said).toList();
  }

  /** Whether two queries find the same, as far as is known of what is said. */
  boolean areAlike(@Nullable SpokenQuery one, @Nullable SpokenQuery other) {
    if (one == null || other == null) {
      return one == other;
    }
    return said(one).equals(said(other));
  }

  boolean isKnown(Row row) {
    return known.containsKey(row);
  }

  /** The moments in which a row that was looked for begins, and how often. */
  Map<String, Integer> frequencies(Row row) {
    return known.getOrDefault(row, Map.of());
  }

  static ObjectNode moments() {
    return Json.object("exists", Json.object("field", Schema.ORDINAL));
  }

  /** Moments and entries, which is what a segment of Lucene holds. */
  static ObjectNode momentsAndEntries() {
    return Json.object(
        "bool",
        Json.object(
            "must_not",
            Json.array(
                Json.object("exists", Json.object("field", Mapping.ARTWORK)),
                Json.object("exists", Json.object("field", Mapping.WORD)))));
  }

  static ObjectNode none() {
    return Json.object("match_none", Json.object());
  }

  /** Documents of some ids. */
  static ObjectNode documents(Collection<String> ids) {
    return Json.object("ids", Json.object("values", Json.array(ids)));
  }

  static ObjectNode term(String field, String term) {
    return Json.object("term", Json.object(field, Json.object("value", term)));
  }

  static ObjectNode terms(String field, Collection<?> terms) {
    return Json.object("terms", Json.object(field, Json.array(terms)));
  }

  static ObjectNode constant(ObjectNode query, double score) {
    return Json.object("constant_score", Json.object("filter", query, "boost", score));
  }

  static ObjectNode all(List<ObjectNode> filters) {
    return Json.object("bool", Json.object("filter", Json.array(filters)));
  }

  static ObjectNode any(List<ObjectNode> options) {
    return Json.object(
        "bool", Json.object("should", Json.array(options), "minimum_should_match", 1));
  }

  /** A range of numbers; open ends are left out. */
  static ObjectNode range(String field, long from, long to) {
    ObjectNode range = Json.object();
    if (from != Long.MIN_VALUE) {
      range.put("gte", from);
    }
    if (to != Long.MAX_VALUE) {
      range.put("lte", to);
    }
    return range.isEmpty()
        ? Json.object("exists", Json.object("field", field))
        : Json.object("range", Json.object(field, range));
  }

  /** The field in which a term is looked up. */
  static String field(String field, String term) {
    if (field.equals(Schema.TEXT_FIELD)) {
      return SpokenTerms.isStem(term) ? Mapping.STEMS : field;
    }
    return Schema.field(field)
        .filter(known -> known.type() == FieldType.NAME)
        .map(Mapping::lookedUp)
        .orElse(field);
  }

  /** A term as it stands in the field. */
  static String written(String field, String term) {
    boolean words = field.equals(Schema.TEXT_FIELD) || field.equals(Schema.CONTEXT_FIELD);
    return words && !SpokenTerms.isStem(term) ? OpenSearchTerms.word(term) : term;
  }

  /** Moments of a facet's value, as a filter of the request chooses it: the whole value. */
  static ObjectNode chosen(Field facet, List<String> values) {
    List<String> wanted = values.stream().map(facet::key).toList();
    return terms(Mapping.lookedUp(facet), wanted);
  }

  /** Matches what a query matches. */
  ObjectNode filter(SpokenQuery query) {
    ranking = 0;
    return of(query);
  }

  /**
   * Matches what a query matches, and ranks it by all but the words that stand around moments,
   * which {@link Mapping#AROUND} ranks.
   *
   * @param counts what a term of the text counts that ranks by itself, beside BM25; 0 if it does
   *     not
   */
  ObjectNode ranked(SpokenQuery query, ToDoubleFunction<String> counts) {
    ranking = MOST_RANKING;
    counting = counts;
    return of(query);
  }

  private ObjectNode of(SpokenQuery query) {
    return switch (query) {
      case SpokenQuery.All all -> constant(moments(), 1);
      case SpokenQuery.None none -> none();
      case SpokenQuery.Bool bool -> bool(bool);
      case SpokenQuery.Words words -> words(words);
      case SpokenQuery.Row row -> row(row);
      case SpokenQuery.Together together -> together(together);
      case SpokenQuery.Term term ->
          term(field(term.field(), term.term()), written(term.field(), term.term()));
      case SpokenQuery.AnyTerm any -> anyTerm(any);
      case SpokenQuery.Synonyms synonyms ->
          anyTerm(
              new SpokenQuery.AnyTerm(Schema.TEXT_FIELD, List.copyOf(synonyms.words().keySet())));
      case SpokenQuery.Prefix prefix ->
          constant(
              Json.object(
                  "prefix", Json.object(Schema.TEXT_FIELD, Json.object("value", prefix.prefix()))),
              1);
      case SpokenQuery.Boosted boosted -> boosted(boosted);
      case SpokenQuery.Constant constant -> constant(of(constant.query()), constant.score());
      case SpokenQuery.Range range -> constant(range(range.field(), range.from(), range.to()), 1);
    };
  }

  /** A moment that has all parts itself is one of them always; the others were looked for. */
  private ObjectNode together(SpokenQuery.Together together) {
    int ranks = ranking;
    ranking = 0;
    ObjectNode all = all(together.parts().stream().map(this::of).toList());
    ranking = ranks;
    MeetingMoments others = met(together);
    return constant(
        others == null || others.ids().isEmpty() ? all : any(List.of(all, others.filter())), 0);
  }

  private ObjectNode boosted(SpokenQuery.Boosted boosted) {
    return Json.object(
        "bool", Json.object("must", Json.array(of(boosted.query())), "boost", boosted.by()));
  }

  private ObjectNode bool(SpokenQuery.Bool bool) {
    ObjectNode body = Json.object();
    body.set("must", list(bool.must()));
    body.set("filter", list(bool.filter()));
    body.set("must_not", list(bool.mustNot()));
    List<SpokenQuery> should = bool.should();
    if (bool.needed() == 0) {
      // What need not match is only for the rank.
      should = should.subList(0, Math.min(should.size(), ranking));
      ranking -= should.size();
    }
    body.set("should", list(should));
    body.put("minimum_should_match", bool.needed());
    if (bool.needed() > should.size()) {
      return none();
    }
    return Json.object("bool", body);
  }

  private ArrayNode list(List<SpokenQuery> queries) {
    return Json.array(queries.stream().map(this::of).toList());
  }

  /** All forms of all words match; the first of those that rank by themselves do. */
  private ObjectNode words(SpokenQuery.Words words) {
    List<ObjectNode> any = new ArrayList<>();
    Map<String, List<String>> rest = new HashMap<>();
    for (Forms forms : words.words()) {
      double weight = forms.importance();
      for (int i = 0; i < forms.terms().size(); i++) {
        String term = forms.terms().get(i);
        if (neverSaid.contains(term)) {
          continue;
        }
        String field = field(Schema.TEXT_FIELD, term);
        String written = written(Schema.TEXT_FIELD, term);
        double counts = ranking > 0 ? counting.applyAsDouble(term) : 0;
        if (counts > 0) {
          ranking--;
          any.add(
              Json.object(
                  "term",
                  Json.object(
                      field,
                      Json.object(
                          "value", written, "boost", weight * forms.weights().get(i) * counts))));
        } else {
          rest.computeIfAbsent(field, key -> new ArrayList<>()).add(written);
        }
      }
    }
    rest.forEach((field, terms) -> any.add(constant(terms(field, terms), 0)));
    return any.isEmpty() ? none() : any(any);
  }

  private static ObjectNode anyTerm(SpokenQuery.AnyTerm any) {
    if (any.terms().isEmpty()) {
      return none();
    }
    Map<String, List<String>> byField = new HashMap<>();
    for (String term : any.terms()) {
      byField
          .computeIfAbsent(field(any.field(), term), key -> new ArrayList<>())
          .add(written(any.field(), term));
    }
    List<ObjectNode> each = new ArrayList<>();
    byField.forEach((field, terms) -> each.add(terms(field, terms)));
    return constant(each.size() == 1 ? each.getFirst() : any(each), 1);
  }

  private ObjectNode row(Row row) {
    if (!isHidden(row)) {
      return spans(row.words());
    }
    return ids(frequencies(row).keySet());
  }

  /** Documents of some ids, however many. */
  static ObjectNode ids(Collection<String> all) {
    List<String> ids = List.copyOf(all);
    List<ObjectNode> some = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += MOST_IDS) {
      List<String> part = ids.subList(from, Math.min(ids.size(), from + MOST_IDS));
      some.add(documents(part));
    }
    return some.isEmpty() ? none() : any(some);
  }

  /**
   * Words in a row that begin in the moment: for each of them, those up to it are the moment's own
   * and the others are said after it.
   */
  static ObjectNode intervals(List<String> words) {
    List<ObjectNode> each = new ArrayList<>();
    for (int own = words.size(); own > 0; own--) {
      StringBuilder row = new StringBuilder();
      for (int i = 0; i < words.size(); i++) {
        String word = OpenSearchTerms.word(words.get(i));
        row.append(i == 0 ? "" : " ").append(i < own ? word : OpenSearchTerms.continued(word));
      }
      each.add(
          Json.object(
              "match",
              Json.object(
                  "query",
                  row.toString(),
                  "ordered",
                  true,
                  "max_gaps",
                  0,
                  "analyzer",
                  "whitespace")));
    }
    return Json.object(
        "intervals",
        Json.object(
            Schema.TEXT_FIELD, Json.object("any_of", Json.object("intervals", Json.array(each)))));
  }

  /**
   * Adds up how often {@link #intervals} that ask for nothing else find something: they score f /
   * (f + 1).
   */
  static ObjectNode often() {
    String source = "double s = _score.doubleValue(); return Math.round(s / (1 - s));";
    return Json.object("sum", Json.object("script", Json.object("source", source)));
  }

  /** Words in a row that begin in the moment; does not tell how often. */
  static ObjectNode spans(List<String> words) {
    List<ObjectNode> each = new ArrayList<>();
    for (String word : words) {
      String term = OpenSearchTerms.word(word);
      each.add(each.isEmpty() ? span(term) : ownOrContinued(term));
    }
    return Json.object(
        "span_near", Json.object("in_order", true, "slop", 0, "clauses", Json.array(each)));
  }

  /** Moments that have a word. */
  static ObjectNode own(String word) {
    return term(Schema.TEXT_FIELD, OpenSearchTerms.word(word));
  }

  /** Moments that have a word, or in which it is said soon after. */
  static ObjectNode ownOrSaidNext(String word) {
    String term = OpenSearchTerms.word(word);
    return terms(Schema.TEXT_FIELD, List.of(term, OpenSearchTerms.continued(term)));
  }

  private static ObjectNode ownOrContinued(String term) {
    return Json.object(
        "span_or",
        Json.object("clauses", Json.array(span(term), span(OpenSearchTerms.continued(term)))));
  }

  /** Terms that score as if they were one, as often and as rare as all of them together. */
  static ObjectNode asOne(String field, Collection<String> terms, double boost) {
    if (terms.size() == 1) {
      return Json.object(
          "term",
          Json.object(field, Json.object("value", terms.iterator().next(), "boost", boost)));
    }
    StringBuilder atOnePlace = new StringBuilder();
    terms.forEach(term -> atOnePlace.append(OpenSearchTerms.BESIDE).append(term));
    return Json.object(
        "match",
        Json.object(
            field,
            Json.object(
                "query", atOnePlace.toString(), "analyzer", Mapping.ANALYZER, "boost", boost)));
  }

  /** Scores moments by how near two of their own words stand to each other. */
  static ObjectNode pair(String one, String other, int gaps, double weight) {
    return Json.object(
        "match_phrase",
        Json.object(
            Schema.TEXT_FIELD,
            Json.object(
                "query",
                OpenSearchTerms.word(one) + ' ' + OpenSearchTerms.word(other),
                "analyzer",
                "whitespace",
                "slop",
                gaps,
                "boost",
                weight)));
  }

  /** Moments that have words, or in which they are said soon after, near each other. */
  static ObjectNode near(Collection<String> words, int gaps) {
    List<ObjectNode> each = new ArrayList<>();
    for (String word : words) {
      each.add(ownOrContinued(OpenSearchTerms.word(word)));
    }
    return each.size() == 1
        ? each.getFirst()
        : Json.object(
            "span_near", Json.object("in_order", false, "slop", gaps, "clauses", Json.array(each)));
  }

  private static ObjectNode span(String term) {
    return Json.object("span_term", Json.object(Schema.TEXT_FIELD, term));
  }
}
