/** Placeholder. */
@NullMarked
package dev.earmark.search.rank;

import org.jspecify.annotations.NullMarked;
