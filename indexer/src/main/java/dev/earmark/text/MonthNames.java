package dev.earmark.text;

import java.time.Month;
import java.time.format.TextStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The names of the months, in full in the languages that write the day before them with a number,
 * and in English and German also as they are cut: {@code Sept}, {@code Okt}.
 *
 * <p>The names are those of the JDK, from the Unicode CLDR. Stateless and thread-safe.
 */
public final class MonthNames {
  private static final List<String> IN_FULL =
      List.of("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "ca");
  private static final List<String> CUT = List.of("en", "de");

  private static final Map<String, Integer> NUMBERS = numbers();

  private MonthNames() {}

  /** The number of a month, 1 to 12; 0 if a word is no name of one, whatever its case. */
  public static int number(String word) {
    return NUMBERS.getOrDefault(Words.fold(word), 0);
  }

  private static Map<String, Integer> numbers() {
    Map<String, Integer> numbers = new HashMap<>();
    IN_FULL.forEach(language -> add(language, TextStyle.FULL, numbers));
    CUT.forEach(language -> add(language, TextStyle.SHORT, numbers));
    return Map.copyOf(numbers);
  }

  private static void add(String language, TextStyle style, Map<String, Integer> numbers) {
    for (Month month : Month.values()) {
      String name = month.getDisplayName(style, Locale.forLanguageTag(language));
      numbers.put(Words.fold(name), month.getValue());
    }
  }
}
