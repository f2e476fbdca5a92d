/**
 * Ranking: the only place that decides the order of moments.
 *
 * <p>An engine finds matches and supplies <em>features</em> of each, as numbers. This package turns
 * them into an order, for every engine, by the {@link dev.earmark.search.rank.RankingParameters}.
 * Nothing of it is stored in an index in a folder; an index in a cluster holds what {@link
 * dev.earmark.search.rank.PassageScore} gives each word.
 *
 * <h2>The steps</h2>
 *
 * <ol>
 *   <li><b>Words.</b> {@link dev.earmark.search.rank.PassageScore} scores each query word in the
 *       moment and around it. {@link dev.earmark.search.rank.Bm25} scores phrases, titles and words
 *       written with ~. A named speaker adds a constant. The sum is the score of the text.
 *   <li><b>Prior.</b> {@link dev.earmark.search.rank.Prior} multiplies the score by the weight of
 *       the moment.
 *   <li><b>Reranking.</b> For the best few hundred, {@link dev.earmark.search.rank.TermProximity}
 *       adds to the score, and so does {@link dev.earmark.search.rank.ContextBoost}.
 *   <li><b>Order.</b> {@link dev.earmark.search.rank.Reranker} sorts by tier, then by score. The
 *       tier is the number of rare words that the moment has exactly, where others have words that
 *       sound alike. Within a tier, {@link dev.earmark.search.rank.Diversifier} puts the best hit
 *       of each stretch of speech first.
 *   <li><b>A second look.</b> Where meaning is asked for, {@link
 *       dev.earmark.search.rank.SecondLook} orders the best by words and the nearest in meaning as
 *       one list. Inside one episode it orders hits behind the first by what is said around them,
 *       for words alone as well. Its page has examples.
 * </ol>
 *
 * <h2>An example</h2>
 *
 * <p>The query is <i>compiler</i>. Of 1,000 moments 10 have the word, so its inverse document
 * frequency is ln(1 + 990.5 / 10.5) = 4.557, and its weight is 4.557 · sqrt(4.557 / 6) = 3.972. A
 * moment of average length has it twice, and another moment 30 seconds later has it once:
 *
 * <pre>
 *   own   = 2
 *   near  = 2 + 1/e             = 2.368      30 s is the time constant of near
 *   block = 2 + exp(-30/150)    = 2.819
 *   x     = 2.5 · 2 + 2.368     = 7.368
 *   sat   = 7.368 / (7.368 + 1.2)            = 0.860
 *   sat'  = 1.25 · 2.819 / (2.819 + 1.9)     = 0.747
 *   score = 3.972 · (0.860 + 0.747)          = 6.381
 * </pre>
 *
 * <p>Own words at an exact time have weight 1.2, so the moment scores 7.657. In a note without a
 * time the same words have weight 0.6 and score 3.829. A test computes this example.
 */
@NullMarked
package dev.earmark.search.rank;

import org.jspecify.annotations.NullMarked;
