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
 * begins, once, and nothing is indexed twice for it. The cost is two numbers a moment on disk, and
 * at search time one doc-value look-up a candidate: the candidates are the occurrences of the
 * phrase's rarest word.
 *
 * <h2>Where matches are shown</h2>
 *
 * <p>Offsets are not indexed. For the hits of a page, {@link dev.earmark.search.lucene.MatchFinder}
 * splits the stored text into words again and asks which of them match; the {@link
 * dev.earmark.model.TimeMap} stored beside the text gives those their times. That costs a page of
 * hits about as much as reading it from disk, and keeps a third of the index unwritten.
 *
 * <h2>What is nearly said</h2>
 *
 * <p>A word that hardly a moment holds is also searched as the words that sound like it ({@link
 * dev.earmark.search.lucene.NearForms}, {@link dev.earmark.search.lucene.WordList}, {@link
 * dev.earmark.search.lucene.Phones}): a pass over the words of the index, once for each word asked
 * and state of the index. Whether it is done depends on the word and the index alone, so pages,
 * counts and highlights agree.
 *
 * <h2>What is counted</h2>
 *
 * <p>Since the words of an episode are numbered, how many a moment has need not be stored: {@link
 * dev.earmark.search.lucene.WordTally} takes it from the numbers, once for each state of the index,
 * with whose, of which show and month the words are. {@link dev.earmark.search.lucene.Trends} walks
 * the occurrences of a phrase against it.
 */
@NullMarked
package dev.earmark.search.lucene;

import org.jspecify.annotations.NullMarked;
