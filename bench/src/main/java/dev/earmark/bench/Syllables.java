package dev.earmark.bench;

import java.util.Locale;
import java.util.Random;

/** Makes words and names that nobody has. */
final class Syllables {
  private static final String[] BEGINNINGS = {
    "b", "br", "c", "d", "dr", "f", "g", "gl", "h", "j", "k", "l", "m", "n", "p", "pl", "r", "s",
    "st", "t", "tr", "v", "w", "z"
  };
  private static final String[] MIDDLES = {"a", "e", "i", "o", "u", "ai", "ea", "ou"};
  private static final String[] ENDS = {"", "", "", "l", "m", "n", "r", "s", "t", "x"};

  private Syllables() {}

  /** A word of so many syllables. */
  static String word(Random random, int syllables) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < syllables; i++) {
      word.append(one(random, BEGINNINGS)).append(one(random, MIDDLES)).append(one(random, ENDS));
    }
    return word.toString();
  }

  /** A first and a last name. */
  static String name(Random random) {
    return capital(word(random, 1 + random.nextInt(2))) + ' ' + capital(word(random, 2));
  }

  /** A word as a sentence begins with it. */
  static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  private static String one(Random random, String[] of) {
    return of[random.nextInt(of.length)];
  }
}
