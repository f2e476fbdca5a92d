package dev.earmark.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds what stands in quotation marks in a paragraph, in whichever marks a language has.
 *
 * <p>“These”, „these“, «these», »these«, "these", ‘these’, ‚these‘, ”these” and 「these」. A mark
 * that closes in one language opens in another: » and ” open where the text has none that only
 * open.
 *
 * <p>The difficulty is the single mark ’, which is also an apostrophe. Between letters it always is
 * one ({@code there’s}). After a word that ends in <em>s</em> and before a small letter it may be a
 * possessive ({@code the companies’ own}); it is taken for one only if a mark that can be nothing
 * but a closing one follows before the next quotation opens. Any other ’ after a word closes.
 *
 * <p>A mark that opens and is never closed in its paragraph is left alone. Quotations inside
 * quotations belong to the outer one. Linear in the length of the text.
 */
public final class Quotations {
  /** A quotation of fewer words is a word held at arm's length, not something said. */
  public static final int FEWEST_WORDS = 4;

  private static final String OPENING = "“«„\"‘'»”‹「『‚";

  private Quotations() {}

  /**
   * The place of a quotation in its text, without the marks.
   *
   * @param from the first character inside
   * @param to the character after the last inside
   */
  public record Quotation(int from, int to) {
    /** The words, without white space around them, be it of the kind that does not break. */
    public String in(String text) {
      int first = from;
      int last = to;
      while (first < last && isSpace(text.charAt(first))) {
        first++;
      }
      while (last > first && isSpace(text.charAt(last - 1))) {
        last--;
      }
      return text.substring(first, last);
    }

    private static boolean isSpace(char c) {
      return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
  }

  /** Whether a text has any mark that opens quotations; without one it has none. */
  public static boolean hasMark(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isMark(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a character may open a quotation. */
  public static boolean isMark(char c) {
    return c == '"' || c == '\'' || (c > 'z' && isRange(c) && OPENING.indexOf(c) >= 0);
  }

  /** Whether a character is where such marks are, which most letters of no script are. */
  private static boolean isRange(char c) {
    return c == '«' || c == '»' || (c >= '\u2010' && c < '\u3010');
  }

  /** Every quotation of a text, in order, the outermost only; none is empty. */
  public static List<Quotation> in(String text) {
    List<Quotation> found = new ArrayList<>();
    boolean curlySingles = text.indexOf('‘') >= 0;
    // Once no mark closes any more, none does further on: each search may fail only once.
    boolean[] exhausted = new boolean[OPENING.length()];
    for (int i = 0; i < text.length(); i++) {
      int sort = OPENING.indexOf(text.charAt(i));
      if (sort < 0 || exhausted[sort] || !opens(text, i, curlySingles)) {
        continue;
      }
      int close = closing(text, i);
      if (close == NO_MORE) {
        exhausted[sort] = true;
      } else if (close > i + 1) {
        found.add(new Quotation(i + 1, close));
        i = close;
      }
    }
    return found;
  }

  /**
   * The quotations that somebody may have said: of at least {@value #FEWEST_WORDS} words, and not
   * the title of a work, all of whose longer words have capitals.
   */
  public static List<Quotation> saidIn(String text) {
    List<Quotation> said = new ArrayList<>();
    for (Quotation quotation : in(text)) {
      Words words = Words.of(quotation.in(text));
      if (words.count() >= FEWEST_WORDS && !isTitle(words)) {
        said.add(quotation);
      }
    }
    return said;
  }

  private static boolean isTitle(Words words) {
    for (int i = 0; i < words.count(); i++) {
      String word = words.word(i);
      if (word.length() > 3 && !Character.isUpperCase(word.codePointAt(0))) {
        return false;
      }
    }
    return Character.isUpperCase(words.word(0).codePointAt(0));
  }

  private static boolean opens(String text, int at, boolean curlySingles) {
    char mark = text.charAt(at);
    if ("“«„‹「『".indexOf(mark) >= 0) {
      // Some set these behind a quotation, and others before it.
      return mark != '«' || text.indexOf('»') > text.indexOf('«') || text.indexOf('»') < 0;
    }
    boolean free = at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
    boolean before = at + 1 < text.length() && !Character.isWhitespace(text.charAt(at + 1));
    if (mark == '"' || mark == '‚') {
      return free && before;
    }
    if (mark == '»') {
      int other = text.indexOf('«');
      return free && before && (other < 0 || other > text.indexOf('»'));
    }
    if (mark == '”') {
      return free && before && text.indexOf('“') < 0 && text.indexOf('„') < 0;
    }
    // ‘90s is a decade.
    boolean decade =
        at + 3 < text.length()
            && Character.isDigit(text.charAt(at + 1))
            && Character.isDigit(text.charAt(at + 2))
            && text.charAt(at + 3) == 's';
    return free && before && !decade && (mark == '‘' || !curlySingles);
  }

  private static final int NOT_HERE = -1;
  private static final int NO_MORE = -2;

  /**
   * The mark that closes the one at {@code open}; {@link #NOT_HERE} if another opens first, {@link
   * #NO_MORE} if the text ends first.
   */
  private static int closing(String text, int open) {
    char mark = text.charAt(open);
    if (mark == '‘' || mark == '\'') {
      return closingSingle(text, open);
    }
    for (int i = open + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean closes =
          switch (mark) {
            case '“' -> c == '”';
            case '«' -> c == '»';
            case '„' -> c == '“' || c == '”';
            case '»' -> c == '«' || c == '»';
            case '”' -> c == '”';
            case '‹' -> c == '›';
            case '「' -> c == '」';
            case '『' -> c == '』';
            case '‚' -> c == '‘' || c == '’';
            default -> c == '"';
          };
      if (closes) {
        return i;
      }
      if (c == mark) {
        return NOT_HERE;
      }
    }
    return NO_MORE;
  }

  private static int closingSingle(String text, int open) {
    char mark = text.charAt(open);
    char closingMark = mark == '‘' ? '’' : mark;
    int possessive = NOT_HERE;
    for (int i = open + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == mark && opensAgain(text, i)) {
        return possessive;
      }
      if (c != closingMark || Character.isWhitespace(text.charAt(i - 1)) || i == open + 1) {
        continue;
      }
      boolean letterAfter = i + 1 < text.length() && Character.isLetterOrDigit(text.charAt(i + 1));
      boolean letterBefore = Character.isLetterOrDigit(text.charAt(i - 1));
      if (letterBefore && letterAfter) {
        continue;
      }
      if (!mayBePossessive(text, i)) {
        // A mark after a plain word and before a space may close what the first ’ did not.
        boolean sure = !letterBefore || i + 1 == text.length() || text.charAt(i + 1) != ' ';
        return possessive == NOT_HERE || sure ? i : possessive;
      }
      if (possessive == NOT_HERE) {
        possessive = i;
      }
    }
    return possessive == NOT_HERE ? NO_MORE : possessive;
  }

  private static boolean opensAgain(String text, int at) {
    return text.charAt(at) == '‘'
        || (Character.isWhitespace(text.charAt(at - 1))
            && at + 1 < text.length()
            && !Character.isWhitespace(text.charAt(at + 1)));
  }

  private static boolean mayBePossessive(String text, int at) {
    return (text.charAt(at - 1) == 's' || text.charAt(at - 1) == 'S')
        && at + 2 < text.length()
        && text.charAt(at + 1) == ' '
        && Character.isLowerCase(text.charAt(at + 2));
  }
}
