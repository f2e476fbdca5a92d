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
 * The plan of a query: what to search, and what to show.
 *
 * @param query which moments match, and how they score
 * @param exact moments that match more of these rank before all others: for each rare word that is
 *     also searched in near forms, the word itself; within one episode also the query as a phrase,
 *     and what is meant
 * @param company inside one episode what has any word of the query, with its score, whether it is
 *     listed or not; null elsewhere ({@link ContextBoost})
 * @param meant the listed moments that have enough of the query; null if all do
 * @param question whether the query is a question
 * @param parts the things that are asked for together, with what each weighs; empty if there is
 *     only one
 * @param evidence words in the order of the query, whose closeness raises a score; costlier to
 *     evaluate ({@link TermProximity})
 * @param named what the speakers say who are called by name; null if nobody is ({@link
 *     ContextBoost})
 * @param nearOnly the matches in which some word is only found nearly; null if no near forms were
 *     searched
 * @param nearOffered whether near forms were left out because the words themselves are said
 * @param looser what has any of the words; null if {@code query} finds that already
 * @param matched the parts of the query that must occur together; null if there is only one
 * @param patterns what to highlight
 * @param between words that are highlighted only where they join highlighted words
 * @param notUnderstood what was cut or could not be done, beside what the parser reported
 */
public record QueryPlan(
    SpokenQuery query,
    List<SpokenQuery> exact,
    @Nullable SpokenQuery company,
    @Nullable SpokenQuery meant,
    boolean question,
    List<Part> parts,
    List<List<Forms>> evidence,
    SpokenQuery.@Nullable AnyTerm named,
    @Nullable SpokenQuery nearOnly,
    boolean nearOffered,
    @Nullable SpokenQuery looser,
    SearchPage.@Nullable Matched matched,
    List<Pattern> patterns,
    Set<String> between,
    List<NotUnderstood> notUnderstood) {

  /**
   * A thing that is asked for together with others.
   *
   * @param query the moments that have it
   * @param weight what it weighs beside the others, above 0
   */
  public record Part(SpokenQuery query, int weight) {}

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
