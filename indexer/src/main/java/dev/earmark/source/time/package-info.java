/** Every form of a time that a source writes, read in one place. */
@NullMarked
package dev.earmark.source.time;

import org.jspecify.annotations.NullMarked;
