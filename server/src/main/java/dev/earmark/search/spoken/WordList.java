package dev.earmark.search.spoken;

import dev.earmark.text.Phones;
import dev.earmark.text.SpokenTerms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * All words said in a snapshot, for fast scanning.
 *
 * <p>Words of {@value #SHORTEST} to {@value #LONGEST} letters; at most {@value #MOST_WORDS} words.
 * Each is stored with its phones and the number of moments that have it, about forty bytes a word.
 * A search scans all words: length and first sound rule most out, and the rest are compared until
 * they are too far apart. Immutable and thread-safe.
 */
public final class WordList implements SaidWords {
  static final int SHORTEST = 3;
  static final int LONGEST = 32;
  static final int MOST_WORDS = 1 << 20;

  /** The least likeness, 0 to 1, at which a word may be another one misheard. */
  public static final float LEAST_LIKENESS = 0.75f;

  private static final float BY_EAR = 0.7f;
  private static final float BY_LETTER = 0.3f;

  /** Words whose first phones are further apart are not alike. */
  public static final float FIRST_APART = 0.5f;

  /** The furthest two words may sound apart, a phone, so that they can still be alike enough. */
  private static final float MOST_APART = (1 - LEAST_LIKENESS) / BY_EAR;

  /** From this share of the moments on a word is one of the language rather than a name. */
  private static final double COMMON = 0.0005;

  /** What a tenfold frequency beyond that takes from a word's likeness. */
  private static final double COMMONNESS = 0.06;

  private final int moments;
  private final int count;
  private final char[] letters;
  private final int[] letterStarts;
  private final char[] phones;
  private final int[] phoneStarts;
  private final int[] frequencies;

  private WordList(
      int moments,
      int count,
      char[] letters,
      int[] letterStarts,
      char[] phones,
      int[] phoneStarts,
      int[] frequencies) {
    this.moments = moments;
    this.count = count;
    this.letters = letters;
    this.letterStarts = letterStarts;
    this.phones = phones;
    this.phoneStarts = phoneStarts;
    this.frequencies = frequencies;
  }

  /** Gathers the words of an index, which come in the order of their code points. */
  public static final class Builder {
    private char[] letters = new char[1 << 16];
    private char[] phones = new char[1 << 16];
    private int[] letterStarts = new int[1 << 12];
    private int[] phoneStarts = new int[1 << 12];
    private int[] frequencies = new int[1 << 12];
    private int count;

    /** Adds a term of the text, if it is a word of letters that can be compared. */
    public void add(String word, int moments) {
      if (isFull() || !SpokenTerms.isWord(word) || !isPlain(word)) {
        return;
      }
      if (count + 2 > letterStarts.length) {
        letterStarts = Arrays.copyOf(letterStarts, count * 2);
        phoneStarts = Arrays.copyOf(phoneStarts, count * 2);
        frequencies = Arrays.copyOf(frequencies, count * 2);
      }
      String sounds = Phones.of(word);
      letters = append(letters, letterStarts[count], word);
      phones = append(phones, phoneStarts[count], sounds);
      letterStarts[count + 1] = letterStarts[count] + word.length();
      phoneStarts[count + 1] = phoneStarts[count] + sounds.length();
      frequencies[count++] = moments;
    }

    /** Whether no more words are taken. */
    public boolean isFull() {
      return count >= MOST_WORDS;
    }

    /**
     * The list.
     *
     * @param documents how many documents the index has
     */
    public WordList build(int documents) {
      return new WordList(
          Math.max(1, documents), count, letters, letterStarts, phones, phoneStarts, frequencies);
    }
  }

  private static char[] append(char[] to, int at, String text) {
    char[] grown = at + text.length() > to.length ? Arrays.copyOf(to, to.length * 2) : to;
    text.getChars(0, text.length(), grown, at);
    return grown;
  }

  /** Whether a folded word is of letters only and neither too short nor too long to compare. */
  public static boolean isPlain(String word) {
    if (word.length() < SHORTEST || word.length() > LONGEST) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (!Character.isLetter(word.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  int size() {
    return count;
  }

  private String word(int index) {
    return new String(letters, letterStarts[index], letterStarts[index + 1] - letterStarts[index]);
  }

  @Override
  public List<String> heldByMoreThan(int most) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (frequencies[i] > most) {
        found.add(word(i));
      }
    }
    return found;
  }

  @Override
  public List<Near> startingWith(String prefix, int most) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compare(middle, prefix) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    PriorityQueue<Near> best = new PriorityQueue<>(RAREST_FIRST);
    for (int i = low; i < count && startsWith(i, prefix); i++) {
      if (best.size() < most || frequencies[i] > best.element().moments()) {
        best.add(new Near(word(i), 1, frequencies[i]));
        if (best.size() > most) {
          best.poll();
        }
      }
    }
    List<Near> sorted = new ArrayList<>(best);
    sorted.sort(RAREST_FIRST.reversed());
    return sorted;
  }

  private static final Comparator<Near> RAREST_FIRST =
      Comparator.comparingInt(Near::moments).thenComparing(Near::word, Comparator.reverseOrder());

  @Override
  public List<String> containing(String part, int others, int most) {
    PriorityQueue<Near> best = new PriorityQueue<>(RAREST_FIRST);
    for (int i = 0; i < count; i++) {
      if (letterStarts[i + 1] - letterStarts[i] >= part.length() + others
          && contains(i, part)
          && (best.size() < most || frequencies[i] > best.element().moments())) {
        best.add(new Near(word(i), 1, frequencies[i]));
        if (best.size() > most) {
          best.poll();
        }
      }
    }
    return best.stream().sorted(RAREST_FIRST.reversed()).map(Near::word).toList();
  }

  private boolean contains(int index, String part) {
    char first = part.charAt(0);
    int end = letterStarts[index + 1] - part.length();
    for (int from = letterStarts[index]; from <= end; from++) {
      if (letters[from] == first && standsAt(from, part)) {
        return true;
      }
    }
    return false;
  }

  private boolean standsAt(int from, String part) {
    for (int i = 0; i < part.length(); i++) {
      if (letters[from + i] != part.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Compares as the index sorts its words: by code point. */
  private int compare(int index, String text) {
    int from = letterStarts[index];
    int length = letterStarts[index + 1] - from;
    for (int i = 0; i < Math.min(length, text.length()); i++) {
      char a = letters[from + i];
      char b = text.charAt(i);
      if (a != b) {
        boolean pairs = Character.isSurrogate(a) != Character.isSurrogate(b);
        return pairs ? (Character.isSurrogate(a) ? 1 : -1) : Character.compare(a, b);
      }
    }
    return length - text.length();
  }

  private boolean startsWith(int index, String prefix) {
    int from = letterStarts[index];
    return letterStarts[index + 1] - from >= prefix.length() && standsAt(from, prefix);
  }

  @Override
  public List<Near> alike(String word, float least, int most) {
    char[] sounds = Phones.of(word).toCharArray();
    char[] wanted = word.toCharArray();
    if (sounds.length == 0) {
      return List.of();
    }
    Costs costs = new Costs();
    PriorityQueue<Near> best = new PriorityQueue<>(WORST_FIRST);
    for (int i = 0; i < count; i++) {
      int from = phoneStarts[i];
      int length = phoneStarts[i + 1] - from;
      int longest = Math.max(length, sounds.length);
      float most1 = MOST_APART * longest;
      if (length == 0
          || Math.abs(length - sounds.length) * 0.3f > most1
          || Phones.apart(phones[from], sounds[0]) > FIRST_APART) {
        continue;
      }
      float apart = costs.byEar(sounds, phones, from, length, most1);
      if (apart > most1) {
        continue;
      }
      int letterCount = letterStarts[i + 1] - letterStarts[i];
      int typed = costs.byLetter(wanted, letters, letterStarts[i], letterCount, wanted.length);
      if (typed == 0) {
        continue;
      }
      float likeness =
          BY_EAR * (1 - apart / longest)
              + BY_LETTER * (1 - (float) typed / Math.max(letterCount, wanted.length))
              - tooCommon(frequencies[i]);
      if (likeness >= least) {
        best.add(new Near(word(i), likeness, frequencies[i]));
        if (best.size() > most) {
          best.poll();
        }
      }
    }
    List<Near> sorted = new ArrayList<>(best);
    sorted.sort(WORST_FIRST.reversed());
    return sorted;
  }

  private static final Comparator<Near> WORST_FIRST =
      Comparator.comparingDouble(Near::likeness)
          .thenComparingInt(Near::moments)
          .thenComparing(Near::word, Comparator.reverseOrder());

  private float tooCommon(int frequency) {
    double share = (double) frequency / moments / COMMON;
    return frequency < 5 || share <= 1 ? 0 : (float) (COMMONNESS * Math.log10(share));
  }

  @Override
  public List<Near> spelledLike(String word, int edits, int most) {
    char[] wanted = word.toCharArray();
    Costs costs = new Costs();
    PriorityQueue<Near> best = new PriorityQueue<>(WORST_FIRST);
    for (int i = 0; i < count; i++) {
      int from = letterStarts[i];
      int length = letterStarts[i + 1] - from;
      if (Math.abs(length - wanted.length) > edits) {
        continue;
      }
      int wrong = costs.byLetter(wanted, letters, from, length, edits);
      if (wrong == 0 || wrong > edits) {
        continue;
      }
      // A thousand times as frequent is worth three quarters of a letter; the first is seldom
      // wrong.
      double likeness =
          1
              - 0.2 * wrong
              + 0.05 * Math.log10(frequencies[i])
              - (letters[from] == wanted[0] ? 0 : 0.15);
      best.add(new Near(word(i), (float) likeness, frequencies[i]));
      if (best.size() > most) {
        best.poll();
      }
    }
    List<Near> sorted = new ArrayList<>(best);
    sorted.sort(WORST_FIRST.reversed());
    return sorted;
  }

  /** Edit distances, with the rows they are computed in. Not thread-safe. */
  private static final class Costs {
    private float[] above = new float[LONGEST * 2 + 2];
    private float[] row = new float[LONGEST * 2 + 2];
    private int[] twoAbove = new int[LONGEST * 2 + 2];
    private int[] letterAbove = new int[LONGEST * 2 + 2];
    private int[] letterRow = new int[LONGEST * 2 + 2];

    /** How far two words sound apart; more than {@code most} if that far. */
    float byEar(char[] a, char[] b, int from, int length, float most) {
      above[0] = 0;
      for (int j = 1; j <= length; j++) {
        above[j] = above[j - 1] + Phones.alone(b[from + j - 1]);
      }
      for (int i = 1; i <= a.length; i++) {
        char one = a[i - 1];
        float missed = Phones.alone(one);
        row[0] = above[0] + missed;
        float least = row[0];
        for (int j = 1; j <= length; j++) {
          char other = b[from + j - 1];
          float cost = above[j - 1] + Phones.apart(one, other);
          cost = Math.min(cost, above[j] + missed);
          cost = Math.min(cost, row[j - 1] + Phones.alone(other));
          row[j] = cost;
          least = Math.min(least, cost);
        }
        if (least > most) {
          return Float.MAX_VALUE;
        }
        float[] swap = above;
        above = row;
        row = swap;
      }
      return above[length];
    }

    /**
     * How many letters are wrong, missing, extra or swapped with their neighbour; more than {@code
     * most} if that many.
     */
    int byLetter(char[] a, char[] b, int from, int length, int most) {
      for (int j = 0; j <= length; j++) {
        letterAbove[j] = j;
      }
      for (int i = 1; i <= a.length; i++) {
        letterRow[0] = i;
        int least = i;
        for (int j = 1; j <= length; j++) {
          boolean same = a[i - 1] == b[from + j - 1];
          int cost = letterAbove[j - 1] + (same ? 0 : 1);
          cost = Math.min(cost, 1 + Math.min(letterAbove[j], letterRow[j - 1]));
          if (i > 1 && j > 1 && a[i - 1] == b[from + j - 2] && a[i - 2] == b[from + j - 1]) {
            cost = Math.min(cost, twoAbove[j - 2] + 1);
          }
          letterRow[j] = cost;
          least = Math.min(least, cost);
        }
        if (least > most) {
          return Integer.MAX_VALUE;
        }
        int[] spare = twoAbove;
        twoAbove = letterAbove;
        letterAbove = letterRow;
        letterRow = spare;
      }
      return letterAbove[length];
    }
  }
}
