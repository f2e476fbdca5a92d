/**
 * From cues to segments: what every timed transcript goes through, whatever format it came in.
 *
 * <p>In go the cues of one source in the order of the source; {@link
 * dev.earmark.transcript.CueCleaner} repairs them, {@link dev.earmark.transcript.Segmenter} groups
 * them into segments a person can take in at a glance, and out come moments, each with the time of
 * every word. Knows the model and nothing else; the corpus calls it.
 */
@NullMarked
package dev.earmark.transcript;

import org.jspecify.annotations.NullMarked;
