package dev.earmark.index.opensearch;

import dev.earmark.schema.IndexedMoment;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * What is said in and around each moment of an episode, as stems with a number: the field {@link
 * Mapping#AROUND}.
 *
 * <pre>
 *   f = 6 · (how often in the moment) + 2 · (within 45 s of it) + (within 100 s)
 * </pre>
 *
 * <p>The cluster takes it for a frequency, so one term of BM25 weighs a word by how much of it is
 * said here and near, without reading another document. Time is that of the starts of moments;
 * moments without a place are near each other by the numbers of their words. A moment also has what
 * is said at most {@link Mapping#AROUND_WORDS} words before or after it, however long that took: so
 * where words come together, each of their moments has all of them around. Function words of the
 * text's language are left out.
 *
 * <p>The weights stand in the index: others need another {@link OpenSearchIndex#LAYOUT}.
 */
final class Surroundings {
  private static final int OWN = 6;
  private static final int NEAR = 2;
  private static final long NEAR_MS = 45_000;
  private static final long FAR_MS = 100_000;

  /** A moment without a place is read out at so many milliseconds a word. */
  private static final long MS_PER_WORD = 400;

  /** The terms by their numbers. */
  private final List<String> terms;

  /** For each moment the numbers of its terms, one for each time it has them. */
  private final int[][] said;

  private final boolean[] placed;
  private final long[] startMs;
  private final long[] begin;
  private final long[] end;

  /** The moments by place and time, and by the numbers of their words. */
  private final Integer[] byTime;

  private final Integer[] byPosition;
  private final int[] timeOf;
  private final int[] positionOf;
  private final int[] weights;

  /** The terms that have a weight. */
  private final BitSet touched = new BitSet();

  /** For each moment the last one that it was near to. */
  private final int[] nearTo;

  private final StringBuilder text = new StringBuilder();

  /**
   * Reads the moments of an episode.
   *
   * @param terms the stems by their numbers
   * @param said for each moment the numbers of the stems it has, one for each time it has them
   * @param lengths how many places the words of each take
   */
  Surroundings(List<IndexedMoment> moments, List<String> terms, int[][] said, int[] lengths) {
    int size = moments.size();
    this.terms = terms;
    this.said = said;
    nearTo = new int[size];
    Arrays.fill(nearTo, -1);
    placed = new boolean[size];
    startMs = new long[size];
    begin = new long[size];
    end = new long[size];
    byTime = new Integer[size];
    byPosition = new Integer[size];
    for (int i = 0; i < size; i++) {
      IndexedMoment moment = moments.get(i);
      var start = moment.moment().anchor().span().map(span -> span.startMs());
      placed[i] = start.isPresent();
      startMs[i] = start.orElse(moment.position() * MS_PER_WORD);
      begin[i] = moment.position();
      end[i] = moment.position() + lengths[i];
      byTime[i] = i;
      byPosition[i] = i;
    }
    Arrays.sort(
        byTime,
        Comparator.<Integer, Boolean>comparing(i -> placed[i]).thenComparingLong(i -> startMs[i]));
    Arrays.sort(byPosition, Comparator.comparingLong(i -> begin[i]));
    timeOf = inverse(byTime);
    positionOf = inverse(byPosition);
    weights = new int[terms.size()];
  }

  private static int[] inverse(Integer[] order) {
    int[] places = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      places[order[i]] = i;
    }
    return places;
  }

  /**
   * The terms of a moment as they are written, each with how much there is of it, unless that is 1.
   * They stand in the order in which the episode says them.
   */
  String of(int moment) {
    add(moment, OWN + NEAR + 1);
    nearTo[moment] = moment;
    for (int step = -1; step <= 1; step += 2) {
      for (int at = timeOf[moment] + step; at >= 0 && at < byTime.length; at += step) {
        int other = byTime[at];
        long apart = Math.abs(startMs[other] - startMs[moment]);
        if (placed[other] != placed[moment] || apart > FAR_MS) {
          break;
        }
        nearTo[other] = moment;
        add(other, apart <= NEAR_MS ? NEAR + 1 : 1);
      }
    }
    for (int step = -1; step <= 1; step += 2) {
      for (int at = positionOf[moment] + step; at >= 0 && at < byPosition.length; at += step) {
        int other = byPosition[at];
        long between = Math.max(begin[other] - end[moment], begin[moment] - end[other]);
        if (between > Mapping.AROUND_WORDS) {
          break;
        }
        if (nearTo[other] != moment) {
          nearTo[other] = moment;
          add(other, 1);
        }
      }
    }
    text.setLength(0);
    for (int term = touched.nextSetBit(0); term >= 0; term = touched.nextSetBit(term + 1)) {
      if (!text.isEmpty()) {
        text.append(' ');
      }
      text.append(terms.get(term));
      if (weights[term] > 1) {
        text.append(OpenSearchTerms.COUNTED).append(weights[term]);
      }
      weights[term] = 0;
    }
    touched.clear();
    return text.toString();
  }

  private void add(int moment, int weight) {
    for (int term : said[moment]) {
      touched.set(term);
      weights[term] += weight;
    }
  }
}
