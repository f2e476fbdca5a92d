package dev.earmark.source.turn;

import dev.earmark.model.Anchor;
import dev.earmark.model.Cue;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.ProblemLog;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import dev.earmark.source.syntax.Excerpt;
import dev.earmark.source.syntax.MarkdownText;
import dev.earmark.source.time.Times;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transcript in paragraphs, some of which carry the time at which they begin, and the times of
 * the others.
 *
 * <p>Between two stamps, each paragraph gets the share of the time that its words have of all words
 * there. How good that is was measured on transcripts whose every turn has a time, by hiding most
 * of the times: the share of starts that come within ten seconds was 0.98 for stamps a minute
 * apart, 0.94 for two, 0.88 for four, 0.74 for eight and 0.58 for fifteen ({@code TurnsTest}
 * measures it). {@code 1 / (1 + gap / 20 min)} follows this closely from below and is the
 * confidence.
 *
 * <p>Where there is far more time than the words fill, as over a break or a night, they are spoken
 * at the beginning of it, no slower than {@value #SLOWEST_MS_A_WORD} ms a word. After the last
 * stamp they go on at {@value #USUAL_MS_A_WORD} ms a word, which is 150 words a minute, and the
 * confidence is {@code 1 / (1 + time since the stamp / 1 min)}; if the length of the recording is
 * known, they share what is left of it.
 *
 * <p>Stamps that do not fit into the order of most of the others are reported and not used: kept is
 * a longest row of stamps that never goes back. A stamp that misses the order by a few seconds
 * only, as where people speak at the same time, stays what its turn begins at.
 */
final class Turns {
  static final long USUAL_MS_A_WORD = 400;
  static final long SLOWEST_MS_A_WORD = 800;
  private static final long SLACK_MS = 2_000;
  private static final long OVERLAP_MS = 10_000;
  private static final double HALF_AT_MS = 20 * 60_000;
  private static final double HALF_AFTER_LAST_MS = 60_000;
  private static final String SHARE = "share of words";
  private static final String RATE = "speaking rate";

  /** A paragraph, or a heading if its level is not 0. */
  private record Piece(
      @Nullable String speaker, long stampMs, long untilMs, String text, int level, int line) {}

  private final ProblemLog problems;
  private final List<Piece> pieces = new ArrayList<>();
  private boolean stamped;

  Turns(ProblemLog problems) {
    this.problems = problems;
  }

  void paragraph(@Nullable String speaker, long stampMs, String text, int line) {
    paragraph(speaker, stampMs, Times.NONE, text, line);
  }

  /**
   * Adds a paragraph.
   *
   * @param stampMs when it begins; {@link Times#NONE} if it does not say
   * @param untilMs when what was said from then on ends; likewise
   * @param text may be empty, if there is only a time
   */
  void paragraph(@Nullable String speaker, long stampMs, long untilMs, String text, int line) {
    long stamp = stampMs;
    if (stampMs < 0 && stampMs != Times.NONE) {
      problems.warning(
          "negative-time",
          line,
          "\"" + Excerpt.of(text) + "\" has a time before the recording starts",
          "taken as 0");
      stamp = 0;
    }
    for (String part : MarkdownText.parts(text)) {
      if (!part.isBlank() || stamp >= 0) {
        pieces.add(new Piece(speaker, stamp, untilMs, part, 0, line));
        stamped |= stamp >= 0;
      }
      stamp = Times.NONE;
    }
  }

  void heading(int level, String text, int line) {
    if (!text.isBlank()) {
      pieces.add(new Piece(null, Times.NONE, Times.NONE, text, level, line));
    }
  }

  boolean hasStamps() {
    return stamped;
  }

  boolean isEmpty() {
    return pieces.stream().allMatch(piece -> piece.text().isBlank());
  }

  /** The transcript: timed cues if it has any stamp, else unplaced segments. */
  void into(List<Cue> cues, List<Moment> moments, @Nullable Long durationMs) {
    if (stamped) {
      place(cues, moments, durationMs == null ? Times.NONE : durationMs);
    } else {
      unplaced(moments);
    }
  }

  private void unplaced(List<Moment> moments) {
    List<String> section = List.of();
    boolean continues = false;
    for (Piece piece : pieces) {
      if (piece.level() > 0) {
        section = List.of(piece.text());
        moments.add(
            Moment.builder(Kind.CHAPTER, "").title(piece.text()).line(piece.line()).build());
        continues = false;
      } else if (!piece.text().isBlank()) {
        moments.add(
            Moment.builder(Kind.SEGMENT, piece.text())
                .speaker(piece.speaker())
                .section(section)
                .continues(continues)
                .line(piece.line())
                .build());
        continues = true;
      }
    }
  }

  private void place(List<Cue> cues, List<Moment> moments, long durationMs) {
    int count = pieces.size();
    int[] words = new int[count];
    for (int i = 0; i < count; i++) {
      Piece piece = pieces.get(i);
      words[i] = piece.level() > 0 ? 0 : Words.of(piece.text()).count();
    }
    Anchor[] anchors = new Anchor[count];
    List<Stamped> stamps = usableStamps();
    Stamped first = stamps.getFirst();
    if (first.piece() > 0) {
      share(anchors, words, 0, first.piece(), 0, first.inOrderMs());
    }
    for (int i = 0; i < stamps.size(); i++) {
      int from = stamps.get(i).piece();
      long start = stamps.get(i).inOrderMs();
      int to = i + 1 < stamps.size() ? stamps.get(i + 1).piece() : count;
      long until = pieces.get(from).untilMs();
      if (until > start) {
        share(anchors, words, from, to, start, until);
      } else if (i + 1 < stamps.size()) {
        share(anchors, words, from, to, start, stamps.get(i + 1).inOrderMs());
      } else if (durationMs > start) {
        share(anchors, words, from, count, start, durationMs);
      } else {
        goOn(anchors, words, from, count, start);
      }
      long said = pieces.get(from).stampMs();
      boolean alone = until > start && to == from + 1;
      long end = alone ? until : anchors[from].span().orElseThrow().endMs();
      anchors[from] = Anchor.exact(TimeSpan.ofMillis(said, Math.max(said, end)));
    }
    for (int i = 0; i < count; i++) {
      Piece piece = pieces.get(i);
      if (piece.level() == 0 && !piece.text().isBlank()) {
        cues.add(new Cue(anchors[i], piece.speaker(), piece.text(), List.of(), piece.line()));
      }
    }
    chapters(moments, anchors);
  }

  /** A piece whose stamp is used, and where it lies in the order of the others. */
  private record Stamped(int piece, long inOrderMs) {}

  /** The pieces whose stamps are used: a longest row that never goes back, found in n log n. */
  private List<Stamped> usableStamps() {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      if (pieces.get(i).stampMs() >= 0) {
        all.add(i);
      }
    }
    int[] tails = new int[all.size()];
    int[] before = new int[all.size()];
    int length = 0;
    for (int i = 0; i < all.size(); i++) {
      long stamp = stamp(all, i);
      int low = 0;
      int high = length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (stamp(all, tails[middle]) <= stamp) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      before[i] = low == 0 ? -1 : tails[low - 1];
      tails[low] = i;
      length = Math.max(length, low + 1);
    }
    boolean[] kept = new boolean[all.size()];
    for (int i = tails[length - 1]; i >= 0; i = before[i]) {
      kept[i] = true;
    }
    return usable(all, kept);
  }

  /** The stamps in order, and of the others those that miss it by little, moved into it. */
  private List<Stamped> usable(List<Integer> all, boolean[] kept) {
    long[] nextMs = new long[all.size()];
    long next = Long.MAX_VALUE - OVERLAP_MS;
    for (int i = all.size() - 1; i >= 0; i--) {
      nextMs[i] = next;
      next = kept[i] ? stamp(all, i) : next;
    }
    List<Stamped> usable = new ArrayList<>(all.size());
    long before = 0;
    for (int i = 0; i < all.size(); i++) {
      long stamp = stamp(all, i);
      if (kept[i] || (stamp >= before - OVERLAP_MS && stamp <= nextMs[i] + OVERLAP_MS)) {
        before = Math.max(before, Math.min(stamp, nextMs[i]));
        usable.add(new Stamped(all.get(i), before));
      } else {
        problems.warning(
            "time-out-of-order",
            pieces.get(all.get(i)).line(),
            "the time " + new Timestamp(stamp) + " does not fit between its neighbours",
            "the text was placed by its neighbours");
      }
    }
    return usable;
  }

  private long stamp(List<Integer> all, int i) {
    return pieces.get(all.get(i)).stampMs();
  }

  private static void share(
      Anchor[] anchors, int[] words, int from, int to, long startMs, long endMs) {
    long total = 0;
    for (int i = from; i < to; i++) {
      total += words[i];
    }
    long filled = Math.min(endMs - startMs, SLACK_MS + total * SLOWEST_MS_A_WORD);
    double confidence = round(1 / (1 + (endMs - startMs) / HALF_AT_MS));
    long before = 0;
    for (int i = from; i < to; i++) {
      long start = startMs + (total == 0 ? 0 : filled * before / total);
      before += words[i];
      long end = startMs + (total == 0 ? filled : filled * before / total);
      anchors[i] = Anchor.estimated(TimeSpan.ofMillis(start, end), confidence, SHARE);
    }
  }

  private static void goOn(Anchor[] anchors, int[] words, int from, int to, long startMs) {
    long before = 0;
    for (int i = from; i < to; i++) {
      Timestamp start = Timestamp.clamped(startMs + before * USUAL_MS_A_WORD);
      double confidence = round(1 / (1 + before * USUAL_MS_A_WORD / HALF_AFTER_LAST_MS));
      before += words[i];
      Timestamp end = Timestamp.clamped(startMs + before * USUAL_MS_A_WORD);
      anchors[i] = Anchor.estimated(new TimeSpan(start, end), confidence, RATE);
    }
  }

  /** Confidences are no more exact than hundredths. */
  private static double round(double confidence) {
    return Math.round(confidence * 100) / 100.0;
  }

  /** A heading begins with the paragraph after it and ends where the next one begins. */
  private void chapters(List<Moment> moments, Anchor[] anchors) {
    int count = pieces.size();
    Anchor[] next = Arrays.copyOf(anchors, count);
    for (int i = count - 2; i >= 0; i--) {
      if (pieces.get(i).level() > 0) {
        next[i] = next[i + 1];
      }
    }
    for (int i = 0; i < count; i++) {
      Piece piece = pieces.get(i);
      if (piece.level() == 0) {
        continue;
      }
      long start = next[i].span().orElseThrow().startMs();
      long end = anchors[count - 1].span().orElseThrow().endMs();
      for (int k = i + 1; k < count; k++) {
        if (pieces.get(k).level() > 0) {
          end = next[k].span().orElseThrow().startMs();
          break;
        }
      }
      moments.add(
          Moment.builder(Kind.CHAPTER, "")
              .title(piece.text())
              .anchor(next[i].withSpan(TimeSpan.ofMillis(start, Math.max(start, end))))
              .line(piece.line())
              .build());
    }
  }
}
