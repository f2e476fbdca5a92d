/**
 * An episode's transcript as a file: WebVTT, SubRip, JSON, plain text, Markdown.
 *
 * <p>In go the moments of an episode, out comes text. Used by the command line and by HTTP; knows
 * the model and stored moments, no engine and no protocol.
 */
@NullMarked
package dev.earmark.export;

import org.jspecify.annotations.NullMarked;
