package dev.earmark.text;

import com.ibm.icu.number.LocalizedNumberFormatter;
import com.ibm.icu.number.NumberFormatter;
import com.ibm.icu.number.NumberFormatter.UnitWidth;
import com.ibm.icu.text.CompactDecimalFormat;
import com.ibm.icu.text.CompactDecimalFormat.CompactStyle;
import com.ibm.icu.text.RuleBasedNumberFormat;
import com.ibm.icu.util.Currency;
import com.ibm.icu.util.MeasureUnit;
import com.ibm.icu.util.ULocale;
import java.math.BigDecimal;
import java.util.ArrayList;
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
 * another, {@code 21st} and {@code twenty-first} a third.
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
   * @param unit the sign of a currency or per cent, {@code º} of an ordinal; empty if there is none
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
  private final boolean english;
  private final ULocale locale;
  private final Set<String> beginnings = new HashSet<>();
  private @Nullable Map<String, Integer> spelled;
  private @Nullable Map<String, Integer> ordinals;
  private final Map<List<String>, Integer> magnitudes = new LinkedHashMap<>();
  private final Map<String, Set<List<String>>> units = new LinkedHashMap<>();
  private String point = "";
  private int longest;
  private boolean ready;

  private Numerals(String language) {
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
    for (String rule : rules) {
      for (long number = 0; number < 1_000_000_000; number += step(number)) {
        beginnings.add(words(format.format(number, rule)).getFirst());
      }
    }
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
        learn(words(format.format(number, rule)), number, table);
      }
      for (int thousands = 10; thousands < 1_000 && !rule.equals(YEAR); thousands++) {
        learn(words(format.format(thousands * 1_000L, rule)), thousands * 1_000, table);
      }
    }
    spelled = table;
    return table;
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
            ? NumberWords.isNumeral(word) || NumberWords.isOrdinal(word)
            : light(language).isBeginning(word));
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

  /** Whether English also has an article for the one it begins with: "a hundred". */
  private boolean mayHaveArticle(List<String> row) {
    return english
        && row.size() > 1
        && row.getFirst().equals("one")
        && row.get(1).length() > 2
        && !row.get(1).equals("point");
  }

  private static List<String> withArticle(List<String> row) {
    List<String> with = new ArrayList<>(row);
    with.set(0, "a");
    return with;
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
    if (english) {
      percent.add(List.of("per", "cent"));
    }
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
    Read ordinal = ordinal(words, begin);
    Read cardinal = cardinal(words, begin);
    return ordinal == null || (cardinal != null && cardinal.words() > ordinal.words())
        ? cardinal
        : ordinal;
  }

  private @Nullable Read cardinal(List<String> words, int begin) {
    int at = begin;
    String unit = "";
    if (CURRENCIES.containsKey(words.get(at))) {
      unit = words.get(at++);
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
    BigDecimal digits = digits(words.get(at));
    if (digits != null) {
      return new Part(digits, 1);
    }
    if (!isBeginning(words.get(at)) && !(english && words.get(at).equals("a"))) {
      return null;
    }
    Map<String, Integer> spelled = spelled();
    for (int length = Math.min(longest, words.size() - at); length > 0; length--) {
      Integer number = spelled.get(String.join(" ", words.subList(at, at + length)));
      if (number != null) {
        return decimals(words, at + length, number, length, spelled);
      }
    }
    boolean article = english && words.get(at).equals("a") && at + 1 < words.size();
    if (article && words.get(at + 1).length() > 2 && power(words, at + 1) != null) {
      return new Part(BigDecimal.ONE, 1);
    }
    return null;
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
    Set<List<String>> numbers = numbers(amount.value());
    if (amount.unit().isEmpty()) {
      return bounded(numbers);
    }
    Set<List<String>> ways = new LinkedHashSet<>();
    for (List<String> number : numbers) {
      // A sign is a word beside digits only.
      if (!amount.unit().equals(PERCENT) && digits(number.getFirst()) != null) {
        ways.add(joined(List.of(amount.unit()), number));
      }
      if (digits(number.getLast()) != null) {
        ways.add(joined(number, List.of(amount.unit())));
      }
      for (List<String> name : units.getOrDefault(amount.unit(), Set.of())) {
        ways.add(joined(number, name));
      }
    }
    return bounded(ways);
  }

  private Set<List<String>> writtenOrdinals(int number) {
    Set<List<String>> ways = new LinkedHashSet<>(List.of(inDigits(number)));
    ways.addAll(spelledOrdinals(number));
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

  private Set<List<String>> numbers(BigDecimal value) {
    Set<List<String>> ways = new LinkedHashSet<>(spelledOut(value));
    ways.add(words(value.toPlainString()));
    if (value.scale() == 1) {
      // Of money, with its last zero: 3.50.
      ways.add(words(value.setScale(2).toPlainString()));
    }
    for (Map.Entry<List<String>, Integer> magnitude : magnitudes.entrySet()) {
      BigDecimal count = value.scaleByPowerOfTen(-magnitude.getValue()).stripTrailingZeros();
      if (count.compareTo(BigDecimal.ONE) < 0
          || count.compareTo(MOST_BEFORE_MAGNITUDE) >= 0
          || count.scale() > 2) {
        continue;
      }
      ways.add(joined(words(count.toPlainString()), magnitude.getKey()));
      for (List<String> row : spelledOut(count)) {
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
        ways.add(
            words(
                whole
                    ? format.format(value.longValueExact(), rule)
                    : format.format(value.doubleValue(), rule)));
      }
    }
    ways.removeIf(List::isEmpty);
    return ways;
  }
}
