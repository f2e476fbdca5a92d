package dev.earmark.source.cue;

import dev.earmark.model.Anchor;
import dev.earmark.model.Cue;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.ProblemLog;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.TimedWord;
import dev.earmark.model.Timestamp;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.SourceException;
import dev.earmark.source.head.SpeakerName;
import dev.earmark.source.syntax.Excerpt;
import dev.earmark.source.time.Times;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Builds the cues of one source, of whatever format, in the order it has them, and mends times that
 * cannot be.
 *
 * <ul>
 *   <li>A cue without a start is left out; a time before the recording becomes its start; an end
 *       before the start becomes the start. Each is reported.
 *   <li>A cue without an end ends where the next begins; it stays open if none begins after it.
 *   <li>A cue without text is left out.
 *   <li>A voice tag of WebVTT at the head of a text says who speaks ({@link VoiceTags}).
 *   <li>At the end, cues that are tokens are joined to words and sentences, and a sentence that is
 *       said again for each of its words is said once. Then names before the words ({@link
 *       CueSpeakers}) become speakers, which can only be judged over the whole source.
 * </ul>
 *
 * <p>Not thread-safe.
 */
public final class CueBuilder {
  private final ProblemLog problems;
  private final List<Cue> cues = new ArrayList<>();

  /** Which word of a cue is marked, by the number of the cue. */
  private final Map<Integer, Mark> marks = new HashMap<>();

  /** Which cues begin with a space. */
  private final BitSet spaced = new BitSet();

  /** A stretch of a text, from a character up to another. */
  public record Mark(int from, int to) {}

  public CueBuilder(ProblemLog problems) {
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
   * @param startMs may be negative, or {@link Times#NONE}
   * @param endMs may be negative, before the start, or {@link Times#NONE}
   * @param written with white space around it, which is removed
   * @param words stretches of that text
   */
  public void add(
      long startMs,
      long endMs,
      @Nullable String speaker,
      String written,
      List<TimedWord> words,
      int line) {
    // Tokenizers write the space before a word as a mark.
    String text = written.startsWith("\u2581") ? " " + written.substring(1) : written;
    if (text.isBlank()) {
      return;
    }
    if (startMs == Times.NONE) {
      problems.warning(
          "cue-without-start", line, "no start time for \"" + Excerpt.of(text) + "\"", "left out");
      return;
    }
    if (startMs < 0 || (endMs < 0 && endMs != Times.NONE)) {
      problems.warning(
          "negative-time",
          line,
          "the caption \"" + Excerpt.of(text) + "\" has a time before the recording starts",
          "taken as 0");
    }
    Timestamp start = Timestamp.clamped(startMs);
    Timestamp end = endMs == Times.NONE ? null : Timestamp.clamped(endMs);
    if (end != null && end.compareTo(start) < 0) {
      problems.warning(
          "cue-ends-before-start",
          line,
          "the caption \""
              + Excerpt.of(text)
              + "\" ends at "
              + end.webVtt()
              + ", before its start at "
              + start.webVtt(),
          "it ends where it starts");
      end = start;
    }
    int from = leadingSpace(text);
    String stripped = text.strip();
    spaced.set(cues.size(), from > 0);
    Cue cue =
        new Cue(
            Anchor.exact(new TimeSpan(start, end)),
            speaker == null || speaker.isBlank() ? null : speaker.strip(),
            stripped,
            shifted(words, from, stripped.length()),
            line);
    List<Cue> voices = VoiceTags.split(cue);
    if (voices.size() > 1) {
      problems.notice(
          "several-voices",
          line,
          "one caption has " + voices.size() + " stretches of voices",
          "each is a caption of its own");
    }
    cues.addAll(voices);
  }

  /**
   * Adds a cue of which one stretch may be marked, as karaoke captions mark the word that is spoken
   * and say the sentence again for the next.
   */
  public void addMarked(
      long startMs,
      long endMs,
      @Nullable String speaker,
      String text,
      List<TimedWord> words,
      @Nullable Mark marked,
      int line) {
    int number = cues.size();
    add(startMs, endMs, speaker, text, words, line);
    if (marked != null && cues.size() > number) {
      int space = leadingSpace(text);
      int from = Math.max(0, marked.from() - space);
      int to = Math.min(cues.getLast().text().length(), marked.to() - space);
      if (from < to) {
        marks.put(number, new Mark(from, to));
      }
    }
  }

  /** Adds a cue whose time was worked out. */
  public void add(Cue cue) {
    cues.add(cue);
  }

  /** The cues as they are so far. */
  List<Cue> built() {
    return cues;
  }

  /** The cues, with the names before their words taken for speakers and open ends closed. */
  public List<Cue> cues() {
    closeEnds();
    joinFragments();
    putNamesInOrder();
    List<Cue> named = CueSpeakers.named(cues);
    if (named != cues) {
      cues.clear();
      cues.addAll(named);
    }
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
    return cues();
  }

  /** The cues, with what is known of the episode; that there are none is reported. */
  public ParsedSource finish(EpisodeFields episode) {
    if (cues.isEmpty()) {
      problems.warning("no-captions", 0, "there is no caption with text in it", null);
    }
    return ParsedSource.ofCues(episode, cues());
  }

  /** Cues that say a sentence again for each of its words, or are parts of words, become whole. */
  private void joinFragments() {
    List<Cue> joined = RepeatedSentences.joined(cues, marks);
    if (joined == null) {
      joined = TokenCues.joined(cues, spaced, problems);
    }
    if (joined != null) {
      cues.clear();
      cues.addAll(joined);
      marks.clear();
      spaced.clear();
    }
  }

  /**
   * {@code Quist, Ada} becomes {@code Ada Quist}, unless either goes by that name alone: then both
   * speak.
   */
  private void putNamesInOrder() {
    Set<String> all = new HashSet<>();
    boolean any = false;
    for (Cue cue : cues) {
      any |= cue.speaker() != null && all.add(cue.speaker()) && cue.speaker().indexOf(',') > 0;
    }
    for (int i = 0; any && i < cues.size(); i++) {
      String name = cues.get(i).speaker();
      int comma = name == null ? -1 : name.indexOf(',');
      if (name != null
          && comma > 0
          && !all.contains(name.substring(0, comma).strip())
          && !all.contains(name.substring(comma + 1).strip())) {
        cues.set(i, cues.get(i).withSpeaker(SpeakerName.firstNameFirst(name)));
      }
    }
  }

  private void closeEnds() {
    for (int i = 0; i + 1 < cues.size(); i++) {
      TimeSpan span = cues.get(i).span();
      Timestamp next = cues.get(i + 1).span().start();
      if (span.end() == null && next.compareTo(span.start()) > 0) {
        cues.set(i, cues.get(i).withSpan(new TimeSpan(span.start(), next)));
      }
    }
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
}
