/**
 * The search on OpenSearch: the cluster finds, counts, facets and ranks; Earmark says what is
 * looked for, spreads the best hits over the recordings and marks what matches, with the code that
 * the embedded engine uses ({@link dev.earmark.search.spoken}, {@link dev.earmark.search.rank}).
 *
 * <h2>From a query to a page</h2>
 *
 * <ol>
 *   <li>The shared planner says what is searched. What it asks of the index ({@link
 *       dev.earmark.search.opensearch.OpenSearchIndexStatistics}) are counts over all shards, which
 *       are exact and remembered for the snapshot of the index ({@link
 *       dev.earmark.search.opensearch.Snapshot}, a point in time). A plan is made by guessing, and
 *       what was guessed is asked for in the same request as the search itself; if the guess was
 *       wrong, the search is asked again. Words that sound or look like others are documents of
 *       their own, which the cluster finds ({@link dev.earmark.search.opensearch.ClusterWords}).
 *   <li>{@link dev.earmark.search.opensearch.Dsl} writes it in OpenSearch's query language. A
 *       phrase begins with one of the moment's own words and goes on with those or with the 7 that
 *       the index keeps of the speech after it, so it is found once, where it begins, over whatever
 *       boundary. Phrases of more than eight words, and words near each other, are found in the
 *       texts of the moments that may have them ({@link
 *       dev.earmark.search.opensearch.PhraseVerifier}); words that come together over several
 *       moments by where these stand ({@link dev.earmark.search.opensearch.Meetings}).
 *   <li>The first request: the total, each facet without its own filter ({@link
 *       dev.earmark.search.opensearch.FacetCounts}), what is near only, and the best {@value
 *       dev.earmark.search.opensearch.Ranker#BEST} hits. A moment matches by its own words; what is
 *       said in and around it ({@link dev.earmark.index.opensearch.Mapping#AROUND}) ranks it, and
 *       so do words of the query that stand near each other; how rare a word is counts over all
 *       shards. {@link dev.earmark.search.opensearch.Ranker} then weighs what hits are worth by
 *       themselves, puts one hit of each stretch of speech first, and lets a named speaker have the
 *       floor; hits of several words inside one episode it looks at twice, as the embedded engine
 *       does.
 *   <li>The second request: the texts of the hits on the page, which are marked, and of those
 *       moments after them in which more of the query is said. To unpack a text is what takes the
 *       time, so no other is read. Few moments have a phrase, so its texts come with the first
 *       request.
 * </ol>
 *
 * <h2>Where it differs from the embedded engine</h2>
 *
 * <ul>
 *   <li>The order is its own. Matches, totals, facets, times and highlights are the same. After the
 *       best {@value dev.earmark.search.opensearch.Ranker#BEST}, less those that score as little as
 *       the last of them, come the others in the order of the cluster; nothing is listed twice or
 *       left out.
 *   <li>Words close together rank higher as they are typed, and not in other forms: stems have no
 *       places in the index.
 *   <li>Grouped by episode, at most 10,000 episodes are listed.
 *   <li>The values of a facet and their counts are exact as long as no shard has more than 10,000
 *       values; how many there are is exact up to 1,000, beyond that an estimate of OpenSearch's
 *       (HyperLogLog++).
 *   <li>At most 10,000 names are looked through for a part of one, and for what sounds or looks
 *       like a word 1,000 words that may, the likeliest first.
 * </ul>
 *
 * <h2>Several indices</h2>
 *
 * <p>A name may stand for several, such as one a year: they are searched as one. Where words are
 * weighed against each other, how rare each is counts over all of them. An episode must be in one
 * of them only. One that is closed is told.
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
 * <p>There are none: a cluster has words only, so it needs no plugin for nearest neighbours.
 */
@NullMarked
package dev.earmark.search.opensearch;

import org.jspecify.annotations.NullMarked;
