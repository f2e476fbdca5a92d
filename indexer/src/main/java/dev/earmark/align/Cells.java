package dev.earmark.align;

import java.util.Arrays;

/**
 * The timeline, cut into cells, with the words of each.
 *
 * <p>With speech, cells have equal length, and a word belongs to the cell in which it begins. With
 * summaries only, a cell begins with each, since nothing is known of its inside, and its words are
 * spread evenly over the cells it spans. Words are counted by stem; frequent ones count little.
 * Linear in the words of the timeline. Immutable.
 */
final class Cells {
  /** Short enough that a section's begin is met by its cell. */
  static final long SHORTEST_MS = 10_000;

  private static final int MOST_CELLS = 8_000;

  /** A word that makes up this share of the text, or less, counts in full. */
  private static final double RARE = 0.0005;

  private final long[] starts;
  private final boolean speech;
  private final int count;
  private final int[] firstEntry;
  private final int[] cells;
  private final float[] amounts;
  private final double[] share;
  private final double[] mass;

  private Cells(long[] starts, boolean speech, int stems, long[] keys, float[] values, int used) {
    this.starts = starts;
    this.speech = speech;
    count = starts.length;
    firstEntry = new int[stems + 1];
    cells = new int[used];
    amounts = new float[used];
    share = new double[stems];
    mass = new double[count];
    double all = 0;
    for (int i = 0; i < used; i++) {
      int stem = (int) (keys[i] >>> 32);
      cells[i] = (int) keys[i];
      amounts[i] = values[i];
      share[stem] += values[i];
      all += values[i];
      firstEntry[stem + 1] = i + 1;
    }
    for (int stem = 0; stem < stems; stem++) {
      firstEntry[stem + 1] = Math.max(firstEntry[stem + 1], firstEntry[stem]);
      share[stem] = all == 0 ? 0 : share[stem] / all;
      float weight = (float) contentOf(share[stem]);
      for (int i = firstEntry[stem]; i < firstEntry[stem + 1]; i++) {
        amounts[i] *= weight;
        mass[cells[i]] += amounts[i];
      }
    }
  }

  /** How much a word counts: all of it if it is rare, nearly nothing if it is one in thirty. */
  private static double contentOf(double share) {
    if (share <= RARE) {
      return 1;
    }
    double weight = Math.log(share) / Math.log(RARE);
    return weight * weight * weight;
  }

  /**
   * Cuts a timeline.
   *
   * @param most how many cells there may be at most
   */
  static Cells of(SpokenTimeline timeline, int most) {
    long[] starts = starts(timeline, Math.max(1, Math.min(most, MOST_CELLS)));
    Collector collector = new Collector();
    for (SpokenTimeline.Passage passage : timeline.passages()) {
      int first = cellAt(passage.startMs(), starts);
      long end = Math.max(passage.startMs(), passage.endMs() - 1);
      int last = passage.spoken() ? first : cellAt(end, starts);
      // A summary of hours says as much of each minute as one of a minute would of a second.
      int step = Math.max(1, (last - first + 1) / 64);
      int parts = (last - first) / step + 1;
      for (int place = passage.from(); place < passage.to(); place++) {
        int stem = timeline.vocabulary().stem(timeline.word(place));
        if (passage.spoken()) {
          collector.add(stem, cellAt(timeline.startMs(place), starts), 1);
        } else {
          for (int cell = first; cell <= last; cell += step) {
            collector.add(stem, cell, 1f / parts);
          }
        }
      }
    }
    return collector.finish(starts, timeline);
  }

  private static long[] starts(SpokenTimeline timeline, int most) {
    long duration = Math.max(1, timeline.durationMs());
    long width = Math.max(SHORTEST_MS, (duration + most - 1) / most);
    if (timeline.isSpoken()) {
      int count = (int) ((duration + width - 1) / width);
      long[] equal = new long[count];
      Arrays.setAll(equal, cell -> cell * width);
      return equal;
    }
    long[] all =
        timeline.passages().stream().mapToLong(SpokenTimeline.Passage::startMs).sorted().toArray();
    long[] starts = new long[all.length + 1];
    int count = 1;
    for (long start : all) {
      if (start >= starts[count - 1] + width) {
        starts[count++] = start;
      }
    }
    return Arrays.copyOf(starts, count);
  }

  private static int cellAt(long ms, long[] starts) {
    int found = Arrays.binarySearch(starts, ms);
    return found >= 0 ? found : Math.max(0, -found - 2);
  }

  /** Collects amounts by stem and cell. */
  private static final class Collector {
    private long[] keys = new long[1024];
    private float[] values = new float[1024];
    private int size;

    void add(int stem, int cell, float amount) {
      if (size == keys.length) {
        keys = Arrays.copyOf(keys, size * 2);
        values = Arrays.copyOf(values, size * 2);
      }
      keys[size] = ((long) stem << 32) | cell;
      values[size++] = amount;
    }

    Cells finish(long[] starts, SpokenTimeline timeline) {
      Integer[] order = new Integer[size];
      Arrays.setAll(order, i -> i);
      Arrays.sort(order, (a, b) -> Long.compare(keys[a], keys[b]));
      long[] sorted = new long[size];
      float[] sums = new float[size];
      int used = 0;
      for (int index : order) {
        if (used > 0 && sorted[used - 1] == keys[index]) {
          sums[used - 1] += values[index];
        } else {
          sorted[used] = keys[index];
          sums[used++] = values[index];
        }
      }
      return new Cells(
          starts, timeline.isSpoken(), timeline.vocabulary().size(), sorted, sums, used);
    }
  }

  int count() {
    return count;
  }

  /** Whether what is counted is speech rather than summaries of it. */
  boolean isSpeech() {
    return speech;
  }

  /** The cell an instant lies in; the last for one after the end. */
  int at(long ms) {
    return cellAt(ms, starts);
  }

  /** When a cell begins. */
  long startMs(int cell) {
    return starts[cell];
  }

  /** When a cell ends. */
  long endMs(int cell, long durationMs) {
    return cell + 1 < count ? starts[cell + 1] : Math.max(durationMs, starts[cell]);
  }

  /** When the cells of a range begin. */
  long[] starts(int from, int to) {
    return Arrays.copyOfRange(starts, from, to);
  }

  /** The share of a stem in all that is said; 0 if it is not said. */
  double share(int stem) {
    return stem < share.length ? share[stem] : 0;
  }

  /** How much is said in a cell, in rare words. */
  double mass(int cell) {
    return mass[cell];
  }

  /** The first entry of a stem; that of the next stem ends them. */
  int firstEntry(int stem) {
    return firstEntry[Math.min(stem, share.length)];
  }

  int cell(int entry) {
    return cells[entry];
  }

  double amount(int entry) {
    return amounts[entry];
  }
}
