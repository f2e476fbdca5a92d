/**
 * Words: how they are split, folded and stemmed.
 *
 * <p>Indexing, alignment, queries, ranking and both engines use this definition, so the
 * <em>n</em>-th word of a text is the same for all.
 *
 * <ul>
 *   <li>{@link dev.earmark.text.Words} splits a text and folds its words: case, accents and
 *       apostrophes do not matter.
 *   <li>{@link dev.earmark.text.Stemmer} reduces a folded word to its stem (Snowball; Korean by its
 *       particles).
 *   <li>{@link dev.earmark.text.SpokenTerms} encodes words and stems as index terms.
 *   <li>{@link dev.earmark.text.Numerals} reads and writes the numbers of a language, in words and
 *       digits.
 *   <li>{@link dev.earmark.text.FunctionWords} and {@link dev.earmark.text.MonthNames} know such
 *       words of many languages.
 *   <li>{@link dev.earmark.text.LanguageGuess} guesses the language of a text.
 *   <li>{@link dev.earmark.text.PlainWords} drops what editors change, so that speech can be
 *       compared with print. {@link dev.earmark.text.NumberWords} reads numbers for it, {@link
 *       dev.earmark.text.EnglishNouns} drops plurals, {@link dev.earmark.text.WordNumbers} numbers
 *       the distinct words of an episode.
 * </ul>
 *
 * <p>Depends on the JDK and, behind its own types, on Lucene's stemmers and on ICU.
 */
@NullMarked
package dev.earmark.text;

import org.jspecify.annotations.NullMarked;
