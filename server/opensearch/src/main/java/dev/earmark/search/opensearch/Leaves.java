package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earmark.schema.Schema;
import dev.earmark.search.spoken.Forms;
import dev.earmark.search.spoken.QueryPlan;
import dev.earmark.search.spoken.SpokenQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The leaves of a query, each of which OpenSearch looks up itself. Requests name them, so every hit
 * comes with the score of each, and the frequency follows from the score.
 *
 * <p>The similarity of the text scores a term of frequency <i>f</i> as <i>f / (f + 1.2)</i> ({@link
 * dev.earmark.index.opensearch.Mapping}); intervals score <i>f / (f + 1)</i>.
 */
final class Leaves {
  private static final String HIT = "hit";

  private final Dsl dsl;
  private final Map<SpokenQuery, Integer> numbers = new LinkedHashMap<>();
  private final List<SpokenQuery> leaves = new ArrayList<>();
  private final Set<String> wordTerms = new LinkedHashSet<>();
  private final Set<String> rowWords = new LinkedHashSet<>();

  Leaves(QueryPlan plan, Dsl dsl) {
    this.dsl = dsl;
    gather(plan.query());
    for (SpokenQuery exact : plan.exact()) {
      if (exact instanceof SpokenQuery.Term) {
        gather(exact);
      } else {
        add(exact);
      }
    }
    if (plan.named() != null) {
      add(plan.named());
    }
  }

  private void gather(SpokenQuery query) {
    switch (query) {
      case SpokenQuery.Bool bool -> {
        bool.must().forEach(this::gather);
        bool.filter().forEach(this::gather);
        bool.should().forEach(this::gather);
        bool.mustNot().forEach(this::gather);
      }
      case SpokenQuery.Boosted boosted -> gather(boosted.query());
      case SpokenQuery.Constant constant -> gather(constant.query());
      case SpokenQuery.Words words -> {
        for (Forms forms : words.words()) {
          for (String term : forms.terms()) {
            add(textTerm(term));
            wordTerms.add(term);
          }
        }
      }
      case SpokenQuery.Synonyms synonyms ->
          synonyms.words().keySet().forEach(word -> add(textTerm(word)));
      case SpokenQuery.Row row -> {
        rowWords.addAll(row.words());
        if (!dsl.isHidden(row)) {
          add(row);
        }
      }
      case SpokenQuery.All all -> {}
      case SpokenQuery.Together together -> {}
      case SpokenQuery.None none -> {}
      case SpokenQuery.Term term -> add(term);
      case SpokenQuery.AnyTerm any -> add(any);
      case SpokenQuery.Prefix prefix -> add(prefix);
      case SpokenQuery.Range range -> add(range);
    }
  }

  static SpokenQuery.Term textTerm(String term) {
    return new SpokenQuery.Term(Schema.TEXT_FIELD, term);
  }

  private void add(SpokenQuery leaf) {
    if (numbers.putIfAbsent(leaf, leaves.size()) == null) {
      leaves.add(leaf);
    }
  }

  int size() {
    return leaves.size();
  }

  /** The number of a leaf. */
  int number(SpokenQuery leaf) {
    Integer number = numbers.get(leaf);
    if (number == null) {
      throw new IllegalArgumentException(leaf + " is not a leaf of this query");
    }
    return number;
  }

  /** All terms whose frequency in the index tells what a part weighs. */
  List<SpokenQuery.Term> weighed() {
    List<SpokenQuery.Term> terms = new ArrayList<>();
    for (SpokenQuery leaf : leaves) {
      if (leaf instanceof SpokenQuery.Term term) {
        terms.add(term);
      }
    }
    rowWords.forEach(word -> terms.add(textTerm(word)));
    return terms;
  }

  /** The terms of words that are ranked by what is around them. */
  Set<String> wordTerms() {
    return wordTerms;
  }

  /** The number of the first leaf that does not go into a request any more with those before. */
  int end(int from) {
    int parts = 0;
    int to = from;
    while (to < leaves.size()) {
      // A row is written as often as it has words.
      parts +=
          leaves.get(to) instanceof SpokenQuery.Row row
              ? row.words().size() * row.words().size()
              : 1;
      if (parts > Dsl.MOST_PARTS && to > from) {
        break;
      }
      to++;
    }
    return to;
  }

  /** Some leaves, named, and the part of a query that makes a hit. */
  List<ObjectNode> named(int from, int to, ObjectNode hit) {
    List<ObjectNode> named = new ArrayList<>();
    if (from == 0) {
      named.add(Json.object("constant_score", Json.object("filter", hit, "_name", HIT)));
    }
    for (int i = from; i < to; i++) {
      named.add(named(leaves.get(i), Integer.toString(i)));
    }
    return named;
  }

  private ObjectNode named(SpokenQuery leaf, String name) {
    return switch (leaf) {
      case SpokenQuery.Term term when isText(term) ->
          Json.object(
              "term",
              Json.object(
                  Dsl.field(term.field(), term.term()),
                  Json.object("value", Dsl.written(term.field(), term.term()), "_name", name)));
      case SpokenQuery.Row row -> {
        ObjectNode intervals = Dsl.intervals(row.words());
        ((ObjectNode) intervals.path("intervals").path(Schema.TEXT_FIELD)).put("_name", name);
        yield intervals;
      }
      default ->
          Json.object("constant_score", Json.object("filter", dsl.filter(leaf), "_name", name));
    };
  }

  private static boolean isText(SpokenQuery.Term term) {
    return term.field().equals(Schema.TEXT_FIELD) || term.field().equals(Schema.CONTEXT_FIELD);
  }

  /** Takes over what a hit has. */
  void read(JsonNode hit, Candidate into) {
    for (Map.Entry<String, JsonNode> matched : hit.path("matched_queries").properties()) {
      if (matched.getKey().equals(HIT)) {
        into.hit();
      } else {
        int number = Integer.parseInt(matched.getKey());
        into.frequency(number, frequency(leaves.get(number), matched.getValue().asDouble()));
      }
    }
  }

  private static float frequency(SpokenQuery leaf, double score) {
    return switch (leaf) {
      case SpokenQuery.Term term when isText(term) -> Math.round(1.2 * score / (1 - score));
      case SpokenQuery.Row row -> Math.round(score / (1 - score));
      default -> 1;
    };
  }
}
