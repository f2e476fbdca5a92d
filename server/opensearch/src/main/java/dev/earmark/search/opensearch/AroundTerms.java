package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earmark.index.opensearch.Mapping;
import dev.earmark.index.opensearch.OpenSearchTerms;
import dev.earmark.search.rank.RankingParameters;
import dev.earmark.search.spoken.Forms;
import dev.earmark.search.spoken.SpokenQuery;
import dev.earmark.text.FunctionWords;
import dev.earmark.text.SpokenTerms;
import dev.earmark.text.Stemmer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The terms of {@link Mapping#AROUND} that stand for what a query looks for. Immutable. */
final class AroundTerms {
  /** So many terms lift hits; a query of more is long enough to be ranked by its first words. */
  private static final int MOST_LIFTING = 200;

  private final List<String> languages;

  /**
   * @param languages those of the index: a stem stands there without its language
   */
  AroundTerms(List<String> languages) {
    this.languages = List.copyOf(languages);
  }

  /** The terms that stand for a term of the text, in the languages of the index. */
  private Set<String> of(String term) {
    if (SpokenTerms.isStem(term)) {
      return Set.of(OpenSearchTerms.around(SpokenTerms.stemOf(term)));
    }
    Set<String> stems = new LinkedHashSet<>();
    String word = OpenSearchTerms.word(term);
    for (String language : languages) {
      stems.add(OpenSearchTerms.around(Stemmer.forLanguage(language).stem(word)));
    }
    return stems.isEmpty() ? Set.of(OpenSearchTerms.around(word)) : stems;
  }

  /** What lifts a moment in or around which the words of a query are said. */
  List<ObjectNode> lifting(SpokenQuery query, RankingParameters parameters) {
    Map<String, Float> weights = new LinkedHashMap<>();
    gather(query, (float) parameters.firstPassAround(), weights);
    List<ObjectNode> all = new ArrayList<>();
    weights.forEach((term, weight) -> {
      if (all.size() < MOST_LIFTING) {
        all.add(
            Json.object(
                "term", Json.object(Mapping.AROUND, Json.object("value", term, "boost", weight))));
      }
    });
    return all;
  }

  private void gather(SpokenQuery query, float boost, Map<String, Float> weights) {
    switch (query) {
      case SpokenQuery.Bool bool -> {
        bool.must().forEach(one -> gather(one, boost, weights));
        bool.should().forEach(one -> gather(one, boost, weights));
      }
      case SpokenQuery.Boosted boosted -> gather(boosted.query(), boost * boosted.by(), weights);
      case SpokenQuery.Words words -> {
        for (Forms forms : words.words()) {
          for (int i = 0; i < forms.terms().size(); i++) {
            float weight = boost * forms.importance() * forms.weights().get(i);
            of(forms.terms().get(i)).forEach(term -> weights.merge(term, weight, Math::max));
          }
        }
      }
      default -> {
        // Ranked by what stands in the moment alone.
      }
    }
  }

  /**
   * What moments have around in which a part of a query is said, or near one; null if that cannot
   * be told.
   */
  @Nullable ObjectNode around(SpokenQuery part) {
    Set<String> terms = new LinkedHashSet<>();
    return gather(part, terms) ? Dsl.terms(Mapping.AROUND, terms) : null;
  }

  private boolean gather(SpokenQuery part, Set<String> into) {
    return switch (part) {
      case SpokenQuery.AnyTerm any when any.field().equals(dev.earmark.schema.Schema.TEXT_FIELD) ->
          any.terms().stream().allMatch(term -> add(term, into));
      case SpokenQuery.Term term when term.field().equals(dev.earmark.schema.Schema.TEXT_FIELD) ->
          add(term.term(), into);
      case SpokenQuery.Row row ->
          // Its first word is said in the moment; that one does for all of them.
          add(row.words().getFirst(), into);
      case SpokenQuery.Bool bool
          when bool.must().isEmpty() && bool.filter().isEmpty() && !bool.should().isEmpty() ->
          allOf(bool.should(), into);
      default -> false;
    };
  }

  private boolean allOf(Collection<SpokenQuery> parts, Set<String> into) {
    return parts.stream().allMatch(part -> gather(part, into));
  }

  /** Whether a term of the text is a function word in a language of the index. */
  boolean isGrammar(String term) {
    return !SpokenTerms.isStem(term)
        && languages.stream().anyMatch(language -> FunctionWords.of(language).contains(term));
  }

  private boolean add(String term, Set<String> into) {
    if (SpokenTerms.isHeard(term)) {
      return false;
    }
    if (isGrammar(term)) {
      return false;
    }
    into.addAll(of(term));
    return true;
  }
}
