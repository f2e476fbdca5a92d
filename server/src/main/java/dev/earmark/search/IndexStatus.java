package dev.earmark.search;

/**
 * How large an index is.
 *
 * @param episodes recordings
 * @param moments pieces of text about them
 * @param generation grows with every change of the index
 */
public record IndexStatus(int episodes, int moments, long generation) {}
