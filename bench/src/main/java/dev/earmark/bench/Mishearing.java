package dev.earmark.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Writes a name as a recogniser does that does not know it: by its sound, in letters of its own, at
 * times as two words. Knows nothing of how Earmark finds such words. Not thread-safe.
 */
final class Mishearing {
  /** How often a name of eight letters or more is heard as two words. */
  private static final double APART = 0.25;

  private static final int SHORTEST_APART = 8;
  private static final int MOST_CHANGES = 2;

  /** Spellings of one sound, and sounds that are taken for each other. */
  private static final String[][] ALIKE = {
    {"ph", "f"}, {"ck", "k"}, {"c", "k"}, {"qu", "kw"}, {"x", "ks"}, {"y", "i"}, {"ie", "y"},
    {"ee", "ea"}, {"ai", "ay"}, {"ei", "i"}, {"ou", "u"}, {"oo", "u"}, {"au", "o"}, {"aw", "o"},
    {"th", "t"}, {"t", "d"}, {"b", "p"}, {"g", "k"}, {"v", "f"}, {"z", "s"}, {"s", "sh"},
    {"er", "or"}, {"a", "o"}, {"e", "i"}, {"e", "a"}, {"o", "u"}, {"en", "an"}, {"on", "en"},
    {"kn", "n"}, {"wr", "r"}, {"gh", ""}, {"h", ""}, {"m", "n"}, {"j", "g"}, {"le", "el"},
    {"l", "ll"}, {"n", "nn"}, {"t", "tt"}, {"s", "ss"}, {"p", "pp"}, {"r", "rr"}, {"d", "dd"}
  };

  private final Random random;

  Mishearing(long seed) {
    random = new Random(seed);
  }

  /** What is heard for a name in lower case; never the name itself. */
  String of(String name) {
    String heard = name;
    int changes = 1 + random.nextInt(MOST_CHANGES);
    for (int tries = 0; changes > 0 && tries < 100; tries++) {
      String changed = changed(heard);
      if (!changed.equals(heard) && changed.length() > 2) {
        heard = changed;
        changes--;
      }
    }
    if (heard.length() >= SHORTEST_APART && random.nextDouble() < APART) {
      int at = 3 + random.nextInt(heard.length() - 5);
      heard = heard.substring(0, at) + ' ' + heard.substring(at);
    }
    return heard.replace(" ", "").equals(name) && !heard.contains(" ") ? heard + 'e' : heard;
  }

  private String changed(String word) {
    String[] pair = ALIKE[random.nextInt(ALIKE.length)];
    boolean back = random.nextBoolean() && !pair[1].isEmpty();
    String from = pair[back ? 1 : 0];
    String to = pair[back ? 0 : 1];
    List<Integer> places = new ArrayList<>();
    for (int at = word.indexOf(from); at >= 0; at = word.indexOf(from, at + 1)) {
      places.add(at);
    }
    if (places.isEmpty()) {
      return word;
    }
    int at = places.get(random.nextInt(places.size()));
    return word.substring(0, at) + to + word.substring(at + from.length());
  }
}
