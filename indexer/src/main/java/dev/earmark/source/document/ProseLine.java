package dev.earmark.source.document;

import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of a written document that is not blank.
 *
 * <p>Documents of this kind come out of web pages and editors with their markup lost; what is left
 * of it is white space, list signs and punctuation, and this keeps all three.
 *
 * <p>Thread-safe: what is found out about a line only when it is asked for is the same whoever
 * asks.
 */
final class ProseLine {

  private static final int TAB = 4;
  private static final int MOST_SIGNS = 3;
  private static final int MOST_HEADING_CHARACTERS = 120;
  private static final int MOST_HEADING_WORDS = 16;

  /** A longer line is the name of no part of a document. */
  private static final int MOST_NAME_CHARACTERS = 40;

  private final int number;
  private final int indent;
  private final int blanksBefore;
  private final String text;
  private final @Nullable String item;
  private @Nullable String name;

  private ProseLine(int number, int indent, int blanksBefore, String text, @Nullable String item) {
    this.number = number;
    this.indent = indent;
    this.blanksBefore = blanksBefore;
    this.text = text;
    this.item = item;
  }

  /** The line of the source, counted from 1. */
  int number() {
    return number;
  }

  /** How many columns of white space stand before it. */
  int indent() {
    return indent;
  }

  /** How many blank lines stand before it. */
  int blanksBefore() {
    return blanksBefore;
  }

  /** The whole line, without white space around it; never empty. */
  String text() {
    return text;
  }

  /** What stands behind its list signs; null if it has none. */
  @Nullable String item() {
    return item;
  }

  /**
   * The line as the name of a part of a document is compared, folded; empty for one that is too
   * long for a name, or an item of a list.
   */
  String name() {
    String known = name;
    if (known == null) {
      known = item != null || text.length() > MOST_NAME_CHARACTERS ? "" : Words.fold(text);
      name = known;
    }
    return known;
  }

  /** The lines of a text that are not blank. */
  static List<ProseLine> of(String text) {
    List<ProseLine> lines = new ArrayList<>();
    int number = 0;
    int blanks = 0;
    for (String raw : (Iterable<String>) text.lines()::iterator) {
      number++;
      int from = 0;
      int indent = 0;
      while (from < raw.length() && isSpace(raw.charAt(from))) {
        indent += raw.charAt(from++) == '\t' ? TAB : 1;
      }
      int to = raw.length();
      while (to > from && isSpace(raw.charAt(to - 1))) {
        to--;
      }
      if (from == to) {
        blanks++;
        continue;
      }
      String line = raw.substring(from, to);
      lines.add(new ProseLine(number, indent, blanks, line, itemOf(line)));
      blanks = 0;
    }
    return lines;
  }

  /** White space as a reader sees it: no-break and zero-width spaces too. */
  private static boolean isSpace(char c) {
    return c <= ' ' || Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u200B';
  }

  /**
   * What stands behind the list signs of a line; null if there are none. One page may have put its
   * own sign behind that of another, as in {@code - •text}.
   */
  private static @Nullable String itemOf(String line) {
    int at = 0;
    for (int signs = 0; signs < MOST_SIGNS; signs++) {
      int after = endOfSign(line, at);
      if (after == at) {
        break;
      }
      at = after;
    }
    if (at == 0) {
      at = endOfNumber(line);
    }
    return at == 0 || at >= line.length() ? null : line.substring(at);
  }

  private static int endOfSign(String line, int at) {
    if (at >= line.length()) {
      return at;
    }
    boolean dot = "•◦▪▫‣●○■⁃∙".indexOf(line.charAt(at)) >= 0;
    boolean typed = "-*+–·".indexOf(line.charAt(at)) >= 0;
    int after = at + 1;
    if (!dot && !(typed && after < line.length() && isSpace(line.charAt(after)))) {
      return at;
    }
    while (after < line.length() && isSpace(line.charAt(after))) {
      after++;
    }
    return after;
  }

  /** The end of {@code 12. } or {@code 12) } at the start of a line, else 0. */
  private static int endOfNumber(String line) {
    int at = 0;
    while (at < line.length() && at < 3 && line.charAt(at) >= '0' && line.charAt(at) <= '9') {
      at++;
    }
    boolean marked =
        at > 0
            && at + 1 < line.length()
            && (line.charAt(at) == '.' || line.charAt(at) == ')')
            && isSpace(line.charAt(at + 1));
    if (!marked) {
      return 0;
    }
    at++;
    while (at < line.length() && isSpace(line.charAt(at))) {
      at++;
    }
    return at;
  }

  /** The same line with other words. */
  ProseLine withText(String other) {
    return new ProseLine(number, indent, blanksBefore, other, itemOf(other));
  }

  boolean isItem() {
    return item != null;
  }

  /** What it says: the item without its signs, else the whole line. */
  String content() {
    return item == null ? text : item;
  }

  /**
   * Whether it could be a heading: short, no list item, not quoted, and not ended as a sentence is.
   * A question may be a heading.
   */
  boolean looksLikeHeading() {
    if (item != null || text.length() > MOST_HEADING_CHARACTERS) {
      return false;
    }
    char first = text.charAt(0);
    char last = text.charAt(text.length() - 1);
    return Character.isLetterOrDigit(first)
        && ".!:;,…\"'”’»".indexOf(last) < 0
        && Words.of(text).count() <= MOST_HEADING_WORDS
        && text.chars().anyMatch(Character::isLetter);
  }

  /** Whether it holds nothing to read, such as a rule of dashes. */
  boolean isOrnament() {
    return text.length() <= MOST_HEADING_CHARACTERS && Words.of(text).count() == 0;
  }
}
