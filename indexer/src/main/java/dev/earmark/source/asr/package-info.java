/** What speech recognisers and transcription services write, and what they are measured by. */
@NullMarked
package dev.earmark.source.asr;

import org.jspecify.annotations.NullMarked;
