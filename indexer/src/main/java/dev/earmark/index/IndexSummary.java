package dev.earmark.index;

import dev.earmark.model.Problem;
import java.util.List;
import java.util.Map;

/**
 * The result of one run of the indexer.
 *
 * @param added new episodes
 * @param changed episodes whose content changed
 * @param unchanged episodes left alone
 * @param removed episodes whose sources are gone
 * @param failed sources that could not be read at all
 * @param moments moments written
 * @param words words written
 * @param tookMs how long it took
 * @param problemCounts the number of problems of each kind
 * @param problems the problems themselves, bounded
 */
public record IndexSummary(
    int added,
    int changed,
    int unchanged,
    int removed,
    int failed,
    long moments,
    long words,
    long tookMs,
    Map<String, Integer> problemCounts,
    List<Problem> problems) {}
