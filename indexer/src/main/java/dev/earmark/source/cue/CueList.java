package dev.earmark.source.cue;

import dev.earmark.model.Anchor;
import dev.earmark.model.Cue;
import dev.earmark.model.ProblemLog;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.TimedWord;
import dev.earmark.model.Timestamp;
import dev.earmark.source.SourceException;
import dev.earmark.source.syntax.JsonValues;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cues as they are read, with what is wrong with their times repaired and reported: a cue without a
 * start is left out, one that ends before it starts ends where it starts, one without an end ends
 * where the next begins.
 */
public final class CueList {
  private final ProblemLog problems;
  private final List<Cue> cues = new ArrayList<>();
  private boolean lastIsOpen;

  public CueList(ProblemLog problems) {
    this.problems = problems;
  }

  public boolean isEmpty() {
    return cues.isEmpty();
  }

  public int size() {
    return cues.size();
  }

  /** When the last cue ends; 0 if there is none. */
  public long lastEnd() {
    return cues.isEmpty() ? 0 : cues.getLast().span().endMs();
  }

  public void add(long startMs, long endMs, @Nullable String speaker, String text, int line) {
    add(startMs, endMs, speaker, text, List.of(), line);
  }

  /**
   * Adds a cue.
   *
   * @param startMs {@link JsonValues#NO_TIME} if it is missing
   * @param endMs likewise
   * @param text if blank, there is nothing to add
   */
  public void add(
      long startMs,
      long endMs,
      @Nullable String speaker,
      String text,
      List<TimedWord> words,
      int line) {
    if (text.isBlank()) {
      return;
    }
    if (startMs < 0) {
      problems.warning(
          "cue-without-start", line, "no start time for \"" + shorten(text) + "\"", "left out");
      return;
    }
    long end = endMs;
    if (endMs >= 0 && endMs < startMs) {
      problems.warning(
          "cue-ends-before-start",
          line,
          "ends at " + endMs + " ms but starts at " + startMs + " ms: \"" + shorten(text) + "\"",
          "made to end where it starts");
      end = startMs;
    }
    closeLast(startMs);
    lastIsOpen = end < 0;
    // A start and a length, both possible, may add up to an end that is not.
    Timestamp start = Timestamp.clamped(startMs);
    TimeSpan span = end < 0 ? TimeSpan.from(start) : new TimeSpan(start, Timestamp.clamped(end));
    cues.add(new Cue(Anchor.exact(span), speaker, text, words, line));
  }

  /** Adds a cue whose time was worked out. */
  public void add(Cue cue) {
    closeLast(cue.span().startMs());
    lastIsOpen = false;
    cues.add(cue);
  }

  private void closeLast(long nextStartMs) {
    if (lastIsOpen) {
      Cue last = cues.getLast();
      long start = last.span().startMs();
      cues.set(
          cues.size() - 1, last.withSpan(TimeSpan.ofMillis(start, Math.max(start, nextStartMs))));
      lastIsOpen = false;
    }
  }

  public List<Cue> cues() {
    return cues;
  }

  /**
   * The cues, if there are any.
   *
   * @throws SourceException if there are none
   */
  public List<Cue> orRefuse(String whatIsNeeded) throws SourceException {
    if (cues.isEmpty()) {
      throw new SourceException(0, "nothing to read: " + whatIsNeeded);
    }
    return cues;
  }

  /** A text as a message shows it. */
  public static String shorten(String text) {
    String line = text.strip().replace('\n', ' ');
    return line.length() <= 60 ? line : line.substring(0, 57) + "...";
  }
}
