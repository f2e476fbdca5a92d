/** The heads of turns and lines: names, times and roles before the words. */
@NullMarked
package dev.earmark.source.head;

import org.jspecify.annotations.NullMarked;
