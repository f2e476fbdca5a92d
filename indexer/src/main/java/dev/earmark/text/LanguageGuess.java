package dev.earmark.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Guesses the language of a text from its script and its function words.
 *
 * <p>A few hundred words of speech contain dozens of articles, pronouns and conjunctions, and those
 * give the language away. Made for transcripts, not single lines; if there is too little text the
 * answer is {@code und}. Stateless and thread-safe.
 */
public final class LanguageGuess {
  /** Written when the language cannot be told (ISO 639-2). */
  public static final String UNDETERMINED = "und";

  private static final Map<String, Set<String>> SMALL_WORDS =
      Map.of(
          "en",
              words("the and of to is that it you was for this with are have they what so but we"),
          "de",
              words(
                  "der die und das ist nicht ich es ein zu den mit auch auf dass wir sich wie"
                      + " aber"),
          "fr",
              words("le les et est que pas je il vous une des dans pour qui c nous sur ce mais ca"),
          "es",
              words("el los y es que en no una por con para lo se como pero muy esto eso las del"),
          "pt",
              words("o os e que nao uma em para com por mas isso voce eu muito dos das ele foi um"),
          "it",
              words(
                  "il gli e che di non una per sono con ma come anche questo del della piu lo ci"),
          "nl",
              words("de het een en van ik dat niet is zijn maar wat ook met voor er je we aan op"),
          "ru", words("и в не на что я с это как он но мы по к у так же вы все за"),
          "sv", words("och det att som en ar inte jag pa for av med den har men vi ett om sa"));

  private LanguageGuess() {}

  private static Set<String> words(String list) {
    return Set.copyOf(List.of(list.split(" ")));
  }

  /** A two-letter language code, or {@link #UNDETERMINED}. */
  public static String of(CharSequence text) {
    String byScript = byScript(text);
    if (!byScript.isEmpty()) {
      return byScript;
    }
    Words words = Words.of(text);
    Map<String, Integer> hits = new HashMap<>();
    for (int i = 0; i < words.count(); i++) {
      String word = words.folded(i);
      SMALL_WORDS.forEach((language, small) -> {
        if (small.contains(word)) {
          hits.merge(language, 1, Integer::sum);
        }
      });
    }
    String best = UNDETERMINED;
    int most = Math.max(2, words.count() / 20);
    for (Map.Entry<String, Integer> entry : hits.entrySet()) {
      if (entry.getValue() > most) {
        most = entry.getValue();
        best = entry.getKey();
      }
    }
    return best;
  }

  /** The language of a script that one language is written in; empty if several are. */
  public static String byScript(CharSequence text) {
    int letters = 0;
    int kana = 0;
    int han = 0;
    Map<Character.UnicodeScript, Integer> others = new HashMap<>();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isLetter(c)) {
        continue;
      }
      letters++;
      if (c < 0x370) {
        continue;
      }
      Character.UnicodeScript script = Character.UnicodeScript.of(c);
      switch (script) {
        case HIRAGANA, KATAKANA -> kana++;
        case HAN -> han++;
        default -> others.merge(script, 1, Integer::sum);
      }
    }
    if (kana + han > letters / 3) {
      return kana * 20 > han ? "ja" : "zh";
    }
    for (Map.Entry<Character.UnicodeScript, Integer> entry : others.entrySet()) {
      if (entry.getValue() > letters / 2) {
        return switch (entry.getKey()) {
          case HANGUL -> "ko";
          case GREEK -> "el";
          case ARABIC -> "ar";
          case HEBREW -> "he";
          case THAI -> "th";
          case DEVANAGARI -> "hi";
          default -> "";
        };
      }
    }
    return "";
  }
}
