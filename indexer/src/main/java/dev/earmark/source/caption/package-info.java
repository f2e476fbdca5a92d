/** Caption and subtitle formats. */
@NullMarked
package dev.earmark.source.caption;

import org.jspecify.annotations.NullMarked;
