package dev.earmark.page;

import dev.earmark.model.Correction;
import dev.earmark.model.Moment;
import dev.earmark.search.Hit.Range;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a text, all of it marked or none.
 *
 * @param text plain, never markup
 * @param marked whether a search found it
 * @param heard what its source has instead, where a manifest set it right; else null
 */
public record Run(String text, boolean marked, @Nullable String heard) {
  /** So many characters in common tell where a snippet begins. */
  private static final int SAME = 40;

  /** A stretch that stands in its source as it does here. */
  public Run(String text, boolean marked) {
    this(text, marked, null);
  }

  /** Runs of a part of a moment's text, cut further at the words of it that were set right. */
  static List<Run> corrected(List<Run> runs, Moment moment, int from) {
    return corrected(runs, moment, moment.text(), from, 0);
  }

  /** Runs of a snippet that begins with words of a moment, cut in the same way. */
  static List<Run> correctedSnippet(List<Run> runs, String snippet, Moment moment, int from) {
    int dots = snippet.startsWith("… ") ? 2 : 0;
    int end = Math.min(snippet.length(), dots + SAME);
    int begins = moment.text().indexOf(snippet.substring(dots, end));
    return begins < 0 ? runs : corrected(runs, moment, snippet, from, dots - begins);
  }

  /**
   * @param from where the runs begin in what is shown
   * @param moved how much later a place of the moment's text lies in what is shown
   */
  private static List<Run> corrected(
      List<Run> runs, Moment moment, String shown, int from, int moved) {
    if (moment.corrections().isEmpty()) {
      return runs;
    }
    Words words = Words.of(moment.text());
    List<Run> cut = new ArrayList<>();
    int at = from;
    for (Run run : runs) {
      int end = at + run.text().length();
      for (Correction correction : moment.corrections()) {
        int start = moved + words.start(correction.firstWord());
        int stop = moved + words.end(correction.firstWord() + correction.words() - 1);
        if (start >= at && stop <= end) {
          add(cut, shown, at, start, run.marked(), null);
          add(cut, shown, start, stop, run.marked(), correction.heard());
          at = stop;
        }
      }
      add(cut, shown, at, end, run.marked(), null);
      at = end;
    }
    return cut;
  }

  private static void add(
      List<Run> runs, String shown, int from, int to, boolean marked, @Nullable String heard) {
    if (from < to) {
      runs.add(new Run(shown.substring(from, to), marked, heard));
    }
  }

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
