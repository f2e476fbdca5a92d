package dev.earmark.source.head;

import dev.earmark.source.time.CaptionTime;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether words are written as the names of people are: one to five words; each starts with a
 * capital or is of a script that has none; numbers and small words such as {@code van} stand only
 * inside or behind ({@code Speaker 2}); the first is no word that opens sentences ({@code Okay},
 * {@code The}, {@code Step}).
 *
 * <p>Whether they name somebody in a source is for the reader of the whole source to say.
 */
final class NameShape {
  private static final int MOST_WORDS = 5;
  private static final Pattern SPACES = Pattern.compile("[ \u00A0\u3000]+");

  /** Small words inside names, such as {@code Ludwig van Beethoven} and {@code Tom and Ray}. */
  private static final Set<String> PARTICLES =
      Set.of(
          "de", "da", "di", "do", "du", "dos", "del", "della", "van", "von", "der", "den", "ter",
          "bin", "ibn", "al", "el", "la", "le", "and", "und", "et", "y", "e", "&");

  private static final Set<String> TITLES =
      Set.of("dr.", "mr.", "mrs.", "ms.", "prof.", "st.", "jr.", "sr.", "sgt.", "lt.", "capt.");

  /** Words that open a sentence or a heading, never a name. Lower case. */
  private static final Set<String> OPENERS =
      Set.of(
          ("a about actually after again also although always an and another answer anyway are as"
                  + " at attention basically because before below bonus but by can captions captioned"
                  + " caution chapter conclusion could date day definition description did do does"
                  + " duration edit edited email episode even eventually exactly example fact figure"
                  + " final finally first for fourth from furthermore goal great had has have he hello"
                  + " hence her here here's hers hey hi his hmm how however http https i i'd i'll i'm"
                  + " i've idea if imagine important in indeed instead is it it's item its just key"
                  + " kind language last later lesson let let's like link links list listen look"
                  + " lyrics maybe me mean meaning meanwhile method minus more most my namely never"
                  + " next no nope not note notes now number oh ok okay on once one only option or"
                  + " other otherwise our overall part perfect phase please plus point problem"
                  + " question quote quoting really reason region remember result results right rule"
                  + " second secondly section see she should since so solution some something"
                  + " sometimes sorry source spoiler step still style subject subtitle subtitles"
                  + " subtitled summary sure synced task term than thank thanks that that's the their"
                  + " then there there's therefore these they thing third this those three thus time"
                  + " tip title to today tomorrow too topic transcript transcribed transcription"
                  + " translated translation two type uh um unfortunately update url usually version"
                  + " very volume wait warning was we website week welcome well were what what's when"
                  + " where whether which while who why will with wow www yeah year yep yes yesterday"
                  + " yet you you're your")
              .split(" "));

  private NameShape() {}

  /**
   * {@code Speaker 1}, {@code SPEAKER_00}, {@code spk_1}: what tools call people they do not know.
   */
  static boolean isLabel(String name) {
    char first = name.isEmpty() ? ' ' : name.charAt(0);
    if (first != 's' && first != 'S') {
      return false;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    int at = lower.startsWith("speaker") ? 7 : lower.startsWith("spk") ? 3 : lower.length();
    if (at < lower.length() && (lower.charAt(at) == ' ' || lower.charAt(at) == '_')) {
      at++;
    }
    boolean digits = at < lower.length();
    while (at < lower.length()) {
      digits &= CaptionTime.isDigit(lower.charAt(at++));
    }
    return digits;
  }

  /** Whether a word opens sentences and headings rather than names. */
  static boolean isOpener(String word) {
    return OPENERS.contains(word.toLowerCase(Locale.ROOT).replace('\u2019', '\''));
  }

  static boolean isName(String name) {
    if (name.isEmpty()) {
      return false;
    }
    if (isLabel(name)) {
      return true;
    }
    String[] words = words(name);
    if (words.length > MOST_WORDS || isOpener(words[0])) {
      return false;
    }
    for (int i = 0; i < words.length; i++) {
      boolean inside = i > 0 && i < words.length - 1;
      if (!isNameWord(words[i], i > 0) && !(inside && PARTICLES.contains(words[i]))) {
        return false;
      }
    }
    return true;
  }

  private static String[] words(String name) {
    boolean plain = name.indexOf('\u00A0') < 0 && name.indexOf('\u3000') < 0;
    return plain && !name.contains("  ") ? name.split(" ") : SPACES.split(name);
  }

  private static boolean isNameWord(String word, boolean numberAllowed) {
    if (word.isEmpty()) {
      return false;
    }
    int first = word.codePointAt(0);
    if (Character.isDigit(first)) {
      // Room 12, Room 4B.
      return numberAllowed
          && word.length() < 6
          && word.chars().allMatch(Character::isLetterOrDigit);
    }
    if (!Character.isLetter(first) || Character.isLowerCase(first)) {
      return false;
    }
    for (int i = Character.charCount(first); i < word.length(); ) {
      int c = word.codePointAt(i);
      i += Character.charCount(c);
      boolean inName =
          Character.isLetterOrDigit(c)
              || Character.getType(c) == Character.NON_SPACING_MARK
              || Character.getType(c) == Character.COMBINING_SPACING_MARK
              || "'\u2019-_&/\u30FB\u00B7".indexOf(c) >= 0;
      if (!inName && c != '.') {
        return false;
      }
    }
    return word.indexOf('.') < 0 || isInitials(word);
  }

  /** {@code J.}, {@code J.R.} or a title: a full stop that ends no sentence. */
  private static boolean isInitials(String word) {
    if (TITLES.contains(word.toLowerCase(Locale.ROOT))) {
      return true;
    }
    for (int i = 0; i < word.length(); i++) {
      if ((i % 2 == 1) != (word.charAt(i) == '.')) {
        return false;
      }
    }
    return true;
  }
}
