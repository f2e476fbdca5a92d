package dev.earmark.search.spoken;

import dev.earmark.schema.Schema;
import dev.earmark.search.rank.RankingParameters;
import dev.earmark.text.SpokenTerms;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is searched in place of words that are hardly ever said: those that sound like them.
 *
 * <p>A name that the recogniser did not know stands in the transcript as something else: Taku for
 * Teku, Verscell for Vercel, "type script" for TypeScript; and people mistype. So a word that fewer
 * than {@value #LITTLE} moments hold in any form is also looked for in its near forms. Whether that
 * is so depends on the word and the state of the index alone, never on the filters, so that every
 * page and every count of a search means the same.
 *
 * <p>A near form weighs less the less alike it is, and a moment that has the word itself comes
 * before all that have it nearly. Not thread-safe; one a search.
 */
final class NearForms {
  /** Fewer moments than this are too few to be all there is. */
  static final int LITTLE = 3;

  /** Nobody has so many names in one query; a look through all words costs milliseconds. */
  static final int MOST_WORDS = 16;

  private static final int SHORTEST_WORD = 4;
  private static final int SHORTEST_PART = 3;

  private final IndexStatistics index;
  private final float weight;
  private final Expansions expansions;
  private final List<SpokenQuery> instead = new ArrayList<>();
  private final List<SpokenQuery> exact = new ArrayList<>();
  private final SpokenQuery.Builder nearOnly = new SpokenQuery.Builder();
  private List<List<String>> pairs = List.of();
  private int looked;
  private @Nullable String cutAt;
  private boolean any;

  /** A form to search beside a word, and how much an occurrence counts. */
  record Form(String word, float weight) {}

  NearForms(IndexStatistics index, Expansions expansions, RankingParameters parameters) {
    this.index = index;
    this.expansions = expansions;
    this.weight = (float) parameters.nearForm();
  }

  /**
   * The near forms of a word; none if the word is found often enough as it is.
   *
   * @param forms the terms that are the word itself in its forms
   * @param own tells whether a word is such a form
   */
  List<Form> of(String word, List<String> forms, WordTest own) throws IOException {
    pairs = List.of();
    if (word.length() < SHORTEST_WORD || !WordList.isPlain(word) || isFound(forms)) {
      return List.of();
    }
    if (looked >= MOST_WORDS) {
      cutAt = cutAt == null ? word : cutAt;
      return List.of();
    }
    if (!expansions.mayLook(word)) {
      return List.of();
    }
    looked++;
    List<Form> near = new ArrayList<>();
    for (WordList.Near one : expansions.take(word, index.near().alike(word))) {
      if (own.test(one.word(), one.word()) == null) {
        near.add(new Form(one.word(), weight * one.likeness()));
      }
    }
    List<SpokenQuery> asPhrases = new ArrayList<>();
    pairs = index.near().apart(word);
    for (List<String> pair : pairs) {
      asPhrases.add(new SpokenQuery.Row(pair, 0));
    }
    if (near.isEmpty() && asPhrases.isEmpty()) {
      return near;
    }
    any = true;
    SpokenQuery.Builder nearly = new SpokenQuery.Builder();
    nearly.should(anyOf(near.stream().map(Form::word).toList()));
    asPhrases.forEach(nearly::should);
    instead.addAll(asPhrases);
    SpokenQuery exactly = anyOf(forms);
    nearOnly.should(new SpokenQuery.Builder().filter(nearly.build()).mustNot(exactly).build());
    exact.add(exactly);
    return near;
  }

  /** The pairs of words that are searched in place of the word asked about last. */
  List<List<String>> pairs() {
    return pairs;
  }

  /**
   * Two words of a query that are said as one: "type script" for TypeScript. Only if they are
   * hardly ever said as two.
   *
   * @return the word, or null
   */
  @Nullable String joined(String first, String second) throws IOException {
    if (Math.min(first.length(), second.length()) < SHORTEST_PART
        || !WordList.isPlain(first)
        || !WordList.isPlain(second)) {
      return null;
    }
    String joined = first + second;
    if (joined.length() > SpokenTerms.LONGEST_WORD
        || index.frequency(joined) == 0
        || index.hasAtLeast(LITTLE, new SpokenQuery.Row(List.of(first, second), 0))) {
      return null;
    }
    any = true;
    instead.add(new SpokenQuery.Synonyms(Map.of(joined, weight)));
    nearOnly.should(term(joined));
    return joined;
  }

  /** Takes note that a query itself asks for near forms, which then count as such. */
  void asked(String word, Collection<String> near) {
    nearOnly.should(new SpokenQuery.Builder().filter(anyOf(near)).mustNot(term(word)).build());
    any = true;
  }

  private boolean isFound(List<String> forms) throws IOException {
    for (String form : forms) {
      if (index.frequency(form) >= LITTLE) {
        return true;
      }
    }
    return false;
  }

  private static SpokenQuery anyOf(Collection<String> words) {
    return new SpokenQuery.AnyTerm(Schema.TEXT_FIELD, List.copyOf(words));
  }

  private static SpokenQuery term(String word) {
    return new SpokenQuery.Term(Schema.TEXT_FIELD, word);
  }

  /** Takes note that what matches here is near to what was asked. */
  void nearly(SpokenQuery query) {
    nearOnly.should(query);
    any = true;
  }

  /** The first word that was not looked at because there were too many before it; or null. */
  @Nullable String cutAt() {
    return cutAt;
  }

  /**
   * What may match in place of the words asked about since the last call.
   *
   * @param others what else may
   */
  SpokenQuery orInstead(SpokenQuery words, List<SpokenQuery> others) {
    instead.addAll(others);
    if (instead.isEmpty()) {
      return words;
    }
    SpokenQuery.Builder or = new SpokenQuery.Builder().should(words);
    instead.forEach(or::should);
    instead.clear();
    return or.build();
  }

  /** For each word that has near forms what has the word itself. */
  List<SpokenQuery> exact() {
    return List.copyOf(exact);
  }

  /** The moments in which a word is found nearly and not itself; null if none was looked for so. */
  @Nullable SpokenQuery nearOnly() {
    return any ? nearOnly.build() : null;
  }
}
