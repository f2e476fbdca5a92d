/**
 * Formats: what people write about an episode, read into cues and moments.
 *
 * <p>A {@link dev.earmark.source.SourceFormat} recognises a {@link dev.earmark.source.RawSource} by
 * its content first and its name second, and reads it into a {@link
 * dev.earmark.source.ParsedSource}: what it says of the episode, its timed cues (transcripts), and
 * its finished moments (chapters, notes, quotes and the like).
 *
 * <p>Formats are found as services, so one more format is one class and one golden folder; the
 * steps stand at {@link dev.earmark.source.SourceFormat}. What several formats share, such as
 * decoding and outlines, is package-private here.
 */
@NullMarked
package dev.earmark.source;

import org.jspecify.annotations.NullMarked;
