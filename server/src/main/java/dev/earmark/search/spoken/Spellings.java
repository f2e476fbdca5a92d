package dev.earmark.search.spoken;

import dev.earmark.schema.Schema;
import dev.earmark.search.Hit.Why;
import dev.earmark.text.FunctionWords;
import dev.earmark.text.Numerals;
import dev.earmark.text.SpokenTerms;
import dev.earmark.text.Words;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The same words, written otherwise: together or apart ({@code email}, {@code e-mail}, {@code e
 * mail}), letter for letter ({@code FBI}, {@code f b i}), as a number in words or digits ({@code
 * ten percent}, {@code 10 %}), or as they were heard ({@link HeardWays}).
 *
 * <p>Two words are one if both ways are said in the index and none of the three is a word of
 * grammar: {@code maybe} is not {@code may be}, and {@code they} is not {@code t hey}; what is
 * typed in capitals is none: {@code WHO}. English particles are an exception ({@code backup},
 * {@code back up}), without "in" and "on", with which too many other words end: {@code Putin}. With
 * a hyphen between them two words are one whatever they are. Not thread-safe; one a search.
 */
final class Spellings {
  /** A phrase is asked for in so many ways at most. */
  private static final int MOST_WAYS = 8;

  private static final int MOST_WORDS = 12;

  /** A word is written apart in so many ways at most. */
  private static final int MOST_PAIRS = 3;

  /** The same where it has numbers, which have more ways than other words. */
  private static final int MOST_WAYS_OF_NUMBERS = 64;

  /** Numbers are read in so many languages, those of most moments. */
  private static final int MOST_LANGUAGES = 16;

  /** Begins pronouns that two words are not: "everyone" is not "every one" of them. */
  private static final String EVERY = "every";

  /** Particles of English verbs, with which the nouns made of these end: {@code backup}. */
  private static final Set<String> PARTICLES = Set.of("away", "down", "off", "out", "over", "up");

  private static final int SHORTEST_BEFORE_PARTICLE = 3;

  /** Words of one letter that stand before others everywhere. */
  private static final Set<String> SHORTEST_WORDS = Set.of("a", "i", "o", "y");

  /** What English contractions leave behind an apostrophe: no words that stand alone. */
  private static final Set<String> CONTRACTED = Set.of("s", "t");

  /** Longer words are hardly said letter for letter. */
  private static final int MOST_LETTERS = 5;

  /** So many letters in a row are one word though some may be words of grammar: {@code F B I}. */
  private static final int LETTERS_THAT_TELL = 3;

  private final IndexStatistics index;
  private final Grammar grammar;
  private final List<String> languages;

  /** The words that were typed in capitals. */
  private final Set<String> capitals = new HashSet<>();

  /** The language that is spoken most, if any is known. */
  private final List<String> likeliest;

  private final Map<List<String>, SpokenQuery> whole = new HashMap<>();

  /** A number written otherwise, which counts in text of the language. */
  record Numeral(String language, List<String> words) {}

  /** Tells which of some words are words of grammar. */
  interface Grammar {
    Set<String> in(List<String> words) throws IOException;
  }

  /**
   * Spellings by what an index has.
   *
   * @param typed the words of the query as they were typed
   */
  Spellings(IndexStatistics index, List<String> languages, Words typed) {
    this.index = index;
    for (int i = 0; i < typed.count(); i++) {
      if (typed.word(i).chars().allMatch(Character::isUpperCase)) {
        capitals.add(typed.folded(i));
      }
    }
    this.languages = languages;
    this.likeliest = languages.subList(0, Math.min(1, languages.size()));
    this.grammar =
        words -> {
          Set<String> found = FunctionWords.in(words, languages);
          // One word of grammar has to be one of the language that is spoken most: "anti war" is
          // not German.
          return found.size() == words.size() ? found : FunctionWords.in(words, likeliest);
        };
  }

  /** The other ways to write a word that is a number, by the languages it is one in. */
  List<Numeral> numerals(String word) throws IOException {
    List<Numeral> all = new ArrayList<>();
    for (Map.Entry<String, Numerals> one : numerals(List.of(word)).entrySet()) {
      Numerals.Read read = one.getValue().at(List.of(word), 0);
      if (read == null || isOne(read)) {
        // One is also an article or a pronoun.
        continue;
      }
      for (List<String> way : said(one.getValue().written(read.amount()))) {
        if (!way.equals(List.of(word))) {
          all.add(new Numeral(one.getKey(), way));
        }
      }
    }
    return all;
  }

  private static boolean isOne(Numerals.Read read) {
    return read.amount().value().compareTo(BigDecimal.ONE) == 0 && !read.amount().isOrdinal();
  }

  /** Whether words are one amount and no more. */
  boolean areAmount(List<String> words) {
    return amount(words, 0) == words.size();
  }

  /** How many words from one on are an amount; 0 if they are none. */
  int amount(List<String> words, int from) {
    int most = 0;
    for (Numerals numerals : numerals(words.subList(from, words.size())).values()) {
      Numerals.Read read = numerals.at(words, from);
      most = Math.max(most, read == null ? 0 : read.words());
    }
    return most;
  }

  /** The numerals of the languages in which one of some words may be a number. */
  private Map<String, Numerals> numerals(List<String> words) {
    Map<String, Numerals> all = new LinkedHashMap<>();
    for (String language : languages.subList(0, Math.min(MOST_LANGUAGES, languages.size()))) {
      if (words.stream().anyMatch(word -> Numerals.mayBegin(language, word))) {
        all.put(language, Numerals.in(language));
      }
    }
    return all;
  }

  /** The rows of words that are one word written apart, or its letters, and are said. */
  List<List<String>> apart(String word) throws IOException {
    List<List<String>> pairs = new ArrayList<>();
    if (isGrammar(word)) {
      return pairs;
    }
    List<String> letters = lettersOf(word);
    if (areInitials(letters)) {
      pairs.add(letters);
    }
    if (word.length() > 2 && word.chars().allMatch(Character::isLetter)) {
      for (int i = 1; i < word.length(); i++) {
        List<String> pair = List.of(word.substring(0, i), word.substring(i));
        if (!hasGrammar(pair)) {
          pairs.add(pair);
        }
      }
    }
    return pairs.isEmpty() ? pairs : index.saidInARow(pairs, MOST_PAIRS);
  }

  /** The letters of a short word in a script that has capitals; none of another. */
  private static List<String> lettersOf(String word) {
    List<String> letters = new ArrayList<>();
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c != '.' && isLetter(String.valueOf(c))) {
        letters.add(String.valueOf(c));
      } else if (c != '.') {
        return List.of();
      }
    }
    return letters;
  }

  private static boolean isLetter(String word) {
    return word.length() == 1 && Character.toUpperCase(word.charAt(0)) != word.charAt(0);
  }

  /** Whether letters said one by one are a word, rather than words of grammar in a row. */
  private boolean areInitials(List<String> letters) throws IOException {
    if (letters.size() < 2 || letters.size() > MOST_LETTERS) {
      return false;
    }
    Set<String> found = new LinkedHashSet<>(grammar.in(letters));
    return letters.size() < LETTERS_THAT_TELL
        ? CONTRACTED.containsAll(found)
        : !found.containsAll(letters);
  }

  /** How many words from one on are letters that are said as one word; 0 if they are none. */
  int initials(List<String> words, int from) throws IOException {
    int to = from;
    while (to < words.size() && isLetter(words.get(to))) {
      to++;
    }
    return to - from >= LETTERS_THAT_TELL && asInitials(words.subList(from, to)) != null
        ? to - from
        : 0;
  }

  /** Letters as the one word that they are, if that is said; or null. */
  private @Nullable String asInitials(List<String> letters) throws IOException {
    // With stops between them, so that those of "U.S." are not the word "us".
    String word = Words.fold(String.join(".", letters));
    return areInitials(letters) && index.isSaidAsOne(word) ? word : null;
  }

  private boolean isGrammar(String word) {
    return !capitals.contains(word) && !FunctionWords.in(List.of(word), likeliest).isEmpty();
  }

  /** A letter that stands before a word is none of grammar: {@code e-mail}, {@code x-ray}. */
  private boolean hasGrammar(List<String> pair) throws IOException {
    boolean ends =
        PARTICLES.contains(pair.get(1))
            && pair.get(0).length() >= SHORTEST_BEFORE_PARTICLE
            && languages.contains("en");
    return pair.contains(EVERY)
        || grammar.in(ends ? pair.subList(0, 1) : pair).stream()
            .anyMatch(word -> word.length() > 1 || SHORTEST_WORDS.contains(word));
  }

  /** Two words written as one, if that is said; or null. */
  @Nullable String joined(String first, String second) throws IOException {
    return isGrammar(first + second) || hasGrammar(List.of(first, second))
        ? null
        : written(first, second);
  }

  private @Nullable String written(String first, String second) throws IOException {
    if (isLetter(first) && isLetter(second)) {
      return asInitials(List.of(first, second));
    }
    String joined = SpokenTerms.bounded(first + second);
    boolean letters = joined.chars().allMatch(Character::isLetter);
    return letters && index.isSaidAsOne(joined) ? joined : null;
  }

  /**
   * All ways in which words in a row are written, as they stand first; at least one.
   *
   * @param bySign whether a hyphen stands between them
   */
  Set<List<String>> ways(List<String> words, boolean bySign) throws IOException {
    Set<List<String>> ways = new LinkedHashSet<>(Set.of(words));
    for (int i = 0; i < Math.min(words.size(), MOST_WORDS) && ways.size() < MOST_WAYS; i++) {
      String joined =
          i + 1 == words.size()
              ? null
              : bySign
                  ? written(words.get(i), words.get(i + 1))
                  : joined(words.get(i), words.get(i + 1));
      boolean begins = i == 0 || !isLetter(words.get(i - 1));
      int letters = begins ? initials(words, i) : 0;
      String initials = letters == 0 ? null : asInitials(words.subList(i, i + letters));
      for (List<String> way : List.copyOf(ways)) {
        if (initials != null) {
          replace(way, words.subList(i, i + letters), List.of(initials), ways, MOST_WAYS);
        }
        if (joined != null) {
          replace(way, words.subList(i, i + 2), List.of(joined), ways, MOST_WAYS);
        }
        for (List<String> pair : apart(words.get(i))) {
          replace(way, words.subList(i, i + 1), pair, ways, MOST_WAYS);
        }
      }
    }
    addNumerals(words, ways);
    for (List<String> way : List.copyOf(ways)) {
      ways.addAll(HeardWays.ways(way, index));
    }
    return ways;
  }

  private static void replace(
      List<String> way, List<String> part, List<String> by, Set<List<String>> ways, int most) {
    int at = Collections.indexOfSubList(way, part);
    if (at < 0 || ways.size() >= most) {
      return;
    }
    List<String> other = new ArrayList<>(way.subList(0, at));
    other.addAll(by);
    other.addAll(way.subList(at + part.size(), way.size()));
    ways.add(List.copyOf(other));
  }

  /** Those rows all words of which are said somewhere. */
  private List<List<String>> said(Collection<List<String>> rows) throws IOException {
    index.lookUp(rows.stream().flatMap(List::stream).distinct().toList());
    List<List<String>> said = new ArrayList<>();
    for (List<String> row : rows) {
      boolean all = true;
      for (String word : row) {
        all &= index.frequency(word) > 0;
      }
      if (all) {
        said.add(row);
      }
    }
    return said;
  }

  private void addNumerals(List<String> words, Set<List<String>> ways) throws IOException {
    for (Numerals numerals : numerals(words).values()) {
      for (int i = 0; i < Math.min(words.size(), MOST_WORDS); ) {
        Numerals.Read read = numerals.at(words, i);
        int taken = read == null ? 1 : read.words();
        boolean article = taken == 1 && read != null && isOne(read);
        if (read != null && (!article || i > 0) && words.size() > 1) {
          List<String> part = words.subList(i, i + taken);
          List<List<String>> said = said(numerals.written(read.amount()));
          for (List<String> way : List.copyOf(ways)) {
            for (List<String> written : said) {
              replace(way, part, written, ways, MOST_WAYS_OF_NUMBERS);
            }
          }
        }
        i += taken;
      }
    }
  }

  /**
   * A row, but not where it is part of another amount: "five percent" of "twenty-five percent".
   *
   * <p>A moment that has both is not found by it. A single word stands for itself: too many moments
   * have it beside a larger number.
   */
  SpokenQuery whole(List<String> way) throws IOException {
    SpokenQuery known = whole.get(way);
    if (known == null) {
      known = butLarger(way);
      whole.put(way, known);
    }
    return known;
  }

  private SpokenQuery butLarger(List<String> way) throws IOException {
    Set<List<String>> larger = new LinkedHashSet<>();
    if (way.size() > 1) {
      numerals(way).values().forEach(numerals -> larger.addAll(numerals.inLarger(way)));
    }
    SpokenQuery row = row(way, 0);
    SpokenQuery.Builder only = new SpokenQuery.Builder().must(row);
    List<List<String>> said = larger.isEmpty() ? List.of() : said(larger);
    said.forEach(other -> only.mustNot(row(other, 0)));
    return said.isEmpty() ? row : only.build();
  }

  /** Words in a row, or as many others among them as the slop allows. */
  static SpokenQuery row(List<String> words, int slop) {
    List<String> bounded = words.stream().map(SpokenTerms::bounded).toList();
    return bounded.size() == 1
        ? new SpokenQuery.Term(Schema.TEXT_FIELD, bounded.getFirst())
        : new SpokenQuery.Row(bounded, slop);
  }

  /** Marks words in a row as the word itself. */
  static Pattern pattern(List<String> words, String name) {
    List<WordTest> tests = new ArrayList<>();
    words.forEach(word -> tests.add(new WordTest.Exactly(SpokenTerms.bounded(word))));
    return new Pattern(tests, 0, name, Why.EXACT);
  }

  /** Marks a number written otherwise as the word itself. */
  static Pattern pattern(Numeral numeral, String name) {
    Pattern pattern = pattern(numeral.words(), name);
    return pattern.isPhrase()
        ? pattern
        : new Pattern(
            List.of(new WordTest.OfLanguage(numeral.language(), pattern.words().getFirst())),
            0,
            name,
            Why.EXACT);
  }
}
