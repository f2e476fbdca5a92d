package dev.earmark.search.spoken;

import dev.earmark.query.NotUnderstood;
import dev.earmark.search.SearchPage;
import dev.earmark.search.rank.ContextBoost;
import dev.earmark.search.rank.RankingParameters;
import dev.earmark.search.rank.TermProximity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is searched for a query, and what is shown of what is found.
 *
 * @param query which moments match and how well
 * @param exact moments that match more of these come before all others: for each rare word that is
 *     also looked for by its sound, what has the word itself; inside one episode also what has the
 *     words of the query in a row, and what is meant
 * @param meant what of all that is listed has as much of the query as has to come together; null if
 *     all has
 * @param question whether it is asked as a question
 * @param evidence words in the order of the query: moments that have them so are more likely to be
 *     meant, and finding out costs more ({@link TermProximity})
 * @param named what the speakers say whom it calls by name; null if there are none ({@link
 *     ContextBoost})
 * @param nearOnly those of them in which a word is found nearly and not itself; null if no word was
 *     looked for so
 * @param nearOffered whether words were not looked for as what is near them because they are said
 * @param looser what has any of the things asked for; null if that is all the query finds anyway
 * @param matched what of the query has to be met together; null if it is no more than one thing
 * @param patterns what to mark in their text
 * @param between words of the query that are marked where they join what is marked, not alone
 * @param notUnderstood what was cut or could not be done, beside what the parser reported
 */
public record QueryPlan(
    SpokenQuery query,
    List<SpokenQuery> exact,
    @Nullable SpokenQuery meant,
    boolean question,
    List<List<Forms>> evidence,
    SpokenQuery.@Nullable AnyTerm named,
    @Nullable SpokenQuery nearOnly,
    boolean nearOffered,
    @Nullable SpokenQuery looser,
    SearchPage.@Nullable Matched matched,
    List<Pattern> patterns,
    Set<String> between,
    List<NotUnderstood> notUnderstood) {

  /** How many words after a hit more of the query may be said that is met with it; 0 if none. */
  public int reach(RankingParameters parameters) {
    return matched == null || matched.rule() == SearchPage.Matched.Rule.ANY
        ? 0
        : (int) parameters.togetherReach();
  }

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
