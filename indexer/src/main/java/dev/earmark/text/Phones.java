package dev.earmark.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The approximate sound of written words, and the distance between sounds.
 *
 * <p>A recogniser that does not know a name writes words that sound like it. So groups of letters
 * are read as phones, and two words are as far apart as the cheapest edit from one to the other,
 * where phones that are easily confused cost little. After J. Zobel and P. Dart, <i>Phonetic string
 * matching: lessons from information retrieval</i>, 1996, who found such edit distances better than
 * Soundex and similar codes. The groups and costs are our own, for words of mixed European origin
 * as English recognisers spell them.
 *
 * <p>Letters of other scripts stand for themselves. Stateless and thread-safe.
 */
public final class Phones {
  private static final char SH = 'S';
  private static final char CH = 'C';
  private static final char J = 'J';
  private static final char TH = 'T';
  private static final char NG = 'N';

  private static final int KNOWN = 128;
  private static final float UNLIKE = 1f;
  private static final float[][] APART = new float[KNOWN][KNOWN];
  private static final float[] ALONE = new float[KNOWN];

  static {
    for (float[] row : APART) {
      Arrays.fill(row, UNLIKE);
    }
    Arrays.fill(ALONE, 0.9f);
    String vowels = "aeiou";
    for (int i = 0; i < vowels.length(); i++) {
      ALONE[vowels.charAt(i)] = 0.5f;
      for (int j = 0; j < i; j++) {
        apart(vowels.charAt(i), vowels.charAt(j), 0.4f);
      }
    }
    apart('a', 'e', 0.3f);
    apart('e', 'i', 0.25f);
    apart('a', 'o', 0.3f);
    apart('o', 'u', 0.25f);
    apart('a', 'u', 0.3f);
    String[] voicing = {"pb", "td", "kg", "fv", "sz", "CJ", "SJ"};
    for (String pair : voicing) {
      apart(pair.charAt(0), pair.charAt(1), 0.25f);
    }
    String[] near = {
      "SC", "sS", "zJ", "mn", "nN", "tT", "dT", "fT", "sT", "yi", "wu", "vw", "bv", "gJ", "zS",
      "gN", "kN"
    };
    for (String pair : near) {
      apart(pair.charAt(0), pair.charAt(1), 0.35f);
    }
    String[] akin = {"lr", "mN", "sC", "zC", "tC", "dJ", "pf", "kC", "wo", "kh", "gh", "rw", "lw"};
    for (String pair : akin) {
      apart(pair.charAt(0), pair.charAt(1), 0.5f);
    }
    String[] stops = {"pt", "pk", "tk", "bd", "bg", "dg", "bm", "dn", "yJ"};
    for (String pair : stops) {
      apart(pair.charAt(0), pair.charAt(1), 0.7f);
    }
    for (int i = 0; i < KNOWN; i++) {
      APART[i][i] = 0;
    }
    ALONE['h'] = 0.3f;
    ALONE['w'] = 0.5f;
    ALONE['y'] = 0.4f;
    ALONE['r'] = 0.6f;
    ALONE['n'] = 0.8f;
    ALONE['t'] = 0.7f;
    ALONE['d'] = 0.7f;
  }

  private Phones() {}

  private static void apart(char a, char b, float cost) {
    APART[a][b] = cost;
    APART[b][a] = cost;
  }

  /** What it costs to take one phone for another: 0 to 1. */
  public static float apart(char a, char b) {
    if (a == b) {
      return 0;
    }
    return a < KNOWN && b < KNOWN ? APART[a][b] : UNLIKE;
  }

  /** The phones that are at most so far from one, which may be that one itself only. */
  public static List<Character> near(char phone, float most) {
    List<Character> near = new ArrayList<>(List.of(phone));
    for (char other = 0; other < KNOWN; other++) {
      if (other != phone && apart(phone, other) <= most) {
        near.add(other);
      }
    }
    return near;
  }

  /** What it costs to miss a phone, or to hear one that is not there: 0 to 1. */
  public static float alone(char phone) {
    return phone < KNOWN ? ALONE[phone] : 0.9f;
  }

  /**
   * The phones of a folded word.
   *
   * @return at most as many characters as the word has, and one more for each {@code x} or {@code
   *     q}
   */
  public static String of(String word) {
    StringBuilder phones = new StringBuilder(word.length() + 2);
    int at = 0;
    while (at < word.length()) {
      at += read(word, at, phones);
    }
    return phones.toString();
  }

  /** Reads one group of letters; gives how many they are. */
  private static int read(String word, int at, StringBuilder into) {
    char c = word.charAt(at);
    char next = at + 1 < word.length() ? word.charAt(at + 1) : 0;
    char third = at + 2 < word.length() ? word.charAt(at + 2) : 0;
    boolean first = at == 0;
    boolean twice = next == c;
    switch (c) {
      case 'a', 'e', 'i', 'o', 'u' -> {
        return vowels(word, at, into);
      }
      case 'b' -> {
        // Silent after m at the end: climb.
        boolean silent = at + 1 == word.length() && at > 0 && word.charAt(at - 1) == 'm';
        return silent ? 1 : one(into, 'b', twice ? 2 : 1);
      }
      case 'c' -> {
        if (next == 'h') {
          boolean hard = third == 'r' || third == 'l';
          return one(into, hard ? 'k' : CH, 2);
        }
        if (next == 'i' && (third == 'a' || third == 'o')) {
          return one(into, SH, 2);
        }
        if (isFront(next)) {
          return one(into, 's', 1);
        }
        if (twice && isFront(third)) {
          into.append('k');
          return one(into, 's', 2);
        }
        return one(into, 'k', next == 'k' || twice || next == 'q' ? 2 : 1);
      }
      case 'd' -> {
        if (next == 'g' && isFront(third)) {
          return one(into, J, 2);
        }
        return next == 'j' ? one(into, J, 2) : one(into, 'd', twice || next == 't' ? 2 : 1);
      }
      case 'g' -> {
        if (next == 'h') {
          return first ? one(into, 'g', 2) : 2;
        }
        if (next == 'n' && (first || at + 2 == word.length())) {
          return 1;
        }
        return isFront(next) ? one(into, J, 1) : one(into, 'g', twice ? 2 : 1);
      }
      case 'h' -> {
        return first || isVowel(next) ? one(into, 'h', 1) : 1;
      }
      case 'j' -> {
        return one(into, J, 1);
      }
      case 'k' -> {
        if (next == 'n' && first) {
          return 1;
        }
        return one(into, 'k', twice || next == 'h' ? 2 : 1);
      }
      case 'n' -> {
        if (next == 'g' && !isVowel(third)) {
          return one(into, NG, 2);
        }
        return one(into, 'n', twice ? 2 : 1);
      }
      case 'p' -> {
        if (next == 'h') {
          return one(into, 'f', 2);
        }
        return next == 's' && first ? 1 : one(into, 'p', twice ? 2 : 1);
      }
      case 'q' -> {
        into.append('k');
        return next == 'u' ? one(into, 'w', 2) : 1;
      }
      case 's' -> {
        if (next == 'h') {
          return one(into, SH, 2);
        }
        if (next == 'c' && third == 'h') {
          return one(into, SH, 3);
        }
        if (next == 'c' && isFront(third)) {
          return one(into, 's', 2);
        }
        if (next == 'i' && third == 'o' && !first) {
          return one(into, SH, 2);
        }
        return one(into, 's', twice ? 2 : 1);
      }
      case 't' -> {
        if (next == 'h') {
          return one(into, TH, 2);
        }
        if (next == 'c' && third == 'h') {
          return one(into, CH, 3);
        }
        if (next == 'i' && (third == 'o' || third == 'a') && !first) {
          return one(into, SH, 2);
        }
        return one(into, 't', twice ? 2 : 1);
      }
      case 'w' -> {
        if (next == 'r' && first) {
          return 1;
        }
        if (next == 'h') {
          return one(into, 'w', 2);
        }
        // After a vowel it is part of it: the o of "own".
        boolean glide = !first && isVowel(word.charAt(at - 1)) && !isVowel(next);
        return glide ? 1 : one(into, 'w', 1);
      }
      case 'x' -> {
        if (first) {
          return one(into, 'z', 1);
        }
        into.append('k');
        return one(into, 's', 1);
      }
      case 'y' -> {
        boolean consonant = isVowel(next) && (first || isVowel(word.charAt(at - 1)));
        return consonant ? one(into, 'y', 1) : vowel(into, 'i', 1);
      }
      case 'z' -> {
        if (twice) {
          into.append('t');
          return one(into, 's', 2);
        }
        return one(into, 'z', 1);
      }
      default -> {
        return one(into, c, twice && c < KNOWN && Character.isLetter(c) ? 2 : 1);
      }
    }
  }

  private static int vowels(String word, int at, StringBuilder into) {
    char c = word.charAt(at);
    char next = at + 1 < word.length() ? word.charAt(at + 1) : 0;
    boolean last = at + 1 == word.length();
    if (c == 'e' && last && at > 1 && !isVowel(word.charAt(at - 1))) {
      // Silent, or nearly: "vercel" and "vercelle" are one.
      return 1;
    }
    return switch (c) {
      case 'a' ->
          switch (next) {
            case 'i', 'y' -> vowel(into, 'e', 2);
            case 'u', 'w' -> vowel(into, 'o', 2);
            case 'a', 'e' -> vowel(into, next == 'a' ? 'a' : 'e', 2);
            default -> vowel(into, 'a', 1);
          };
      case 'e' ->
          switch (next) {
            case 'e', 'a' -> vowel(into, 'i', 2);
            case 'i', 'y' -> vowel(into, 'e', 2);
            case 'u', 'w' -> vowel(into, 'u', 2);
            default -> vowel(into, 'e', 1);
          };
      case 'i' -> vowel(into, 'i', next == 'e' ? 2 : 1);
      case 'o' ->
          switch (next) {
            case 'o', 'u' -> vowel(into, 'u', 2);
            case 'a', 'w', 'e' -> vowel(into, 'o', 2);
            default -> vowel(into, 'o', 1);
          };
      default -> vowel(into, 'u', next == 'e' ? 2 : 1);
    };
  }

  /** A vowel said twice is one long one. */
  private static int vowel(StringBuilder into, char phone, int letters) {
    return !into.isEmpty() && into.charAt(into.length() - 1) == phone
        ? letters
        : one(into, phone, letters);
  }

  private static int one(StringBuilder into, char phone, int letters) {
    into.append(phone);
    return letters;
  }

  private static boolean isVowel(char c) {
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
  }

  private static boolean isFront(char c) {
    return c == 'e' || c == 'i' || c == 'y';
  }
}
