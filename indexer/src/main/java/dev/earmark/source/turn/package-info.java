/** Transcripts in turns: text, Markdown, HTML and JSON that name who speaks. */
@NullMarked
package dev.earmark.source.turn;

import org.jspecify.annotations.NullMarked;
