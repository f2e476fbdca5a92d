/**
 * What can be asked of an index, and the shape of the answers; the engines live below.
 *
 * <p>A door (HTTP, command line, page) makes a {@link dev.earmark.search.SearchRequest}, gives it
 * to the {@link dev.earmark.search.SearchEngine}, and turns the {@link
 * dev.earmark.search.SearchPage} into its own kind of answer. Nothing here is HTML, JSON or Lucene.
 */
@NullMarked
package dev.earmark.search;

import org.jspecify.annotations.NullMarked;
