package dev.earmark.model;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The time of each word of a spoken text.
 *
 * <p>A map is a row of pieces, each some words and the stretch they are spoken in. A source that
 * times words gives a piece a word; captions give a piece a cue. Inside a piece of several words
 * the time is interpolated by their share: the <em>k</em>-th of <em>n</em> words starts
 * <em>k</em>/<em>n</em> of the way.
 *
 * <p>Stored as variable-length integers, about four bytes a piece: a map costs half a byte a word
 * for captions and three for timed words. Immutable and thread-safe.
 */
public final class TimeMap {
  private final int[] firstWord;
  private final long[] startMs;
  private final long[] endMs;
  private final int words;

  private TimeMap(int[] firstWord, long[] startMs, long[] endMs, int words) {
    this.firstWord = firstWord;
    this.startMs = startMs;
    this.endMs = endMs;
    this.words = words;
  }

  /** How many words have a time. */
  public int words() {
    return words;
  }

  /** How many pieces the map has. */
  public int pieces() {
    return firstWord.length;
  }

  /** The first word of a piece. */
  public int firstWordOf(int piece) {
    return firstWord[piece];
  }

  /** When a word starts, in milliseconds. */
  public long startOf(int word) {
    return at(word, 0);
  }

  /** When a word ends, in milliseconds; never before it starts. */
  public long endOf(int word) {
    return at(word, 1);
  }

  private long at(int word, int edge) {
    if (word < 0 || word >= words) {
      throw new IndexOutOfBoundsException("word must be 0 to " + (words - 1) + ", got " + word);
    }
    int piece = Arrays.binarySearch(firstWord, word);
    if (piece < 0) {
      piece = -piece - 2;
    }
    int next = piece + 1 < firstWord.length ? firstWord[piece + 1] : words;
    int inPiece = next - firstWord[piece];
    int share = word - firstWord[piece] + edge;
    return startMs[piece] + (endMs[piece] - startMs[piece]) * share / inPiece;
  }

  /** The last word that has started at an instant; 0 if none has. */
  public int wordAt(long atMs) {
    int low = 0;
    int high = words;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (startOf(middle) > atMs) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return Math.max(0, low - 1);
  }

  /** The map as bytes; {@link #fromBytes} reads it back. */
  public byte[] toBytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(4 * firstWord.length + 4);
    VariableIntegers.write(out, firstWord.length);
    long before = 0;
    for (int i = 0; i < firstWord.length; i++) {
      int next = i + 1 < firstWord.length ? firstWord[i + 1] : words;
      VariableIntegers.write(out, next - firstWord[i]);
      long gap = startMs[i] - before;
      VariableIntegers.writeSigned(out, gap);
      VariableIntegers.write(out, endMs[i] - startMs[i]);
      before = endMs[i];
    }
    return out.toByteArray();
  }

  /**
   * The map that {@link #toBytes} wrote.
   *
   * @throws IllegalArgumentException if the bytes are no such map
   */
  public static TimeMap fromBytes(byte[] bytes) {
    VariableIntegers.Reader in = new VariableIntegers.Reader(bytes);
    long pieces = in.next();
    if (pieces < 0 || pieces > bytes.length) {
      throw new IllegalArgumentException("a time map cannot have " + pieces + " pieces");
    }
    Builder builder = builder();
    long before = 0;
    long words = 0;
    for (long i = 0; i < pieces; i++) {
      long count = in.next();
      long start = before + in.nextSigned();
      long end = start + in.next();
      if (count < 0 || count > Integer.MAX_VALUE - words) {
        throw new IllegalArgumentException("a time map cannot have " + count + " more words");
      }
      words += count;
      builder.add((int) count, start, end);
      before = end;
    }
    return builder.build();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Collects pieces in the order of the text. Not thread-safe. */
  public static final class Builder {
    private final List<long[]> pieces = new ArrayList<>();

    private Builder() {}

    /**
     * Adds words that are spoken from one instant to another.
     *
     * @param words how many; a piece of none is left out
     * @param startMs in milliseconds; may lie before the end of the piece before
     * @param endMs in milliseconds, not before the start
     */
    public Builder add(int words, long startMs, long endMs) {
      if (words < 0 || startMs < 0 || endMs < startMs) {
        throw new IllegalArgumentException(
            "a piece needs words >= 0 and 0 <= start <= end, got "
                + words
                + " words at "
                + startMs
                + " to "
                + endMs);
      }
      if (words > 0) {
        pieces.add(new long[] {words, startMs, endMs});
      }
      return this;
    }

    /** Adds all pieces of a map, for text that is appended. */
    public Builder addAll(TimeMap map) {
      for (int i = 0; i < map.firstWord.length; i++) {
        int next = i + 1 < map.firstWord.length ? map.firstWord[i + 1] : map.words;
        add(next - map.firstWord[i], map.startMs[i], map.endMs[i]);
      }
      return this;
    }

    public TimeMap build() {
      int[] firstWord = new int[pieces.size()];
      long[] startMs = new long[pieces.size()];
      long[] endMs = new long[pieces.size()];
      int words = 0;
      for (int i = 0; i < pieces.size(); i++) {
        long[] piece = pieces.get(i);
        firstWord[i] = words;
        startMs[i] = piece[1];
        endMs[i] = piece[2];
        words = Math.addExact(words, (int) piece[0]);
      }
      return new TimeMap(firstWord, startMs, endMs, words);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TimeMap map
        && words == map.words
        && Arrays.equals(firstWord, map.firstWord)
        && Arrays.equals(startMs, map.startMs)
        && Arrays.equals(endMs, map.endMs);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(startMs) * 31 + words;
  }

  @Override
  public String toString() {
    return words + " words in " + firstWord.length + " pieces";
  }
}
