/**
 * The search on OpenSearch: the cluster finds, counts and facets; Earmark ranks and marks, with the
 * code that the embedded engine uses ({@link dev.earmark.search.spoken}).
 *
 * <h2>From a query to a page</h2>
 *
 * <ol>
 *   <li>The shared planner says what is searched. What it asks of the index ({@link
 *       dev.earmark.search.opensearch.OpenSearchIndexStatistics}) are counts over all shards, which
 *       are exact and remembered for the snapshot of the index ({@link
 *       dev.earmark.search.opensearch.Snapshot}, a point in time). The words that sound like others
 *       are looked for among all words of the index ({@link
 *       dev.earmark.search.opensearch.Vocabulary}), which are read once for a state, when they are
 *       first needed.
 *   <li>{@link dev.earmark.search.opensearch.Dsl} writes it in OpenSearch's query language. A
 *       phrase begins with one of the moment's own words and goes on with those or with the 24 that
 *       the index keeps of the speech after it, so it is found once, where it begins, over whatever
 *       boundary. Phrases of more than eight words, and words near each other, are found in the
 *       texts of the moments that may have them ({@link
 *       dev.earmark.search.opensearch.PhraseVerifier}).
 *   <li>One request of several searches counts: the total, each facet without its own filter
 *       ({@link dev.earmark.search.opensearch.FacetCounts}), what is near only.
 *   <li>{@link dev.earmark.search.opensearch.Ranker} reads of the hits, and of all moments of their
 *       episodes that have a word of the query, when they are, how long, and how often they have
 *       each word: doc values, and the scores of the {@link dev.earmark.search.opensearch.Leaves
 *       named parts} of the query, which the similarity of the text makes to tell frequencies. From
 *       these and the counts come the same scores as in the embedded engine, and the same order.
 *   <li>The hits of the page are read and marked.
 * </ol>
 *
 * <h2>Where it differs from the embedded engine</h2>
 *
 * <ul>
 *   <li>Up to {@value dev.earmark.search.opensearch.Ranker#MOST_READ} moments with a word of the
 *       query the order is the same, but that hits of equal score come by the id of their episode,
 *       and in its order, and not in the order in which they were indexed. Of more, those episodes
 *       are ranked whose best moments, by their own words alone, score highest in the cluster, as
 *       many as have so many moments; all their hits come first, then the hits of the other
 *       episodes in the order of the cluster. Sorted otherwise than by relevance, more hits than
 *       that are in the order of the cluster from the first on. Which episodes are ranked depends
 *       on the query and the snapshot of the index alone, so pages fit together: nothing is listed
 *       twice or left out, and the total is what paging lists.
 *   <li>Grouped by episode, at most 10,000 episodes that were not ranked are listed.
 *   <li>The values of a facet and their counts are exact as long as no shard has more than 10,000
 *       values; how many there are is exact up to 1,000, beyond that an estimate of OpenSearch's
 *       (HyperLogLog++).
 *   <li>At most 10,000 names are looked through for a part of one, and 1,048,576 words for what
 *       sounds like one.
 * </ul>
 *
 * <h2>When the cluster is not whole</h2>
 *
 * <p>A search that meets a lost part of its state begins again on a newer state; if shards are
 * missing there, too, or some do not answer in time, the answer is of the rest and says so in
 * {@link dev.earmark.query.NotUnderstood}. The totals are then those of the rest. The list of a
 * cursor goes on at its place in the newer state, which may have changed; a cursor whose state is
 * gone altogether has expired. A point in time lives on the nodes that held its shards, which is
 * why it does not outlive them. Searches share one as long as the index does not change; the
 * cluster keeps those that a cursor was given for another fifteen minutes.
 *
 * <h2>Vectors</h2>
 *
 * <p>There are none: Earmark does not search by meaning yet, in either engine, so the cluster is
 * not asked for nearest neighbours and needs no plugin.
 */
@NullMarked
package dev.earmark.search.opensearch;

import org.jspecify.annotations.NullMarked;
