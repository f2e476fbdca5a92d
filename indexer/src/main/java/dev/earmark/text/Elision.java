package dev.earmark.text;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Tells the short words that lose their vowel before another, as in {@code l'école}, {@code
 * dell'acqua} and {@code d'Europe}, from English contractions and names. The words are those of
 * French, Italian, Catalan and Portuguese grammars. Stateless.
 */
public final class Elision {
  private static final int LONGEST = 7;
  private static final String SINGLE = "cdjlmnst";

  private static final Set<String> ELIDED =
      Set.of(
          "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu", "dell", "nell", "sull", "dall",
          "all", "coll", "pell", "gl", "agl", "dagl", "degl", "negl", "sugl", "un", "quest",
          "quell", "sant", "bell", "dov", "com", "cos", "nessun", "ciascun", "alcun");

  /**
   * By language, the elided words that are grammar alone: what stands behind them is the word.
   * {@code sant'Antonio} and {@code bell'idea} are two words each.
   */
  private static final Map<String, Set<String>> GRAMMAR =
      Map.of(
          "fr",
          Set.of(
              "c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu",
              "presqu"),
          "it",
          Set.of(
              "c", "d", "l", "m", "n", "s", "t", "un", "dell", "nell", "sull", "dall", "all",
              "coll", "pell", "gl", "agl", "dagl", "degl", "negl", "sugl", "quest", "quell", "dov",
              "com"),
          "ca",
          Set.of("d", "l", "m", "n", "s", "t"),
          "pt",
          Set.of("d"));

  /** What English writes after an apostrophe. */
  private static final Set<String> CONTRACTED =
      Set.of("s", "t", "d", "m", "ll", "re", "ve", "em", "n", "clock");

  private Elision() {}

  /**
   * Whether a word is one of grammar that loses its vowel before another in a language.
   *
   * @param language a BCP 47 tag; only its first part counts
   * @param word folded
   */
  public static boolean isElided(String language, String word) {
    return GRAMMAR.getOrDefault(Stemmer.primary(language), Set.of()).contains(word);
  }

  /**
   * Whether a word ends at the apostrophe in it.
   *
   * @param start the first character of the word
   * @param apostrophe the first apostrophe in it, between two letters
   */
  static boolean ends(CharSequence text, int start, int apostrophe) {
    int length = apostrophe - start;
    if (length > LONGEST || !Words.isApostrophe(text.charAt(apostrophe))) {
      return false;
    }
    boolean elided =
        length == 1
            ? SINGLE.indexOf(Character.toLowerCase(text.charAt(start))) >= 0
            : ELIDED.contains(
                text.subSequence(start, apostrophe).toString().toLowerCase(Locale.ROOT));
    if (!elided) {
      return false;
    }
    int end = apostrophe + 1;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    return !CONTRACTED.contains(
        text.subSequence(apostrophe + 1, end).toString().toLowerCase(Locale.ROOT));
  }
}
