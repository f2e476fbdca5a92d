package dev.earmark.source.cue;

import dev.earmark.model.Anchor;
import dev.earmark.model.Cue;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.ProblemLog;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.TimedWord;
import dev.earmark.model.Timestamp;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.head.SpeakerPrefix;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the cues of one source in the order it has them, mending times that cannot be.
 *
 * <p>A time before the recording becomes its start, an end before the start becomes the start; each
 * is reported. A caption without text is left out. At the end, names before the words ({@link
 * SpeakerPrefix}) become speakers, which can only be judged over the whole source. Not thread-safe.
 */
public final class CueCollector {
  /** An end that the source does not give. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  private final ProblemLog problems;
  private final List<Cue> cues = new ArrayList<>();

  public CueCollector(ProblemLog problems) {
    this.problems = problems;
  }

  public void add(long startMs, long endMs, @Nullable String speaker, String text, int line) {
    add(startMs, endMs, speaker, text, List.of(), line);
  }

  /**
   * Adds a caption.
   *
   * @param startMs may be negative
   * @param endMs may be negative, before the start, or {@link #UNKNOWN}
   * @param text with white space around it, which is removed
   * @param words stretches of that text
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
    if (startMs < 0 || (endMs < 0 && endMs != UNKNOWN)) {
      problems.warning(
          "negative-time",
          line,
          "the caption \"" + excerpt(text) + "\" has a time before the recording starts",
          "taken as 0");
    }
    Timestamp start = Timestamp.clamped(startMs);
    Timestamp end = endMs == UNKNOWN ? null : Timestamp.clamped(endMs);
    if (end != null && end.compareTo(start) < 0) {
      problems.warning(
          "cue-ends-before-start",
          line,
          "the caption \""
              + excerpt(text)
              + "\" ends at "
              + end.webVtt()
              + ", before its start at "
              + start.webVtt(),
          "it ends where it starts");
      end = start;
    }
    int from = leadingSpace(text);
    String stripped = text.strip();
    cues.add(
        new Cue(
            Anchor.exact(new TimeSpan(start, end)),
            speaker == null || speaker.isBlank() ? null : speaker.strip(),
            stripped,
            shifted(words, from, stripped.length()),
            line));
  }

  public boolean isEmpty() {
    return cues.isEmpty();
  }

  /** The cues, with what is known of the episode. */
  public ParsedSource finish(EpisodeFields episode) {
    if (cues.isEmpty()) {
      problems.warning("no-captions", 0, "there is no caption with text in it", null);
    }
    SpeakerPrefix.Census census = new SpeakerPrefix.Census();
    for (Cue cue : cues) {
      census.add(cue.speaker() == null ? SpeakerPrefix.find(cue.text()) : null);
    }
    if (!census.isEmpty()) {
      cues.replaceAll(cue -> withPrefixAsSpeaker(cue, census));
    }
    return ParsedSource.ofCues(episode, cues);
  }

  private static Cue withPrefixAsSpeaker(Cue cue, SpeakerPrefix.Census census) {
    SpeakerPrefix prefix = cue.speaker() == null ? SpeakerPrefix.find(cue.text()) : null;
    if (prefix == null || !census.accepts(prefix)) {
      return cue;
    }
    String rest = cue.text().substring(prefix.end());
    return cue.withText(rest, shifted(cue.words(), prefix.end(), rest.length()))
        .withSpeaker(prefix.name());
  }

  /** The words of a text of which characters before {@code from} and after its length are gone. */
  private static List<TimedWord> shifted(List<TimedWord> words, int from, int length) {
    if (words.isEmpty()) {
      return words;
    }
    List<TimedWord> shifted = new ArrayList<>(words.size());
    for (TimedWord word : words) {
      int start = Math.max(0, word.from() - from);
      int end = Math.min(length, word.to() - from);
      if (end > start) {
        shifted.add(new TimedWord(start, end, word.startMs(), word.endMs()));
      }
    }
    return shifted;
  }

  private static int leadingSpace(String text) {
    int from = 0;
    while (from < text.length() && Character.isWhitespace(text.charAt(from))) {
      from++;
    }
    return from;
  }

  /** The start of a text on one line, for messages. */
  public static String excerpt(String text) {
    String line = text.strip();
    String head = line.length() > 40 ? line.substring(0, 40) + "…" : line;
    return head.replace('\n', ' ');
  }
}
