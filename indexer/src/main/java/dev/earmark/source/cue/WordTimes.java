package dev.earmark.source.cue;

import dev.earmark.model.TimedWord;
import java.util.List;

/** Makes timed words of the stretches of text between two time marks. */
public final class WordTimes {
  private WordTimes() {}

  /**
   * Adds the stretch of a text without the white space at its ends; nothing if that is all of it.
   *
   * <p>A stretch that runs over a line break is split there: where captions roll, the line above is
   * that of the caption before, and whoever takes it out must not find it in one word with the
   * next.
   *
   * @param startMs one before zero, as in a stream that begins before its recording, counts as zero
   * @param endMs an end before the start, or one not known, counts as the start
   */
  public static void add(
      List<TimedWord> words, CharSequence text, int from, int to, long startMs, long endMs) {
    int lineStart = from;
    for (int i = from; i < to; i++) {
      if (text.charAt(i) == '\n') {
        addLine(words, text, lineStart, i, startMs, endMs);
        lineStart = i + 1;
      }
    }
    addLine(words, text, lineStart, to, startMs, endMs);
  }

  private static void addLine(
      List<TimedWord> words, CharSequence text, int from, int to, long startMs, long endMs) {
    int first = from;
    int last = to;
    while (first < last && Character.isWhitespace(text.charAt(first))) {
      first++;
    }
    while (last > first && Character.isWhitespace(text.charAt(last - 1))) {
      last--;
    }
    if (last > first) {
      long start = Math.max(0, startMs);
      words.add(new TimedWord(first, last, start, Math.max(start, endMs)));
    }
  }
}
