package dev.earmark.source.turn;

import dev.earmark.source.head.LineHead;
import dev.earmark.source.time.TimeMark;
import dev.earmark.source.time.Times;
import dev.earmark.text.Words;
import java.util.ArrayList;
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

  /**
   * Whether the speaking rate varies less if the times at the ends of turns are when they end. The
   * spread of the logarithm of milliseconds a word is compared; equal spreads mean starts.
   */
  static boolean endsFitBetter(List<@Nullable LineHead> heads) {
    List<Long> times = new ArrayList<>();
    List<Integer> words = new ArrayList<>();
    int said = 0;
    for (LineHead head : heads) {
      if (head == null) {
        continue;
      }
      said += Words.of(head.rest()).count();
      if (head.tail() != null) {
        times.add(head.tail().startMs());
        words.add(said);
        said = 0;
      }
    }
    List<Double> asEnds = new ArrayList<>();
    List<Double> asStarts = new ArrayList<>();
    for (int i = 0; i < times.size(); i++) {
      long before = times.get(i) - (i == 0 ? 0 : times.get(i - 1));
      if (before > 0 && words.get(i) > 0) {
        asEnds.add(Math.log((double) before / words.get(i)));
      }
      long after = i + 1 < times.size() ? times.get(i + 1) - times.get(i) : 0;
      if (after > 0 && words.get(i) > 0) {
        asStarts.add(Math.log((double) after / words.get(i)));
      }
    }
    return asEnds.size() > 2
        && asStarts.size() > 1
        && times.getFirst() > 0
        && spread(asEnds) < 0.8 * spread(asStarts);
  }

  private static double spread(List<Double> values) {
    double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    double squares = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
    return Math.sqrt(squares / values.size());
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
