/**
 * From episodes on disk to episodes in an index.
 *
 * <p>{@link dev.earmark.index.Indexer} finds out what is new, changed and gone, reads what has to
 * be read on all cores, and hands each episode to an {@link dev.earmark.index.IndexSink}, which
 * replaces it as a whole. The engines behind the sink live in packages of their own below this one.
 */
@NullMarked
package dev.earmark.index;

import org.jspecify.annotations.NullMarked;
