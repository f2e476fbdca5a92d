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
 * <p>The number tells how much the moment is about the stem, by how often it is said there, near,
 * and in the minutes around. It is the score of a word as {@code search.rank.PassageScore} defines
 * and explains it, before the word is weighed, in steps of 1 / {@value #STEPS}:
 *
 * <pre>
 *   f = 8 (x / (x + k) + 1.25 block / (block + 1.9)), and 1 at least
 *   x = 2.5 own + near
 *   k = 1.2 (0.5 + 0.5 (2.5 length + 3 average) / (5.5 average))
 * </pre>
 *
 * <p>where <i>own</i> is how often the moment has the stem, <i>near</i> and <i>block</i> how often
 * it is said in and around it, each time less with distance, 1/e after 30 s and after 150 s, and
 * lengths are in words: that of the moment, and that of the moments of the episode on average. The
 * cluster takes f for a frequency and scores by it, so it ranks a word by a minute of speech and
 * does not read another document. What the word weighs it tells by the sum of all f ({@link
 * #WEIGHT}).
 *
 * <p>For example, a moment of average length that has a stem once, which nobody else says, gets 8
 * (3.5 / 4.7 + 1.25 / 2.9) = 9. Another one a minute away gets 8 (.135 / 1.335 + 1.25 · .670 /
 * 2.570) = 3.
 *
 * <p>A moment has the stems that are said at most {@link Mapping#AROUND_WORDS} words before or
 * after it, however long that took: so where words come together, each of their moments has all of
 * them around. How far off they are is told by the starts of moments; those without a place stand
 * near each other as if they were read out. Function words of the text's language are left out.
 *
 * <p>The numbers stand in the index: others need another {@link OpenSearchIndex#LAYOUT}. A test
 * compares them with those that rank in a folder.
 */
final class Surroundings {
  /** So many steps a score of 1 has. */
  static final int STEPS = 8;

  /**
   * The numbers of a stem add up to 50 to 115 for each moment that says it, the most where moments
   * are short; somewhat more ranks best.
   */
  static final int PER_MENTION = 150;

  private static final int USUAL_IDF = 6;

  /**
   * What a stem weighs, as {@code PassageScore} has it by how many moments say it: the sum of all
   * its numbers over {@value #PER_MENTION}. In how many moments it stands would tell how far it is
   * spread instead. A script of OpenSearch's that is run once a term, so nobody has to ask first
   * how often the words of a query are said.
   */
  static final String WEIGHT =
      "double all = field.docCount;"
          + " double moments = Math.min(all, term.totalTermFreq / (double) "
          + PER_MENTION
          + ");"
          + " double idf = Math.log(1 + (all - moments + 0.5) / (moments + 0.5));"
          + " return query.boost * idf * Math.sqrt(idf / "
          + USUAL_IDF
          + ");";

  /** What a stem scores in a moment, likewise; its number stands there as its frequency. */
  static final String SCORE = "return weight * doc.freq / " + STEPS + ".0;";

  private static final float OWN = 2.5f;
  private static final float SATURATION = 1.2f;
  private static final float LENGTH_NORMALIZATION = 0.5f;
  private static final float NEAR_MOMENTS = 3;
  private static final float BLOCK = 1.25f;
  private static final float BLOCK_SATURATION = 1.9f;
  private static final double BLOCK_MS = 150_000;

  /** A moment without a place is read out at so many milliseconds a word. */
  private static final long MS_PER_WORD = 400;

  private static final int TICK_MS = 100;

  /** What is left of a word for its block, by the time away. */
  private static final float[] LEFT = new float[(int) (10 * BLOCK_MS / TICK_MS)];

  static {
    for (int tick = 0; tick < LEFT.length; tick++) {
      LEFT[tick] = (float) Math.exp(-tick * TICK_MS / BLOCK_MS);
    }
  }

  /** The terms by their numbers. */
  private final List<String> terms;

  /** For each moment the numbers of its terms, one for each time it has them. */
  private final int[][] said;

  private final boolean[] placed;

  /** When each starts. Rounded once: if each step were, the errors would add up over many. */
  private final long[] ticks;

  private final long[] begin;
  private final long[] end;
  private final float[] norms;

  /** The moments by place and time, and by the numbers of their words. */
  private final Integer[] byTime;

  private final Integer[] byPosition;
  private final int[] timeOf;
  private final int[] positionOf;

  /** Where the occurrences of each term begin in the arrays that follow, and where they end. */
  private final int[] first;

  private final int[] last;

  /** The occurrence of each term that was looked at last; the next moment is seldom far from it. */
  private final int[] lookedAt;

  /** The place in time of a moment that has the term, and how often it has it. */
  private final int[] at;

  private final float[] often;

  /** How often it is said up to that moment, and from it on, less the farther off. */
  private final float[] nearBefore;

  private final float[] nearAfter;
  private final float[] blockBefore;
  private final float[] blockAfter;

  /** The terms that stand around. */
  private final BitSet around = new BitSet();

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
    placed = new boolean[size];
    ticks = new long[size];
    long[] startMs = new long[size];
    begin = new long[size];
    end = new long[size];
    byTime = new Integer[size];
    byPosition = new Integer[size];
    for (int i = 0; i < size; i++) {
      IndexedMoment moment = moments.get(i);
      var start = moment.moment().anchor().span().map(span -> span.startMs());
      placed[i] = start.isPresent();
      startMs[i] = start.orElse(moment.position() * MS_PER_WORD);
      ticks[i] = startMs[i] / TICK_MS;
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
    norms = norms(lengths);
    first = new int[terms.size() + 1];
    for (int[] one : said) {
      for (int term : one) {
        first[term + 1]++;
      }
    }
    Arrays.parallelPrefix(first, Integer::sum);
    last = Arrays.copyOf(first, terms.size());
    lookedAt = Arrays.copyOf(first, terms.size());
    int occurrences = first[terms.size()];
    at = new int[occurrences];
    often = new float[occurrences];
    nearBefore = new float[occurrences];
    nearAfter = new float[occurrences];
    blockBefore = new float[occurrences];
    blockAfter = new float[occurrences];
    for (int place = 0; place < size; place++) {
      for (int term : said[byTime[place]]) {
        if (last[term] == first[term] || at[last[term] - 1] != place) {
          at[last[term]++] = place;
        }
        often[last[term] - 1]++;
      }
    }
    for (int term = 0; term < terms.size(); term++) {
      sum(first[term], last[term]);
    }
  }

  private static int[] inverse(Integer[] order) {
    int[] places = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      places[order[i]] = i;
    }
    return places;
  }

  private static float[] norms(int[] lengths) {
    float average = (float) Arrays.stream(lengths).average().orElse(1);
    float[] norms = new float[lengths.length];
    for (int i = 0; i < norms.length; i++) {
      float relative =
          average == 0
              ? 1
              : (OWN * lengths[i] + NEAR_MOMENTS * average) / ((OWN + NEAR_MOMENTS) * average);
      norms[i] = SATURATION * (1 - LENGTH_NORMALIZATION + LENGTH_NORMALIZATION * relative);
    }
    return norms;
  }

  /** Sums the occurrences of a term, forwards and backwards. */
  private void sum(int from, int to) {
    for (int i = from; i < to; i++) {
      float left = i == from ? 0 : left(at[i - 1], at[i]);
      blockBefore[i] = often[i] + (i == from ? 0 : left * blockBefore[i - 1]);
      nearBefore[i] = often[i] + (i == from ? 0 : near(left) * nearBefore[i - 1]);
    }
    for (int i = to - 1; i >= from; i--) {
      float left = i == to - 1 ? 0 : left(at[i], at[i + 1]);
      blockAfter[i] = often[i] + (i == to - 1 ? 0 : left * blockAfter[i + 1]);
      nearAfter[i] = often[i] + (i == to - 1 ? 0 : near(left) * nearAfter[i + 1]);
    }
  }

  /** What is left for its block of a word at one place in time, at another. */
  private float left(int from, int to) {
    int one = byTime[from];
    int other = byTime[to];
    long away = ticks[other] - ticks[one];
    return placed[one] == placed[other] && away < LEFT.length ? LEFT[(int) away] : 0;
  }

  /** What is left of it for what lies near, which decays five times as fast. */
  private static float near(float left) {
    float square = left * left;
    return square * square * left;
  }

  /**
   * The terms of a moment as they are written, each with how much there is of it, unless that is 1.
   * They stand in the order in which the episode says them.
   */
  String of(int moment) {
    gather(moment);
    text.setLength(0);
    for (int term = around.nextSetBit(0); term >= 0; term = around.nextSetBit(term + 1)) {
      if (!text.isEmpty()) {
        text.append(' ');
      }
      text.append(terms.get(term));
      int number = Math.max(1, Math.round(STEPS * score(term, moment)));
      if (number > 1) {
        text.append(OpenSearchTerms.COUNTED).append(number);
      }
    }
    around.clear();
    return text.toString();
  }

  private float score(int term, int moment) {
    int place = timeOf[moment];
    int before = lastUntil(place, term);
    boolean own = before >= first[term] && at[before] == place;
    int after = before + 1;
    float near = 0;
    float block = 0;
    if (before >= first[term]) {
      float left = left(at[before], place);
      near += near(left) * nearBefore[before];
      block += left * blockBefore[before];
    }
    if (after < last[term]) {
      float left = left(place, at[after]);
      near += near(left) * nearAfter[after];
      block += left * blockAfter[after];
    }
    float mixed = (own ? OWN * often[before] : 0) + near;
    return mixed / (mixed + norms[moment]) + BLOCK * block / (block + BLOCK_SATURATION);
  }

  /**
   * The last occurrence of a term up to a place in time; the one before its first if there is none.
   */
  private int lastUntil(int place, int term) {
    int occurrence = lookedAt[term];
    while (occurrence < last[term] - 1 && at[occurrence + 1] <= place) {
      occurrence++;
    }
    while (occurrence >= first[term] && at[occurrence] > place) {
      occurrence--;
    }
    lookedAt[term] = Math.max(first[term], occurrence);
    return occurrence;
  }

  private void gather(int moment) {
    add(moment);
    for (int step = -1; step <= 1; step += 2) {
      for (int place = positionOf[moment] + step;
          place >= 0 && place < byPosition.length;
          place += step) {
        int other = byPosition[place];
        if (Math.max(begin[other] - end[moment], begin[moment] - end[other])
            > Mapping.AROUND_WORDS) {
          break;
        }
        add(other);
      }
    }
  }

  private void add(int moment) {
    for (int term : said[moment]) {
      around.set(term);
    }
  }
}
