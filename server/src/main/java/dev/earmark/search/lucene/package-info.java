/**
 * Search on Lucene.
 *
 * <h2>Phrases across boundaries</h2>
 *
 * <p>Filters, facets and ranking want one document a moment, but speech does not stop where a
 * caption does. So the index numbers the words of an episode: each document stores the number of
 * its first word as a doc value ({@code position}), and the number of any word is that plus its
 * position in the document. Consecutive words have consecutive numbers, across captions, paragraphs
 * and speakers; where a text breaks off, the gap is wider than any phrase. The moments of an
 * episode are neighbouring documents, in order, so {@link
 * dev.earmark.search.lucene.SpokenPhraseQuery} can follow a phrase from one document into the next
 * in a single forward pass. A hit is the document in which the phrase begins. Nothing is indexed
 * twice for it.
 *
 * <p>Cost: on disk two numbers a moment ({@code position}, {@code ordinal}), less than a tenth of a
 * byte a word. In a search one doc-value lookup for each occurrence of the rarest word, and one
 * step for each occurrence of the other words in those documents. Words near each other ({@code "a
 * b"~5}) are matched an episode at a time, and cost the occurrences of all words in the episodes of
 * the rarest. Two things must hold: the documents of an episode are written as one block, and a
 * moment without words ends a run.
 *
 * <h2>From a query to a page</h2>
 *
 * <ol>
 *   <li>{@link dev.earmark.search.lucene.QueryCompiler} has the query {@linkplain
 *       dev.earmark.search.spoken planned} and translates the plan into Lucene queries.
 *   <li>One pass over the index finds the matches, counts them for the total and the facets, and
 *       scores them by the words in and around each moment ({@link
 *       dev.earmark.search.lucene.SpokenWordsQuery}). Scores are multiplied by the {@link
 *       dev.earmark.search.rank.Prior} of the moment: a speaker's own words count more than a
 *       retelling, loops and advertisements little.
 *   <li>The best few hundred are {@linkplain dev.earmark.search.rank.Reranker reranked} by {@link
 *       dev.earmark.search.rank.TermProximity} and {@link dev.earmark.search.rank.ContextBoost};
 *       the {@link dev.earmark.search.rank.Diversifier} puts the best of each stretch first.
 *       Nothing is dropped, so the total equals what paging lists, and nothing depends on the page,
 *       so pages fit together. After those, a {@link dev.earmark.search.lucene.Cursor} continues by
 *       score.
 *   <li>The hits of the page are read and highlighted.
 * </ol>
 *
 * <h2>Meaning</h2>
 *
 * <p>{@link dev.earmark.search.lucene.MeaningSearch} finds the moments nearest in meaning to the
 * query, among those that pass its filters and meet what of it is strict. The pass over the index
 * notes which of them words match; the others are listed beside the total. By relevance, the best
 * by words and all the nearest are ordered together by {@link dev.earmark.search.rank.SecondLook},
 * and the other moments that words match follow by their score ({@link
 * dev.earmark.search.lucene.MeaningList}). In other orders both are merged by what is asked for.
 * The nearest are found again for each page, and are the same on a snapshot, so pages fit together.
 *
 * <p>All of it runs on one {@link dev.earmark.search.lucene.Snapshot} and under one {@link
 * dev.earmark.search.spoken.Deadline}. What is not found in time is missing from hits, total and
 * facets alike, and the answer says so.
 *
 * <h2>Snapshots and what is kept with them</h2>
 *
 * <p>{@link dev.earmark.search.lucene.Snapshots} opens, refreshes and closes. A class that computes
 * something once for a snapshot keeps it there by its own type: {@link
 * dev.earmark.search.lucene.EpisodeEntries}, {@link dev.earmark.search.lucene.FacetLabels}, {@link
 * dev.earmark.search.lucene.FieldNames}, {@link dev.earmark.search.lucene.WordTally}. Columns of a
 * segment ({@link dev.earmark.search.lucene.MomentColumns}, {@link
 * dev.earmark.search.lucene.FacetTuples}) are shared by all snapshots that have the segment. {@link
 * dev.earmark.search.lucene.Preparation} makes all of these in the background.
 *
 * <h2>Highlighting</h2>
 *
 * <p>Offsets are not indexed. {@link dev.earmark.search.spoken.MatchFinder} tokenises the stored
 * text of the hits on a page and finds the matches again; the {@link dev.earmark.model.TimeMap}
 * stored beside the text gives their times. That costs about as much as reading the page from disk
 * and saves a third of the index.
 *
 * <h2>Counting words</h2>
 *
 * <p>Word numbers also give the number of words of each moment. {@link
 * dev.earmark.search.lucene.WordTally} derives them, with speaker, show and month; {@link
 * dev.earmark.search.lucene.TrendReader} counts phrases against it.
 */
@NullMarked
package dev.earmark.search.lucene;

import org.jspecify.annotations.NullMarked;
