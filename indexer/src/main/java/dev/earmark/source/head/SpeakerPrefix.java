package dev.earmark.source.head;

import dev.earmark.source.time.CaptionTime;
import dev.earmark.text.Words;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A name with a colon before what that person says: {@code Ada Lovelace: It can only do …}.
 *
 * <p>People also say things with a colon in them, and taking those words for a name would hide them
 * from search and put a speaker {@code Okay} on the page. So two questions are asked.
 *
 * <p><b>Could it be a name?</b> {@link #find} looks at one text. A name has one to five words; each
 * starts with a capital or is of a script that has none; numbers and small words such as {@code
 * van} stand only inside or behind ({@code Speaker 2}). It is no word that starts a sentence
 * ({@code Okay}, {@code The}, {@code Step}), and white space or the line's end follows the colon,
 * so that {@code 10:30}, {@code https://} and {@code std::map} are text. Something must be said
 * behind it. Brackets about the name ({@code [Ada]:}), a role or time behind it ({@code Ada
 * (host):}) and a change-of-speaker mark before it ({@code >> ADA:}, {@code - Ada:}) are taken off.
 *
 * <p><b>Is it one here?</b> A {@link Census} has seen the whole source. A name in brackets or a
 * label such as {@code SPEAKER_01} is one at once. Any other must come up twice, or the source must
 * have the habit: all its pieces start so, or at least two and one in ten do. A film in which one
 * line of a thousand is {@code Remember: …} loses nothing.
 *
 * @param name the name, with no mark about it
 * @param end where in the text the words start
 * @param certain whether it is a speaker whatever the rest of the source looks like
 */
public record SpeakerPrefix(String name, int end, boolean certain) {
  private static final int LONGEST_NAME = 60;
  private static final int MOST_WORDS = 5;

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

  /** What could be a speaker's name at the start of a text, or null. */
  public static @Nullable SpeakerPrefix find(String text) {
    int from = afterMarks(text);
    int limit = Math.min(text.length(), from + LONGEST_NAME);
    int colon = from;
    while (colon < limit && !isColon(text.charAt(colon))) {
      char c = text.charAt(colon);
      if (c == '\n') {
        return null;
      }
      // A time in brackets behind a name has colons of its own.
      colon = c == '[' ? afterBracket(text, colon, limit) : colon + 1;
    }
    if (colon >= limit) {
      return null;
    }
    int end = colon + 1;
    boolean wide = text.charAt(colon) != ':';
    if (!wide && (end == text.length() || !Character.isWhitespace(text.charAt(end)))) {
      return null;
    }
    while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    if (end == text.length()) {
      return null;
    }
    String written = text.substring(from, colon).strip();
    String bare = withoutBrackets(written);
    String name = bare != null ? bare : withoutRole(written);
    if (!isName(name)) {
      return null;
    }
    return new SpeakerPrefix(name, end, bare != null || isLabel(name));
  }

  private static int afterBracket(String text, int open, int limit) {
    for (int i = open + 1; i < limit; i++) {
      if (text.charAt(i) == ']') {
        return i + 1;
      }
    }
    return open + 1;
  }

  private static boolean isColon(char c) {
    return c == ':' || c == '\uFF1A';
  }

  private static int afterMarks(String text) {
    int at = 0;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    int marks = at;
    while (marks < text.length() && marks < at + 3 && text.charAt(marks) == '>') {
      marks++;
    }
    if (marks == at
        && marks < text.length()
        && "-\u2010\u2013\u2014".indexOf(text.charAt(at)) >= 0) {
      marks++;
    }
    while (marks > at && marks < text.length() && Character.isWhitespace(text.charAt(marks))) {
      marks++;
    }
    return marks;
  }

  private static @Nullable String withoutBrackets(String written) {
    int last = written.length() - 1;
    boolean bracketed =
        last > 1
            && ((written.charAt(0) == '[' && written.charAt(last) == ']')
                || (written.charAt(0) == '(' && written.charAt(last) == ')')
                || (written.charAt(0) == '\u3010' && written.charAt(last) == '\u3011'));
    return bracketed ? written.substring(1, last).strip() : null;
  }

  /** A name without the {@code (host)} or {@code [00:12]} behind it. */
  private static String withoutRole(String written) {
    int last = written.length() - 1;
    if (last > 1 && (written.charAt(last) == ')' || written.charAt(last) == ']')) {
      int open = written.lastIndexOf(written.charAt(last) == ')' ? '(' : '[');
      if (open > 0) {
        return written.substring(0, open).strip();
      }
    }
    return written;
  }

  /**
   * {@code Speaker 1}, {@code SPEAKER_00}, {@code spk_1}: what tools call people they do not know.
   */
  static boolean isLabel(String name) {
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
    String[] words = name.split("[ \u00A0\u3000]+");
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

  private static boolean isNameWord(String word, boolean numberAllowed) {
    int first = word.codePointAt(0);
    if (Character.isDigit(first)) {
      return numberAllowed && word.chars().allMatch(Character::isDigit);
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

  /** Counts the prefixes of one source, to tell its speakers from its sentences. */
  public static final class Census {
    private final Map<String, Integer> counts = new HashMap<>();
    private int prefixed;
    private int pieces;

    /** Counts a piece of the source and what {@link #find} saw in it. */
    public void add(@Nullable SpeakerPrefix prefix) {
      pieces++;
      if (prefix != null) {
        prefixed++;
        counts.merge(Words.fold(prefix.name()), 1, Integer::sum);
      }
    }

    public boolean isEmpty() {
      return prefixed == 0;
    }

    /** Whether a prefix of this source names a speaker. */
    public boolean accepts(SpeakerPrefix prefix) {
      boolean habit = prefixed == pieces || (prefixed >= 2 && prefixed * 10L >= pieces);
      return prefix.certain() || habit || counts.getOrDefault(Words.fold(prefix.name()), 0) >= 2;
    }
  }
}
