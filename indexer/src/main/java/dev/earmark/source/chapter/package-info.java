/** Chapter files. */
@NullMarked
package dev.earmark.source.chapter;

import org.jspecify.annotations.NullMarked;
