package dev.earmark.search.spoken;

import dev.earmark.query.ParsedQuery;
import dev.earmark.query.Query;
import dev.earmark.text.LanguageGuess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A query as its meaning is looked for: the text that has a meaning, and what stays strict.
 *
 * <p>Words that need not match and phrases are the text, in their order. All that asks for more
 * than words is strict, so that a moment that no word matches still has to meet it: phrases, {@code
 * +word}, {@code -word}, beginnings, spellings, fields and times.
 *
 * @param text what is compared with moments; blank if there is nothing to compare
 * @param strict what a moment has to meet; it asks for nothing if all is words
 */
public record MeantText(String text, ParsedQuery strict) {

  /** A query taken apart. */
  public static MeantText of(ParsedQuery query) {
    List<String> said = new ArrayList<>();
    List<Query.Clause> strict = new ArrayList<>();
    for (Query.Clause clause : query.query().clauses()) {
      if (clause.occur() != Query.Occur.MUST_NOT) {
        gather(clause.query(), said);
      }
      if (clause.occur() != Query.Occur.MAY) {
        strict.add(clause);
      } else if (!isWords(clause.query())) {
        strict.add(new Query.Clause(Query.Occur.MUST, clause.query()));
      }
    }
    // As it was written a text says most: its commas and its question mark, too.
    String text = strict.isEmpty() ? query.text().strip() : String.join(" ", said);
    return new MeantText(
        text.codePoints().anyMatch(Character::isLetterOrDigit) ? text : "",
        new ParsedQuery("", new Query.Clauses(strict), List.of(), null));
  }

  /**
   * A language it may be written in: {@code und} if it is too short to tell which of those in Latin
   * letters.
   */
  public String language() {
    String guess = LanguageGuess.of(text);
    // Who reads another script reads the language that most write in it.
    return guess.equals(LanguageGuess.UNDETERMINED) && !isLatin() ? "ru" : guess;
  }

  private boolean isLatin() {
    int[] letters = text.codePoints().filter(Character::isLetter).toArray();
    long latin =
        Arrays.stream(letters)
            .filter(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.LATIN)
            .count();
    return 2 * latin >= letters.length;
  }

  /** Whether a part of a query that need not match asks for words only, joined as they may be. */
  private static boolean isWords(Query query) {
    return switch (query) {
      case Query.Word word -> true;
      case Query.Phrase phrase -> true;
      case Query.Elided elided -> isWords(elided.of());
      case Query.AnyOf any -> any.options().stream().allMatch(MeantText::isWords);
      case Query.Clauses clauses ->
          clauses.clauses().stream()
              .allMatch(each -> each.occur() == Query.Occur.MAY && isWords(each.query()));
      default -> false;
    };
  }

  private static void gather(Query query, List<String> said) {
    switch (query) {
      case Query.Word word -> said.add(word.word());
      case Query.Phrase phrase -> said.addAll(phrase.words());
      case Query.Elided elided -> said.addAll(elided.row().words());
      case Query.Prefix prefix -> said.add(prefix.prefix());
      case Query.Fuzzy fuzzy -> said.add(fuzzy.word());
      case Query.AnyOf any -> any.options().forEach(each -> gather(each, said));
      case Query.Clauses clauses ->
          clauses.clauses().stream()
              .filter(each -> each.occur() != Query.Occur.MUST_NOT)
              .forEach(each -> gather(each.query(), said));
      case Query.FieldIs field -> {}
      case Query.Dates dates -> {}
      case Query.Times times -> {}
    }
  }
}
