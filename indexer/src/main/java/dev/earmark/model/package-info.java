/**
 * The nouns of Earmark: an episode, its sources, the moments in them, and time.
 *
 * <p>Everything here is a value: immutable, safe to share between threads, and dependent on the JDK
 * alone. Time is always milliseconds from the start of the recording; {@link
 * dev.earmark.model.Timestamp} is the one place that knows how people write it, and {@link
 * dev.earmark.model.DeepLink} the one place that knows how addresses carry it.
 *
 * <p>A {@link dev.earmark.model.Moment} is a piece of text with an {@link
 * dev.earmark.model.Anchor}: what is known of where it lies. Spoken text also has a {@link
 * dev.earmark.model.TimeMap}, which gives each of its {@link dev.earmark.text.Words words} a time.
 */
@NullMarked
package dev.earmark.model;

import org.jspecify.annotations.NullMarked;
