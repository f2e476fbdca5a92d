package dev.earmark.source.syntax;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.parser.Parser;

/**
 * Takes the markup out of Markdown, so that the words stand as a reader sees them.
 *
 * <p>Emphasis, code marks, links (their text stays), images (their description stays), HTML tags,
 * character references, backslash escapes, quote and list markers go. One pass; what is no markup
 * after all, such as a lone asterisk, stays. Bounded looking ahead keeps the time linear.
 */
public final class MarkdownText {
  /** No longer link text, address or tag is looked for. */
  private static final int LOOK_AHEAD = 2_000;

  /** A paragraph longer than this is cut at white space, so that no single text is huge. */
  private static final int LONG_PARAGRAPH = 8_000;

  /** What may be markup wherever it stands, and line ends, behind which there may be more. */
  private static final CharacterSet MARKUP = CharacterSet.of("\n\\*_~`![<{&");

  /** With these all markup begins, that at the head of a line included. */
  static final String MARKS = "\\*_~`![<{&>-+";

  private final String in;
  private final int depth;
  private final StringBuilder out;
  private boolean references;
  private int noTagEndsBefore;
  private int noShortcodeEndsBefore;
  private int noWikiLinkEndsBefore;

  private MarkdownText(String in, int depth) {
    this.in = in;
    this.depth = depth;
    this.out = new StringBuilder(in.length());
  }

  /** The text of a paragraph, its line breaks kept. */
  public static String plain(String markdown) {
    if (isPlain(markdown)) {
      return markdown.strip();
    }
    MarkdownText text = new MarkdownText(markdown, 0);
    text.scan();
    String result = text.out.toString();
    return (text.references ? Parser.unescapeEntities(result, false) : result).strip();
  }

  private static boolean isPlain(String text) {
    boolean lineStart = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        lineStart = true;
      } else if (MARKUP.has(c) || (lineStart && (c == '>' || c == '-' || c == '+'))) {
        return false;
      } else if (lineStart) {
        lineStart = c == ' ' || c == '\t';
      }
    }
    return true;
  }

  /** A text in parts of bounded length, cut at white space where there is any. */
  public static List<String> parts(String text) {
    if (text.length() <= LONG_PARAGRAPH) {
      return List.of(text);
    }
    List<String> parts = new ArrayList<>();
    int from = 0;
    while (text.length() - from > LONG_PARAGRAPH) {
      int cut = from + LONG_PARAGRAPH;
      int space = cut;
      // Not further back than half way: in a text without a space every cut would look at all of
      // it.
      while (space > from + LONG_PARAGRAPH / 2 && " \n".indexOf(text.charAt(space)) < 0) {
        space--;
      }
      if (space > from + LONG_PARAGRAPH / 2) {
        cut = space;
      } else if (Character.isLowSurrogate(text.charAt(cut))) {
        cut--;
      }
      parts.add(text.substring(from, cut).strip());
      from = cut;
    }
    parts.add(text.substring(from).strip());
    parts.removeIf(String::isEmpty);
    return parts;
  }

  private void scan() {
    int at = skipLineMarker(0);
    while (at < in.length()) {
      char c = in.charAt(at);
      at =
          switch (c) {
            case '\n' -> {
              out.append(c);
              yield skipLineMarker(at + 1);
            }
            case '\\' -> escape(at);
            case '*', '_', '~' -> emphasis(at, c);
            case '`' -> code(at);
            case '!' -> at + 1 < in.length() && in.charAt(at + 1) == '[' ? link(at + 1) : keep(at);
            case '[' -> link(at);
            case '<' -> tag(at);
            case '{' -> shortcode(at);
            case '&' -> {
              references = true;
              yield keep(at);
            }
            default -> keepPlain(at);
          };
    }
  }

  /** Keeps characters up to the next that may be markup. */
  private int keepPlain(int at) {
    int end = at + 1;
    while (end < in.length() && !MARKUP.has(in.charAt(end))) {
      end++;
    }
    out.append(in, at, end);
    return end;
  }

  private int keep(int at) {
    out.append(in.charAt(at));
    return at + 1;
  }

  /** The first character of a line after its indent, quote marks and list marker. */
  private int skipLineMarker(int from) {
    int at = from;
    while (at < in.length()
        && (in.charAt(at) == ' ' || in.charAt(at) == '>' || in.charAt(at) == '\t')) {
      at++;
    }
    if (at + 1 < in.length() && in.charAt(at + 1) == ' ') {
      char c = in.charAt(at);
      if (c == '*' || c == '-' || c == '+' || c == '\u2022') {
        return at + 2;
      }
    }
    return at;
  }

  private int escape(int at) {
    if (at + 1 < in.length() && isAsciiPunctuation(in.charAt(at + 1))) {
      out.append(in.charAt(at + 1));
      return at + 2;
    }
    return keep(at);
  }

  private static boolean isAsciiPunctuation(char c) {
    return c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c);
  }

  /** A run of emphasis marks goes if it stands at the edge of a word; inside one it stays. */
  private int emphasis(int at, char mark) {
    int end = at;
    while (end < in.length() && in.charAt(end) == mark) {
      end++;
    }
    boolean before = at > 0 && Character.isLetterOrDigit(in.charAt(at - 1));
    boolean after = end < in.length() && Character.isLetterOrDigit(in.charAt(end));
    boolean spaceBefore = at == 0 || Character.isWhitespace(in.charAt(at - 1));
    boolean spaceAfter = end == in.length() || Character.isWhitespace(in.charAt(end));
    boolean single = end - at == 1;
    boolean stays =
        (before && after && (mark == '_' || single))
            || (spaceBefore && spaceAfter)
            || (mark == '~' && single);
    if (stays) {
      out.append(in, at, end);
    }
    return end;
  }

  private int code(int at) {
    int end = at;
    while (end < in.length() && in.charAt(end) == '`') {
      end++;
    }
    int run = end - at;
    if (run > 3) {
      return end;
    }
    int close = find("```".substring(0, run), end);
    if (close < 0) {
      return end;
    }
    out.append(in, end, close);
    return close + run;
  }

  /** A link {@code [text](address)}: the text, read in turn; other brackets stay. */
  private int link(int at) {
    if (in.startsWith("[[", at)) {
      int end = wikiLink(at);
      if (end > 0) {
        return end;
      }
    }
    int close = depth > 1 ? -1 : closing(at, '[', ']');
    if (close < 0 || close + 1 >= in.length() || in.charAt(close + 1) != '(') {
      return keep(at);
    }
    int end = closing(close + 1, '(', ')');
    if (end < 0) {
      return keep(at);
    }
    // A link may hold an image, and that nothing more.
    MarkdownText text = new MarkdownText(in.substring(at + 1, close), depth + 1);
    text.scan();
    references |= text.references;
    out.append(text.out);
    return end + 1;
  }

  /**
   * A wiki link {@code [[page#heading|text]]}: its text, else the name of the page. One that shows
   * a file in its place, {@code ![[tape.mp3#t=20]]}, says nothing. Returns the character behind it,
   * -1 if it is none.
   */
  private int wikiLink(int at) {
    int close = at < noWikiLinkEndsBefore ? -1 : find("]]", at);
    if (close < 0) {
      noWikiLinkEndsBefore = Math.max(noWikiLinkEndsBefore, at + LOOK_AHEAD / 2);
    }
    if (close < 0
        || close == at + 2
        || close - at > LOOK_AHEAD
        || in.substring(at, close).indexOf('\n') >= 0) {
      return -1;
    }
    String inside = in.substring(at + 2, close);
    int bar = inside.indexOf('|');
    String page = bar < 0 ? inside : inside.substring(0, bar);
    String name = page.substring(page.lastIndexOf('/') + 1);
    int part = name.indexOf('#');
    boolean shown = at > 0 && in.charAt(at - 1) == '!';
    if (shown
        && !out.isEmpty()
        && out.charAt(out.length() - 1) == ' '
        && in.startsWith(" ", close + 2)) {
      // Of the spaces on either side of nothing one is left.
      return close + 3;
    }
    if (!shown) {
      out.append(bar >= 0 ? inside.substring(bar + 1) : part > 0 ? name.substring(0, part) : name);
    }
    return close + 2;
  }

  private int closing(int at, char open, char close) {
    int depth = 0;
    int last = Math.min(in.length(), at + LOOK_AHEAD);
    for (int i = at; i < last; i++) {
      char c = in.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == open) {
        depth++;
        if (depth > 8) {
          return -1;
        }
      } else if (c == close && --depth == 0) {
        return i;
      } else if (c == '\n' && i + 1 < last && in.charAt(i + 1) == '\n') {
        return -1;
      }
    }
    return -1;
  }

  /** An HTML tag goes; an address in angle brackets keeps itself; a lone sign stays. */
  private int tag(int at) {
    int close = at < noTagEndsBefore ? -1 : find(">", at);
    if (close < 0) {
      // Without this, a long row of these signs would be searched from each of them.
      noTagEndsBefore = Math.max(noTagEndsBefore, at + LOOK_AHEAD / 2);
    }
    if (close < 0 || at + 1 >= in.length()) {
      return keep(at);
    }
    char first = in.charAt(at + 1);
    String inside = in.substring(at + 1, close);
    if (inside.startsWith("http:") || inside.startsWith("https:") || inside.startsWith("mailto:")) {
      out.append(inside);
      return close + 1;
    }
    boolean tag = (Character.isLetter(first) && isTagName(inside)) || first == '/' || first == '!';
    return tag ? close + 1 : keep(at);
  }

  private static boolean isTagName(String inside) {
    int end = 0;
    while (end < inside.length() && Character.isLetterOrDigit(inside.charAt(end))) {
      end++;
    }
    return end == inside.length() || inside.charAt(end) == ' ' || inside.charAt(end) == '/';
  }

  /** A site generator's short code, as in <code>{{< childpages >}}</code>, is no text. */
  private int shortcode(int at) {
    if (at >= noShortcodeEndsBefore && (in.startsWith("{{<", at) || in.startsWith("{{%", at))) {
      int close = find("}}", at);
      if (close >= 0) {
        return close + 2;
      }
      noShortcodeEndsBefore = at + LOOK_AHEAD / 2;
    }
    return keep(at);
  }

  private int find(String what, int from) {
    int last = Math.min(in.length() - what.length(), from + LOOK_AHEAD);
    for (int i = from; i <= last; i++) {
      if (in.startsWith(what, i)) {
        return i;
      }
    }
    return -1;
  }
}
