package dev.earmark.search.lucene;

import dev.earmark.search.spoken.SpokenScore;
import java.util.Arrays;
import org.apache.lucene.search.DocAndFloatFeatureBuffer;
import org.apache.lucene.util.ArrayUtil;

/**
 * The moments of one episode that have a hit, and what is said around each; see {@link SpokenScore}
 * for what is made of it.
 *
 * <p>Filled by {@link #begin}, {@link #add} and {@link #finish}; then asked. Arrays are kept from
 * one episode to the next. Not thread-safe.
 */
final class EpisodeHits {
  private int start;
  private int end;

  /** What was found: the document and frequency of each, the words one after the other. */
  private int[] foundDocuments = new int[256];

  private float[] foundFrequencies = new float[256];
  private final int[] foundOfWord;
  private int found;

  /** The documents found, each once and in order; a bit for each of the episode's to sort them. */
  private int[] documents = new int[128];

  private long[] bits = new long[8];
  private int size;

  /** For each document of the episode that was found, which it is. */
  private int[] places = new int[512];

  private float[] nearDecay = new float[0];
  private float[] blockDecay = new float[0];

  /** For each word how often each hit has it, and how often it is said near it and in its block. */
  private final float[][] own;

  private final float[][] near;
  private final float[][] block;
  private boolean surveyed;
  private final boolean inOrder;

  /**
   * @param words how many
   * @param inOrder whether documents are added once and in their order
   */
  EpisodeHits(int words, boolean inOrder) {
    this.inOrder = inOrder;
    foundOfWord = new int[words];
    own = new float[words][0];
    near = new float[words][0];
    block = new float[words][0];
  }

  /** Begins an episode whose documents are those from one to before another. */
  void begin(int first, int afterLast) {
    start = first;
    end = afterLast;
    found = 0;
    size = 0;
    surveyed = false;
    Arrays.fill(foundOfWord, 0);
    if (places.length < end - start) {
      places = new int[ArrayUtil.oversize(end - start, Integer.BYTES)];
      bits = new long[(places.length >> 6) + 1];
    }
  }

  /** The first document after those of the episode; 0 before the first. */
  int end() {
    return end;
  }

  /** Adds documents in which a word was found and how often; words in their order. */
  void add(int word, DocAndFloatFeatureBuffer more, float weight) {
    int size = found + more.size;
    if (size > foundDocuments.length) {
      foundDocuments = ArrayUtil.grow(foundDocuments, size);
      foundFrequencies = ArrayUtil.growExact(foundFrequencies, foundDocuments.length);
    }
    System.arraycopy(more.docs, 0, foundDocuments, found, more.size);
    for (int i = 0; i < more.size; i++) {
      foundFrequencies[found + i] = weight * more.features[i];
    }
    found = size;
    foundOfWord[word] += more.size;
    if (inOrder) {
      return;
    }
    for (int i = 0; i < more.size; i++) {
      int place = more.docs[i] - start;
      bits[place >> 6] |= 1L << (place & 63);
    }
  }

  /** Puts what was added in order. */
  void finish() {
    if (inOrder) {
      // One form of one word: each document once, as it came.
      if (documents.length < found) {
        documents = new int[foundDocuments.length];
      }
      System.arraycopy(foundDocuments, 0, documents, 0, found);
      for (int hit = 0; hit < found; hit++) {
        places[documents[hit] - start] = hit;
      }
      size = found;
      return;
    }
    for (int i = 0; i <= (end - start - 1) >> 6; i++) {
      for (long left = bits[i]; left != 0; left &= left - 1) {
        int place = (i << 6) + Long.numberOfTrailingZeros(left);
        if (size == documents.length) {
          documents = Arrays.copyOf(documents, size * 2);
        }
        places[place] = size;
        documents[size++] = start + place;
      }
      bits[i] = 0;
    }
  }

  /** How many moments have a hit. */
  int size() {
    return size;
  }

  /** The document of a hit. */
  int document(int hit) {
    return documents[hit];
  }

  /** Which hit a document of the episode is that has one. */
  int hit(int document) {
    return places[document - start];
  }

  /** Whether a document of the episode has a hit. */
  boolean isHit(int document) {
    // What an earlier episode left there names another document.
    int hit = places[document - start];
    return hit < size && documents[hit] == document;
  }

  /** Whether a word is said in the episode. */
  boolean has(int word) {
    return foundOfWord[word] > 0;
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

  /** Works out the surroundings of all hits, once. */
  void survey(MomentColumns columns) {
    if (surveyed) {
      return;
    }
    surveyed = true;
    decays(columns);
    int next = 0;
    for (int word = 0; word < foundOfWord.length; word++) {
      if (foundOfWord[word] == 0) {
        continue;
      }
      if (own[word].length < size) {
        int room = ArrayUtil.oversize(size, Float.BYTES);
        own[word] = new float[room];
        near[word] = new float[room];
        block[word] = new float[room];
      }
      float[] frequencies = own[word];
      Arrays.fill(frequencies, 0, size, 0);
      for (int last = next + foundOfWord[word]; next < last; next++) {
        frequencies[places[foundDocuments[next] - start]] += foundFrequencies[next];
      }
      SpokenScore.around(frequencies, size, nearDecay, near[word], blockDecay, block[word]);
    }
  }

  /** How much of what stands in a hit counts in the next one. */
  private void decays(MomentColumns columns) {
    if (nearDecay.length < size) {
      int room = ArrayUtil.oversize(size, Float.BYTES);
      nearDecay = new float[room];
      blockDecay = new float[room];
    }
    long before = -1;
    boolean wasPlaced = false;
    for (int hit = 0; hit < size; hit++) {
      int document = documents[hit];
      boolean placed = columns.isPlaced(document);
      long at = columns.startMs(document);
      // Time that runs backwards begins another source, of which the last one is no surrounding.
      boolean goesOn = before >= 0 && placed == wasPlaced && at >= before;
      nearDecay[hit] = goesOn ? SpokenScore.nearLeft(at - before) : 0;
      blockDecay[hit] = goesOn ? SpokenScore.blockLeft(at - before) : 0;
      before = at;
      wasPlaced = placed;
    }
  }
}
