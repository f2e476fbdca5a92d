/**
 * The search on Lucene.
 *
 * <h2>How a phrase crosses a boundary</h2>
 *
 * <p>One document a moment is what filters, facets and ranks need, but speech does not stop where a
 * caption does. The index numbers the words of an episode: a document keeps, as a doc value, the
 * number of its first word ({@code position}), so the number of any word is that plus its position
 * in the document. Words that follow each other in speech have numbers that do, over captions,
 * paragraphs and speakers; between texts that do not go on there is a gap wider than any phrase. As
 * the moments of an episode are neighbouring documents in their order, the words of a phrase can be
 * followed from one document into the next by walking their postings forward once. {@link
 * dev.earmark.search.lucene.SpokenPhraseQuery} does that: a hit is the document in which the phrase
 * begins, once, and nothing is indexed twice for it.
 *
 * <p>What it costs. On disk two numbers a moment, {@code position} and {@code ordinal}, under a
 * tenth of a byte a word. In a search, one doc-value look-up a candidate, where the candidates are
 * the occurrences of the phrase's rarest word, and a step for each occurrence of the other words in
 * the documents of candidates. Words near each other ({@code "a b"~5}) are looked for an episode at
 * a time and cost the occurrences of all words in the episodes that have the rarest. What it asks
 * of the index: an episode's documents are written as one block and never parted, and a moment
 * without words ends a run.
 *
 * <h2>From a query to a page</h2>
 *
 * <ol>
 *   <li>{@link dev.earmark.search.lucene.QueryCompiler} turns what the shared {@link
 *       dev.earmark.search.spoken planner} finds is searched into Lucene's queries.
 *   <li>One pass over the index finds what matches, counts it for the total and all facets, and
 *       scores words by what is said in and around a moment ({@link
 *       dev.earmark.search.lucene.SpokenWordsQuery}, which explains the score). The score is
 *       multiplied by what a moment is worth before anything is asked ({@link
 *       dev.earmark.search.lucene.Prior}): somebody's own words more than a retelling, loops and
 *       advertisements little.
 *   <li>The best few hundred are {@link dev.earmark.search.lucene.Reranker looked at closely}: rows
 *       of words of the query lift them, so does good {@link dev.earmark.search.rank.ContextBoost
 *       company}, and the best of every {@link dev.earmark.search.rank.Diversifier stretch} goes
 *       before the others of it. Nothing is taken away, so the total is what paging lists; nothing
 *       depends on the page asked for, so pages fit together. From there on a {@link
 *       dev.earmark.search.lucene.Cursor} goes on after the last hit in the order of the scores.
 *   <li>The hits of the page are read and marked (below).
 * </ol>
 *
 * <p>All of it runs on one {@link dev.earmark.search.lucene.Snapshot} of the index and until a
 * {@link dev.earmark.search.spoken.Deadline}: what was not found by then is missing from the hits,
 * the total and the facets alike, and the answer says so.
 *
 * <h2>Where matches are shown</h2>
 *
 * <p>Offsets are not indexed. For the hits of a page, {@link dev.earmark.search.spoken.MatchFinder}
 * splits the stored text into words again and asks which of them match; the {@link
 * dev.earmark.model.TimeMap} stored beside the text gives those their times. That costs a page of
 * hits about as much as reading it from disk, and keeps a third of the index unwritten.
 *
 * <h2>What is counted</h2>
 *
 * <p>Since the words of an episode are numbered, how many a moment has need not be stored: {@link
 * dev.earmark.search.lucene.WordTally} takes it from the numbers, once for each state of the index,
 * with whose, of which show and month the words are. {@link dev.earmark.search.lucene.TrendReader}
 * walks the occurrences of a phrase against it.
 */
@NullMarked
package dev.earmark.search.lucene;

import org.jspecify.annotations.NullMarked;
