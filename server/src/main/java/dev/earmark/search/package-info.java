/**
 * What can be asked of an index, and the shape of the answers; the engines live below.
 *
 * <p>A door (HTTP, command line, page) makes a {@link dev.earmark.search.SearchRequest}, gives it
 * to the {@link dev.earmark.search.SearchEngine}, and turns the {@link
 * dev.earmark.search.SearchPage} into its own kind of answer. Nothing here is HTML, JSON or Lucene.
 *
 * <p>What every engine promises:
 *
 * <ul>
 *   <li>A phrase is found wherever its words are spoken in a row, over moments, paragraphs and
 *       speakers, once, in the moment in which it begins; a {@link dev.earmark.search.Hit.Match}
 *       spans all it touches and has the time of its first word.
 *   <li>The total is the number of hits that paging lists, and a facet's count the number of hits
 *       there would be with that value chosen; both come from one look at one snapshot of the
 *       index. A cursor keeps to that state.
 *   <li>Words without a sign rank, and at least one of them matches, whatever filters stand beside
 *       them. A speaker's filter gives what that speaker says.
 *   <li>Nothing somebody types is refused: what is not understood, cut or too slow is told in
 *       {@link dev.earmark.query.NotUnderstood}, with its place where it has one.
 * </ul>
 */
@NullMarked
package dev.earmark.search;

import org.jspecify.annotations.NullMarked;
