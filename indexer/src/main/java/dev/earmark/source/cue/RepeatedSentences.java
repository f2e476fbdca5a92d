package dev.earmark.source.cue;

import dev.earmark.model.Cue;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.TimedWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Captions of the karaoke kind: the sentence stands in one cue for each of its words, and each cue
 * marks one word, the next behind the one before. Between them the sentence may stand unmarked.
 *
 * <p>Cues of one text are one sentence as long as the mark goes on to the right; when it goes back
 * the same is said once more. Linear.
 */
final class RepeatedSentences {
  /** Of the cues so many in a hundred must go on with the sentence before them. */
  private static final int REPEATED_PERCENT = 30;

  private static final int FEWEST = 2;

  private RepeatedSentences() {}

  /**
   * The cues with each sentence once, its marked words timed; null if the source is not of the
   * kind.
   *
   * @param marks the marked stretch of a cue, by its number
   */
  static @Nullable List<Cue> joined(List<Cue> cues, Map<Integer, CueBuilder.Mark> marks) {
    if (marks.isEmpty() || !repeats(cues)) {
      return null;
    }
    List<Cue> joined = new ArrayList<>();
    int repeated = 0;
    int at = 0;
    while (at < cues.size()) {
      Cue first = cues.get(at);
      List<TimedWord> words = new ArrayList<>();
      int marked = -1;
      long end = first.span().startMs();
      int next = at;
      while (next < cues.size() && same(first, cues.get(next))) {
        CueBuilder.Mark mark = marks.get(next);
        if (mark != null && mark.from() <= marked) {
          break;
        }
        if (mark == null && next == at && next + 1 < cues.size() && marks.get(next + 1) == null) {
          // Two unmarked cues of one text are two sayings.
          next++;
          end = Math.max(end, cues.get(at).span().endMs());
          break;
        }
        TimeSpan span = cues.get(next).span();
        long spanEnd = span.end() == null ? span.startMs() : span.endMs();
        if (mark != null) {
          marked = mark.from();
          int to = Math.min(mark.to(), first.text().length());
          words.add(new TimedWord(mark.from(), to, span.startMs(), spanEnd));
        }
        end = Math.max(end, spanEnd);
        next++;
      }
      repeated += next - at - 1;
      joined.add(
          next == at + 1
              ? first.withText(first.text(), words.isEmpty() ? first.words() : words)
              : first
                  .withSpan(TimeSpan.ofMillis(first.span().startMs(), end))
                  .withText(first.text(), words));
      at = next;
    }
    return isKind(repeated, cues) ? joined : null;
  }

  private static boolean isKind(int repeated, List<Cue> cues) {
    return repeated >= FEWEST && repeated * 100L >= (long) cues.size() * REPEATED_PERCENT;
  }

  /** Whether enough cues say what the one before them says, be it of one sentence or more. */
  private static boolean repeats(List<Cue> cues) {
    int repeated = 0;
    for (int i = 1; i < cues.size(); i++) {
      repeated += cues.get(i).text().equals(cues.get(i - 1).text()) ? 1 : 0;
    }
    return isKind(repeated, cues);
  }

  private static boolean same(Cue first, Cue cue) {
    return first.text().equals(cue.text()) && Objects.equals(first.speaker(), cue.speaker());
  }
}
