/**
 * How it is ranked: the only place where an order is decided.
 *
 * <p>An engine finds what matches and tells what it knows of it, as numbers: <em>features</em>.
 * What they are worth is decided here, for every engine, with the {@link
 * dev.earmark.search.rank.RankingParameters}; nothing of it is written into an index.
 *
 * <h2>The steps</h2>
 *
 * <ol>
 *   <li><b>Words.</b> Each word of the query is looked for in the moment and around it ({@link
 *       dev.earmark.search.rank.PassageScore}). Phrases, titles and words written with ~ score by
 *       {@link dev.earmark.search.rank.Bm25}. A named speaker adds a constant. The sum is the score
 *       of the text.
 *   <li><b>Prior.</b> It is multiplied by what the moment is worth before anything is asked ({@link
 *       dev.earmark.search.rank.Prior}).
 *   <li><b>Again, for the best few hundred</b> ({@link dev.earmark.search.rank.Reranker}): words
 *       that stand close together add to it ({@link dev.earmark.search.rank.TermProximity}), and so
 *       do the hits around it ({@link dev.earmark.search.rank.ContextBoost}).
 *   <li><b>Order.</b> By tier, then by score. The tier counts of how many rare words the moment has
 *       the word itself, where others have what only sounds like it. Inside a tier every stretch of
 *       speech shows its best hit before the others of it ({@link
 *       dev.earmark.search.rank.Diversifier}).
 * </ol>
 *
 * <h2>An example</h2>
 *
 * <p>Somebody asks for <i>compiler</i>. Of 1,000 moments 10 have the word, so its inverse document
 * frequency is ln(1 + 990.5 / 10.5) = 4.557, and its weight 4.557 · sqrt(4.557 / 6) = 3.972. A
 * moment of average length has it twice, and another 30 seconds later has it once:
 *
 * <pre>
 *   own   = 2
 *   near  = 2 + 1/e             = 2.368      30 s is the time constant of what is near
 *   block = 2 + exp(-30/150)    = 2.819
 *   x     = 2.5 · 2 + 2.368     = 7.368
 *   sat   = 7.368 / (7.368 + 1.2)            = 0.860
 *   sat'  = 1.25 · 2.819 / (2.819 + 1.9)     = 0.747
 *   score = 3.972 · (0.860 + 0.747)          = 6.381
 * </pre>
 *
 * <p>These are somebody's own words at an exact time, worth 1.2: the moment scores 7.657. The same
 * words in a note without a time would be worth 0.6 and score 3.829. A test computes this example.
 */
@NullMarked
package dev.earmark.search.rank;

import org.jspecify.annotations.NullMarked;
