/**
 * What every engine shares: what is searched for a query, what a moment that matches is worth, and
 * what is shown of it. Nothing here knows an engine.
 *
 * <ol>
 *   <li>{@link dev.earmark.search.spoken.QueryPlanner} turns a tree of the query language into a
 *       {@link dev.earmark.search.spoken.QueryPlan}: a {@link
 *       dev.earmark.search.spoken.SpokenQuery} that an engine translates into its own, and what to
 *       mark in the text of hits. A word becomes all its {@link dev.earmark.search.spoken.WordForms
 *       forms}: itself, words of its stem, {@link dev.earmark.search.spoken.Compounds compounds},
 *       and what sounds like it. In a question, {@link dev.earmark.search.spoken.NamedSpeakers who
 *       is called by name} is asked for.
 *   <li>What that needs to know of an index is asked through {@link
 *       dev.earmark.search.spoken.IndexStatistics}: how many moments have a word, which names there
 *       are, and all the words that are said ({@link dev.earmark.search.spoken.WordList}).
 *   <li>What a moment is worth is the sum of {@link dev.earmark.search.rank.PassageScore what is
 *       said in and around it}, of words that stand {@link dev.earmark.search.rank.TermProximity
 *       together}, and of the {@link dev.earmark.search.rank.ContextBoost company} it keeps; {@link
 *       dev.earmark.search.rank.Diversifier} puts the best of every stretch first.
 *   <li>{@link dev.earmark.search.spoken.MatchFinder} finds in the text of a hit what matches, and
 *       when it is spoken.
 * </ol>
 *
 * <h2>What is nearly said</h2>
 *
 * <p>A word that hardly a moment holds is also searched as the words that sound like it ({@link
 * dev.earmark.search.spoken.NearForms}, {@link dev.earmark.search.spoken.WordList}, {@link
 * dev.earmark.search.spoken.Phones}): a pass over the words of the index, once for each word asked
 * and state of the index. Whether it is done depends on the word and the index alone, so pages,
 * counts and highlights agree.
 */
@NullMarked
package dev.earmark.search.spoken;

import org.jspecify.annotations.NullMarked;
