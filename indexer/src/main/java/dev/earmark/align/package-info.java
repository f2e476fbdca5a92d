/**
 * Gives moments what their source leaves open: a place on the timeline, and topics.
 *
 * <p><b>What goes in</b> is an episode as it was read ({@link dev.earmark.corpus.EpisodeDocument}):
 * sources whose moments have times, such as captions, timed notes and digests, and sources, or
 * moments beside them, that have none. <b>What comes out</b> is the same episode, no moment more or
 * less, where unplaced moments that could be placed have an anchor {@code estimated}, with a
 * confidence and how it was found. What a source says itself is never changed. An episode in which
 * nothing or everything is placed passes through untouched.
 *
 * <table>
 *   <caption>How a moment may be placed</caption>
 *   <tr><th>how</th><th>what</th><th>found by</th></tr>
 *   <tr><td>{@code transcript}</td><td>spoken words without times; they get the time of every word
 *       as well</td><td>{@link dev.earmark.align.TranscriptPlacer}: pairing the words of two
 *       versions by runs that come once in each, the longest rising chain of them, and global
 *       alignment between</td></tr>
 *   <tr><td>{@code quote}</td><td>quotes, to the word they begin with</td><td>{@link
 *       dev.earmark.align.QuotePlacer}: rare runs of words as seeds, local alignment around them; a
 *       quote said at several places by the section it stands in</td></tr>
 *   <tr><td>{@code order+words}</td><td>headings, summaries, paragraphs, bullets</td><td>{@link
 *       dev.earmark.align.OutlinePlacer}: sections share the timeline out among themselves in their
 *       order, then what stands in each shares its stretch; a hidden Markov model over cells of
 *       time, with a way out for what is about nothing in the recording</td></tr>
 *   <tr><td>{@code section}</td><td>what else stands in a placed section</td><td>the stretch of the
 *       section</td></tr>
 *   <tr><td>{@code words}</td><td>glossaries, takeaways, names, which have no
 *       order</td><td>the same model with one part</td></tr>
 *   <tr><td>{@code topic}</td><td>topics that the episode declares and a document
 *       lists</td><td>{@link dev.earmark.align.TopicPlacer}: where most of what speaks of it
 *       lies</td></tr>
 * </table>
 *
 * <p>The papers behind each method are named where it is written: {@link
 * dev.earmark.align.LocalAlignment}, {@link dev.earmark.align.QuoteFinder}, {@link
 * dev.earmark.align.WordPairs}, {@link dev.earmark.align.Affinity}, {@link
 * dev.earmark.align.OrderedStretches}, {@link dev.earmark.align.OrderEvidence}. All compare {@link
 * dev.earmark.text.PlainWords}, which are the same for "a trillion dollars" and "$1 trillion".
 *
 * <p><b>Confidence</b> is the share of such anchors that are right: within 5 s for words, in the
 * stretch that is spoken of or 60 s from it for the rest. {@link dev.earmark.align.Calibration}
 * says how it was fitted and with which command it is fitted anew. Below {@code 0.4} nothing is
 * claimed: a document about another recording, in another language or longer than the talk stays
 * unplaced, and is found as before. Whether it is about another one is told by whether its order is
 * right rather than by how well it fits ({@link dev.earmark.align.OrderEvidence}).
 *
 * <p><b>Cost.</b> The row of words, the index of runs and the pairing of transcripts are linear in
 * the length of the recording, but for sorting. A quote costs the same on one hour as on ten.
 * Sections cost the product of their number and that of cells, which is bounded: cells are ten
 * seconds long, or longer where there are many sections.
 *
 * <p><b>Topics.</b> {@link dev.earmark.align.TopicTagger} gives topics to the moments that speak of
 * them; where in the recording a topic is spoken of is where the moments lie that have it.
 */
@NullMarked
package dev.earmark.align;

import org.jspecify.annotations.NullMarked;
