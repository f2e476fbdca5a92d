/**
 * Alignment: gives moments a place on the timeline, and topics, where their source gives none.
 *
 * <p><b>Input</b> is an episode as read ({@link dev.earmark.corpus.EpisodeDocument}): some moments
 * have times, such as captions, timed notes and digests; others have none. <b>Output</b> is the
 * same episode with the same moments, where those that could be placed have an {@code estimated}
 * anchor, with a confidence and a method. What a source states is never changed. An episode in
 * which nothing, or everything, has a time passes through.
 *
 * <table>
 *   <caption>Methods</caption>
 *   <tr><th>how</th><th>places</th><th>by</th></tr>
 *   <tr><td>{@code transcript}</td><td>speech without times; each word gets a time
 *       too</td><td>{@link dev.earmark.align.TranscriptPlacer}: pairs the words of two versions by
 *       runs that occur once in each, the longest rising chain of them, and global alignment
 *       between</td></tr>
 *   <tr><td>{@code quote}</td><td>quotes, to their first word</td><td>{@link
 *       dev.earmark.align.QuotePlacer}: rare runs of words as seeds, local alignment around them; a
 *       quote said several times, by the section it is in</td></tr>
 *   <tr><td>{@code order+words}</td><td>headings, summaries, paragraphs, bullets</td><td>{@link
 *       dev.earmark.align.OutlinePlacer}: sections divide the timeline in their order, and their
 *       contents divide their stretch; a hidden Markov model over cells of time, which may leave
 *       parts unplaced</td></tr>
 *   <tr><td>{@code section}</td><td>the rest of a placed section</td><td>the stretch of the
 *       section</td></tr>
 *   <tr><td>{@code words}</td><td>glossaries, takeaways and names, which have no
 *       order</td><td>the same model with one part</td></tr>
 *   <tr><td>{@code topic}</td><td>topics that the episode declares and a document
 *       lists</td><td>{@link dev.earmark.align.TopicPlacer}: where it is discussed most</td></tr>
 * </table>
 *
 * <p>Each method names its papers: {@link dev.earmark.align.LocalAlignment}, {@link
 * dev.earmark.align.QuoteFinder}, {@link dev.earmark.align.WordPairs}, {@link
 * dev.earmark.align.Affinity}, {@link dev.earmark.align.OrderedStretches}, {@link
 * dev.earmark.align.OrderEvidence}. All compare {@link dev.earmark.text.PlainWords}, in which "a
 * trillion dollars" and "$1 trillion" are equal.
 *
 * <p><b>Confidence</b> is the share of such anchors that are right: within 5 s for words; for the
 * rest, in the stretch spoken of or within 60 s of it. {@link dev.earmark.align.Calibration} says
 * how it was fitted, and how to fit it anew. Below {@code 0.4} nothing is placed: documents about
 * another recording, in another language, or longer than the talk stay unplaced, and are found as
 * before. {@link dev.earmark.align.OrderEvidence} detects documents about another recording by
 * their order rather than by their fit.
 *
 * <p><b>Cost.</b> The timeline, the index of runs and the pairing of transcripts are linear in the
 * length of the recording, but for sorting. A quote costs the same on one hour as on ten. Sections
 * cost the product of their number and that of cells; the latter is bounded, since cells are ten
 * seconds long, or longer if there are many sections.
 *
 * <p><b>Topics.</b> {@link dev.earmark.align.TopicTagger} tags moments with topics; the moments say
 * where in the recording a topic is discussed.
 */
@NullMarked
package dev.earmark.align;

import org.jspecify.annotations.NullMarked;
