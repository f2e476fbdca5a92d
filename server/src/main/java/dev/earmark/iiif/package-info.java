/**
 * What viewers of archives read: a IIIF manifest of each episode, a collection of each show, and
 * search inside an episode.
 *
 * <p>{@link Presentation} lays an episode out on a canvas, {@link ContentSearch} finds what is said
 * on it; both answer with JSON-LD and know nothing of HTTP.
 */
@NullMarked
package dev.earmark.iiif;

import org.jspecify.annotations.NullMarked;
