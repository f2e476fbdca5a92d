package dev.earmark.search.spoken;

import dev.earmark.query.ParsedQuery;
import dev.earmark.query.Query;
import dev.earmark.schema.Schema;
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
import java.util.stream.Stream;

/**
 * The languages that a query may be in: those it names, or the one that its script or its function
 * words give away, or else all of the index that are not ruled out.
 *
 * <p>A function word of one language is often a content word of another: "war" is "was" in German,
 * and "men" is "but" in Swedish. So a language is ruled out, and with it its function words, where
 * the other words of the query are hardly said in it: "iraq war" is not German because somebody
 * speaks German somewhere in the index.
 *
 * <p>The words of a query are stemmed, and its numbers read, in these languages only. Text of any
 * language is found by the words as they stand. Not thread-safe; one a search.
 */
final class QueryLanguages {
  /** In their language content words are said a third as often as anywhere, or more. */
  private static final int LESS_OFTEN = 3;

  /** So many moments tell enough, however frequent a word is. */
  private static final int ENOUGH = 1_000;

  /** The first words of a long query tell its language. */
  private static final int MOST_WORDS = 16;

  /** So many function words, said mostly in one language, tell it whatever stands beside them. */
  private static final int FUNCTION_WORDS_THAT_TELL = 2;

  private final IndexStatistics index;
  private final Map<String, Spoken> spoken = new LinkedHashMap<>();
  private final int total;

  /** The tags of a language in the index, and how many moments have them. */
  private record Spoken(List<String> tags, int moments) {
    Spoken and(Spoken other) {
      List<String> both = new ArrayList<>(tags);
      both.addAll(other.tags);
      return new Spoken(both, moments + other.moments);
    }
  }

  private QueryLanguages(IndexStatistics index) throws IOException {
    this.index = index;
    for (String tag : index.languageTags()) {
      String primary = Stemmer.primary(tag);
      String language = primary.equals(LanguageGuess.UNDETERMINED) ? "en" : primary;
      spoken.merge(language, new Spoken(List.of(tag), index.frequency("lang", tag)), Spoken::and);
    }
    total = spoken.values().stream().mapToInt(Spoken::moments).sum();
  }

  /** Primary language subtags, those of most moments first; at least one. */
  static List<String> of(ParsedQuery query, Scope scope, IndexStatistics index) throws IOException {
    QueryLanguages languages = new QueryLanguages(index);
    List<String> all = languages.byMoments();
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
    List<String> words =
        Stream.of(Words.of(query.text()).folded()).distinct().limit(MOST_WORDS).toList();
    index.lookUp(words);
    List<String> possible = new ArrayList<>();
    for (String language : all) {
      if (languages.isPossible(language, words)) {
        possible.add(language);
      }
    }
    List<String> given = byFunctionWords(words, possible);
    return given.size() == 1 ? given : possible.isEmpty() ? all : List.copyOf(possible);
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

  private List<String> byMoments() {
    List<String> languages =
        spoken.entrySet().stream()
            .sorted(Comparator.comparing(one -> -one.getValue().moments()))
            .map(Map.Entry::getKey)
            .toList();
    return languages.isEmpty() ? List.of("en") : languages;
  }

  /** Whether a query may be in a language: nothing of it speaks against its function words. */
  private boolean isPossible(String language, List<String> words) throws IOException {
    Set<String> content = new LinkedHashSet<>(words);
    content.removeAll(FunctionWords.of(language));
    Set<String> function = new LinkedHashSet<>(words);
    function.removeAll(content);
    if (function.isEmpty()) {
      return true;
    }
    Spoken here = spoken.getOrDefault(language, new Spoken(List.of(), 0));
    boolean isSaid = !content.isEmpty();
    for (String word : content) {
      long usual = (long) index.frequency(word) * here.moments() / Math.max(1, total);
      isSaid = isSaid && isSaid(word, here, usual / LESS_OFTEN);
    }
    int told = 0;
    for (String word : isSaid ? Set.<String>of() : function) {
      told += isSaid(word, here, index.frequency(word) / 2) ? 1 : 0;
    }
    return isSaid || told >= Math.min(FUNCTION_WORDS_THAT_TELL, words.size());
  }

  /**
   * Whether a word is said in a language in so many moments, or enough; one that nobody says at all
   * speaks against no language.
   */
  private boolean isSaid(String word, Spoken language, long wanted) throws IOException {
    return index.frequency(word) == 0
        || index.hasAtLeast(
            Math.clamp(wanted, 1, ENOUGH),
            new SpokenQuery.Builder()
                .filter(new SpokenQuery.Term(Schema.TEXT_FIELD, word))
                .filter(new SpokenQuery.AnyTerm("lang", language.tags()))
                .build());
  }
}
