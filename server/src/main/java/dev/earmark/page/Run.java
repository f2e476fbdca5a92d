package dev.earmark.page;

import dev.earmark.search.Hit.Range;
import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of a text, all of it marked or none.
 *
 * @param text plain, never markup
 * @param marked whether a search found it
 */
public record Run(String text, boolean marked) {

  /** A text with nothing marked. */
  static List<Run> plain(String text) {
    return text.isEmpty() ? List.of() : List.of(new Run(text, false));
  }

  /**
   * A text cut at the edges of what is marked. Joined, the runs give the text again.
   *
   * @param ranges in order; those that overlap count as one, and what lies outside of the text is
   *     ignored
   */
  static List<Run> of(String text, List<Range> ranges) {
    return of(text, ranges, 0, text.length());
  }

  /** The part of a text from one character to another, cut at the edges of what is marked. */
  static List<Run> of(String text, List<Range> ranges, int from, int to) {
    List<Run> runs = new ArrayList<>();
    int at = from;
    for (Range range : ranges) {
      int start = Math.max(at, wholeCharacter(text, range.from()));
      int end = Math.min(to, wholeCharacter(text, range.to()));
      if (start >= end) {
        continue;
      }
      if (at < start) {
        runs.add(new Run(text.substring(at, start), false));
      }
      boolean touches = at == start && !runs.isEmpty() && runs.getLast().marked();
      String before = touches ? runs.removeLast().text() : "";
      runs.add(new Run(before + text.substring(start, end), true));
      at = end;
    }
    if (at < to) {
      runs.add(new Run(text.substring(at, to), false));
    }
    return runs;
  }

  /** An edge moved back if it would cut a surrogate pair in two, and into the text. */
  private static int wholeCharacter(String text, int edge) {
    int inside = Math.max(0, Math.min(edge, text.length()));
    boolean cuts =
        inside > 0
            && inside < text.length()
            && Character.isLowSurrogate(text.charAt(inside))
            && Character.isHighSurrogate(text.charAt(inside - 1));
    return cuts ? inside - 1 : inside;
  }
}
