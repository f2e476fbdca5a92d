/**
 * The query language: from what a person types to a tree, and what was not understood on the way.
 *
 * <p>{@link dev.earmark.query.QueryParser#parse} never refuses a text. It reads what it can, treats
 * the rest as words, and lists what it did not understand with its place in the text. A {@link
 * dev.earmark.query.Query} prints as text that parses to the same tree.
 */
@NullMarked
package dev.earmark.query;

import org.jspecify.annotations.NullMarked;
