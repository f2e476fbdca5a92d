package dev.earmark.search.spoken;

import dev.earmark.query.NotUnderstood;
import dev.earmark.search.rank.ContextBoost;
import dev.earmark.search.rank.TermProximity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is searched for a query, and what is shown of what is found.
 *
 * @param query which moments match and how well
 * @param exact for each rare word that is also looked for by its sound: what has the word itself;
 *     moments that match more of these come before all others
 * @param evidence words in the order of the query: moments that have them so are more likely to be
 *     meant, and finding out costs more ({@link TermProximity})
 * @param named what the speakers say whom it calls by name; null if there are none ({@link
 *     ContextBoost})
 * @param nearOnly those of them in which a word is found nearly and not itself; null if no word was
 *     looked for so
 * @param patterns what to mark in their text
 * @param notUnderstood what was cut or could not be done, beside what the parser reported
 */
public record QueryPlan(
    SpokenQuery query,
    List<SpokenQuery> exact,
    List<List<Forms>> evidence,
    SpokenQuery.@Nullable AnyTerm named,
    @Nullable SpokenQuery nearOnly,
    List<Pattern> patterns,
    List<NotUnderstood> notUnderstood) {

  /** The words that are ranked by what is said in and around a moment. */
  public List<Forms> words() {
    List<Forms> words = new ArrayList<>();
    gather(query, words);
    return words;
  }

  private static void gather(SpokenQuery query, List<Forms> words) {
    switch (query) {
      case SpokenQuery.Words some -> words.addAll(some.words());
      case SpokenQuery.Boosted boosted -> gather(boosted.query(), words);
      case SpokenQuery.Bool bool -> {
        bool.must().forEach(one -> gather(one, words));
        bool.should().forEach(one -> gather(one, words));
      }
      default -> {
        // No words.
      }
    }
  }
}
