/** What lies below the formats: lines, JSON, XML and Markdown, read within bounds. */
@NullMarked
package dev.earmark.source.syntax;

import org.jspecify.annotations.NullMarked;
