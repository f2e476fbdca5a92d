package dev.earmark.search;

import java.time.Instant;

/**
 * How large an index is, and how fresh.
 *
 * @param episodes recordings
 * @param moments pieces of text about them
 * @param generation grows with every change of the index
 * @param bytes its size on disk
 * @param changed when it was last changed, by the clock of its disk
 */
public record IndexStatus(
    int episodes, int moments, long generation, long bytes, Instant changed) {}
