/**
 * Meaning as numbers: what makes vectors of texts, and how a vector is kept.
 *
 * <p>Says what a model must do ({@link dev.earmark.vector.TextEmbedder}) and knows none. The model
 * and what runs it stand in a jar of their own, {@code server/meaning}, which is found as a service
 * where it is on the class path.
 */
@NullMarked
package dev.earmark.vector;

import org.jspecify.annotations.NullMarked;
