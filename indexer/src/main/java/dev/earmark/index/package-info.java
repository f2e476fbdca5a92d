/**
 * Indexing: from episodes on disk to episodes in an index.
 *
 * <p>{@link dev.earmark.index.Indexer} finds what is new, changed or gone, reads it on all cores,
 * and hands each episode to an {@link dev.earmark.index.IndexSink}, which replaces it as a whole.
 * Each engine behind the sink has a package below this one.
 */
@NullMarked
package dev.earmark.index;

import org.jspecify.annotations.NullMarked;
