package dev.earmark.source.turn;

import dev.earmark.source.head.LineHead;
import dev.earmark.source.time.TimeMark;
import dev.earmark.source.time.Times;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much is said from one time of a document to the next, which tells speech from notes about it
 * and from what has nothing to do with the recording.
 *
 * @param stamps how many times there are
 * @param words the words between times that rise
 * @param millis the time between them
 */
record Pace(int stamps, long words, long millis) {
  /** Fewer words a second than this are a summary of what is said, not what is said. */
  private static final double SLOWEST_SPEECH = 0.7;

  /** More words a second than this nobody says. */
  private static final double FASTEST_SPEECH = 10;

  /** Times closer than this are those of sentences, however short. */
  private static final long CLOSE_TIMES_MS = 30_000;

  /** That of a document without times. */
  static final Pace NONE = new Pace(0, 0, 0);

  private static final boolean[] WORD = new boolean[128];

  static {
    for (char c = 0; c < WORD.length; c++) {
      WORD[c] = Character.isLetterOrDigit(c);
    }
  }

  /** The pace of the lines of a document. */
  static Pace of(List<@Nullable LineHead> heads) {
    int stamps = 0;
    long words = 0;
    long millis = 0;
    long since = 0;
    long before = Times.NONE;
    for (LineHead head : heads) {
      if (head == null) {
        continue;
      }
      TimeMark mark = head.lead();
      if (mark != null) {
        stamps++;
        if (before != Times.NONE && mark.startMs() > before) {
          words += since;
          millis += mark.startMs() - before;
        }
        before = mark.startMs();
        since = 0;
      }
      if (before != Times.NONE) {
        since += wordsIn(head.rest().isEmpty() ? head.whole() : head.rest());
      }
    }
    return new Pace(stamps, words, millis);
  }

  boolean isSpeech() {
    return words * 1_000.0 >= SLOWEST_SPEECH * millis && millis > 0;
  }

  /** Whether nobody could say so much, so that the times are of something else. */
  boolean isTooFast() {
    return millis > 0 && words * 1_000.0 > FASTEST_SPEECH * millis;
  }

  /** Whether so little is said that it is a summary. */
  boolean isSummary() {
    return stamps > 1
        && millis >= CLOSE_TIMES_MS * (stamps - 1)
        && words * 1_000.0 < SLOWEST_SPEECH * millis;
  }

  /** Roughly how many words there are; of scripts without spaces two characters make one. */
  private static long wordsIn(String text) {
    long halves = 0;
    boolean inside = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = c < WORD.length ? WORD[c] : Character.isLetterOrDigit(c);
      if (c >= 0x2E80 && letter) {
        halves++;
        inside = false;
      } else {
        halves += letter && !inside ? 2 : 0;
        inside = letter || (inside && (c == '\'' || c == '\u2019'));
      }
    }
    return halves / 2;
  }
}
