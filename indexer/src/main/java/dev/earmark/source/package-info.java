/**
 * Formats: what people write about an episode, read into cues and moments.
 *
 * <p>A {@link dev.earmark.source.SourceFormat} recognises a {@link dev.earmark.source.RawSource} by
 * its content first and its name second, and reads it into a {@link
 * dev.earmark.source.ParsedSource}: what it says of the episode, its timed cues (transcripts), and
 * its finished moments (chapters, notes, quotes and the like).
 *
 * <p>Formats are found as services, so one more format is one class and one golden folder; the
 * steps stand at {@link dev.earmark.source.SourceFormat}. They live in rooms by what they are:
 * {@code caption}, {@code asr} (speech recognisers and services), {@code turn} (transcripts that
 * name who speaks), {@code document} (notes, articles, feed items) and {@code chapter}. What they
 * share has a room for each purpose: {@code syntax} (lines, JSON, XML, Markdown), {@code time}
 * (every form of a time), {@code head} (names and times before the words), {@code cue} (the
 * builders of cues and chapters) and {@code episode} (what a source says about its episode).
 */
@NullMarked
package dev.earmark.source;

import org.jspecify.annotations.NullMarked;
