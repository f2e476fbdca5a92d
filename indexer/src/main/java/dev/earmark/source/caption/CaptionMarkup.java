package dev.earmark.source.caption;

import dev.earmark.source.cue.CueBuilder;
import dev.earmark.source.time.CaptionTime;
import dev.earmark.source.time.Times;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Takes the HTML-like markup out of caption text that has no grammar of its own: SubRip, SubViewer,
 * SAMI and their kin.
 *
 * <p>Only tags that are known are taken out, so that {@code a < b} and {@code <laughter>} stay
 * text. {@code <br>} is a line break. {@code {\an8}} and other style codes that tools carry over
 * from SubStation Alpha go too. Character references are decoded once.
 *
 * @param text the text without markup
 * @param speaker the name in the first {@code <v Name>}, if there is one
 */
record CaptionMarkup(String text, @Nullable String speaker) {
  private static final Set<String> TAGS =
      Set.of(
          "a", "abbr", "b", "big", "c", "center", "code", "del", "div", "em", "font", "h1", "h2",
          "h3", "i", "ins", "kbd", "lang", "mark", "p", "rp", "rt", "ruby", "s", "small", "span",
          "strike", "strong", "style", "sub", "sup", "sync", "tt", "u", "v", "var");

  /** Elements that mark the word that is spoken. */
  private static final Set<String> MARKS = Set.of("u", "b", "i", "font", "c", "mark");

  private static final int LONGEST_MARK = 80;
  private static final Pattern ANY_TAG = Pattern.compile("<[^<>]{1,80}>");
  private static final int LONGEST_TAG = 400;
  private static final int LONGEST_REFERENCE = 40;

  static CaptionMarkup of(String marked) {
    if (marked.indexOf('<') < 0 && marked.indexOf('{') < 0) {
      return new CaptionMarkup(decoded(marked), null);
    }
    StringBuilder text = new StringBuilder(marked.length());
    String speaker = null;
    int at = 0;
    while (at < marked.length()) {
      char c = marked.charAt(at);
      int end = -1;
      if (c == '<') {
        end = tagEnd(marked, at);
        String tag = end < 0 ? "" : marked.substring(at + 1, end - 1).strip();
        if (isBreak(tag)) {
          text.append('\n');
        } else if (!isKnown(tag)) {
          end = -1;
        } else if (speaker == null) {
          speaker = voice(tag);
        }
      } else if (c == '{' && at + 1 < marked.length() && marked.charAt(at + 1) == '\\') {
        end = bounded(marked, '}', at);
      }
      if (end < 0) {
        text.append(c);
        at++;
      } else {
        at = end;
      }
    }
    return new CaptionMarkup(decoded(text.toString()), speaker);
  }

  /**
   * The place after the {@code >} of the tag that opens at a character; -1 if it is not near, or if
   * another tag opens before it does. So a megabyte of opening signs is looked at once.
   */
  static int tagEnd(String text, int open) {
    return bounded(text, '>', open);
  }

  private static int bounded(String text, char close, int from) {
    char open = text.charAt(from);
    int limit = Math.min(text.length(), from + LONGEST_TAG);
    for (int i = from + 1; i < limit && text.charAt(i) != open; i++) {
      if (text.charAt(i) == close) {
        return i + 1;
      }
    }
    return -1;
  }

  /**
   * The one stretch of a text that is underlined, bold, slanted, coloured or of a class, as karaoke
   * captions mark the word that is spoken; null if there is none, or more than one.
   *
   * @param plain the text without its markup, in which the stretch is found
   */
  static CueBuilder.@Nullable Mark onlyMark(String marked, CharSequence plain) {
    int open = mark(marked, 0);
    if (open < 0) {
      return null;
    }
    int first = marked.indexOf('>', open) + 1;
    int last = marked.indexOf('<', first);
    String word = decoded(marked.substring(first, last)).strip();
    if (word.isEmpty() || mark(marked, last) >= 0) {
      return null;
    }
    String before = decoded(ANY_TAG.matcher(marked.substring(0, open)).replaceAll(""));
    String text = plain.toString();
    int from = text.indexOf(word, Math.max(0, Math.min(before.length(), text.length()) - 2));
    return from < 0 ? null : new CueBuilder.Mark(from, from + word.length());
  }

  /** Where the next element opens that marks a short stretch without tags in it; -1 if none. */
  private static int mark(String marked, int from) {
    for (int open = marked.indexOf('<', from); open >= 0; open = marked.indexOf('<', open + 1)) {
      int end = open + 1;
      while (end < marked.length() && isWord(marked.charAt(end))) {
        end++;
      }
      boolean longer = end < marked.length() && marked.charAt(end) == '_';
      if (end == open + 1 || longer || !MARKS.contains(marked.substring(open + 1, end))) {
        continue;
      }
      int close = nextSign(marked, end);
      int next = close < 0 || marked.charAt(close) != '>' ? -1 : nextSign(marked, close + 1);
      String name = marked.substring(open + 1, end);
      if (next > close + 1 && marked.startsWith("</" + name + ">", next)) {
        return open;
      }
    }
    return -1;
  }

  /** The next sign of a tag, if it is near; else -1. */
  private static int nextSign(String text, int from) {
    int limit = Math.min(text.length(), from + LONGEST_MARK + 1);
    for (int i = from; i < limit; i++) {
      if (text.charAt(i) == '<' || text.charAt(i) == '>') {
        return i;
      }
    }
    return -1;
  }

  private static boolean isBreak(String tag) {
    String lower = tag.toLowerCase(Locale.ROOT);
    return lower.equals("br") || lower.equals("br/") || lower.startsWith("br ");
  }

  private static boolean isKnown(String tag) {
    if (tag.isEmpty()) {
      return false;
    }
    if (CaptionTime.isDigit(tag.charAt(0))) {
      return CaptionTime.parse(tag) != Times.NONE;
    }
    int from = tag.charAt(0) == '/' ? 1 : 0;
    int to = from;
    while (to < tag.length() && Character.isLetterOrDigit(tag.charAt(to))) {
      to++;
    }
    return TAGS.contains(tag.substring(from, to).toLowerCase(Locale.ROOT));
  }

  private static @Nullable String voice(String tag) {
    return tag.startsWith("v ") ? decoded(tag.substring(2)).strip() : null;
  }

  /**
   * Decodes HTML character references, once.
   *
   * <p>No name is longer than {@value #LONGEST_REFERENCE} characters, so text is cut where letters
   * run on for longer behind an ampersand: a megabyte of them is looked at once.
   */
  static String decoded(String text) {
    int at = text.indexOf('&');
    if (at < 0) {
      return text;
    }
    StringBuilder decoded = new StringBuilder();
    boolean any = false;
    int from = 0;
    while (at >= 0) {
      int limit = Math.min(text.length(), at + LONGEST_REFERENCE);
      int end = at + 1;
      while (end < limit && isWord(text.charAt(end))) {
        end++;
      }
      any |= end > at + 1 || (end < text.length() && text.charAt(end) == '#');
      if (end == at + LONGEST_REFERENCE) {
        decoded.append(Parser.unescapeEntities(text.substring(from, end), false));
        from = end;
      }
      at = text.indexOf('&', end);
    }
    if (!any) {
      return text;
    }
    return decoded.append(Parser.unescapeEntities(text.substring(from), false)).toString();
  }

  private static boolean isWord(char c) {
    return CaptionTime.isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
