package dev.earmark.search.spoken;

import dev.earmark.query.ParsedQuery;
import dev.earmark.query.Query;
import dev.earmark.text.FunctionWords;
import dev.earmark.text.LanguageGuess;
import dev.earmark.text.Stemmer;
import dev.earmark.text.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The languages that a query may be in: those it names, or the one that its script or its function
 * words give away, or else all of the index.
 *
 * <p>The words of a query are stemmed, and its numbers read, in these languages only. Text of any
 * language is found by the words as they stand. Stateless.
 */
final class QueryLanguages {
  private QueryLanguages() {}

  /** Primary language subtags, those of most moments first; at least one. */
  static List<String> of(ParsedQuery query, Scope scope, IndexStatistics index) throws IOException {
    List<String> all = ofIndex(index);
    Set<String> named = new LinkedHashSet<>();
    scope.languages().forEach(tag -> named.add(Stemmer.primary(tag)));
    for (Query.Clause clause : query.query().clauses()) {
      if (clause.occur() == Query.Occur.MUST
          && clause.query() instanceof Query.FieldIs is
          && is.field().equals("lang")) {
        named.add(Stemmer.primary(is.value()));
      }
    }
    if (!named.isEmpty()) {
      return List.copyOf(named);
    }
    if (all.size() == 1) {
      return all;
    }
    String byScript = LanguageGuess.byScript(query.text());
    if (all.contains(byScript)) {
      return List.of(byScript);
    }
    List<String> given = byFunctionWords(List.of(Words.of(query.text()).folded()), all);
    return given.size() == 1 ? given : all;
  }

  /** The languages that have one of the words among their function words, and others have not. */
  private static List<String> byFunctionWords(List<String> words, List<String> languages) {
    Map<String, String> only = new LinkedHashMap<>();
    Set<String> shared = new LinkedHashSet<>();
    for (String language : languages) {
      for (String word : words) {
        if (FunctionWords.of(language).contains(word) && only.putIfAbsent(word, language) != null) {
          shared.add(word);
        }
      }
    }
    only.keySet().removeAll(shared);
    return List.copyOf(new LinkedHashSet<>(only.values()));
  }

  private static List<String> ofIndex(IndexStatistics index) throws IOException {
    Map<String, Integer> moments = new LinkedHashMap<>();
    for (String tag : index.languageTags()) {
      String primary = Stemmer.primary(tag);
      moments.merge(
          primary.equals(LanguageGuess.UNDETERMINED) ? "en" : primary,
          index.frequency("lang", tag),
          Integer::sum);
    }
    List<String> languages = new ArrayList<>(moments.keySet());
    languages.sort(Comparator.comparing(moments::get, Comparator.reverseOrder()));
    return languages.isEmpty() ? List.of("en") : languages;
  }
}
