/**
 * The index on a cluster of OpenSearch: how fields become OpenSearch's, and the writer.
 *
 * <h2>What lies where</h2>
 *
 * <p>{@link dev.earmark.index.opensearch.Mapping} makes settings and mapping from {@link
 * dev.earmark.schema.Schema#FIELDS} and says what a document holds; {@link
 * dev.earmark.index.opensearch.EpisodeLines} fills them. One more facet is one more entry in the
 * schema: an index that lacks a field gets it when it is next opened for writing.
 *
 * <p>A document is a moment, as in the embedded index. There, the documents of an episode are
 * neighbours, and a phrase is followed from one into the next. OpenSearch promises no such order,
 * so here every moment holds, behind its own words, the next few that are said after it, marked as
 * such. That costs part of the words twice and keeps the promise: a phrase is found once, in the
 * moment in which it begins, over any boundary. What ranks a moment is what is said in and around
 * it; that is worked out when it is written ({@link dev.earmark.index.opensearch.Surroundings}), so
 * that no search reads neighbours. All of an episode lies on one shard (its id is the routing), so
 * that an episode is replaced, counted and read on one machine.
 *
 * <p>What the writer has to know of what is there already, such as the fingerprints of episodes, it
 * asks the index, many at once ({@link dev.earmark.index.opensearch.KnownEpisodes}): it keeps no
 * list of it.
 *
 * <h2>Names and versions</h2>
 *
 * <p>{@link dev.earmark.index.opensearch.OpenSearchIndex} explains how a name stands for an index
 * of one schema and moves to one of the next without a moment in which nothing answers.
 *
 * <h2>What can go wrong</h2>
 *
 * <ul>
 *   <li>A node dies or does not answer: {@link dev.earmark.index.opensearch.OpenSearchClient} asks
 *       another.
 *   <li>The cluster has too much to do: it is asked again after random, growing pauses; of many
 *       documents only those that it turned away ({@link dev.earmark.index.opensearch.BulkWriter}).
 *   <li>A disk is full and an index takes no writes: {@link
 *       dev.earmark.index.opensearch.WriteBlock} waits and says what for.
 *   <li>The writer dies: {@link dev.earmark.index.opensearch.OpenSearchIndexSink} says what readers
 *       see, and how the next run makes it whole.
 *   <li>A shard is missing, the index is somebody else's, of another schema, or changed: an {@link
 *       dev.earmark.index.IndexException} names the index, the address, the reason and a remedy.
 * </ul>
 *
 * <p>Nothing here shards, copies or agrees on anything: that is OpenSearch's.
 */
@NullMarked
package dev.earmark.index.opensearch;

import org.jspecify.annotations.NullMarked;
