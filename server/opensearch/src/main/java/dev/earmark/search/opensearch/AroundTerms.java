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

  /** A form that counts so much is one of the word, and not only like it. */
  private static final float SURE = (float) RankingParameters.DEFAULT.otherForm();

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
  private record Word(Forms forms, float boost) {}

  private void gather(SpokenQuery query, float boost, List<Word> into) {
    switch (query) {
      case SpokenQuery.Bool bool -> {
        bool.must().forEach(one -> gather(one, boost, into));
        bool.should().forEach(one -> gather(one, boost, into));
      }
      case SpokenQuery.Boosted boosted -> gather(boosted.query(), boost * boosted.by(), into);
      case SpokenQuery.Words words -> {
        for (Forms forms : words.words()) {
          // The stem of a function word stands around moments, too, for rare words that share it.
          if (!isGrammar(forms.terms().getFirst())) {
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
   * What lifts a moment in or around which words of a query are said. How rare a word is the index
   * knows; the forms of a word count as one there, as rare as all of them together, and what is
   * only like it counts by itself.
   */
  List<ObjectNode> lifting(SpokenQuery query) {
    List<Word> words = new ArrayList<>();
    gather(query, 1, words);
    Map<Set<String>, Double> lifting = new LinkedHashMap<>();
    for (Word word : words) {
      double weighs = word.boost() * word.forms().importance();
      Set<String> forms = new LinkedHashSet<>();
      Map<String, Float> like = new LinkedHashMap<>();
      for (int i = 0; i < word.forms().terms().size(); i++) {
        String term = word.forms().terms().get(i);
        float counts = word.forms().weights().get(i);
        if (isAlone(term)) {
          continue;
        }
        if (counts >= SURE) {
          forms.addAll(of(term));
        } else {
          of(term).forEach(stem -> like.merge(stem, counts, Math::max));
        }
      }
      like.keySet().removeAll(forms);
      if (!forms.isEmpty()) {
        lifting.merge(forms, weighs, Math::max);
      }
      like.forEach((stem, counts) -> lifting.merge(Set.of(stem), weighs * counts, Math::max));
    }
    List<ObjectNode> all = new ArrayList<>();
    lifting.forEach((stems, weighs) -> {
      if (all.size() < MOST_LIFTING) {
        all.add(Dsl.asOne(Mapping.AROUND, stems, weighs));
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
