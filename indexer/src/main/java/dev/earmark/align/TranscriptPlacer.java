package dev.earmark.align;

import dev.earmark.model.Kind;
import dev.earmark.model.TimeMap;
import dev.earmark.model.TimeSpan;
import dev.earmark.text.PlainWords;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Times a transcript by another, timed one of the same recording, word by word.
 *
 * <p>A word in both takes the other's time ({@link WordPairs}). Words between two such words share
 * the time between them; words at either end of a paragraph get the usual rate of speech. A
 * paragraph is placed if enough of it is paired. Not thread-safe.
 */
final class TranscriptPlacer {
  /** Where less than this share of all words is paired, the two are not of one recording. */
  private static final double SAME_TALK = 0.2;

  static final String HOW = "transcript";

  private static final long WORD_MS = 350;

  /** Words that a pause this long parts from the rest of their paragraph may be strays. */
  private static final long APART_MS = 3_000;

  private static final int MOST_STRAYS = 6;

  private final SpokenTimeline timeline;
  private final Known known;

  /**
   * @param known of one source; what is found is put there
   */
  TranscriptPlacer(SpokenTimeline timeline, Known known) {
    this.timeline = timeline;
    this.known = known;
  }

  /** Whether a moment is spoken words without a place. */
  static boolean isOpen(Known known, int item) {
    return known.moment(item).kind() == Kind.SEGMENT && known.isOpen(item);
  }

  /** The words of the open moments in a row, and where each comes from. */
  private record Untimed(List<Integer> moments, List<PlainWords> plain, int[] words) {}

  /** Places the moments of the source that are spoken words and have no place. */
  void place() {
    Untimed untimed = untimed();
    int[] range = timeline.mostSpoken();
    if (untimed.words().length == 0 || range[0] == range[1]) {
      return;
    }
    int[] spoken = new int[range[1] - range[0]];
    Arrays.setAll(spoken, i -> timeline.word(range[0] + i));
    int[] pairs = WordPairs.of(untimed.words(), spoken, timeline.vocabulary());
    long paired = Arrays.stream(pairs).filter(pair -> pair >= 0).count();
    if (paired < SAME_TALK * Math.min(pairs.length, spoken.length)) {
      return;
    }
    int at = 0;
    for (int i = 0; i < untimed.moments().size(); i++) {
      PlainWords plain = untimed.plain().get(i);
      int[] places = new int[plain.count()];
      for (int k = 0; k < places.length; k++) {
        int pair = pairs[at + k];
        places[k] = pair < 0 ? -1 : range[0] + pair;
      }
      place(untimed.moments().get(i), plain, places);
      at += places.length;
    }
  }

  private Untimed untimed() {
    List<Integer> open = new ArrayList<>();
    List<PlainWords> plain = new ArrayList<>();
    int count = 0;
    for (int i = 0; i < known.size(); i++) {
      if (isOpen(known, i)) {
        PlainWords words = PlainWords.of(known.moment(i).text(), timeline.vocabulary());
        open.add(i);
        plain.add(words);
        count += words.count();
      }
    }
    int[] words = new int[count];
    int at = 0;
    for (PlainWords each : plain) {
      for (int k = 0; k < each.count(); k++) {
        words[at++] = each.number(k);
      }
    }
    return new Untimed(open, plain, words);
  }

  private void place(int item, PlainWords plain, int[] places) {
    withoutStrays(places);
    long paired = Arrays.stream(places).filter(place -> place >= 0).count();
    if (paired == 0) {
      return;
    }
    // Short answers such as "yes" are paired rightly or wrongly at the toss of a coin.
    double enough = 1 - Math.exp(-paired / 3.0);
    double raw = enough * paired / places.length;
    double confidence = Calibration.TRANSCRIPT.confidence(raw);
    if (confidence < Calibration.FLOOR) {
      return;
    }
    TimeMap map = times(Words.of(known.moment(item).text()).count(), plain, places);
    known.times(item, map);
    long start = map.startOf(0);
    long end = Math.max(start, map.endOf(map.words() - 1));
    known.claim(item, TimeSpan.ofMillis(start, end), confidence, HOW);
  }

  /**
   * Unpairs a few words at either end that were said far from the rest: there something was cut.
   */
  private void withoutStrays(int[] places) {
    int[] paired = IntStream.range(0, places.length).filter(plain -> places[plain] >= 0).toArray();
    for (int i = Math.min(MOST_STRAYS, paired.length / 2 - 1); i >= 0; i--) {
      if (isApart(places, paired[i], paired[i + 1])) {
        Arrays.fill(places, 0, paired[i] + 1, -1);
        break;
      }
    }
    for (int i = Math.max(paired.length - 1 - MOST_STRAYS, paired.length / 2 + 1);
        i < paired.length;
        i++) {
      if (isApart(places, paired[i - 1], paired[i])) {
        Arrays.fill(places, paired[i], places.length, -1);
        break;
      }
    }
  }

  private boolean isApart(int[] places, int before, int after) {
    long between = timeline.startMs(places[after]) - timeline.endMs(places[before]);
    return between > APART_MS + 2 * WORD_MS * (after - before);
  }

  private TimeMap times(int words, PlainWords plain, int[] places) {
    long[] starts = new long[words];
    long[] ends = new long[words];
    Arrays.fill(starts, -1);
    for (int k = 0; k < places.length; k++) {
      int word = plain.word(k);
      if (places[k] >= 0) {
        if (starts[word] < 0) {
          starts[word] = timeline.startMs(places[k]);
        }
        ends[word] = Math.max(starts[word], timeline.endMs(places[k]));
      }
    }
    int before = -1;
    for (int word = 0; word <= words; word++) {
      if (word == words || starts[word] >= 0) {
        fill(starts, ends, before, word);
        before = word;
      }
    }
    TimeMap.Builder map = TimeMap.builder();
    for (int word = 0; word < words; word++) {
      map.add(1, starts[word], ends[word]);
    }
    return map.build();
  }

  /** Gives times to the words between two that have them; either may be beyond the end. */
  private static void fill(long[] starts, long[] ends, int before, int after) {
    int count = after - before - 1;
    for (int k = 1; k <= count; k++) {
      long start;
      long end;
      if (before < 0) {
        start = Math.max(0, starts[after] - WORD_MS * (count + 1 - k));
        end = Math.max(start, Math.min(starts[after], start + WORD_MS));
      } else if (after == starts.length) {
        start = ends[before] + WORD_MS * (k - 1);
        end = start + WORD_MS;
      } else {
        long from = ends[before];
        long to = Math.max(from, Math.min(starts[after], from + 4 * WORD_MS * count));
        start = from + (to - from) * (k - 1) / count;
        end = from + (to - from) * k / count;
      }
      starts[before + k] = start;
      ends[before + k] = end;
    }
  }
}
