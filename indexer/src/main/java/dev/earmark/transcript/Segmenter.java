package dev.earmark.transcript;

import dev.earmark.model.Anchor;
import dev.earmark.model.Cue;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.SegmentCues;
import dev.earmark.model.TimeMap;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.TimedWord;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Groups the cues of a transcript into segments.
 *
 * <p>A caption is too small to read on its own and a turn of three minutes too large to land in. A
 * segment is what one speaker says in about fifteen seconds: it ends when the speaker changes,
 * after {@value #ENOUGH_MS} ms at the end of a sentence, and at {@value #MOST_MS} ms at the latest.
 * A cue longer than that is first cut at its sentences, with times by the share of its words.
 *
 * <p>Nothing is lost: the segment's {@link SegmentCues} keep the cues as they were, and its {@link
 * TimeMap} keeps every cue's, and every word's where the source gives them. All segments but the
 * first continue the one before, so that a phrase may run over a boundary. Linear in the length of
 * the transcript. Stateless and thread-safe.
 */
public final class Segmenter {
  static final long ENOUGH_MS = 12_000;
  static final long MOST_MS = 20_000;

  /** A cue up to this long is one stretch of speech; times inside it are as good as exact. */
  private static final long LONG_CUE_MS = 30_000;

  private static final int MOST_WORDS = 120;

  /**
   * A cue whose words are not timed is cut into no smaller pieces: when ten words stand for an
   * hour, their own times are not known, however long they last.
   */
  private static final int FEWEST_WORDS = 8;

  private Segmenter() {}

  /** The segments of a transcript, in time order if its cues are; words are never dropped. */
  public static List<Moment> segment(List<Cue> cues) {
    return segment(cues, List.of());
  }

  /**
   * The segments of a transcript.
   *
   * @param silent cues without words: they are kept with the cues of the segment in whose time they
   *     lie, and are no part of its text
   */
  public static List<Moment> segment(List<Cue> cues, List<Cue> silent) {
    List<Draft> drafts = new ArrayList<>();
    Draft draft = new Draft();
    for (Cue cue : cues) {
      for (Piece piece : pieces(cue)) {
        if (draft.endsBefore(piece)) {
          drafts.add(draft);
          draft = new Draft();
        }
        draft.add(piece);
      }
    }
    if (!draft.pieces.isEmpty()) {
      drafts.add(draft);
    }
    List<Moment> segments = new ArrayList<>(drafts.size());
    int next = 0;
    for (int i = 0; i < drafts.size(); i++) {
      int first = next;
      long until =
          i + 1 < drafts.size() ? drafts.get(i + 1).pieces.getFirst().startMs() : Long.MAX_VALUE;
      while (next < silent.size() && silent.get(next).span().startMs() < until) {
        next++;
      }
      segments.add(drafts.get(i).finish(i > 0, silent.subList(first, next)));
    }
    return segments;
  }

  /**
   * A stretch of one cue: all of it, or a sentence or so of a long one.
   *
   * @param cue the whole cue
   * @param at where in the text of the cue it begins
   */
  private record Piece(
      String text,
      @Nullable String speaker,
      TimeMap times,
      Anchor anchor,
      int line,
      Cue cue,
      int at) {
    long startMs() {
      return anchor.span().orElseThrow().startMs();
    }

    long endMs() {
      return anchor.span().orElseThrow().endMs();
    }
  }

  private static List<Piece> pieces(Cue cue) {
    Cue flat = OneLine.of(cue);
    Words words = Words.of(flat.text());
    if (words.count() == 0) {
      return List.of();
    }
    TimeMap times = times(flat, words);
    if (flat.span().durationMs() <= MOST_MS && words.count() <= MOST_WORDS) {
      return List.of(
          new Piece(flat.text(), flat.speaker(), times, flat.anchor(), flat.line(), flat, 0));
    }
    return cut(flat, words, times);
  }

  private static List<Piece> cut(Cue cue, Words words, TimeMap times) {
    List<Piece> pieces = new ArrayList<>();
    int fewest = cue.words().isEmpty() ? FEWEST_WORDS : 1;
    int from = 0;
    for (int word = 0; word < words.count(); word++) {
      boolean last = word + 1 == words.count();
      long soFar = times.endOf(word) - times.startOf(from);
      int count = word + 1 - from;
      boolean full = (soFar >= MOST_MS && count >= fewest) || count >= MOST_WORDS;
      boolean enough = (soFar >= ENOUGH_MS / 2 && count >= fewest) || count >= MOST_WORDS / 2;
      if (last
          || full
          || (enough
              && Sentences.endsBetween(cue.text(), words.end(word), words.start(word + 1)))) {
        pieces.add(piece(cue, words, times, from, word));
        from = word + 1;
      }
    }
    return pieces;
  }

  private static Piece piece(Cue cue, Words words, TimeMap times, int first, int last) {
    int from = first == 0 ? 0 : words.start(first);
    int to = last + 1 == words.count() ? cue.text().length() : words.start(last + 1);
    // Opening marks belong to the piece they open.
    while (first > 0 && from > words.end(first - 1) && isOpening(cue.text().charAt(from - 1))) {
      from--;
    }
    while (to < cue.text().length()
        && to > words.end(last)
        && isOpening(cue.text().charAt(to - 1))) {
      to--;
    }
    TimeMap.Builder part = TimeMap.builder();
    for (int word = first; word <= last; word++) {
      part.add(1, times.startOf(word), times.endOf(word));
    }
    TimeSpan span =
        TimeSpan.ofMillis(times.startOf(first), Math.max(times.startOf(first), times.endOf(last)));
    Anchor anchor = cue.anchor().withSpan(span);
    boolean interpolated = cue.words().isEmpty() && first > 0;
    if (interpolated && anchor instanceof Anchor.Exact && cue.span().durationMs() > LONG_CUE_MS) {
      anchor = Anchor.estimated(span, 0.8, "share of words");
    }
    String text = cue.text().substring(from, to).strip();
    return new Piece(text, cue.speaker(), part.build(), anchor, cue.line(), cue, from);
  }

  private static boolean isOpening(char c) {
    return "\"'“‘«([¿¡".indexOf(c) >= 0;
  }

  /**
   * The time of each word of a cue: its own where the source times it; between two timed words the
   * gap is shared; with no timed word, the cue is.
   */
  private static TimeMap times(Cue cue, Words words) {
    TimeMap.Builder map = TimeMap.builder();
    TimeSpan span = cue.span();
    if (cue.words().isEmpty()) {
      return map.add(words.count(), span.startMs(), span.endMs()).build();
    }
    long before = span.startMs();
    int done = 0;
    for (TimedWord timed : cue.words()) {
      int first = Math.max(done, words.firstWordFrom(timed.from()));
      int next = first;
      while (next < words.count() && words.start(next) < timed.to()) {
        next++;
      }
      if (next == first) {
        continue;
      }
      map.add(first - done, before, Math.max(before, timed.startMs()));
      map.add(next - first, timed.startMs(), timed.endMs());
      before = timed.endMs();
      done = next;
    }
    map.add(words.count() - done, before, Math.max(before, span.endMs()));
    return map.build();
  }

  /** A segment in the making. */
  private static final class Draft {
    private final List<Piece> pieces = new ArrayList<>();
    private int words;

    void add(Piece piece) {
      pieces.add(piece);
      words += piece.times().words();
    }

    boolean endsBefore(Piece next) {
      if (pieces.isEmpty()) {
        return false;
      }
      Piece last = pieces.getLast();
      long start = pieces.getFirst().startMs();
      long length = last.endMs() - start;
      return !Objects.equals(last.speaker(), next.speaker())
          || !last.anchor().getClass().equals(next.anchor().getClass())
          || next.endMs() - start > MOST_MS
          || words + next.times().words() > MOST_WORDS
          || (length >= ENOUGH_MS && Sentences.endsWithSentence(last.text()));
    }

    Moment finish(boolean continues, List<Cue> silent) {
      StringBuilder text = new StringBuilder();
      TimeMap.Builder times = TimeMap.builder();
      SegmentCues.Builder cues = SegmentCues.builder();
      int next = 0;
      for (Piece piece : pieces) {
        while (next < silent.size()
            && silent.get(next).span().startMs() < piece.cue().span().startMs()) {
          cues.silent(silent.get(next++));
        }
        OneLine.join(text, piece.text());
        times.addAll(piece.times());
        cues.add(piece.cue(), piece.at(), text.length() - piece.text().length(), text.length());
      }
      silent.subList(next, silent.size()).forEach(cues::silent);
      Piece first = pieces.getFirst();
      long start = first.startMs();
      long end = start;
      Anchor anchor = first.anchor();
      for (Piece piece : pieces) {
        start = Math.min(start, piece.startMs());
        end = Math.max(end, piece.endMs());
        if (piece.anchor() instanceof Anchor.Estimated estimated
            && anchor instanceof Anchor.Estimated least
            && estimated.confidence() < least.confidence()) {
          anchor = estimated;
        }
      }
      return Moment.builder(Kind.SEGMENT, text.toString())
          .speaker(first.speaker())
          .anchor(anchor.withSpan(TimeSpan.ofMillis(start, end)))
          .times(times.build())
          .cues(cues.build())
          .continues(continues)
          .line(first.line())
          .build();
    }
  }
}
