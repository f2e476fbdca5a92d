/**
 * The one definition of a word.
 *
 * <p>Indexing, alignment, queries, ranking and both engines take their words from here, so that the
 * <em>n</em>-th word of a text is the same word to all of them.
 *
 * <ul>
 *   <li>{@link dev.earmark.text.Words} splits a text into words and folds them: case, accents and
 *       apostrophes do not matter.
 *   <li>{@link dev.earmark.text.Stemmer} reduces a folded word to its stem, by language (Snowball;
 *       Korean by its particles).
 *   <li>{@link dev.earmark.text.SpokenTerms} writes words and stems as terms of an index.
 *   <li>{@link dev.earmark.text.LanguageGuess} names the language of a text.
 *   <li>{@link dev.earmark.text.PlainWords} leaves out what editors change, so that speech can be
 *       compared with print; {@link dev.earmark.text.NumberWords} reads numbers for it, {@link
 *       dev.earmark.text.EnglishNouns} drops plurals, {@link dev.earmark.text.WordNumbers} numbers
 *       the different words of an episode.
 * </ul>
 *
 * <p>The package knows the JDK and, behind its own types, Lucene's stemmers.
 */
@NullMarked
package dev.earmark.text;

import org.jspecify.annotations.NullMarked;
