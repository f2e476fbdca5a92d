package dev.earmark.index;

import dev.earmark.model.Problem;
import java.util.List;
import java.util.Map;

/**
 * What one run of the indexer did.
 *
 * @param added episodes that were not there before
 * @param changed episodes whose content had changed
 * @param unchanged episodes that were left as they were
 * @param removed episodes that were taken out because their sources are gone
 * @param failed sources of which nothing could be read
 * @param moments moments written in this run
 * @param words words written in this run
 * @param tookMs how long it took
 * @param problemCounts how many problems of each kind
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
