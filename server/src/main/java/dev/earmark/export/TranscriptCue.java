package dev.earmark.export;

import dev.earmark.model.Correction;
import dev.earmark.model.Moment;
import dev.earmark.model.SegmentCues;
import dev.earmark.model.TimeMap;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.TimedWord;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cue as it is written out: that of the source, with its times and its line breaks.
 *
 * @param span when it is spoken; null if that is not known
 * @param speaker who says it; null if nobody is named
 * @param words the times of its words, where the source gives them; else empty
 * @param heard the words that a manifest set right, in their order
 */
public record TranscriptCue(
    @Nullable TimeSpan span,
    @Nullable String speaker,
    String text,
    List<TimedWord> words,
    List<Heard> heard) {

  /**
   * Some words of a cue that stand in its source otherwise.
   *
   * @param from where they begin in the text of the cue
   * @param to where they end
   * @param as what the source has there
   */
  public record Heard(int from, int to, String as) {}

  /**
   * The cues that segments were made of, in time order. A segment that was made of none, such as a
   * paragraph that was placed by its words, is one.
   */
  static List<TranscriptCue> of(List<Moment> segments) {
    List<TranscriptCue> cues = new ArrayList<>();
    int spoken = -1;
    for (Moment segment : segments) {
      SegmentCues its = segment.cues();
      if (its == null) {
        cues.add(
            new TranscriptCue(
                segment.anchor().span().orElse(null),
                segment.speaker(),
                segment.text(),
                List.of(),
                heard(segment, 0, segment.text().length(), segment.text())));
        continue;
      }
      for (SegmentCues.Part part : its.of(segment.body())) {
        List<TimedWord> words = words(segment, part);
        if (part.goesOn() && spoken >= 0) {
          cues.set(spoken, cues.get(spoken).and(part, words, heard(segment, part)));
        } else {
          spoken = part.silent() ? spoken : cues.size();
          String speaker = part.silent() ? null : segment.speaker();
          TimeSpan span = TimeSpan.ofMillis(part.startMs(), part.endMs());
          cues.add(new TranscriptCue(span, speaker, part.text(), words, heard(segment, part)));
        }
      }
    }
    // A cue in which nobody speaks may stand behind the end of a long one that began before it.
    if (cues.stream().allMatch(cue -> cue.span() != null)) {
      cues.sort(Comparator.comparing(cue -> Objects.requireNonNull(cue.span()).start()));
    }
    return cues;
  }

  /** The cue in a part of the recording, timed from there; empty if it is not spoken in it. */
  Optional<TranscriptCue> within(TimeSpan stretch) {
    TimeSpan mine = span;
    if (mine == null
        || mine.startMs() >= stretch.endMs()
        || Math.max(mine.endMs(), mine.startMs() + 1) <= stretch.startMs()) {
      return Optional.empty();
    }
    long from = stretch.startMs();
    TimeSpan moved =
        TimeSpan.ofMillis(
            Math.max(0, mine.startMs() - from), Math.min(mine.endMs(), stretch.endMs()) - from);
    List<TimedWord> inside =
        words.stream()
            .filter(word -> word.startMs() >= from && word.endMs() <= stretch.endMs())
            .map(word ->
                new TimedWord(word.from(), word.to(), word.startMs() - from, word.endMs() - from))
            .toList();
    return Optional.of(new TranscriptCue(moved, speaker, text, inside, heard));
  }

  /** This cue and the rest of it. */
  private TranscriptCue and(SegmentCues.Part rest, List<TimedWord> itsWords, List<Heard> itsHeard) {
    if (rest.text().isEmpty()) {
      return this;
    }
    List<TimedWord> all = new ArrayList<>(words);
    int moved = text.length() + rest.gap().length();
    for (TimedWord word : itsWords) {
      all.add(new TimedWord(word.from() + moved, word.to() + moved, word.startMs(), word.endMs()));
    }
    List<Heard> allHeard = new ArrayList<>(heard);
    for (Heard word : itsHeard) {
      allHeard.add(new Heard(word.from() + moved, word.to() + moved, word.as()));
    }
    return new TranscriptCue(span, speaker, text + rest.gap() + rest.text(), all, allHeard);
  }

  private static List<Heard> heard(Moment segment, SegmentCues.Part part) {
    return heard(segment, part.from(), part.to(), part.text());
  }

  /** The words set right in a stretch of a segment, found in the text of the cue. */
  private static List<Heard> heard(Moment segment, int from, int to, String text) {
    if (segment.corrections().isEmpty()) {
      return List.of();
    }
    Words words = Words.of(segment.text());
    List<Heard> heard = new ArrayList<>();
    int done = 0;
    for (Correction correction : segment.corrections()) {
      int start = words.start(correction.firstWord());
      int end = words.end(correction.firstWord() + correction.words() - 1);
      int at =
          start < from || end > to ? -1 : text.indexOf(segment.text().substring(start, end), done);
      if (at >= 0) {
        done = at + end - start;
        heard.add(new Heard(at, done, correction.heard()));
      }
    }
    return heard;
  }

  /** The stretches of a cue that its source times, found in its text as it was written. */
  private static List<TimedWord> words(Moment segment, SegmentCues.Part part) {
    TimeMap times = segment.times();
    if (times == null || !part.timedWords()) {
      return List.of();
    }
    Words words = Words.of(segment.text());
    List<TimedWord> timed = new ArrayList<>();
    int done = 0;
    for (int piece = 0; piece < times.pieces(); piece++) {
      int first = times.firstWordOf(piece);
      int last = (piece + 1 < times.pieces() ? times.firstWordOf(piece + 1) : times.words()) - 1;
      if (last >= words.count()
          || words.start(first) < part.from()
          || words.end(last) > part.to()) {
        continue;
      }
      // Where the text was cleaned, the words stand in their order, with other things between.
      int from = part.text().indexOf(words.word(first), done);
      int to = from < 0 ? -1 : part.text().indexOf(words.word(last), from);
      if (to < 0) {
        continue;
      }
      done = to + words.word(last).length();
      timed.add(new TimedWord(from, done, times.startOf(first), times.endOf(last)));
    }
    return timed;
  }
}
