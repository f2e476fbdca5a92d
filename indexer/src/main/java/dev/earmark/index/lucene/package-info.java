/**
 * The index on Lucene: how fields become Lucene's, and the writer.
 *
 * <p>An episode is one block of Lucene documents: its moments in the order of their ordinals, then
 * a document for the episode itself. A block is added and replaced in one step, and Lucene never
 * takes it apart, so the document after a moment's is the next moment's. The search relies on that
 * to follow a phrase over a boundary.
 */
@NullMarked
package dev.earmark.index.lucene;

import org.jspecify.annotations.NullMarked;
