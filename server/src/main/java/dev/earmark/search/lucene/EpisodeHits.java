package dev.earmark.search.lucene;

import dev.earmark.search.rank.PassageScore;
import java.util.Arrays;
import org.apache.lucene.search.DocAndFloatFeatureBuffer;
import org.apache.lucene.util.ArrayUtil;

/**
 * The hits of one episode and the words around them; {@link PassageScore} makes scores of them.
 *
 * <p>Call {@link #begin}, then {@link #add}, then ask. Documents are known by their place in the
 * episode, which is short enough for plain arrays: nothing is sorted or merged, and the arrays are
 * reused. Not thread-safe.
 */
final class EpisodeHits {
  private int start;
  private int end;

  /** A bit for each document of the episode that has a hit. */
  private long[] bits = new long[8];

  /** For each word whether it is said, and how often each document has it. */
  private final boolean[] said;

  private final float[][] frequencies;

  /** How many hits stand before the documents of each long of the bits, once surveyed. */
  private int[] hitsBefore = new int[8];

  /** The hits in their order, and how much of what stands in one counts in the next. */
  private int[] places = new int[0];

  private float[] nearDecay = new float[0];
  private float[] blockDecay = new float[0];

  /** For each word how often each hit has it, and how often it is said near it and in its block. */
  private final float[][] own;

  private final float[][] near;
  private final float[][] block;

  private final PassageScore score;

  /**
   * @param words how many
   */
  EpisodeHits(int words, PassageScore score) {
    this.score = score;
    said = new boolean[words];
    frequencies = new float[words][0];
    own = new float[words][0];
    near = new float[words][0];
    block = new float[words][0];
  }

  /** How many longs hold a bit for each of some documents. */
  static int longs(int documents) {
    return ((documents - 1) >> 6) + 1;
  }

  /** Begins an episode whose documents are those from one to before another. */
  void begin(int first, int afterLast) {
    start = first;
    end = afterLast;
    bits = ArrayUtil.growNoCopy(bits, longs(end - start));
    Arrays.fill(bits, 0, longs(end - start), 0);
    Arrays.fill(said, false);
  }

  /**
   * Adds documents of the episode that have a form of a word; in their order, each once a form.
   *
   * @param weight what each occurrence counts
   * @param found the documents and how often each has it; may go on beyond the episode
   * @param from the first of them that is added
   * @return the first of them beyond the episode
   */
  int add(int word, float weight, DocAndFloatFeatureBuffer found, int from) {
    if (!said[word]) {
      said[word] = true;
      frequencies[word] = room(frequencies[word], end - start);
      Arrays.fill(frequencies[word], 0, end - start, 0);
    }
    float[] of = frequencies[word];
    int[] documents = found.docs;
    float[] times = found.features;
    int next = from;
    int at = 0;
    long held = bits[at];
    for (; next < found.size && documents[next] < end; next++) {
      int place = documents[next] - start;
      of[place] += weight * times[next];
      // Neighbours share a long: it is written once for all of them.
      if (place >> 6 != at) {
        bits[at] = held;
        at = place >> 6;
        held = bits[at];
      }
      held |= 1L << place;
    }
    bits[at] = held;
    return next;
  }

  /** Sets a bit for each document of the episode that has a hit. */
  void copyTo(long[] all) {
    System.arraycopy(bits, 0, all, 0, longs(end - start));
  }

  /** Keeps the bits of those documents of the episode that have a hit. */
  void retain(long[] all) {
    for (int i = 0; i < longs(end - start); i++) {
      all[i] &= bits[i];
    }
  }

  /** Whether a word is said in the episode. */
  boolean has(int word) {
    return said[word];
  }

  /** Which hit a document is that has one, once surveyed; by its place in the episode. */
  int hit(int place) {
    int at = place >> 6;
    return hitsBefore[at] + Long.bitCount(bits[at] & ((1L << place) - 1));
  }

  /** How often a hit has a word. */
  float own(int word, int hit) {
    return own[word][hit];
  }

  /** How often a word is said in and near a hit, less the farther off it is. */
  float near(int word, int hit) {
    return near[word][hit];
  }

  /** How often a word is said in the block around a hit, less the farther off it is. */
  float block(int word, int hit) {
    return block[word][hit];
  }

  /** Works out the surroundings of all hits. */
  void survey(MomentColumns columns) {
    int size = listHits(columns);
    for (int word = 0; word < said.length; word++) {
      if (!said[word]) {
        continue;
      }
      own[word] = room(own[word], size);
      near[word] = room(near[word], size);
      block[word] = room(block[word], size);
      float[] times = own[word];
      float[] of = frequencies[word];
      for (int hit = 0; hit < size; hit++) {
        times[hit] = of[places[hit]];
      }
      PassageScore.around(times, size, nearDecay, near[word], blockDecay, block[word]);
    }
  }

  /** Puts the hits in the order of their documents, and gives their number. */
  private int listHits(MomentColumns columns) {
    places = ArrayUtil.growNoCopy(places, end - start);
    nearDecay = room(nearDecay, end - start);
    blockDecay = room(blockDecay, end - start);
    hitsBefore = ArrayUtil.growNoCopy(hitsBefore, longs(end - start));
    int hit = 0;
    int before = start;
    for (int i = 0; i < longs(end - start); i++) {
      hitsBefore[i] = hit;
      for (long left = bits[i]; left != 0; left &= left - 1) {
        int place = (i << 6) + Long.numberOfTrailingZeros(left);
        places[hit] = place;
        // Of the first hit it does not matter: there is nothing before that could be left.
        float decay = score.blockLeft(columns.tenthsBetween(before, start + place));
        blockDecay[hit] = decay;
        nearDecay[hit++] = score.nearLeft(decay);
        before = start + place;
      }
    }
    return hit;
  }

  private static float[] room(float[] kept, int size) {
    return kept.length >= size ? kept : new float[ArrayUtil.oversize(size, Float.BYTES)];
  }
}
