/**
 * What all engines share: planning a query, defining its score, and highlighting. Knows no engine.
 *
 * <ol>
 *   <li>{@link dev.earmark.search.spoken.QueryPlanner} turns a query into a {@link
 *       dev.earmark.search.spoken.QueryPlan}: a {@link dev.earmark.search.spoken.SpokenQuery} that
 *       the engine translates, and patterns to highlight. Each word is expanded to its {@link
 *       dev.earmark.search.spoken.WordForms}: the word, words of the same stem, {@link
 *       dev.earmark.search.spoken.Compounds}, and words that sound alike. Questions are checked for
 *       {@link dev.earmark.search.spoken.NamedSpeakers}.
 *   <li>The planner asks the index through {@link dev.earmark.search.spoken.IndexStatistics}: how
 *       many moments have a word, which names exist, and all words that are said ({@link
 *       dev.earmark.search.spoken.WordList}).
 *   <li>The score is the sum of {@link dev.earmark.search.rank.PassageScore}, {@link
 *       dev.earmark.search.rank.TermProximity} and {@link dev.earmark.search.rank.ContextBoost};
 *       {@link dev.earmark.search.rank.Diversifier} puts the best of each stretch first.
 *   <li>{@link dev.earmark.search.spoken.MatchFinder} finds the matches in the text of a hit, and
 *       their times.
 * </ol>
 *
 * <h2>Near forms</h2>
 *
 * <p>A word that hardly any moment has is also searched as words that sound alike ({@link
 * dev.earmark.search.spoken.NearForms}, {@link dev.earmark.search.spoken.WordList}, {@link
 * dev.earmark.text.Phones}). This takes one pass over the words of the index, once for each word
 * and snapshot. Whether it happens depends on the word, the index and the scope only, so pages,
 * counts and highlights agree.
 */
@NullMarked
package dev.earmark.search.spoken;

import org.jspecify.annotations.NullMarked;
