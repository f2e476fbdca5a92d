package dev.earmark.query;

/**
 * A part of a query that could not be read as it may have been meant.
 *
 * @param from its first character in the query text, in UTF-16 units
 * @param to the character after its last
 * @param message what is wrong with it, and what was done or would be right
 */
public record NotUnderstood(int from, int to, String message) {}
