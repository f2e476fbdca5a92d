/**
 * Stretches of recordings as files: cut with ffmpeg, where it is installed, out of media that lie
 * beside their sources.
 *
 * <p>In go an episode's own file and two instants, out comes a file. Used by the command line and
 * by HTTP; knows the model and the index's entries, no protocol.
 */
@NullMarked
package dev.earmark.clip;

import org.jspecify.annotations.NullMarked;
