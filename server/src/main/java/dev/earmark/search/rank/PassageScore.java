package dev.earmark.search.rank;

import dev.earmark.search.Explanation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Scores a moment by the query words in it and around it.
 *
 * <h2>Why the surroundings count</h2>
 *
 * <p>A moment is about fifteen seconds of speech: a good place to land, but too short to judge by,
 * since the words of a question are spread over a minute of its answer. So moments are scored like
 * passages in context (J. Callan, <i>Passage-level evidence in document retrieval</i>, 1994), with
 * the surroundings mixed in as frequencies (S. Robertson, H. Zaragoza, M. Taylor, <i>Simple BM25
 * extension to multiple weighted fields</i>, 2004):
 *
 * <pre>
 *   score = sum over the words of
 *     weight (sat(OWN own + near, k) + BLOCK sat(block, K_BLOCK))
 *   sat(x, k) = x / (x + k)
 *   k = K (1 - B + B relative length)
 *   weight = importance idf sqrt(idf / USUAL_IDF)
 * </pre>
 *
 * <p><i>own</i> is the frequency of the word in the moment; <i>near</i> and <i>block</i> are its
 * frequencies around it, where each occurrence decays with distance, to 1/e after a time constant
 * (Y. Lv, C. Zhai, <i>Positional language models for information retrieval</i>, 2009). So no moment
 * ranks far above its neighbours for standing just inside a window. Words rarer than one in 400
 * moments weigh more than in BM25 and more frequent words less, because much of speech is small
 * talk. A moment matches by its own words only; its surroundings raise its score. Constants are in
 * {@link RankingParameters}.
 *
 * <h2>How it is computed</h2>
 *
 * <p>{@link #features} is the definition. It compares each moment with all others, so its time is
 * quadratic in the hits of an episode. {@link #of(List, float[], float)} gives the same scores in
 * one forward and one backward pass, since decayed sums can be carried along; the Lucene engine
 * does the same on its own arrays. Random tests compare all three. Immutable and thread-safe.
 */
public final class PassageScore {
  private static final int TENTH_MS = 100;

  /** After so many times the time constant nothing is left. */
  private static final int REACH = 10;

  /** A time is looked up in two small tables: its lower bits in one, its upper ones in another. */
  private static final int FINE_BITS = 7;

  private static final int FINE = (1 << FINE_BITS) - 1;

  /** Where the block decays so many times slower than what is near, its power needs no table. */
  private static final double USUAL_RATIO = 5;

  private final float own;
  private final float saturation;
  private final float blockSaturation;
  private final float blockWeight;
  private final float lengthNormalization;
  private final float nearMoments;
  private final double usualIdf;
  private final double blockMs;
  private final double ratio;
  private final float[] blockLeftFine;
  private final float[] blockLeft;

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
   * What is known of a word in and around a moment.
   *
   * @param own how often it is in the moment
   * @param near how often in and near it, less the farther off
   * @param block how often in its block, less the farther off
   * @param neighbours which moments give how much of what is near
   */
  public record Features(double own, double near, double block, List<Neighbour> neighbours) {}

  public PassageScore(RankingParameters parameters) {
    own = (float) parameters.own();
    saturation = (float) parameters.saturation();
    blockSaturation = (float) parameters.blockSaturation();
    blockWeight = (float) parameters.block();
    lengthNormalization = (float) parameters.lengthNormalization();
    nearMoments = (float) parameters.nearMoments();
    usualIdf = parameters.usualIdf();
    blockMs = parameters.blockMs();
    ratio = parameters.blockMs() / parameters.nearMs();
    blockLeftFine = left(FINE + 1, 1);
    blockLeft = left((int) (REACH * blockMs / TENTH_MS) >> FINE_BITS, FINE + 1);
  }

  /**
   * What a word weighs.
   *
   * @param importance how much it counts among the words of the query
   * @param moments how many moments have its commonest form
   * @param all how many moments have words
   */
  public float weight(float importance, long moments, long all) {
    double idf = Math.log(1 + (all - moments + 0.5) / (moments + 0.5));
    return importance * (float) (idf * Math.sqrt(idf / usualIdf));
  }

  /**
   * What is known of a word in and around one of the moments of an episode: the definition, by
   * looking at all others.
   *
   * @param moments all that have one of the words, in the order of the episode
   * @param at which of them
   */
  public Features features(List<Heard> moments, int at, int word) {
    double near = 0;
    double block = 0;
    List<Neighbour> neighbours = new ArrayList<>();
    for (int other = 0; other < moments.size(); other++) {
      float frequency = moments.get(other).frequencies()[word];
      long apartMs = apartMs(moments, Math.min(at, other), Math.max(at, other));
      if (frequency > 0 && apartMs >= 0) {
        double gives = frequency * Math.exp(-apartMs * ratio / blockMs);
        near += gives;
        Heard moment = moments.get(other);
        neighbours.add(
            new Neighbour(
                gives,
                moment.placed(),
                moment.startMs(),
                other < at ? -apartMs : apartMs,
                other == at,
                String.format(Locale.ROOT, "which has %.2f", frequency)));
        block += frequency * Math.exp(-apartMs / blockMs);
      }
    }
    return new Features(moments.get(at).frequencies()[word], near, block, neighbours);
  }

  /** The time between two moments; negative where another source begins between them. */
  private static long apartMs(List<Heard> moments, int from, int to) {
    for (int i = from + 1; i <= to; i++) {
      Heard before = moments.get(i - 1);
      Heard after = moments.get(i);
      // Time that runs backwards begins another source, of which the last one is no surrounding.
      if (before.placed() != after.placed() || after.startMs() < before.startMs()) {
        return -1;
      }
    }
    return moments.get(to).startMs() - moments.get(from).startMs();
  }

  /**
   * The score of a word in a moment, per unit of its weight: the definition.
   *
   * @param norm of the moment's length, by {@link #norm}
   */
  public Explanation explain(Features word, double norm) {
    double mixed = own * word.own() + word.near();
    Explanation passage =
        new Explanation(
            mixed / (mixed + norm),
            "in and near the moment: x / (x + k), k grows with its length",
            List.of(
                new Explanation(
                    mixed,
                    "x, occurrences in it times " + own + ", and near it",
                    List.of(
                        Explanation.of(word.own(), "occurrences in the moment"),
                        new Explanation(
                            word.near(),
                            "occurrences in and near it, less the farther off, the sum of",
                            Neighbour.explained(word.neighbours())))),
                Explanation.of(norm, "k")));
    Explanation around =
        new Explanation(
            blockWeight * word.block() / (word.block() + blockSaturation),
            "in the minutes around: " + blockWeight + " x / (x + " + blockSaturation + ")",
            List.of(Explanation.of(word.block(), "x, occurrences, less the farther off")));
    return new Explanation(
        passage.value() + around.value(), "what is said, the sum of", List.of(passage, around));
  }

  /**
   * The scores of the moments of an episode that have one of the words.
   *
   * @param moments all of them, in the order of the episode
   * @param weights what each word weighs, by {@link #weight}
   * @param averageLength how many words and stems a moment has on average
   */
  public float[] of(List<Heard> moments, float[] weights, float averageLength) {
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
   * The score of a word in a moment, per unit of its weight: both saturations in one division.
   *
   * @param own how often it is in the moment
   * @param near how often in and near it
   * @param block how often in and around it
   * @param norm of the moment's length, by {@link #norm}
   */
  public float of(float own, float near, float block, float norm) {
    float mixed = this.own * own + near;
    float toOne = mixed + norm;
    float toOther = block + blockSaturation;
    return (mixed * toOther + blockWeight * block * toOne) / (toOne * toOther);
  }

  /** Where what is in and near a moment of some length counts half. */
  public float norm(int length, float averageLength) {
    float relative =
        (own * length + nearMoments * averageLength) / ((own + nearMoments) * averageLength);
    return saturation * (1 - lengthNormalization + lengthNormalization * relative);
  }

  /**
   * What is left of an occurrence for its block, some time away.
   *
   * @param tenths of a second; nothing is left if that is negative
   */
  public float blockLeft(int tenths) {
    int most = tenths >>> FINE_BITS;
    return most < blockLeft.length ? blockLeft[most] * blockLeftFine[tenths & FINE] : 0;
  }

  /**
   * What is left of an occurrence for what lies near, some time away.
   *
   * @param leftOfBlock what is left of it for its block, which decays slower
   */
  public float nearLeft(float leftOfBlock) {
    if (ratio != USUAL_RATIO) {
      return (float) Math.pow(leftOfBlock, ratio);
    }
    float square = leftOfBlock * leftOfBlock;
    return square * square * leftOfBlock;
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
  private float[] left(int count, int step) {
    float[] left = new float[count];
    for (int i = 0; i < count; i++) {
      left[i] = (float) Math.exp(-(double) i * step * TENTH_MS / blockMs);
    }
    return left;
  }
}
