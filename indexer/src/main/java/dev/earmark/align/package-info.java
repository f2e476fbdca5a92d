/**
 * Gives moments what their source leaves open: a place on the timeline, and topics.
 *
 * <p>In goes an episode as it was read, out comes the same episode with more known about its
 * moments. {@link dev.earmark.align.TopicTagger} gives topics to the moments that speak of them.
 * Untimed text keeps its anchor {@code unplaced} unless something here can say where it belongs.
 */
@NullMarked
package dev.earmark.align;

import org.jspecify.annotations.NullMarked;
