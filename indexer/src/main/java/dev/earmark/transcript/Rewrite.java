package dev.earmark.transcript;

import dev.earmark.model.Cue;
import dev.earmark.model.TimedWord;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a cue's text anew, character by character, and moves its timed words along.
 *
 * <p>Take the old text from left to right: {@link #keep} copies a stretch, {@link #replace} puts
 * something else in its place. Not thread-safe; one a cue.
 */
final class Rewrite {
  private final Cue cue;
  private final StringBuilder line;
  private final int[] moved;
  private int at;

  Rewrite(Cue cue) {
    this.cue = cue;
    this.line = new StringBuilder(cue.text().length());
    this.moved = new int[cue.text().length() + 1];
  }

  /** How much of the old text is done. */
  int at() {
    return at;
  }

  boolean atEnd() {
    return at == cue.text().length();
  }

  char next() {
    return cue.text().charAt(at);
  }

  /** The last character written, or a space if there is none. */
  char last() {
    return line.isEmpty() ? ' ' : line.charAt(line.length() - 1);
  }

  /** Copies the old text up to a place. */
  void keep(int to) {
    while (at < to) {
      moved[at] = line.length();
      line.append(cue.text().charAt(at++));
    }
  }

  /** Writes something else for the old text up to a place. */
  void replace(int to, String with) {
    while (at < to) {
      moved[at++] = line.length();
    }
    line.append(with);
  }

  /**
   * The cue with the new text, which still knows the old one; timed words of which nothing is left
   * are gone.
   */
  Cue finish() {
    keep(cue.text().length());
    moved[at] = line.length();
    if (line.length() == cue.text().length() && line.toString().equals(cue.text())) {
      return cue;
    }
    List<TimedWord> words = new ArrayList<>(cue.words().size());
    for (TimedWord word : cue.words()) {
      int from = moved[Math.min(word.from(), at)];
      int to = moved[Math.min(word.to(), at)];
      if (to > from) {
        words.add(new TimedWord(from, to, word.startMs(), word.endMs()));
      }
    }
    return cue.cleaned(line.toString(), words);
  }
}
