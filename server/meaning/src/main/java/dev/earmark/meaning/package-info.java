/**
 * The model that finds what was meant: its words, its numbers and what runs it.
 *
 * <p>{@link dev.earmark.meaning.WordPieceTokenizer} cuts a text into the pieces that a model knows,
 * {@link dev.earmark.meaning.OnnxTextEmbedder} has ONNX Runtime compute their vectors and makes one
 * of them; {@link dev.earmark.meaning.ModelDescriptor} says how, for the model that comes along and
 * for any other. Nothing is fetched or sent. Only this package knows the runtime, and nobody knows
 * this package: it is found as a service of {@link dev.earmark.vector.TextEmbedderProvider}.
 */
@NullMarked
package dev.earmark.meaning;

import org.jspecify.annotations.NullMarked;
