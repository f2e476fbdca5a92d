package dev.earmark.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The smallest timed piece of a transcript, as its source gives it: a caption, a turn, a line.
 *
 * @param anchor when it is spoken; never {@link Anchor.Unplaced}
 * @param speaker who says it; null if the source does not say
 * @param text the words, with no markup; line breaks as in the source
 * @param words the times of single words, in order, where the source gives them; else empty
 * @param line the line of the source it starts at, counted from 1; 0 if the format has no lines
 * @param written the text as the source has it, where {@code text} was cleaned since; else null
 */
public record Cue(
    Anchor anchor,
    @Nullable String speaker,
    String text,
    List<TimedWord> words,
    int line,
    @Nullable String written) {

  public Cue {
    words = List.copyOf(words);
    if (anchor instanceof Anchor.Unplaced) {
      throw new IllegalArgumentException("a cue must have a time: \"" + text + "\"");
    }
  }

  /** A cue as its source has it. */
  public Cue(
      Anchor anchor, @Nullable String speaker, String text, List<TimedWord> words, int line) {
    this(anchor, speaker, text, words, line, null);
  }

  /** A cue whose source gives its start and end. */
  public static Cue exact(
      long startMs, long endMs, @Nullable String speaker, String text, int line) {
    return new Cue(Anchor.exact(TimeSpan.ofMillis(startMs, endMs)), speaker, text, List.of(), line);
  }

  public TimeSpan span() {
    return anchor.span().orElseThrow();
  }

  /** The cue with another text, of which nothing older is known. */
  public Cue withText(String newText, List<TimedWord> newWords) {
    return new Cue(anchor, speaker, newText, newWords, line);
  }

  /** The cue with a cleaner text, which still knows how it was written. */
  public Cue cleaned(String newText, List<TimedWord> newWords) {
    return new Cue(anchor, speaker, newText, newWords, line, asWritten());
  }

  /** The text as the source has it. */
  public String asWritten() {
    return written == null ? text : written;
  }

  public Cue withSpeaker(@Nullable String newSpeaker) {
    return new Cue(anchor, newSpeaker, text, words, line, written);
  }

  public Cue withSpan(TimeSpan span) {
    return new Cue(anchor.withSpan(span), speaker, text, words, line, written);
  }
}
