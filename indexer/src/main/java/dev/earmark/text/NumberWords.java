package dev.earmark.text;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads numbers, spoken or written: {@code a trillion}, {@code $1 trillion} and {@code 1tn} are
 * equal, and so are {@code twenty twenty-six} and {@code 2026}.
 *
 * <p>Knows English numerals; in other languages, digits only. Stateless.
 */
final class NumberWords {
  /** Begins the name of every number, and of no word. */
  static final char SIGN = '#';

  private static final Map<String, Integer> SMALL =
      Map.ofEntries(
          Map.entry("zero", 0),
          Map.entry("one", 1),
          Map.entry("two", 2),
          Map.entry("three", 3),
          Map.entry("four", 4),
          Map.entry("five", 5),
          Map.entry("six", 6),
          Map.entry("seven", 7),
          Map.entry("eight", 8),
          Map.entry("nine", 9),
          Map.entry("ten", 10),
          Map.entry("eleven", 11),
          Map.entry("twelve", 12),
          Map.entry("thirteen", 13),
          Map.entry("fourteen", 14),
          Map.entry("fifteen", 15),
          Map.entry("sixteen", 16),
          Map.entry("seventeen", 17),
          Map.entry("eighteen", 18),
          Map.entry("nineteen", 19),
          Map.entry("twenty", 20),
          Map.entry("thirty", 30),
          Map.entry("forty", 40),
          Map.entry("fifty", 50),
          Map.entry("sixty", 60),
          Map.entry("seventy", 70),
          Map.entry("eighty", 80),
          Map.entry("ninety", 90));

  private static final Map<String, Double> MAGNITUDES =
      Map.ofEntries(
          Map.entry("thousand", 1e3),
          Map.entry("k", 1e3),
          Map.entry("million", 1e6),
          Map.entry("m", 1e6),
          Map.entry("mn", 1e6),
          Map.entry("billion", 1e9),
          Map.entry("bn", 1e9),
          Map.entry("b", 1e9),
          Map.entry("trillion", 1e12),
          Map.entry("tn", 1e12));

  /**
   * A number in a row of words.
   *
   * @param name the same for the same number
   * @param words how many words it takes
   */
  record Spoken(String name, int words) {}

  private final String[] words;
  private int at;

  private NumberWords(String[] words, int at) {
    this.words = words;
    this.at = at;
  }

  /** The number that begins at a word; null if none does. */
  static @Nullable Spoken at(String[] words, int from) {
    NumberWords reader = new NumberWords(words, from);
    double value = reader.number();
    return reader.at == from ? null : new Spoken(SIGN + name(value), reader.at - from);
  }

  /** Whether a word is an English numeral in full. */
  static boolean isNumeral(String word) {
    return SMALL.containsKey(word) || isSpelledMagnitude(word) || word.equals("hundred");
  }

  /** Ordinals that are no numeral with an ending. */
  private static final Set<String> ORDINALS =
      Set.of("first", "second", "third", "fifth", "eighth", "ninth", "twelfth");

  /** Whether a word is the last of an English ordinal in full. */
  static boolean isOrdinal(String word) {
    if (!word.endsWith("th")) {
      return ORDINALS.contains(word);
    }
    String numeral = word.substring(0, word.length() - (word.endsWith("ieth") ? 4 : 2));
    return ORDINALS.contains(word) || isNumeral(numeral) || isNumeral(numeral + "y");
  }

  private static String name(double value) {
    long whole = (long) value;
    return whole == value ? Long.toString(whole) : Double.toString(value);
  }

  private String word(int offset) {
    return at + offset < words.length ? words[at + offset] : "";
  }

  private double number() {
    int from = at;
    boolean article = word(0).equals("a") || word(0).equals("an");
    if (article && (word(1).equals("hundred") || isSpelledMagnitude(word(1)))) {
      at++;
      return scaled(1);
    }
    double value = belowThousand();
    if (at == from) {
      return 0;
    }
    Integer second = SMALL.get(word(0));
    boolean century = value == 19 || value == 20;
    if (century && second != null && second >= 10) {
      // A year is spoken as two numbers.
      return value * 100 + belowThousand();
    }
    return scaled(value);
  }

  /** A number and the magnitudes behind it: {@code two hundred thousand and five}. */
  private double scaled(double value) {
    double sum = 0;
    double part = value;
    if (word(0).equals("hundred")) {
      at++;
      part = part * 100 + rest();
    }
    while (MAGNITUDES.containsKey(word(0))) {
      sum += part * MAGNITUDES.get(word(0));
      at++;
      part = rest();
    }
    return sum + part;
  }

  /** What follows a hundred or a magnitude and belongs to the number; 0 if nothing does. */
  private double rest() {
    int and = word(0).equals("and") ? 1 : 0;
    if (!SMALL.containsKey(word(and))) {
      return 0;
    }
    at += and;
    return belowThousand();
  }

  private double belowThousand() {
    String first = word(0);
    if (!first.isEmpty() && first.charAt(0) >= '0' && first.charAt(0) <= '9') {
      at++;
      return digits(first);
    }
    Integer small = SMALL.get(first);
    if (small == null) {
      return 0;
    }
    at++;
    double value = small;
    Integer unit = SMALL.get(word(0));
    if (small >= 20 && unit != null && unit > 0 && unit < 10) {
      at++;
      value += unit;
    }
    if (word(0).equals("hundred")) {
      at++;
      value = value * 100 + rest();
    }
    return value;
  }

  private static boolean isSpelledMagnitude(String word) {
    return word.length() > 2 && MAGNITUDES.containsKey(word);
  }

  /** Digits with at most one point; the first 18 of longer ones. */
  private static double digits(String word) {
    try {
      return Double.parseDouble(word.length() > 18 ? word.substring(0, 18) : word);
    } catch (NumberFormatException e) {
      // 1.2.3 is a version, and ٣ a digit of another script: the same word is the same number.
      return word.hashCode();
    }
  }
}
