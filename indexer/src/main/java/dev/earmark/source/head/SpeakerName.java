package dev.earmark.source.head;

import dev.earmark.source.syntax.CharacterSet;
import dev.earmark.text.MonthNames;
import dev.earmark.text.Words;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who speaks, as a source writes it before a turn, without what is no part of the name: marks,
 * brackets, roles, titles, firms; {@code Quist, Ada} is {@code Ada Quist}.
 *
 * <p>What is left may be of any script and case, an address or a room. Whether it names a speaker
 * at all is decided by its coming again as the head of turns ({@link #key} tells when two are the
 * same), hardly by its looks ({@link #looksLikeName}).
 */
public final class SpeakerName {
  private static final int LONGEST = 60;
  private static final int LONGEST_WRITTEN = 100;
  private static final int LONGEST_NICKNAME = 20;
  private static final int MOST_WORDS = 7;
  private static final int FEWEST_DIGITS = 7;
  private static final CharacterSet MARKS = CharacterSet.of("*_`:：-–—|/•·>~,;.\"“”„«» \t\u00A0");

  /** What no name has in it. */
  private static final CharacterSet FOREIGN = CharacterSet.of("?!;|~\"<>{}()[]=\\“”。，");

  /** What stands behind a comma and is no first name. Lower case, without full stops. */
  private static final Set<String> TITLES =
      Set.of(
          ("phd md jd esq jr sr ii iii iv ba bsc ma msc mba dds rn cpa pe dphil prof professor dr"
                  + " host cohost co-host guest moderator interviewer interviewee ceo cto cfo coo"
                  + " vp president chair chairman chairwoman chairperson director editor reporter"
                  + " narrator producer speaker")
              .split(" "));

  private SpeakerName() {}

  /** The name in what stands before a turn, or null if that can be no name. */
  public static @Nullable String of(String written) {
    if (written.length() > LONGEST_WRITTEN) {
      return null;
    }
    String name = stripped(withoutAddress(written));
    String before;
    do {
      before = name;
      name = stripped(withoutRole(name));
    } while (!name.equals(before));
    name = withoutFirm(name);
    name = inOrder(name);
    return isPossible(withoutNickname(name)) && !isDate(name) ? name : null;
  }

  /** Whether it is a day, as in {@code March 4} and {@code 4. März 2026}. */
  private static boolean isDate(String name) {
    char first = name.charAt(0);
    char last = name.charAt(name.length() - 1);
    if (!Character.isDigit(first) && !Character.isDigit(last)) {
      return false;
    }
    for (String word : name.split("[ .]+")) {
      if (MonthNames.number(word) > 0) {
        return true;
      }
    }
    return false;
  }

  /** A name without the {@code (Vicky)} between its words. */
  private static String withoutNickname(String name) {
    int open = name.indexOf(" (");
    int close = open < 0 ? -1 : name.indexOf(") ", open);
    if (close < 0 || close - open > LONGEST_NICKNAME) {
      return name;
    }
    for (int i = open + 2; i < close; i++) {
      if (!Character.isLetter(name.charAt(i))) {
        return name;
      }
    }
    return name.substring(0, open) + name.substring(close + 1);
  }

  /** By this two ways of writing one name are the same. */
  public static String key(String name) {
    return Words.fold(name);
  }

  /**
   * Whether it is written as names are: capitals or a script without, no word that opens sentences;
   * or a label of a tool, an address, a handle.
   */
  public static boolean looksLikeName(String name) {
    return NameShape.isName(withoutNickname(name)) || name.indexOf('@') >= 0 || isPhone(name);
  }

  /** Whether it is a telephone number, by which meetings name those who dial in. */
  public static boolean isPhone(String name) {
    int signs = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean sign = (c >= '0' && c <= '9') || c == '*';
      if (!sign && "+-. ".indexOf(c) < 0) {
        return false;
      }
      signs += sign ? 1 : 0;
    }
    return signs >= (name.startsWith("+") ? FEWEST_DIGITS : FEWEST_DIGITS + 3);
  }

  /** Whether it is what tools call people they do not know, or a bare Q or A. */
  public static boolean isLabel(String name) {
    return NameShape.isLabel(name);
  }

  /** Whether what stands behind the comma is a title or a role, as in {@code Ada Quist, PhD}. */
  public static boolean isTitled(String written) {
    int comma = written.indexOf(',');
    String behind = comma < 0 ? "" : stripped(written.substring(comma + 1));
    int end = 0;
    while (end < behind.length() && behind.charAt(end) != ' ' && behind.charAt(end) != ',') {
      end++;
    }
    return end > 0 && isTitle(behind.substring(0, end));
  }

  private static String stripped(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && MARKS.has(text.charAt(from))) {
      from++;
    }
    while (to > from && MARKS.has(text.charAt(to - 1))) {
      if (text.charAt(to - 1) == '>' && text.charAt(from) == '<') {
        break;
      }
      boolean initial = text.charAt(to - 1) == '.' && isAbbreviation(text, from, to);
      if (initial) {
        break;
      }
      to--;
    }
    String name = text.substring(from, to);
    int last = name.length() - 1;
    boolean wrapped =
        last > 1
            && !Character.isLetterOrDigit(name.charAt(last))
            && ((name.charAt(0) == '[' && name.charAt(last) == ']')
                || (name.charAt(0) == '<' && name.charAt(last) == '>')
                || (name.charAt(0) == '(' && name.charAt(last) == ')')
                || (name.charAt(0) == '{' && name.charAt(last) == '}')
                || (name.charAt(0) == '【' && name.charAt(last) == '】')
                || (name.charAt(0) == '［' && name.charAt(last) == '］')
                || (name.charAt(0) == '（' && name.charAt(last) == '）'));
    if (wrapped && name.startsWith("[[") && name.endsWith("]]")) {
      String inside = name.substring(2, last - 1);
      return stripped(inside.substring(inside.indexOf('|') + 1));
    }
    return wrapped ? stripped(name.substring(1, last)) : name;
  }

  /** Whether a full stop at the end is that of Jr. or of an initial. */
  private static boolean isAbbreviation(String text, int from, int to) {
    int space = text.lastIndexOf(' ', to - 1);
    String last = text.substring(Math.max(from, space + 1), to);
    return space > from && (last.length() == 2 || isTitle(last));
  }

  private static boolean isTitle(String text) {
    return TITLES.contains(text.toLowerCase(Locale.ROOT).replace(".", ""));
  }

  /** A name without the {@code (host)} or {@code [they/them]} behind it. */
  private static String withoutRole(String name) {
    int last = name.length() - 1;
    if (last > 1 && ")]）］".indexOf(name.charAt(last)) >= 0) {
      char close = name.charAt(last);
      int open =
          name.lastIndexOf(close == ')' ? '(' : close == ']' ? '[' : close == '）' ? '（' : '［');
      if (open > 0) {
        return name.substring(0, open);
      }
    }
    return name;
  }

  /** {@code Ada Quist <ada@harbour.example>} without the address. */
  private static String withoutAddress(String written) {
    int open = written.indexOf('<');
    boolean address = open > 0 && written.indexOf('@', open) > 0;
    int close = address ? written.indexOf('>', open) : -1;
    return close < 0 ? written : written.substring(0, open) + written.substring(close + 1);
  }

  private static String withoutFirm(String name) {
    int bar = name.indexOf(" | ");
    if (bar < 0) {
      bar = name.indexOf(" • ");
    }
    // What is longer, and no name, are the words in the next column of a table.
    String firm = bar > 0 ? name.substring(bar + 3) : "";
    int second = firm.indexOf(' ', firm.indexOf(' ') + 1);
    boolean isFirm = bar > 0 && (second < 0 || NameShape.isName(firm));
    return isFirm ? stripped(name.substring(0, bar)) : name;
  }

  private static String inOrder(String name) {
    int comma = name.indexOf(',');
    if (comma <= 0) {
      return name;
    }
    String ordered = firstNameFirst(name);
    return ordered.equals(name) ? name.substring(0, comma).strip() : ordered;
  }

  /**
   * {@code Quist, Ada (Harbour)} as {@code Ada Quist (Harbour)}; a name that is not so written as
   * it is.
   */
  public static String firstNameFirst(String name) {
    int comma = name.indexOf(',');
    String last = name.substring(0, Math.max(0, comma)).strip();
    String rest = name.substring(comma + 1).strip();
    String first = stripped(withoutRole(rest));
    String role = rest.startsWith(first) ? rest.substring(first.length()) : "";
    int space = first.indexOf(' ');
    boolean one = !last.isEmpty() && (last.indexOf(' ') < 0 || isParticled(last));
    boolean given =
        one
            && !NameShape.isOpener(last)
            && !first.isEmpty()
            && first.indexOf(',') < 0
            && (space < 0 || first.indexOf(' ', space + 1) < 0)
            && !isTitle(space < 0 ? first : first.substring(0, space))
            && !Character.isLowerCase(first.charAt(0));
    return given ? first + " " + last + role : name;
  }

  /** Whether a last name has small words before it, as in {@code van der Berg}. */
  private static boolean isParticled(String name) {
    return Character.isLowerCase(name.charAt(0))
        || name.startsWith("Van ")
        || name.startsWith("De ");
  }

  private static boolean isPossible(String name) {
    if (name.isEmpty() || name.length() > LONGEST) {
      return false;
    }
    int words = 1;
    boolean letter = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == ' ') {
        words++;
      } else if (Character.isLetter(c) || Character.isSurrogate(c)) {
        letter = true;
      } else if (c == '.') {
        // After an initial or a title, and inside an address.
        boolean inside = i + 1 < name.length() && name.charAt(i + 1) != ' ';
        int word = name.lastIndexOf(' ', i) + 1;
        if (i == 0 || (!inside && i - word > 5)) {
          return false;
        }
      } else if (FOREIGN.has(c) || c < ' ') {
        return false;
      }
    }
    if (name.startsWith("http") || name.startsWith("www.")) {
      return false;
    }
    return (letter && words <= MOST_WORDS) || isPhone(name);
  }
}
