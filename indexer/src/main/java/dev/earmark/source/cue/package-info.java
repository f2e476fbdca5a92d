/** The builders of cues and chapters, which mend and report times alike for every format. */
@NullMarked
package dev.earmark.source.cue;

import org.jspecify.annotations.NullMarked;
