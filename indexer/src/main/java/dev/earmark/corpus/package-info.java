/**
 * Finds episodes in files and folders, and joins the sources of each into one document.
 *
 * <p>{@link dev.earmark.corpus.CorpusScanner} turns paths into episodes-to-be without opening their
 * sources; {@link dev.earmark.corpus.EpisodeReader} reads one of them, source by source: it
 * recognises the format, has it read, cleans and segments what is timed, and merges what the
 * sources say of the episode. A source that cannot be read is a problem in the result, never the
 * end of it.
 *
 * <p>Files of one episode are those in a folder with an {@code episode.yaml}, or those that share a
 * stem: {@code 042.vtt}, {@code 042.chapters.json}, {@code 042.yaml}.
 */
@NullMarked
package dev.earmark.corpus;

import org.jspecify.annotations.NullMarked;
