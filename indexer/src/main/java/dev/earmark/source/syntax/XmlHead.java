package dev.earmark.source.syntax;

import dev.earmark.source.SourceException;

/** What an XML or HTML source begins with. */
public final class XmlHead {
  private static final int LONGEST_NAME = 1_000;

  private static final CharacterSet NAME_ENDS = CharacterSet.of("/> \n\t");

  private XmlHead() {}

  /**
   * Refuses markup with an element name no person wrote: a parser may take time in proportion to
   * the square of its length.
   */
  public static void refuseLongNames(String text) throws SourceException {
    int at = longName(text);
    if (at >= 0) {
      int line = 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
      throw new SourceException(
          line,
          "an element name has more than " + LONGEST_NAME + " characters; this is not markup");
    }
  }

  /** Where an element begins whose name is too long to be one; -1 if none does. */
  public static int longName(String text) {
    int at = text.indexOf('<');
    while (at >= 0) {
      int name = text.startsWith("</", at) ? at + 2 : at + 1;
      int end = name;
      while (end < text.length() && !NAME_ENDS.has(text.charAt(end))) {
        end++;
      }
      if (end - name > LONGEST_NAME && Character.isLetter(text.charAt(name))) {
        return at;
      }
      at = text.indexOf('<', end);
    }
    return -1;
  }

  /**
   * The name of the first element, after the declaration, comments and document type; empty if the
   * text is no markup.
   */
  public static String firstElement(String head) {
    int at = 0;
    while (true) {
      while (at < head.length() && Character.isWhitespace(head.charAt(at))) {
        at++;
      }
      if (at >= head.length() || head.charAt(at) != '<') {
        return "";
      }
      String close = head.startsWith("<!--", at) ? "-->" : ">";
      char kind = at + 1 < head.length() ? head.charAt(at + 1) : ' ';
      if (kind != '?' && kind != '!') {
        break;
      }
      int end = head.indexOf(close, at);
      if (end < 0) {
        return "";
      }
      at = end + close.length();
    }
    int from = ++at;
    while (at < head.length()
        && (Character.isLetterOrDigit(head.charAt(at)) || head.charAt(at) == ':')) {
      at++;
    }
    return head.substring(from, at);
  }
}
