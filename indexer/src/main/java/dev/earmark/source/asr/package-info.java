/** The JSON of speech recognisers and transcription services. */
@NullMarked
package dev.earmark.source.asr;

import org.jspecify.annotations.NullMarked;
