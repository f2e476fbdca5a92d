package dev.earmark.query;

import dev.earmark.model.Timestamp;
import dev.earmark.query.Query.Clause;
import dev.earmark.query.Query.Clauses;
import dev.earmark.query.Query.Occur;
import dev.earmark.schema.Field;
import dev.earmark.schema.Schema;
import dev.earmark.text.Words;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads queries, leniently.
 *
 * <pre>
 *   query   = { [ "+" | "-" ] part { "OR" part } }
 *   part    = word | word "*" | word "~" [1|2] | '"' words '"' [ "~" n ]
 *           | field ":" ( word | '"' words '"' ) | "(" query ")"
 * </pre>
 *
 * <p>A plain word may match; a phrase, a field and a word with {@code +} must; one with {@code -}
 * must not. {@code AND} and {@code NOT} are read as {@code +} and {@code -}. All kinds of quotation
 * marks are one. What does not fit is read as words and reported.
 *
 * <p>Bounded: at most {@value #MOST_PARTS} parts and {@value #MOST_DEPTH} brackets deep are read,
 * in time linear in the text. Stateless and thread-safe.
 */
public final class QueryParser {
  static final int MOST_PARTS = 256;
  static final int MOST_DEPTH = 32;
  static final int MOST_LENGTH = 16_384;
  static final int MOST_WORDS_IN_PHRASE = 1_024;
  private static final int MOST_MESSAGES = 20;

  private static final String QUOTES =
      "\"\u201C\u201D\u201E\u201F\u00AB\u00BB\uFF02\u300C\u300D\u300E\u300F";
  private static final Set<String> RANGES = Set.of("after", "before", "from", "to");
  private static final Map<String, String> ALIASES =
      Map.of("language", "lang", "podcast", "show", "by", "speaker", "about", "topic");

  private final String text;
  private final List<NotUnderstood> notUnderstood = new ArrayList<>();
  private int at;
  private int parts;

  /** The first quotation mark after the one that was asked about last. */
  private int nextQuote;

  private QueryParser(String text) {
    this.text = text;
  }

  /** Reads a query; never throws for what it says. */
  public static ParsedQuery parse(String text) {
    String bounded = text.length() <= MOST_LENGTH ? text : text.substring(0, MOST_LENGTH);
    QueryParser parser = new QueryParser(bounded);
    if (bounded.length() < text.length()) {
      parser.report(
          MOST_LENGTH, text.length(), "only the first " + MOST_LENGTH + " characters were read");
    }
    Clauses query = parser.clauses(0);
    if (query.isEmpty() && parser.notUnderstood.isEmpty() && !text.isBlank()) {
      parser.report(0, bounded.length(), "there is no word in this query, so it finds nothing");
    }
    List<NotUnderstood> sorted = new ArrayList<>(parser.notUnderstood);
    sorted.sort(java.util.Comparator.comparingInt(NotUnderstood::from));
    return new ParsedQuery(text, query, sorted, null);
  }

  /**
   * Reads a query that somebody is typing. Its last word, if it is a plain one with nothing behind
   * it, is one that is begun; a single letter beside other words says nothing yet and is left out.
   */
  public static ParsedQuery parseTyped(String text) {
    ParsedQuery read = parse(text);
    List<Clause> clauses = read.query().clauses();
    Words words = Words.of(text);
    if (clauses.isEmpty()
        || words.count() == 0
        || words.end(words.count() - 1) < text.length()
        || clauses.getLast().occur() != Occur.MAY
        || !behindElision(clauses.getLast().query()).equals(lastWord(words))) {
      return read;
    }
    String begun = lastWord(words).word();
    boolean letter =
        clauses.size() > 1 && begun.length() == 1 && Character.isLetter(begun.charAt(0));
    Clauses query = letter ? new Clauses(clauses.subList(0, clauses.size() - 1)) : read.query();
    return new ParsedQuery(text, query, read.notUnderstood(), begun);
  }

  private static Query behindElision(Query query) {
    return query instanceof Query.Elided elided ? elided.of() : query;
  }

  private static Query.Word lastWord(Words words) {
    return new Query.Word(words.folded(words.count() - 1));
  }

  private void report(int from, int to, String message) {
    if (notUnderstood.size() < MOST_MESSAGES) {
      notUnderstood.add(new NotUnderstood(from, to, message));
    }
  }

  private Clauses clauses(int depth) {
    List<Clause> clauses = new ArrayList<>();
    boolean and = false;
    while (true) {
      skipSpace();
      if (at == text.length() || (text.charAt(at) == ')' && depth > 0)) {
        return new Clauses(clauses);
      }
      int start = at;
      if (parts >= MOST_PARTS) {
        report(at, text.length(), "only the first " + MOST_PARTS + " parts were read");
        at = text.length();
        return new Clauses(clauses);
      }
      if (takeKeyword("OR")) {
        takeOr(clauses, start, depth);
        continue;
      }
      if (takeKeyword("AND")) {
        if (!clauses.isEmpty()) {
          Clause last = clauses.removeLast();
          clauses.add(last.occur() == Occur.MAY ? new Clause(Occur.MUST, last.query()) : last);
        }
        and = true;
        continue;
      }
      Occur occur = and ? Occur.MUST : sign();
      and = false;
      boolean quoted = at < text.length() && isQuote(text.charAt(at));
      for (Query part : part(depth)) {
        clauses.add(new Clause(occur == Occur.MAY ? usual(part, quoted) : occur, part));
      }
    }
  }

  /** How a part without a sign counts; words joined by a hyphen are a phrase nobody asked for. */
  private static Occur usual(Query query, boolean quoted) {
    return switch (query) {
      case Query.Phrase phrase -> quoted ? Occur.MUST : Occur.MAY;
      case Query.FieldIs field -> Occur.MUST;
      case Query.Dates dates -> Occur.MUST;
      case Query.Times times -> Occur.MUST;
      case Query.AnyOf any -> usual(any);
      default -> Occur.MAY;
    };
  }

  /** After the word OR: joins what stands before it with what comes. */
  private void takeOr(List<Clause> clauses, int start, int depth) {
    skipSpace();
    Clause left = clauses.isEmpty() ? null : clauses.getLast();
    if (left == null || left.occur() == Occur.MUST_NOT || at == text.length()) {
      report(start, start + 2, "OR belongs between two parts; it was ignored");
      return;
    }
    Occur occur = sign();
    List<Query> right = part(depth);
    if (right.isEmpty() || occur == Occur.MUST_NOT) {
      report(start, start + 2, "OR belongs between two parts; it was ignored");
      right.forEach(query -> clauses.add(new Clause(occur, query)));
      return;
    }
    clauses.removeLast();
    List<Query> options = new ArrayList<>();
    if (left.query() instanceof Query.AnyOf any) {
      options.addAll(any.options());
    } else {
      options.add(left.query());
    }
    options.add(right.size() == 1 ? right.getFirst() : together(right));
    Query.AnyOf any = new Query.AnyOf(options);
    clauses.add(new Clause(usual(any), any));
  }

  /** One of several that each would have to match must. */
  private static Occur usual(Query.AnyOf any) {
    return any.options().stream().allMatch(option -> usual(option, true) == Occur.MUST)
        ? Occur.MUST
        : Occur.MAY;
  }

  private static Query together(List<Query> parts) {
    return new Clauses(parts.stream().map(part -> new Clause(usual(part, true), part)).toList());
  }

  private Occur sign() {
    if (takeKeyword("NOT")) {
      skipSpace();
      return Occur.MUST_NOT;
    }
    Occur occur = Occur.MAY;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != '+' && c != '-' && c != '\u2212') {
        return occur;
      }
      boolean lone = at + 1 == text.length() || isSpace(text.charAt(at + 1));
      if (lone) {
        at++;
        return Occur.MAY;
      }
      occur = c == '+' ? Occur.MUST : Occur.MUST_NOT;
      at++;
    }
    return occur;
  }

  private boolean takeKeyword(String keyword) {
    int end = at + keyword.length();
    boolean here =
        text.startsWith(keyword, at)
            && (end == text.length() || isSpace(text.charAt(end)) || text.charAt(end) == '(');
    if (here) {
      at = end;
    }
    return here;
  }

  private void skipSpace() {
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c);
  }

  /** One part, or several where one text gives several, or none where it gives no word. */
  private List<Query> part(int depth) {
    if (at == text.length()) {
      return List.of();
    }
    parts++;
    int start = at;
    char c = text.charAt(at);
    if (c == '(') {
      return bracket(depth);
    }
    if (c == ')') {
      at++;
      report(start, at, "there is no ( before this )");
      return List.of();
    }
    if (isQuote(c)) {
      if (closes(at)) {
        return phrase(start);
      }
      at++;
      report(start, at, "this quotation mark is never closed; what follows was searched as words");
      return List.of();
    }
    int end = endOfWord(at);
    int colon = text.indexOf(':', at);
    if (colon > at && colon < end && isName(at, colon)) {
      Optional<List<Query>> field = field(start, colon);
      if (field.isPresent()) {
        return field.get();
      }
    }
    at = end;
    return word(start, end);
  }

  private List<Query> bracket(int depth) {
    int start = at++;
    if (depth >= MOST_DEPTH) {
      report(start, at, "brackets may be " + MOST_DEPTH + " deep; this one was ignored");
      return List.of();
    }
    Clauses inner = clauses(depth + 1);
    if (at < text.length()) {
      at++;
    } else {
      report(start, start + 1, "this ( is never closed");
    }
    if (inner.isEmpty()) {
      return List.of();
    }
    return inner.clauses().size() == 1
            && (inner.clauses().getFirst().query() instanceof Query.AnyOf
                || inner.clauses().getFirst().occur() == Occur.MAY)
        ? List.of(inner.clauses().getFirst().query())
        : List.of(inner);
  }

  private boolean isQuote(char c) {
    return QUOTES.indexOf(c) >= 0;
  }

  private List<Query> phrase(int start) {
    String inside = quoted();
    int slop = 0;
    if (at < text.length() && text.charAt(at) == '~') {
      int digits = at + 1;
      while (digits < text.length() && isDigit(text.charAt(digits)) && digits - at <= 4) {
        digits++;
      }
      if (digits > at + 1) {
        slop = Math.min(1_000, Integer.parseInt(text, at + 1, digits, 10));
      } else {
        report(at, at + 1, "after ~ a number of words is needed, as in \"a b\"~5");
      }
      at = digits;
    }
    List<String> words = List.of(Words.of(inside).folded());
    if (words.isEmpty()) {
      report(start, at, "there is no word between these quotation marks");
      return List.of();
    }
    if (words.size() > MOST_WORDS_IN_PHRASE) {
      report(
          start, at, "only the first " + MOST_WORDS_IN_PHRASE + " words of this phrase were read");
      words = words.subList(0, MOST_WORDS_IN_PHRASE);
    }
    return List.of(new Query.Phrase(words, words.size() == 1 ? 0 : slop));
  }

  /** Whether the quotation mark at a place has another after it. */
  private boolean closes(int mark) {
    if (nextQuote <= mark) {
      nextQuote = mark + 1;
      while (nextQuote < text.length() && !isQuote(text.charAt(nextQuote))) {
        nextQuote++;
      }
    }
    return nextQuote < text.length();
  }

  /** What stands between the quotation mark here and the one that closes it. */
  private String quoted() {
    int from = at + 1;
    at = nextQuote + 1;
    return text.substring(from, nextQuote);
  }

  private boolean isName(int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z')) {
        return false;
      }
    }
    return true;
  }

  private Optional<List<Query>> field(int start, int colon) {
    String typed = text.substring(start, colon).toLowerCase(Locale.ROOT);
    String name = ALIASES.getOrDefault(typed, typed);
    boolean range = RANGES.contains(name);
    boolean known = range || Schema.field(name).filter(Field::facet).isPresent();
    boolean nothingBehind = colon + 1 == text.length() || isSpace(text.charAt(colon + 1));
    if (!known) {
      if (!nothingBehind) {
        report(
            start,
            colon + 1,
            "there is no field \""
                + typed
                + "\"; there are "
                + Schema.facets().stream().map(Field::name).collect(Collectors.joining(", "))
                + ", after, before, from and to. It was searched as words");
      }
      return Optional.empty();
    }
    if (nothingBehind) {
      report(start, colon + 1, "after \"" + typed + ":\" a value is needed");
      at = colon + 1;
      return Optional.of(List.of());
    }
    at = colon + 1;
    int valueFrom = at;
    String value;
    if (isQuote(text.charAt(at)) && closes(at)) {
      value = quoted();
    } else {
      at = endOfWord(at);
      // A quote that is not closed, as while one types, is no part of the value.
      value = text.substring(valueFrom + (isQuote(text.charAt(valueFrom)) ? 1 : 0), at);
    }
    if (!range) {
      if (value.isBlank()) {
        report(start, at, "after \"" + typed + ":\" a value is needed");
        return Optional.of(List.of());
      }
      return Optional.of(List.of(new Query.FieldIs(name, value.strip())));
    }
    Query bound =
        name.equals("after") || name.equals("before") ? dates(name, value) : times(name, value);
    if (bound == null) {
      report(
          start,
          at,
          name.equals("after") || name.equals("before")
              ? "\""
                  + value
                  + "\" is not a date; write 2026-01-01, 2026-01 or 2026. It was searched as words"
              : "\""
                  + value
                  + "\" is not a time; write 1:00:00, 13:55 or 835. It was searched as words");
      return Optional.of(word(start, at));
    }
    return Optional.of(List.of(bound));
  }

  private static @Nullable Query dates(String name, String value) {
    boolean after = name.equals("after");
    LocalDate date = date(value.strip(), after);
    if (date == null) {
      return null;
    }
    return after ? new Query.Dates(date, null) : new Query.Dates(null, date);
  }

  /**
   * A day; a month or year stands for its first day, or for its last where the range ends there.
   */
  private static @Nullable LocalDate date(String value, boolean first) {
    try {
      return switch (value.length()) {
        case 4 -> LocalDate.of(Integer.parseInt(value), first ? 1 : 12, first ? 1 : 31);
        case 7 -> {
          LocalDate month = LocalDate.parse(value + "-01");
          yield first ? month : month.plusMonths(1).minusDays(1);
        }
        default -> LocalDate.parse(value);
      };
    } catch (DateTimeParseException | NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Query times(String name, String value) {
    Optional<Timestamp> time = Timestamp.tryParse(value);
    if (time.isEmpty()) {
      return null;
    }
    long millis = time.get().millis();
    return name.equals("from") ? new Query.Times(millis, null) : new Query.Times(null, millis);
  }

  private int endOfWord(int from) {
    int end = from;
    while (end < text.length()) {
      char c = text.charAt(end);
      if (isSpace(c) && isUnit(end + 1) && end > from && isDigit(text.charAt(end - 1))) {
        return end + 2;
      }
      if (isSpace(c) || c == '(' || c == ')' || (isQuote(c) && end > from)) {
        break;
      }
      end++;
    }
    return Math.max(end, Math.min(from + 1, text.length()));
  }

  /** Whether the sign of a unit stands here alone, as in {@code 10 %}. */
  private boolean isUnit(int here) {
    return here < text.length()
        && (text.charAt(here) == '%'
            || Character.getType(text.charAt(here)) == Character.CURRENCY_SYMBOL)
        && (here + 1 == text.length() || isSpace(text.charAt(here + 1)));
  }

  private List<Query> word(int from, int to) {
    Words words = Words.of(text.substring(from, to));
    int apostrophe = words.count() < 2 ? to : from + words.end(0);
    if (apostrophe < to
        && Words.isApostrophe(text.charAt(apostrophe))
        && from + words.start(1) == apostrophe + 1) {
      return unelided(apostrophe + 1, to).stream()
          .<Query>map(of -> new Query.Elided(words.folded(0), of))
          .toList();
    }
    return unelided(from, to);
  }

  private List<Query> unelided(int from, int to) {
    String typed = text.substring(from, to);
    int tilde = typed.lastIndexOf('~');
    if (tilde > 0 && typed.length() - tilde <= 2) {
      List<String> words = List.of(Words.of(typed.substring(0, tilde)).folded());
      String edits = typed.substring(tilde + 1);
      if (words.size() == 1 && (edits.isEmpty() || edits.equals("1") || edits.equals("2"))) {
        String word = words.getFirst();
        int most = edits.isEmpty() ? (word.length() <= 4 ? 1 : 2) : Integer.parseInt(edits);
        return List.of(new Query.Fuzzy(word, most));
      }
      report(from, to, "~ after a word may be followed by 1 or 2; searched as words");
    }
    boolean prefix = typed.endsWith("*");
    String stem = prefix ? typed.substring(0, typed.length() - 1) : typed;
    List<String> words = List.of(Words.of(stem).folded());
    if (words.isEmpty()) {
      // Punctuation on its own is nothing to search for, and typed all the time; a star is a wish.
      if (typed.indexOf('*') >= 0) {
        report(from, to, "* belongs after the beginning of a word, as in pre*");
      }
      return List.of();
    }
    if (stem.indexOf('*') >= 0) {
      report(from, to, "* is only read at the end of a word; searched as words");
      prefix = false;
    }
    if (prefix && words.size() == 1) {
      return List.of(new Query.Prefix(words.getFirst()));
    }
    if (prefix) {
      report(from, to, "* is only read after a single word; searched as words");
    }
    return List.of(
        words.size() == 1 ? new Query.Word(words.getFirst()) : new Query.Phrase(words, 0));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
