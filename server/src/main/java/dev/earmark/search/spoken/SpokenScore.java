package dev.earmark.search.spoken;

import java.util.Arrays;
import java.util.List;

/**
 * How well moments match any of some words, by what is said in and around them.
 *
 * <h2>Why the surroundings count</h2>
 *
 * <p>A moment is some fifteen seconds of speech. That is right to land in and wrong to judge by:
 * the words of a question are spread over a minute of its answer. So a moment is scored as passages
 * are in passage retrieval with context (J. Callan, <i>Passage-level evidence in document
 * retrieval</i>, 1994), with the surroundings mixed in at the level of frequencies (S. Robertson,
 * H. Zaragoza, M. Taylor, <i>Simple BM25 extension to multiple weighted fields</i>, 2004):
 *
 * <pre>
 *   score = sum over the words of
 *     weight (sat(2.5 own + near) + 1.25 sat(block))
 *   sat(x) = x / (x + k)
 *   weight = idf sqrt(idf / 6)
 * </pre>
 *
 * <p>where <i>own</i> is how often the word is in the moment, and <i>near</i> and <i>block</i> how
 * often around it, each occurrence counting less the farther off it is: it falls to 1/e within
 * {@value #NEAR_MS} ms and {@value #BLOCK_MS} ms. Words spread in this way what they are evidence
 * of (Y. Lv, C. Zhai, <i>Positional language models for information retrieval</i>, 2009), and no
 * moment ranks far above its neighbours for standing just inside a window. The constant <i>k</i> of
 * the first saturation grows with the length of the moment, as in BM25. Words rarer than one in 400
 * moments weigh more than in BM25 and commoner ones less: much of speech is small talk, and its
 * words are in every surrounding. A moment matches only by its own words: what stands around it
 * lifts it and never brings it in.
 *
 * <h2>What it is worth</h2>
 *
 * <p>Constants were chosen on one half of the data of {@code ./earmark bench quality} and reported
 * on the other.
 *
 * <h2>How it is computed</h2>
 *
 * <p>An episode at a time: what decays with time is summed, a word at a time, in one pass forwards
 * and one backwards over the moments with a hit, since what lies farther off than the last hit
 * decays as that does. Immutable and thread-safe.
 */
public final class SpokenScore {
  private static final int NEAR_OF_BLOCK = 5;
  private static final long NEAR_MS = 30_000;
  private static final long BLOCK_MS = NEAR_OF_BLOCK * NEAR_MS;

  private static final float OWN = 2.5f;

  /** Where the frequencies in and near a moment, and in its block, count half. */
  private static final float K = 1.2f;

  private static final float K_BLOCK = 1.9f;

  /** How much the block counts beside what is in and near a moment. */
  private static final float BLOCK = 1.25f;

  /** How much the length of a moment counts. */
  private static final float B = 0.5f;

  /** How many moments of average length lie near one. */
  private static final float NEAR_MOMENTS = 3;

  /** The inverse document frequency of a word that weighs as in BM25. */
  private static final double USUAL_IDF = 6;

  private static final int TENTH_MS = 100;

  /** After so many times the time constant nothing is left. */
  private static final int REACH = 10;

  /** A time is looked up in two small tables: its lower bits in one, its upper ones in another. */
  private static final int FINE_BITS = 7;

  private static final int FINE = (1 << FINE_BITS) - 1;
  private static final float[] BLOCK_LEFT_FINE = left(FINE + 1, 1);
  private static final float[] BLOCK_LEFT =
      left((int) (REACH * BLOCK_MS / TENTH_MS) >> FINE_BITS, FINE + 1);

  private final float[] weights;
  private final float averageLength;

  /**
   * A moment that has one of the words.
   *
   * @param placed whether it is placed in the recording
   * @param startMs when it starts, to a tenth of a second
   * @param length how many words it has, as {@link Lengths#kept} keeps it
   * @param frequencies for each word how often it has its forms, each times its weight
   */
  public record Heard(boolean placed, long startMs, int length, float[] frequencies) {}

  /**
   * @param weights what each word weighs, by {@link #weight}
   * @param averageLength how many words and stems a moment has on average
   */
  public SpokenScore(float[] weights, float averageLength) {
    this.weights = weights.clone();
    this.averageLength = averageLength;
  }

  /**
   * What a word weighs.
   *
   * @param importance how much it counts among the words of the query
   * @param moments how many moments have its commonest form
   * @param all how many moments have words
   */
  public static float weight(float importance, long moments, long all) {
    double idf = Math.log(1 + (all - moments + 0.5) / (moments + 0.5));
    return importance * (float) (idf * Math.sqrt(idf / USUAL_IDF));
  }

  /**
   * The scores of the moments of an episode that have one of the words.
   *
   * @param moments all of them, in the order of the episode
   */
  public float[] of(List<Heard> moments) {
    int size = moments.size();
    float[] nearDecay = new float[size];
    float[] blockDecay = new float[size];
    float[] norms = new float[size];
    for (int hit = 0; hit < size; hit++) {
      Heard moment = moments.get(hit);
      norms[hit] = norm(moment.length(), averageLength);
      // Time that runs backwards begins another source, of which the last one is no surrounding.
      long since =
          hit > 0 && moment.placed() == moments.get(hit - 1).placed()
              ? moment.startMs() - moments.get(hit - 1).startMs()
              : -1;
      blockDecay[hit] =
          blockLeft(Math.clamp(Math.floorDiv(since, TENTH_MS), -1, Integer.MAX_VALUE));
      nearDecay[hit] = nearLeft(blockDecay[hit]);
    }
    float[] scores = new float[size];
    float[] own = new float[size];
    float[] near = new float[size];
    float[] block = new float[size];
    for (int word = 0; word < weights.length; word++) {
      boolean any = false;
      for (int hit = 0; hit < size; hit++) {
        own[hit] = moments.get(hit).frequencies()[word];
        any |= own[hit] > 0;
      }
      if (!any) {
        continue;
      }
      around(own, size, nearDecay, near, blockDecay, block);
      for (int hit = 0; hit < size; hit++) {
        scores[hit] += weights[word] * of(own[hit], near[hit], block[hit], norms[hit]);
      }
    }
    return scores;
  }

  /**
   * What a word is worth in a moment, for each unit of its weight: both saturations in one
   * division.
   *
   * @param own how often it is in the moment
   * @param near how often in and near it
   * @param block how often in and around it
   * @param norm of the moment's length, by {@link #norm}
   */
  public static float of(float own, float near, float block, float norm) {
    float mixed = OWN * own + near;
    float toOne = mixed + norm;
    float toOther = block + K_BLOCK;
    return (mixed * toOther + BLOCK * block * toOne) / (toOne * toOther);
  }

  /** Where what is in and near a moment of some length counts half. */
  public static float norm(int length, float averageLength) {
    float relative =
        (OWN * length + NEAR_MOMENTS * averageLength) / ((OWN + NEAR_MOMENTS) * averageLength);
    return K * (1 - B + B * relative);
  }

  /**
   * What is left of an occurrence for its block, some time away.
   *
   * @param tenths of a second; nothing is left if that is negative
   */
  public static float blockLeft(int tenths) {
    int most = tenths >>> FINE_BITS;
    return most < BLOCK_LEFT.length ? BLOCK_LEFT[most] * BLOCK_LEFT_FINE[tenths & FINE] : 0;
  }

  /**
   * What is left of an occurrence for what lies near, some time away.
   *
   * @param blockLeft what is left of it for its block, which decays {@value #NEAR_OF_BLOCK} times
   *     slower
   */
  public static float nearLeft(float blockLeft) {
    float square = blockLeft * blockLeft;
    return square * square * blockLeft;
  }

  /**
   * Sums for each hit the frequencies in all hits, decayed by the time between.
   *
   * @param own the frequency in each of the hits
   * @param size how many hits there are; the arrays may be longer
   * @param nearDecay what is left near a hit of what is in the one before
   * @param near takes the sums near each
   * @param blockDecay what is left in the block of a hit of what is in the one before
   * @param block takes the sums in the block of each
   */
  public static void around(
      float[] own, int size, float[] nearDecay, float[] near, float[] blockDecay, float[] block) {
    Arrays.fill(near, 0, size, 0);
    Arrays.fill(block, 0, size, 0);
    // Each sum waits for the one before it; so all four go along at once.
    float nearBefore = 0;
    float blockBefore = 0;
    float nearAfter = 0;
    float blockAfter = 0;
    for (int hit = 0, back = size - 1; hit < size; hit++, back--) {
      nearBefore = nearBefore * nearDecay[hit] + own[hit];
      blockBefore = blockBefore * blockDecay[hit] + own[hit];
      near[hit] += nearBefore;
      block[hit] += blockBefore;
      near[back] += nearAfter;
      block[back] += blockAfter;
      nearAfter = (nearAfter + own[back]) * nearDecay[back];
      blockAfter = (blockAfter + own[back]) * blockDecay[back];
    }
  }

  /** What is left of an occurrence for its block after some, every so many tenths of a second. */
  private static float[] left(int count, int step) {
    float[] left = new float[count];
    for (int i = 0; i < count; i++) {
      left[i] = (float) Math.exp(-(double) i * step * TENTH_MS / BLOCK_MS);
    }
    return left;
  }
}
