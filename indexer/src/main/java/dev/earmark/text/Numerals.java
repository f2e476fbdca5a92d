package dev.earmark.text;

import com.ibm.icu.number.LocalizedNumberFormatter;
import com.ibm.icu.number.NumberFormatter;
import com.ibm.icu.number.NumberFormatter.GroupingStrategy;
import com.ibm.icu.number.NumberFormatter.UnitWidth;
import com.ibm.icu.number.Precision;
import com.ibm.icu.text.CompactDecimalFormat;
import com.ibm.icu.text.CompactDecimalFormat.CompactStyle;
import com.ibm.icu.text.RuleBasedNumberFormat;
import com.ibm.icu.util.Currency;
import com.ibm.icu.util.MeasureUnit;
import com.ibm.icu.util.ULocale;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a language, in words and in digits: {@code 2024}, {@code twenty twenty-four} and
 * {@code two thousand twenty-four} are one amount, {@code $10tn} and {@code ten trillion dollars}
 * another, {@code 21st} and {@code twenty-first} a third; {@code 2½} and {@code two and a half} are
 * one, {@code 1990s} and {@code nineteen nineties}, and in German {@code 1.000} and {@code
 * tausend}.
 *
 * <p>The words come from the Unicode CLDR, spelled out by ICU ({@link RuleBasedNumberFormat}), so
 * every language that has rules there is read and written. Whole numbers of words are read up to
 * 9,999 and as thousands, larger ones with a magnitude behind them ({@code 1.5 million}). The table
 * of a language is made when the first word is read that may begin a number: a tenth of a second of
 * processor time, and 2 MB. Thread-safe.
 */
public final class Numerals {
  private static final int LARGEST_SPELLED = 9_999;
  private static final int MOST_WAYS = 48;
  private static final int LONGEST_DIGITS = 15;
  private static final int GROUP = 3;
  private static final BigDecimal MOST_BEFORE_MAGNITUDE = BigDecimal.valueOf(10_000);
  private static final BigDecimal TOO_LARGE = BigDecimal.TEN.pow(16);
  private static final int[] POWERS = {3, 4, 5, 6, 7, 8, 9, 12};
  private static final String PERCENT = "%";

  /** The forms a number is counted in; the many cases of Finnish or Russian are left out. */
  private static final Set<String> RULES =
      Set.of(
          "%spellout-numbering",
          "%spellout-numbering-year",
          "%spellout-numbering-verbose",
          "%spellout-cardinal",
          "%spellout-cardinal-verbose",
          "%spellout-cardinal-alternate2",
          "%spellout-cardinal-masculine",
          "%spellout-cardinal-feminine",
          "%spellout-cardinal-neuter",
          "%spellout-cardinal-native",
          "%spellout-cardinal-sinokorean");

  private static final String YEAR = "%spellout-numbering-year";

  /** The forms of an ordinal number; where the genders differ, none is the number itself. */
  private static final Set<String> ORDINAL_RULES =
      Set.of(
          "%spellout-ordinal",
          "%spellout-ordinal-verbose",
          "%spellout-ordinal-masculine",
          "%spellout-ordinal-feminine",
          "%spellout-ordinal-neuter",
          "%spellout-ordinal-reale");

  private static final int LARGEST_ORDINAL = 1_000;

  /** The unit of ordinals. */
  private static final String ORDINAL = "\u00BA";

  /** The unit of decades, as it stands behind digits; only English has it. */
  private static final String DECADE = "s";

  private static final int FIRST_DECADE = 1_000;
  private static final int LAST_DECADE = 2_990;
  private static final int LONGEST_DECADE = 3;

  /** The unit of a part of one that is said as such, {@code half}; English only. */
  private static final String FRACTION = "\u2044";

  /** The fractions that have a sign and end behind the point. */
  private static final Map<BigDecimal, String> FRACTION_SIGNS =
      Map.ofEntries(
          Map.entry(new BigDecimal("0.5"), "\u00BD"),
          Map.entry(new BigDecimal("0.25"), "\u00BC"),
          Map.entry(new BigDecimal("0.75"), "\u00BE"),
          Map.entry(new BigDecimal("0.2"), "\u2155"),
          Map.entry(new BigDecimal("0.4"), "\u2156"),
          Map.entry(new BigDecimal("0.6"), "\u2157"),
          Map.entry(new BigDecimal("0.8"), "\u2158"),
          Map.entry(new BigDecimal("0.125"), "\u215B"),
          Map.entry(new BigDecimal("0.375"), "\u215C"),
          Map.entry(new BigDecimal("0.625"), "\u215D"),
          Map.entry(new BigDecimal("0.875"), "\u215E"));

  private static final BigDecimal HALF = new BigDecimal("0.5");

  /** A part of one, as it is said. */
  private record Fraction(List<String> words, BigDecimal value) {
    static Fraction of(String words, String value) {
      return new Fraction(List.of(words.split(" ")), new BigDecimal(value));
    }
  }

  /** What English says behind a whole number. */
  private static final List<Fraction> AND_A_FRACTION =
      List.of(
          Fraction.of("and a half", "0.5"),
          Fraction.of("and one half", "0.5"),
          Fraction.of("and a quarter", "0.25"),
          Fraction.of("and one quarter", "0.25"),
          Fraction.of("and three quarters", "0.75"));

  /**
   * What English says for a part of one. A quarter by itself is a time of the day or of the year.
   */
  private static final List<Fraction> FRACTIONS =
      List.of(
          Fraction.of("half", "0.5"),
          Fraction.of("a half", "0.5"),
          Fraction.of("one half", "0.5"),
          Fraction.of("one quarter", "0.25"),
          Fraction.of("three quarters", "0.75"));

  private static final List<String> HUNDRED = List.of("hundred");
  private static final List<String> HALF_A = List.of("half", "a");

  /** What English counts magnitudes by that is no number alone. */
  private static final Map<List<String>, BigDecimal> BEFORE_MAGNITUDE =
      Map.of(List.of("a"), BigDecimal.ONE, HALF_A, HALF, HUNDRED, BigDecimal.valueOf(100));

  /** What stands before a hundred that is not one. */
  private static final List<String> UNTOLD =
      List.of("few", "several", "couple", "many", "some", "of", "half");

  /** Names of the sign of per cent that the CLDR does not have, by language. */
  private static final Map<String, String> PERCENT_NAMES =
      Map.of("en", "per cent", "gl", "por cento", "ko", "\uD37C\uC13C\uD2B8", "vi", "phần trăm");

  /** The same where they stand before the number: {@code 百分之十}. */
  private static final Map<String, String> PERCENT_BEFORE = Map.of("zh", "百分之");

  /** Short magnitudes that newspapers write and the CLDR does not have. */
  private static final Map<String, Integer> SHORT_MAGNITUDES =
      Map.of("k", 3, "m", 6, "mn", 6, "bn", 9, "b", 9, "tn", 12);

  /**
   * Currencies by sign. Of those that share one, the words that their names share are what people
   * say: "dollars" of "US dollars" and "Canadian dollars".
   */
  private static final Map<String, List<String>> CURRENCIES =
      Map.of(
          "$", List.of("USD", "CAD", "AUD"),
          "\u00A3", List.of("GBP", "EGP"),
          "\u20AC", List.of("EUR"),
          "\u00A5", List.of("JPY"),
          "\u20B9", List.of("INR", "PKR"));

  private static final Map<String, Numerals> BY_LANGUAGE = new ConcurrentHashMap<>();

  /**
   * A number with its unit.
   *
   * @param value without trailing zeros, so that equal amounts are equal
   * @param unit the sign of a currency or per cent, {@code º} of an ordinal, {@code s} of a decade,
   *     {@code ⁄} of a part of one; empty if there is none
   */
  public record Amount(BigDecimal value, String unit) {
    public Amount {
      value = value.stripTrailingZeros();
    }

    /** Whether it tells a place in a row: {@code 3rd}. */
    public boolean isOrdinal() {
      return unit.equals(ORDINAL);
    }
  }

  /**
   * An amount that was read.
   *
   * @param words how many words it takes
   */
  public record Read(Amount amount, int words) {}

  private final RuleBasedNumberFormat format;
  private final RuleBasedNumberFormat ordinalDigits;
  private final List<String> rules = new ArrayList<>();
  private final List<String> ordinalRules = new ArrayList<>();
  private final String language;
  private final boolean english;
  private final ULocale locale;
  private final Set<String> beginnings = new HashSet<>();
  private @Nullable Map<String, Integer> spelled;
  private @Nullable Map<String, Integer> ordinals;
  private final Map<List<String>, Integer> magnitudes = new LinkedHashMap<>();
  private final Map<String, Set<List<String>>> units = new LinkedHashMap<>();
  private final Set<List<String>> percentBefore = new LinkedHashSet<>();
  private final LocalizedNumberFormatter grouped;

  /** How one is said where it is written together with what follows. */
  private final Set<String> ones = new LinkedHashSet<>();

  private @Nullable Map<String, Integer> decades;
  private final Set<String> lastWords = new HashSet<>();
  private String point = "";
  private int longest;
  private boolean ready;

  private Numerals(String language) {
    this.language = language;
    locale = ULocale.forLanguageTag(language);
    english = language.equals("en");
    format = new RuleBasedNumberFormat(locale, RuleBasedNumberFormat.SPELLOUT);
    ordinalDigits = new RuleBasedNumberFormat(locale, RuleBasedNumberFormat.ORDINAL);
    for (String rule : format.getRuleSetNames()) {
      if (RULES.contains(rule)) {
        rules.add(rule);
      } else if (ORDINAL_RULES.contains(rule) && inDigits(2).size() == 2) {
        ordinalRules.add(rule);
      }
    }
    rules.sort(Comparator.comparing(YEAR::equals));
    grouped = NumberFormatter.withLocale(locale).grouping(GroupingStrategy.ON_ALIGNED);
    for (String rule : rules) {
      ones.add(String.join("", words(format.format(1, rule))));
    }
    for (String rule : rules) {
      for (long number = 0; number < 1_000_000_000; number += step(number)) {
        List<String> row = words(format.format(number, rule));
        beginnings.add(row.getFirst());
        String bare = withoutOne(row, number, rule);
        if (bare != null) {
          beginnings.add(bare);
        }
      }
    }
    readPercentBefore();
    for (int number = 1; number <= LARGEST_ORDINAL; number += (int) step(number)) {
      spelledOrdinals(number).forEach(row -> beginnings.add(row.getFirst()));
    }
  }

  /** An ordinal as it is written in digits, {@code 3} and {@code rd}. */
  private synchronized List<String> inDigits(int number) {
    return words(ordinalDigits.format(number));
  }

  /**
   * The ways in which an ordinal is spelled out; none where its form tells more than the number.
   */
  private synchronized List<List<String>> spelledOrdinals(int number) {
    List<List<String>> ways = new ArrayList<>();
    Set<List<String>> byGender = new HashSet<>();
    for (String rule : ordinalRules) {
      List<String> way = words(format.format(number, rule));
      ways.add(way);
      if (!rule.equals("%spellout-ordinal") && !rule.equals("%spellout-ordinal-verbose")) {
        byGender.add(way);
      }
    }
    return byGender.size() > 1 ? List.of() : ways;
  }

  private synchronized Map<String, Integer> ordinals() {
    if (ordinals == null) {
      Map<String, Integer> table = new HashMap<>();
      for (int number = 1; number <= LARGEST_ORDINAL; number++) {
        for (List<String> row : spelledOrdinals(number)) {
          learn(row, number, table);
        }
      }
      ordinals = table;
    }
    return ordinals;
  }

  private synchronized Map<String, Integer> decades() {
    if (decades == null) {
      Map<String, Integer> table = new HashMap<>();
      for (int year = 20; year <= LAST_DECADE; year += year == 90 ? FIRST_DECADE - 90 : 10) {
        for (List<String> row : writtenDecades(year)) {
          table.putIfAbsent(String.join(" ", row), year);
        }
      }
      decades = table;
    }
    return decades;
  }

  /** A decade in digits and as its first year is said, in the plural: {@code nineteen nineties}. */
  private synchronized Set<List<String>> writtenDecades(int year) {
    Set<List<String>> ways = new LinkedHashSet<>();
    ways.add(List.of(Integer.toString(year), DECADE));
    List<String> row =
        new ArrayList<>(
            words(year < FIRST_DECADE ? format.format(year) : format.format(year, YEAR)));
    String last = row.removeLast();
    row.add(last.endsWith("y") ? last.substring(0, last.length() - 1) + "ies" : last + "s");
    ways.add(List.copyOf(row));
    return ways;
  }

  /** The decade that begins at a word; null if none does. */
  private @Nullable Read decade(List<String> words, int begin) {
    for (int length = Math.min(LONGEST_DECADE, words.size() - begin); length > 0; length--) {
      if (english && words.get(begin + length - 1).endsWith(DECADE)) {
        Integer year = decades().get(String.join(" ", words.subList(begin, begin + length)));
        if (year != null) {
          return new Read(new Amount(BigDecimal.valueOf(year), DECADE), length);
        }
      }
    }
    return null;
  }

  /** The ordinal that begins at a word; null if none does. */
  private @Nullable Read ordinal(List<String> words, int begin) {
    if (ordinalRules.isEmpty()) {
      return null;
    }
    BigDecimal digits = digits(words.get(begin));
    if (digits != null) {
      boolean mayBe =
          digits.scale() <= 0
              && begin + 1 < words.size()
              && digits.signum() > 0
              && digits.compareTo(BigDecimal.valueOf(LARGEST_SPELLED)) <= 0;
      return mayBe && begins(words, begin, inDigits(digits.intValue()))
          ? new Read(new Amount(digits, ORDINAL), 2)
          : null;
    }
    if (!isBeginning(words.get(begin))) {
      return null;
    }
    Map<String, Integer> table = ordinals();
    for (int length = Math.min(longest, words.size() - begin); length > 0; length--) {
      Integer number = table.get(String.join(" ", words.subList(begin, begin + length)));
      if (number != null) {
        return new Read(new Amount(BigDecimal.valueOf(number), ORDINAL), length);
      }
    }
    return null;
  }

  /** From 0 to 200, then by the first digit: what all larger numbers begin with. */
  private static long step(long number) {
    long step = 1;
    for (long left = number; left >= 10; left /= 10) {
      step *= 10;
    }
    return number < 200 ? 1 : step;
  }

  /** Reads what stands beside numbers, once. */
  private synchronized Numerals ready() {
    if (!ready) {
      readMagnitudes();
      readUnits();
      List<String> half = words(format.format(2.5));
      point = half.size() == 3 ? half.get(1) : "";
      ready = true;
    }
    return this;
  }

  /** The numbers by their words, made once; the longest row is known then. */
  private synchronized Map<String, Integer> spelled() {
    if (spelled != null) {
      return spelled;
    }
    Map<String, Integer> table = new HashMap<>();
    for (String rule : rules) {
      int to = rule.equals(YEAR) ? 2_999 : LARGEST_SPELLED;
      for (int number = rule.equals(YEAR) ? 1_000 : 0; number <= to; number++) {
        learnWithOne(number, rule, table);
      }
      for (int thousands = 10; thousands < 1_000 && !rule.equals(YEAR); thousands++) {
        learnWithOne(thousands * 1_000, rule, table);
      }
    }
    table.keySet().forEach(row -> lastWords.add(row.substring(row.lastIndexOf(' ') + 1)));
    spelled = table;
    return table;
  }

  private void learnWithOne(int number, String rule, Map<String, Integer> table) {
    List<String> row = words(format.format(number, rule));
    learn(row, number, table);
    String bare = withoutOne(row, number, rule);
    if (bare != null) {
      table.putIfAbsent(bare, number);
    }
  }

  /**
   * The numerals of a language.
   *
   * @param language a BCP 47 tag; only its first part counts. One without rules has digits alone
   */
  public static Numerals in(String language) {
    return light(language).ready();
  }

  private static Numerals light(String language) {
    return BY_LANGUAGE.computeIfAbsent(Stemmer.primary(language), Numerals::new);
  }

  /**
   * Whether a number may begin with a word of one language or more; told without the table of the
   * language, and in English without ICU.
   */
  public static boolean mayBegin(String language, String word) {
    char first = word.charAt(0);
    return (first >= '0' && first <= '9')
        || CURRENCIES.containsKey(word)
        || (Stemmer.primary(language).equals("en")
            ? NumberWords.isNumeral(word)
                || NumberWords.isOrdinal(word)
                || isDecade(word)
                || word.equals("half")
            : light(language).isBeginning(word));
  }

  /** Whether a word is the last of an English decade, which may be all of it: {@code nineties}. */
  private static boolean isDecade(String word) {
    return word.endsWith("ies")
        && NumberWords.isNumeral(word.substring(0, word.length() - "ies".length()) + "y");
  }

  /** Whether the first word of a number is a word, or its beginning where they are not spaced. */
  private boolean isBeginning(String word) {
    for (int length = 1; length <= word.length(); length++) {
      if (beginnings.contains(word.substring(0, length))) {
        return true;
      }
    }
    return false;
  }

  private static List<String> words(String text) {
    return List.of(Words.of(text).folded());
  }

  private void learn(List<String> row, int number, Map<String, Integer> table) {
    table.putIfAbsent(String.join(" ", row), number);
    longest = Math.max(longest, row.size());
    if (mayHaveArticle(row)) {
      learn(withArticle(row), number, table);
    }
  }

  /**
   * A number that begins with one, without it where it is written together with what follows:
   * {@code hundertzehn}. It is what stands behind two in the number that begins with that, since
   * letters may be lost between the two: {@code ettusen}, {@code tvåtusen}. Null if there is none.
   */
  private @Nullable String withoutOne(List<String> row, long number, String rule) {
    String digits = Long.toString(number);
    if (number < 100 || row.size() != 1 || digits.charAt(0) != '1' || !isOneBefore(row)) {
      return null;
    }
    long withTwo = number + (long) Math.pow(10, digits.length() - 1.0);
    String two = String.join("", words(format.format(2, rule)));
    String other = String.join(" ", words(format.format(withTwo, rule)));
    return other.startsWith(two) && other.length() > two.length() && other.indexOf(' ') < 0
        ? other.substring(two.length())
        : null;
  }

  private boolean isOneBefore(List<String> row) {
    return ones.stream().anyMatch(row.getFirst()::startsWith);
  }

  /** Whether English also has an article for the one it begins with: "a hundred". */
  private boolean mayHaveArticle(List<String> row) {
    return english
        && row.size() > 1
        && row.getFirst().equals("one")
        && row.get(1).length() > 2
        && !row.get(1).equals("point")
        && !row.get(1).equals("and");
  }

  private static List<String> withArticle(List<String> row) {
    List<String> with = new ArrayList<>(row);
    with.set(0, "a");
    return with;
  }

  /** The names of per cent that stand before the number. */
  private void readPercentBefore() {
    List<String> ten =
        words(
            NumberFormatter.withLocale(locale)
                .unitWidth(UnitWidth.FULL_NAME)
                .unit(MeasureUnit.PERCENT)
                .format(10)
                .toString());
    if (Character.isLetter(ten.getFirst().codePointAt(0)) && isInDigits(ten.getLast())) {
      percentBefore.add(ten.subList(0, ten.size() - 1));
    }
    if (PERCENT_BEFORE.containsKey(language)) {
      percentBefore.add(words(PERCENT_BEFORE.get(language)));
    }
    String sign =
        NumberFormatter.withLocale(locale).unit(MeasureUnit.PERCENT).format(10).toString();
    if (sign.startsWith(PERCENT)) {
      percentBefore.add(List.of(PERCENT));
    }
    percentBefore.forEach(name -> beginnings.add(name.getFirst()));
  }

  /** The words behind a few and many of a power of ten, in full and short. */
  private void readMagnitudes() {
    CompactDecimalFormat full = CompactDecimalFormat.getInstance(locale, CompactStyle.LONG);
    CompactDecimalFormat brief = CompactDecimalFormat.getInstance(locale, CompactStyle.SHORT);
    for (int power : POWERS) {
      for (long count : new long[] {1, 2, 5, 10}) {
        long number = count * (long) Math.pow(10, power);
        for (String rule : rules) {
          if (!rule.equals(YEAR)) {
            magnitude(words(format.format(number, rule)), words(format.format(count, rule)), power);
          }
        }
        magnitude(words(full.format(number)), words(Long.toString(count)), power);
        magnitude(words(brief.format(number)), words(Long.toString(count)), power);
      }
    }
    if (english) {
      SHORT_MAGNITUDES.forEach((word, power) -> magnitudes.putIfAbsent(List.of(word), power));
    }
  }

  private void magnitude(List<String> row, List<String> count, int power) {
    if (row.size() > count.size() && row.subList(0, count.size()).equals(count)) {
      magnitudes.putIfAbsent(row.subList(count.size(), row.size()), power);
    }
  }

  private void readUnits() {
    LocalizedNumberFormatter numbers =
        NumberFormatter.withLocale(locale).unitWidth(UnitWidth.FULL_NAME);
    Set<List<String>> percent = new LinkedHashSet<>();
    for (int count : new int[] {10, 1}) {
      percent.add(names(numbers.unit(MeasureUnit.PERCENT).format(count).toString()));
    }
    percent.add(words(PERCENT_NAMES.getOrDefault(language, "")));
    percent.removeAll(percentBefore);
    put(PERCENT, percent);
    CURRENCIES.forEach((sign, codes) -> {
      Set<List<String>> all = new LinkedHashSet<>();
      for (int count : new int[] {10, 1}) {
        List<String> shared = null;
        for (String code : codes) {
          List<String> name =
              new ArrayList<>(
                  names(numbers.unit(Currency.getInstance(code)).format(count).toString()));
          if (shared == null) {
            shared = name;
          } else {
            shared.retainAll(name);
          }
        }
        if (shared != null && shared.size() > 1 && codes.size() == 1) {
          // "Japanese yen": the name of the currency is the shorter word.
          shared = List.of(shared.stream().min(Comparator.comparing(String::length)).orElseThrow());
        }
        all.add(shared == null ? List.of() : List.copyOf(shared));
      }
      put(sign, all);
    });
  }

  private void put(String sign, Set<List<String>> names) {
    names.remove(List.of());
    units.put(sign, names);
  }

  /** The words of a measure but its number and sign. */
  private static List<String> names(String measure) {
    return words(measure).stream().filter(word -> Character.isLetter(word.codePointAt(0))).toList();
  }

  /**
   * The amount that begins at a word; null if none does.
   *
   * @param words folded
   */
  public @Nullable Read at(List<String> words, int begin) {
    Read best = ordinal(words, begin);
    best = longer(best, decade(words, begin));
    Read cardinal = cardinal(words, begin);
    Read fraction = fraction(words, begin);
    return longer(longer(best, fraction), cardinal);
  }

  /** The longer of two amounts, and the first where both have as many words. */
  private static @Nullable Read longer(@Nullable Read one, @Nullable Read other) {
    return one == null || (other != null && other.words() > one.words()) ? other : one;
  }

  /** A part of one that is said as such; null if none begins at a word. */
  private @Nullable Read fraction(List<String> words, int begin) {
    if (!english) {
      return null;
    }
    BigDecimal sign = fractionSign(words.get(begin));
    if (sign != null && sign.compareTo(BigDecimal.ONE) < 0) {
      return new Read(new Amount(sign, FRACTION), 1);
    }
    for (Fraction one : FRACTIONS) {
      if (begins(words, begin, one.words())) {
        return new Read(new Amount(one.value(), FRACTION), one.words().size());
      }
    }
    return null;
  }

  /**
   * The number that ends in the sign of a fraction, as it is folded: the digit before the stroke is
   * the part, and all before that a whole number. Null if it is none, or has no end.
   */
  private static @Nullable BigDecimal fractionSign(String word) {
    int stroke = word.indexOf('\u2044');
    if (stroke < 1 || word.length() > LONGEST_DIGITS) {
      return null;
    }
    BigDecimal part = digits(word.substring(stroke - 1, stroke));
    BigDecimal of = digits(word.substring(stroke + 1));
    BigDecimal whole = stroke == 1 ? BigDecimal.ZERO : digits(word.substring(0, stroke - 1));
    if (part == null || of == null || whole == null || of.signum() == 0 || whole.scale() > 0) {
      return null;
    }
    BigDecimal value = part.divide(of, 3, RoundingMode.DOWN);
    return value.multiply(of).compareTo(part) == 0 ? whole.add(value) : null;
  }

  private @Nullable Read cardinal(List<String> words, int begin) {
    int at = begin;
    String unit = "";
    if (CURRENCIES.containsKey(words.get(at))) {
      unit = words.get(at++);
    }
    for (List<String> name : percentBefore) {
      if (begins(words, at, name)) {
        unit = PERCENT;
        at += name.size();
      }
    }
    int number = at;
    BigDecimal value = BigDecimal.ZERO;
    int last = Integer.MAX_VALUE;
    while (at < words.size()) {
      boolean and = english && at > number && words.get(at).equals("and") && at + 1 < words.size();
      int from = and ? at + 1 : at;
      Part part = part(words, from);
      if (part == null) {
        break;
      }
      int next = from + part.words();
      int power = 0;
      for (Part more = power(words, next); more != null; more = power(words, next)) {
        power += more.value().intValue();
        next += more.words();
      }
      if (power >= last) {
        break;
      }
      last = power;
      value = value.add(part.value().scaleByPowerOfTen(power));
      at = next;
      if (power == 0) {
        break;
      }
    }
    if (at == number || value.compareTo(TOO_LARGE) >= 0) {
      return null;
    }
    for (Map.Entry<String, Set<List<String>>> one : units.entrySet()) {
      if (unit.isEmpty() && at < words.size() && words.get(at).equals(one.getKey())) {
        return new Read(new Amount(value, one.getKey()), at + 1 - begin);
      }
      for (List<String> name : one.getValue()) {
        if (unit.isEmpty() && begins(words, at, name)) {
          return new Read(new Amount(value, one.getKey()), at + name.size() - begin);
        }
      }
    }
    return new Read(new Amount(value, unit), at - begin);
  }

  private record Part(BigDecimal value, int words) {}

  private @Nullable Part part(List<String> words, int at) {
    if (isInDigits(words.get(at))) {
      return digits(words, at);
    }
    if (!isBeginning(words.get(at)) && !(english && words.get(at).equals("a"))) {
      return beforeMagnitude(words, at);
    }
    Map<String, Integer> spelled = spelled();
    for (int length = Math.min(longest, words.size() - at); length > 0; length--) {
      Integer number = spelled.get(String.join(" ", words.subList(at, at + length)));
      if (number != null) {
        Part part = decimals(words, at + length, number, length, spelled);
        return part.value().scale() > 0 ? part : withFraction(words, at, part);
      }
    }
    return beforeMagnitude(words, at);
  }

  /** What English counts a magnitude by that is no number alone: {@code a}, {@code half a}. */
  private @Nullable Part beforeMagnitude(List<String> words, int at) {
    for (Map.Entry<List<String>, BigDecimal> one : BEFORE_MAGNITUDE.entrySet()) {
      int next = at + one.getKey().size();
      if (english
          && begins(words, at, one.getKey())
          && next < words.size()
          && words.get(next).length() > 2
          && (power(words, next) != null
              || (one.getKey().equals(HUNDRED) && isNameOfUnit(words, next)))) {
        return new Part(one.getValue(), one.getKey().size());
      }
    }
    return null;
  }

  private boolean isNameOfUnit(List<String> words, int at) {
    return units.values().stream()
        .anyMatch(names -> names.stream().anyMatch(name -> begins(words, at, name)));
  }

  private static boolean isInDigits(String word) {
    return word.charAt(0) >= '0' && word.charAt(0) <= '9';
  }

  /** A number in digits, in groups as the language sets them, or with a fraction behind it. */
  private @Nullable Part digits(List<String> words, int at) {
    Part inGroups = groups(words, at);
    if (inGroups != null) {
      return inGroups;
    }
    String word = words.get(at);
    BigDecimal value = digits(word);
    if (value == null) {
      BigDecimal withSign = fractionSign(word);
      return withSign == null ? null : new Part(withSign, 1);
    }
    return value.scale() > 0 ? new Part(value, 1) : withFraction(words, at, new Part(value, 1));
  }

  /** A whole number with the fraction behind it, if there is one: {@code 2 ½}, two and a half. */
  private Part withFraction(List<String> words, int begin, Part whole) {
    int at = begin + whole.words();
    BigDecimal sign = at < words.size() ? fractionSign(words.get(at)) : null;
    if (sign != null && sign.compareTo(BigDecimal.ONE) < 0) {
      return new Part(whole.value().add(sign), whole.words() + 1);
    }
    if (english && at < words.size() && words.get(at).equals("and")) {
      for (Fraction one : AND_A_FRACTION) {
        if (begins(words, at, one.words())) {
          return new Part(whole.value().add(one.value()), whole.words() + one.words().size());
        }
      }
    }
    return whole;
  }

  /**
   * Digits in groups: those that the language writes so and no others, so that 1.000 is a thousand
   * in German and one in English. Null if they are no such number.
   */
  private @Nullable Part groups(List<String> words, int at) {
    String first = words.get(at);
    if (first.indexOf('.') > 0) {
      return groups(first.split("\\."), words.subList(at, at + 1));
    }
    int to = at + 1;
    while (to < Math.min(words.size(), at + LONGEST_DIGITS / GROUP)
        && words.get(to).length() >= GROUP
        && isInDigits(words.get(to))) {
      to++;
    }
    for (; to > at + 1; to--) {
      List<String> row = words.subList(at, to);
      Part part = groups(String.join(".", row).split("\\."), row);
      if (part != null) {
        return part;
      }
    }
    return null;
  }

  private @Nullable Part groups(String[] groups, List<String> written) {
    boolean fraction = groups.length > 2 && groups[groups.length - 1].length() != GROUP;
    int whole = fraction ? groups.length - 1 : groups.length;
    String digits = String.join("", Arrays.asList(groups).subList(0, whole));
    BigDecimal value = digits(fraction ? digits + '.' + groups[whole] : digits);
    return groups.length > 1 && value != null && inGroups(value).equals(written)
        ? new Part(value, written.size())
        : null;
  }

  /** A number in groups of digits, with as many behind the point as it has. */
  private List<String> inGroups(BigDecimal value) {
    return words(
        grouped
            .precision(Precision.fixedFraction(Math.max(0, value.scale())))
            .format(value)
            .toString());
  }

  /** A number with what is said behind its point, digit for digit. */
  private Part decimals(
      List<String> words, int at, int whole, int length, Map<String, Integer> spelled) {
    StringBuilder value = new StringBuilder().append(whole);
    if (at + 1 < words.size() && words.get(at).equals(point)) {
      int next = at + 1;
      StringBuilder behind = new StringBuilder();
      while (next < words.size() && behind.length() < 6) {
        Integer digit = spelled.get(words.get(next));
        if (digit == null || digit > 9) {
          break;
        }
        behind.append(digit);
        next++;
      }
      if (!behind.isEmpty()) {
        value.append('.').append(behind);
        length += next - at;
      }
    }
    return new Part(new BigDecimal(value.toString()), length);
  }

  private static @Nullable BigDecimal digits(String word) {
    int points = 0;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      points += c == '.' ? 1 : 0;
      if ((c < '0' || c > '9') && (c != '.' || i == 0 || points > 1)) {
        return null;
      }
    }
    return word.length() > LONGEST_DIGITS ? null : new BigDecimal(word);
  }

  private @Nullable Part power(List<String> words, int at) {
    int best = 0;
    int power = 0;
    for (Map.Entry<List<String>, Integer> one : magnitudes.entrySet()) {
      if (one.getKey().size() > best && begins(words, at, one.getKey())) {
        best = one.getKey().size();
        power = one.getValue();
      }
    }
    return best == 0 ? null : new Part(BigDecimal.valueOf(power), best);
  }

  private static boolean begins(List<String> words, int at, List<String> row) {
    return at + row.size() <= words.size() && words.subList(at, at + row.size()).equals(row);
  }

  /** All ways in which an amount is written, as folded words in a row. */
  public Set<List<String>> written(Amount amount) {
    if (amount.isOrdinal()) {
      return writtenOrdinals(amount.value().intValueExact());
    }
    if (amount.unit().equals(DECADE)) {
      return writtenDecades(amount.value().intValueExact());
    }
    if (amount.unit().equals(FRACTION)) {
      return writtenFractions(amount.value());
    }
    Set<List<String>> numbers = numbers(amount.value(), CURRENCIES.containsKey(amount.unit()));
    if (amount.unit().isEmpty()) {
      return bounded(withHundreds(numbers));
    }
    Set<List<String>> ways = new LinkedHashSet<>();
    for (List<String> number : numbers) {
      // A sign is a word beside digits only.
      if (!amount.unit().equals(PERCENT) && isInDigits(number.getFirst())) {
        ways.add(joined(List.of(amount.unit()), number));
      }
      if (isInDigits(number.getLast())) {
        ways.add(joined(number, List.of(amount.unit())));
      }
      if (amount.unit().equals(PERCENT)) {
        for (List<String> name : percentBefore) {
          if (!name.contains(PERCENT) || isInDigits(number.getFirst())) {
            ways.add(joined(name, number));
          }
        }
      }
      for (List<String> name : units.getOrDefault(amount.unit(), Set.of())) {
        ways.add(joined(number, name));
      }
    }
    return bounded(withHundreds(ways));
  }

  /** Adds ways that begin with a hundred, where they are read so: {@code hundred percent}. */
  private Set<List<String>> withHundreds(Set<List<String>> ways) {
    for (List<String> way : english ? List.copyOf(ways) : List.<List<String>>of()) {
      if (begins(way, 0, List.of("one", HUNDRED.getFirst())) && way.size() > 2) {
        List<String> bare = way.subList(1, way.size());
        Read read = at(bare, 0);
        if (read != null && read.words() == bare.size()) {
          ways.add(List.copyOf(bare));
        }
      }
    }
    return ways;
  }

  private Set<List<String>> writtenOrdinals(int number) {
    Set<List<String>> ways = new LinkedHashSet<>(List.of(inDigits(number)));
    ways.addAll(spelledOrdinals(number));
    return ways;
  }

  /**
   * The rows in which an amount is part of another that is written with a word more: five per cent
   * of twenty-five per cent, and, where per cent is said before the number, ten of fifteen. Rows of
   * digits are whole.
   *
   * @param row begins with an amount, or ends with one that has its unit before it
   */
  public Set<List<String>> inLarger(List<String> row) {
    Set<List<String>> larger = new LinkedHashSet<>();
    boolean hundred = isBareHundred(row);
    if (english && row.size() > 1 && row.getFirst().equals("a") && power(row, 1) != null) {
      larger.add(joined(HALF_A.subList(0, 1), row));
    }
    if (hundred) {
      UNTOLD.forEach(word -> larger.add(joined(List.of(word), row)));
    }
    List<String> number = hundred ? HUNDRED : numberAt(row);
    for (List<String> other : spelledOut(endingWith(hundred ? 100 : value(number)))) {
      int before = other.size() - number.size();
      if (before > 0 && other.subList(before, other.size()).equals(number)) {
        int words = isLast(other.get(before - 1)) ? 1 : Math.min(2, before);
        larger.add(joined(other.subList(before - words, before), row));
      }
    }
    for (List<String> name : percentBefore) {
      int from = Collections.lastIndexOfSubList(row, name) + name.size();
      List<String> last = row.subList(from, row.size());
      if (from >= name.size() && value(last) >= 0) {
        for (List<String> other : spelledOut(beginningWith(value(last)))) {
          if (other.size() > last.size() && begins(other, 0, last)) {
            larger.add(joined(row, other.subList(last.size(), last.size() + 1)));
          }
        }
        if (!point.isEmpty()) {
          larger.add(joined(row, List.of(point)));
        }
      }
    }
    return larger;
  }

  /** What a row of words spells; -1 if it is no number. */
  private int value(List<String> number) {
    Integer value = isBeginning(number) ? spelled().get(String.join(" ", number)) : null;
    return value == null ? -1 : value;
  }

  private boolean isBeginning(List<String> row) {
    return !row.isEmpty() && isBeginning(row.getFirst());
  }

  private Set<List<String>> spelledOut(List<Integer> numbers) {
    Set<List<String>> ways = new LinkedHashSet<>();
    numbers.forEach(number -> ways.addAll(spelledOut(BigDecimal.valueOf(number))));
    return ways;
  }

  /** Numbers that may end as a smaller one does: five, twenty-five, a hundred and five. */
  private static List<Integer> endingWith(int value) {
    List<Integer> all = new ArrayList<>();
    if (value < 0) {
      return all;
    }
    for (int larger = 20; value < 10 && larger < 100; larger += 10) {
      all.add(larger + value);
    }
    for (int hundreds = 2; value == 100 && hundreds < 10; hundreds++) {
      all.add(hundreds * value);
    }
    for (int larger = 100; larger <= 1_000; larger *= 10) {
      if (value < larger) {
        all.add(larger + value);
      }
    }
    return all;
  }

  /** Numbers that may begin as a smaller one does: five, fifty; ten, fifteen. */
  private static List<Integer> beginningWith(int value) {
    List<Integer> all = new ArrayList<>();
    for (int times = 10; value < 10 && times <= 1_000; times *= 10) {
      all.add(value * times);
    }
    for (int place = 1; value >= 10 && place <= 100; place *= 10) {
      for (int digit = 1; digit < 10 && value % (10 * place) == 0; digit++) {
        all.add(value + digit * place);
      }
    }
    return all;
  }

  /** The longest number in words that a row begins with; empty if there is none. */
  private List<String> numberAt(List<String> row) {
    if (isBeginning(row)) {
      Map<String, Integer> known = spelled();
      for (int length = Math.min(longest, row.size()); length > 0; length--) {
        List<String> number = row.subList(0, length);
        if (known.containsKey(String.join(" ", number))) {
          return number;
        }
      }
    }
    return List.of();
  }

  private boolean isBareHundred(List<String> row) {
    return english && begins(row, 0, HUNDRED);
  }

  /** Whether a number may end with a word, rather than only go on behind it: {@code and}. */
  private boolean isLast(String word) {
    return lastWords.contains(word);
  }

  private Set<List<String>> writtenFractions(BigDecimal value) {
    Set<List<String>> ways = new LinkedHashSet<>();
    ways.add(words(FRACTION_SIGNS.getOrDefault(value, "")));
    for (Fraction one : FRACTIONS) {
      if (one.value().compareTo(value) == 0) {
        ways.add(one.words());
      }
    }
    ways.remove(List.of());
    return ways;
  }

  private static Set<List<String>> bounded(Set<List<String>> ways) {
    Set<List<String>> few = new LinkedHashSet<>();
    ways.stream().limit(MOST_WAYS).forEach(few::add);
    return few;
  }

  private static List<String> joined(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return List.copyOf(all);
  }

  private Set<List<String>> numbers(BigDecimal value, boolean money) {
    Set<List<String>> ways = new LinkedHashSet<>(spelledOut(value));
    BigDecimal plain = value.scale() < 0 ? value.setScale(0) : value;
    ways.add(words(plain.toPlainString()));
    ways.add(inGroups(plain));
    if (value.scale() == 1 || (money && value.scale() < 1)) {
      // Of money, with all its zeros: 3.50 and 20.00.
      ways.add(words(value.setScale(2).toPlainString()));
      ways.add(inGroups(value.setScale(2)));
    }
    ways.addAll(withFraction(value));
    for (Map.Entry<List<String>, Integer> magnitude : magnitudes.entrySet()) {
      BigDecimal count = value.scaleByPowerOfTen(-magnitude.getValue()).stripTrailingZeros();
      if (english && count.compareTo(HALF) == 0 && magnitude.getKey().getFirst().length() > 2) {
        ways.add(joined(HALF_A, magnitude.getKey()));
      }
      if (count.compareTo(BigDecimal.ONE) < 0
          || count.compareTo(MOST_BEFORE_MAGNITUDE) >= 0
          || count.scale() > 2) {
        continue;
      }
      ways.add(joined(words(count.toPlainString()), magnitude.getKey()));
      String name = magnitude.getKey().getFirst();
      if (english && name.length() <= 2 && !name.equals("k")) {
        // Nobody says "two bn".
        continue;
      }
      for (List<String> row : spelledOut(count)) {
        ways.add(joined(row, magnitude.getKey()));
      }
      for (List<String> row : withFraction(count)) {
        ways.add(joined(row, magnitude.getKey()));
      }
    }
    for (List<String> row : List.copyOf(ways)) {
      if (mayHaveArticle(row)) {
        ways.add(withArticle(row));
      }
    }
    return ways;
  }

  /** A number with a fraction: {@code 2½}, and in English "two and a half"; none if it is whole. */
  private Set<List<String>> withFraction(BigDecimal value) {
    Set<List<String>> ways = new LinkedHashSet<>();
    BigDecimal whole = value.setScale(0, RoundingMode.DOWN);
    BigDecimal part = value.subtract(whole).stripTrailingZeros();
    String sign = FRACTION_SIGNS.get(part);
    if (sign == null) {
      return ways;
    }
    String digits = whole.signum() == 0 ? "" : whole.toPlainString();
    ways.add(words(digits + sign));
    if (!digits.isEmpty()) {
      ways.add(joined(List.of(digits), words(sign)));
    }
    if (english && !digits.isEmpty()) {
      Set<List<String>> said = new LinkedHashSet<>(spelledOut(whole.stripTrailingZeros()));
      said.add(List.of(digits));
      for (Fraction one : AND_A_FRACTION) {
        if (one.value().compareTo(part) == 0) {
          said.forEach(row -> ways.add(joined(row, one.words())));
        }
      }
    }
    return ways;
  }

  /** In words; one thread at a time, since ICU's formats keep a state. */
  private synchronized Set<List<String>> spelledOut(BigDecimal value) {
    Set<List<String>> ways = new LinkedHashSet<>();
    boolean whole = value.scale() <= 0;
    if (!whole && point.isEmpty()) {
      return ways;
    }
    boolean mayBeYear = whole && value.intValue() >= 1_000 && value.intValue() < 3_000;
    for (String rule : rules) {
      if (!rule.equals(YEAR) || mayBeYear) {
        List<String> row =
            words(
                whole
                    ? format.format(value.longValueExact(), rule)
                    : format.format(value.doubleValue(), rule));
        ways.add(row);
        String bare = whole ? withoutOne(row, value.longValueExact(), rule) : null;
        if (bare != null) {
          ways.add(List.of(bare));
        }
      }
    }
    ways.removeIf(List::isEmpty);
    return ways;
  }
}
