package dev.earmark.source.document;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table of prices: what, how much, and what about it.
 *
 * <p>When such a table is copied as text, its cells run together: {@code Human wages $50 trillion
 * The global cost of …}. Nothing but the amount itself tells where one ends and the next begins, so
 * this looks for the amount:
 *
 * <ul>
 *   <li>a number with a sign of currency, a code or a word for one, a percent sign, or a scale such
 *       as <em>million</em>; with the words that belong to it, as in {@code about €5 bn a year};
 *   <li>or several of them joined: {@code $0 to $100 million}, {@code $1 billion to $9 or $10
 *       billion}, {@code 10–15%}.
 * </ul>
 *
 * <p>An item may hold numbers too ({@code Revenue of 2023}), so currency is preferred to percent,
 * percent to a scale, and that to a bare number; amounts in parentheses come last; and of two
 * amounts of money the one before a capital, which is where a context starts. The amount is never
 * the first word, as a row has an item. Cells that a tab, a bar or wide space still divides are
 * taken as they are.
 *
 * @param context empty if nothing follows the amount
 */
record PriceRow(String item, String value, String context) {

  private static final int NO_AMOUNT = 0;
  private static final int BARE = 1;
  private static final int SCALED = 2;
  private static final int PERCENT = 3;
  private static final int MONEY = 4;

  private static final int MOST_RATE_WORDS = 4;

  private static final String SIGNS = "$€£¥₹₩₽₺₪฿₫₴₦₿¢";
  private static final Set<String> SIGN_PREFIXES =
      Set.of("us", "a", "au", "c", "ca", "nz", "hk", "s", "r", "nt", "mx");
  private static final Set<String> CODES =
      Set.of(
          "USD", "EUR", "GBP", "JPY", "CNY", "RMB", "CHF", "INR", "CAD", "AUD", "NZD", "SEK", "NOK",
          "DKK", "KRW", "BRL", "MXN", "PLN", "CZK", "HUF", "SGD", "HKD", "TWD", "ZAR", "TRY", "ILS",
          "BTC", "ETH");
  private static final Set<String> CURRENCIES =
      Set.of(
          "dollar",
          "dollars",
          "cent",
          "cents",
          "euro",
          "euros",
          "pound",
          "pounds",
          "pence",
          "yen",
          "yuan",
          "renminbi",
          "franc",
          "francs",
          "rupee",
          "rupees",
          "krona",
          "kronor",
          "krone",
          "kroner",
          "peso",
          "pesos",
          "rubles",
          "shekels",
          "bucks");
  private static final Set<String> SCALES =
      Set.of(
          "hundred",
          "thousand",
          "million",
          "millions",
          "billion",
          "billions",
          "trillion",
          "trillions",
          "k",
          "m",
          "mn",
          "mm",
          "b",
          "bn",
          "t",
          "tn",
          "lakh",
          "crore");
  private static final Set<String> JOINERS = Set.of("to", "or", "-", "–", "and", "through", "→");
  private static final Set<String> RATES = Set.of("per", "a", "an", "each", "every", "/");

  private static final Set<String> LEADS =
      Set.of(
          "~",
          "≈",
          "<",
          ">",
          "about",
          "around",
          "roughly",
          "approximately",
          "approx.",
          "nearly",
          "almost",
          "up to",
          "more than",
          "less than",
          "at least",
          "at most");
  private static final Set<String> RANGE_LEADS = Set.of("between", "from");

  /** Splits a row that has no time in front any more; nothing if it holds no amount. */
  static Optional<PriceRow> split(String row) {
    Optional<PriceRow> divided = dividedRow(row);
    return divided.isPresent() ? divided : new Splitter(row).split();
  }

  private static Optional<PriceRow> dividedRow(String row) {
    List<String> cells = Prose.parts(row, "\t");
    if (cells.size() < 2 && row.contains(" | ")) {
      cells = Prose.parts(row, "|");
    }
    if (cells.size() < 2 && row.contains("   ")) {
      cells = Prose.parts(row.replace("   ", "\t"), "\t");
    }
    if (cells.size() < 2) {
      return Optional.empty();
    }
    String context = String.join(" ", cells.subList(2, cells.size()));
    return Optional.of(new PriceRow(cells.get(0), cells.get(1), context));
  }

  /** A stretch of words that is an amount: the first, the one after the last, and how sure. */
  private record Amount(int from, int to, int sort) {}

  /** Finds the amount among the words of one row. */
  private static final class Splitter {
    private final List<String> words;

    Splitter(String row) {
      this.words = Prose.parts(row, " ");
    }

    Optional<PriceRow> split() {
      Amount best = null;
      int bestRank = 0;
      int depth = 0;
      for (int i = 0; i < words.size(); i++) {
        Amount amount = i == 0 ? null : amountAt(i);
        if (amount != null) {
          int rank = rank(amount, depth > 0 || words.get(i).startsWith("("));
          if (rank > bestRank) {
            best = amount;
            bestRank = rank;
          }
        }
        int next = amount == null ? i + 1 : amount.to();
        for (int word = i; word < next; word++) {
          depth = Math.max(0, depth + parentheses(words.get(word)));
        }
        i = next - 1;
      }
      if (best == null) {
        return Optional.empty();
      }
      int from = withLead(best);
      int to = withRate(best);
      return Optional.of(new PriceRow(join(0, from), join(from, to), join(to, words.size())));
    }

    private String join(int from, int to) {
      return String.join(" ", words.subList(from, to));
    }

    private static int parentheses(String word) {
      int depth = 0;
      for (int i = 0; i < word.length(); i++) {
        depth += word.charAt(i) == '(' ? 1 : word.charAt(i) == ')' ? -1 : 0;
      }
      return depth;
    }

    /** Higher is better; between equals the first in the row wins. */
    private int rank(Amount amount, boolean aside) {
      int after = withRate(amount);
      boolean beforeCapital = after == words.size() || startsWithCapital(words.get(after));
      boolean money = amount.sort() == MONEY;
      return (aside ? 0 : 100) + 10 * amount.sort() + (money && beforeCapital ? 1 : 0);
    }

    private static boolean startsWithCapital(String word) {
      int c = word.codePointAt(0);
      return !Character.isLowerCase(c);
    }

    /** The amount that starts at a word, with all that is joined to it; null if none does. */
    private @Nullable Amount amountAt(int from) {
      Amount amount =
          words.get(from).equalsIgnoreCase("free")
              ? new Amount(from, from + 1, BARE)
              : quantityAt(from);
      while (amount != null && amount.to() + 1 < words.size() && !endsClause(amount.to() - 1)) {
        if (!JOINERS.contains(words.get(amount.to()))) {
          break;
        }
        Amount more = quantityAt(amount.to() + 1);
        if (more == null || (more.sort() == BARE && !standsAlone(more.to()))) {
          break;
        }
        amount = new Amount(from, more.to(), Math.max(amount.sort(), more.sort()));
      }
      return amount;
    }

    /** Whether a bare number that ends before this word counts nothing: {@code $10 to 15 Price}. */
    private boolean standsAlone(int after) {
      return after == words.size()
          || startsWithCapital(words.get(after))
          || RATES.contains(words.get(after));
    }

    private boolean endsClause(int word) {
      String text = words.get(word);
      return ",;.:)".indexOf(text.charAt(text.length() - 1)) >= 0;
    }

    /** A number with its sign, scale and currency; null if no number starts at this word. */
    private @Nullable Amount quantityAt(int from) {
      String first = words.get(from);
      boolean code = CODES.contains(first) && from + 1 < words.size();
      int at = code ? from + 1 : from;
      NumberWord number = NumberWord.of(words.get(at));
      if (number == null || (code && number.sort() == PERCENT)) {
        return null;
      }
      int sort = code ? MONEY : number.sort();
      int to = at + 1;
      while (to < words.size() && to - at <= 3 && !endsClause(to - 1)) {
        int more = unitSort(words.get(to));
        if (more == NO_AMOUNT) {
          break;
        }
        sort = Math.max(sort, more);
        to++;
      }
      return new Amount(from, to, sort);
    }

    private static int unitSort(String word) {
      int end = word.length();
      while (end > 0 && "+,;.:)".indexOf(word.charAt(end - 1)) >= 0) {
        end--;
      }
      String unit = word.substring(0, end);
      String lower = unit.toLowerCase(Locale.ROOT);
      if (unit.equals("%") || lower.equals("percent")) {
        return PERCENT;
      }
      if (CODES.contains(unit) || (CURRENCIES.contains(lower) && lower.equals(unit))) {
        return MONEY;
      }
      if (unit.equals("US")) {
        return SCALED;
      }
      // A single capital letter is more likely the article or a name than a scale.
      return SCALES.contains(lower) && (lower.equals(unit) || unit.length() > 1)
          ? SCALED
          : NO_AMOUNT;
    }

    private int withLead(Amount amount) {
      int from = amount.from();
      boolean range = words.subList(from, amount.to()).stream().anyMatch(JOINERS::contains);
      if (range && from > 1 && RANGE_LEADS.contains(words.get(from - 1))) {
        return from - 1;
      }
      for (int count = 2; count >= 1; count--) {
        if (from - count >= 1
            && LEADS.contains(join(from - count, from).toLowerCase(Locale.ROOT))) {
          return from - count;
        }
      }
      return from;
    }

    /** The end of an amount with the rate behind it, such as {@code a year}. */
    private int withRate(Amount amount) {
      int to = amount.to();
      if (to >= words.size() || endsClause(to - 1)) {
        return to;
      }
      if (RATES.contains(words.get(to))) {
        int end = to + 1;
        while (end < words.size()
            && end - to <= MOST_RATE_WORDS
            && !startsWithCapital(words.get(end))) {
          end++;
        }
        boolean complete = end == words.size() || startsWithCapital(words.get(end));
        return complete ? end : Math.min(words.size(), to + 2);
      }
      // What is counted belongs to a number that is no money: "300 gigawatts".
      boolean unit =
          amount.sort() < PERCENT
              && !startsWithCapital(words.get(to))
              && (to + 1 == words.size() || startsWithCapital(words.get(to + 1)));
      return unit ? to + 1 : to;
    }
  }

  /**
   * A word that is a number, with what is written onto it.
   *
   * @param sort how sure it is an amount
   */
  private record NumberWord(int sort) {

    /** Null if the word is no number. */
    static @Nullable NumberWord of(String word) {
      int sort = NO_AMOUNT;
      int at = 0;
      while (at < word.length() && "(~≈<>±≤≥+[".indexOf(word.charAt(at)) >= 0) {
        at++;
      }
      while (true) {
        int number = at;
        at = endOfSign(word, number);
        boolean money = at > number;
        if (at < word.length() && (word.charAt(at) == '-' || word.charAt(at) == '−')) {
          at++;
        }
        int digits = at;
        while (at < word.length() && isNumeral(word, at)) {
          at++;
        }
        if (at == digits) {
          return null;
        }
        boolean year = !money && at - digits == 4 && "12".indexOf(word.charAt(digits)) >= 0;
        int suffix = at;
        while (at < word.length() && Character.isLetter(word.charAt(at))) {
          at++;
        }
        int unit = suffixSort(word.substring(suffix, at));
        if (unit == NO_AMOUNT && at > suffix) {
          return null;
        }
        if (at < word.length() && word.charAt(at) == '%') {
          unit = PERCENT;
          at++;
        } else if (at < word.length() && SIGNS.indexOf(word.charAt(at)) >= 0) {
          unit = MONEY;
          at++;
        }
        int least = year && unit == NO_AMOUNT ? NO_AMOUNT : BARE;
        sort = Math.max(sort, money ? MONEY : Math.max(unit, least));
        boolean range = at + 1 < word.length() && "-–—".indexOf(word.charAt(at)) >= 0;
        if (!range) {
          break;
        }
        at++;
      }
      boolean rate = at < word.length() && word.charAt(at) == '/';
      while (at < word.length() && "+,;.:)]".indexOf(word.charAt(at)) >= 0) {
        at++;
      }
      return sort > NO_AMOUNT && (rate || at == word.length()) ? new NumberWord(sort) : null;
    }

    private static boolean isNumeral(String word, int at) {
      char c = word.charAt(at);
      if (c >= '0' && c <= '9') {
        return true;
      }
      return (c == '.' || c == ',' || c == '\'' || c == '’')
          && at > 0
          && Character.isDigit(word.charAt(at - 1))
          && at + 1 < word.length()
          && Character.isDigit(word.charAt(at + 1));
    }

    /** The end of {@code $}, {@code US$} and the like; {@code at} if there is none. */
    private static int endOfSign(String word, int at) {
      int sign = at;
      while (sign < word.length() && sign - at < 3 && Character.isLetter(word.charAt(sign))) {
        sign++;
      }
      if (sign >= word.length() || SIGNS.indexOf(word.charAt(sign)) < 0) {
        return at;
      }
      String prefix = word.substring(at, sign).toLowerCase(Locale.ROOT);
      return prefix.isEmpty() || SIGN_PREFIXES.contains(prefix) ? sign + 1 : at;
    }

    private static int suffixSort(String suffix) {
      if (suffix.isEmpty()) {
        return NO_AMOUNT;
      }
      String lower = suffix.toLowerCase(Locale.ROOT);
      if (CODES.contains(suffix) || CURRENCIES.contains(lower)) {
        return MONEY;
      }
      return SCALES.contains(lower) || lower.equals("x") || suffix.equals("×") ? SCALED : NO_AMOUNT;
    }
  }
}
