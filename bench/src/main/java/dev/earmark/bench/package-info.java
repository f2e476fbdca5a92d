/**
 * The bench: measures Earmark as somebody who uses it would meet it.
 *
 * <p>{@code quality} asks questions whose answers are known and says how high the right moment
 * stands; {@code speed} indexes and searches the same input with Earmark and with plain references
 * in one run, and prints the ratios. Both index real input through the front door and search
 * through {@link dev.earmark.search.SearchEngine}; nothing here is seen by the product, and nothing
 * in the product knows of a data set here.
 */
@NullMarked
package dev.earmark.bench;

import org.jspecify.annotations.NullMarked;
