package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earmark.index.opensearch.Mapping;
import dev.earmark.index.opensearch.OpenSearchTerms;
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
import java.util.function.ToDoubleFunction;
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

  /** A word that is said in or around a moment, and how much more it counts than others. */
  record Word(Forms forms, float boost) {}

  /** The words of a query that rank a moment in or around which they are said. */
  List<Word> words(SpokenQuery query) {
    List<Word> words = new ArrayList<>();
    gather(query, 1, words);
    return words;
  }

  private void gather(SpokenQuery query, float boost, List<Word> into) {
    switch (query) {
      case SpokenQuery.Bool bool -> {
        bool.must().forEach(one -> gather(one, boost, into));
        bool.should().forEach(one -> gather(one, boost, into));
      }
      case SpokenQuery.Boosted boosted -> gather(boosted.query(), boost * boosted.by(), into);
      case SpokenQuery.Words words -> {
        for (Forms forms : words.words()) {
          if (!forms.terms().stream().allMatch(this::isAlone)) {
            into.add(new Word(forms, boost));
          }
        }
      }
      default -> {
        // Ranked by what stands in the moment alone.
      }
    }
  }

  /** Whether a term of the text ranks by itself, since it does not stand around moments. */
  boolean isAlone(String term) {
    return SpokenTerms.isHeard(term) || isGrammar(term);
  }

  /**
   * What lifts a moment in or around which words are said.
   *
   * @param weight what a word weighs
   */
  List<ObjectNode> lifting(List<Word> words, ToDoubleFunction<Forms> weight) {
    Map<String, Double> weights = new LinkedHashMap<>();
    for (Word word : words) {
      double weighs = word.boost() * weight.applyAsDouble(word.forms());
      for (int i = 0; i < word.forms().terms().size(); i++) {
        String term = word.forms().terms().get(i);
        double counts = weighs * word.forms().weights().get(i);
        if (!isAlone(term)) {
          of(term).forEach(stem -> weights.merge(stem, counts, Math::max));
        }
      }
    }
    List<ObjectNode> all = new ArrayList<>();
    weights.forEach((term, counts) -> {
      if (all.size() < MOST_LIFTING) {
        all.add(
            Json.object(
                "term", Json.object(Mapping.AROUND, Json.object("value", term, "boost", counts))));
      }
    });
    return all;
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
    if (isAlone(term)) {
      return false;
    }
    into.addAll(of(term));
    return true;
  }
}
