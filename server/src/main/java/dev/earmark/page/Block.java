package dev.earmark.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a document on the page of an episode. */
public sealed interface Block {

  /**
   * A heading.
   *
   * @param level 3 to 5
   * @param id names it on the page
   * @param moment the moment it belongs to; null if it only names a section
   * @param text what it says
   */
  record Heading(int level, String id, @Nullable MomentView moment, List<Run> text)
      implements Block {}

  /**
   * What one speaker says without a break.
   *
   * @param speaker who; null if that is not known
   * @param colour the number of the speaker's colour, from 1; 0 for nobody
   * @param goesOn whether the turn before it is the same speaker's
   */
  record Turn(@Nullable String speaker, int colour, boolean goesOn, List<MomentView> moments)
      implements Block {}

  /**
   * What was said in a stretch of the recording, in two languages side by side.
   *
   * @param one turns in the language that is spoken, or comes first
   * @param other the turns of the other that begin in the same stretch; may be empty
   * @param language the {@code lang} of the other
   */
  record Pair(List<Block> one, List<Block> other, String language) implements Block {}

  /**
   * Moments that look alike.
   *
   * @param look how: {@code prose}, {@code quote}, {@code pulled}, {@code claim}, {@code term},
   *     {@code point}, {@code mention} or {@code summary}
   */
  record Row(String look, List<MomentView> moments) implements Block {}
}
