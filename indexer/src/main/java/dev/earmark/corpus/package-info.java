/**
 * Finds episodes in files, folders and feeds, and joins the sources of each into one document.
 *
 * <p>{@link dev.earmark.corpus.CorpusScanner} turns paths and addresses into episodes-to-be without
 * opening their sources; {@link dev.earmark.corpus.EpisodeReader} reads one of them, source by
 * source: it recognises the format, has it read, cleans and segments what is timed, and merges what
 * the sources say of the episode. A source that cannot be read is a problem in the result, never
 * the end of it.
 *
 * <p>Files of one episode are those in a folder with an {@code episode.yaml}, or those that share a
 * stem: {@code 042.vtt}, {@code 042.chapters.json}, {@code 042.yaml}. Of a feed each item is an
 * episode: the item itself, its transcript and its chapters are the sources.
 *
 * <p>Where a source comes from matters in one place only, {@link dev.earmark.corpus.SourceRef}: a
 * file, bytes at hand, or an address, which {@link dev.earmark.corpus.Fetcher} fetches within
 * bounds. Recognising, fingerprinting and reading see bytes and a name.
 *
 * <p>Feeds are read with jsoup's XML parser rather than with a feed library. Nearly all that counts
 * here, {@code podcast:*}, {@code itunes:*} and {@code psc:*}, is foreign markup to those, which
 * build the whole document in memory and refuse it for one stray ampersand. jsoup is here for HTML
 * anyway, hands out one item at a time, forgives, and knows neither document types nor external
 * entities.
 */
@NullMarked
package dev.earmark.corpus;

import org.jspecify.annotations.NullMarked;
