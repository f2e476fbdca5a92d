package dev.earmark.source.document;

import dev.earmark.source.RawSource;
import dev.earmark.source.syntax.CharacterSet;
import dev.earmark.source.syntax.MarkdownText;
import dev.earmark.text.Quotations;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A paragraph that is nothing but a quotation: a block quote, or one pair of quotation marks and
 * what they enclose.
 *
 * <p>Whoever is named before it and a colon, or behind it and a dash, said it. A block quote that
 * opens as a call-out does ({@code [!note]}) is one only if it is of the kind {@code quote}.
 *
 * @param words without marks, markup and the name
 * @param speaker null if nobody is named
 */
record WrittenQuote(String words, @Nullable String speaker) {
  private static final Pattern CALL_OUT = Pattern.compile("^\\[!([\\w-]+)][+-]?[^\\n]*\\n?");
  private static final Pattern NAMED_BEFORE = Pattern.compile("^([^\\n:.!?]{2,60}):\\s+");
  private static final Pattern NAMED_BEHIND =
      Pattern.compile("(?:^|\\s)(?:[—–―~]|--|-)\\s*([^\\n—–―]{2,60})$");
  private static final CharacterSet DASHES = CharacterSet.of("—–―~-");
  private static final Set<String> LABELS =
      Set.of(
          "note",
          "notes",
          "tip",
          "warning",
          "update",
          "edit",
          "source",
          "also",
          "quote",
          "example",
          "summary",
          "important",
          "info",
          "todo",
          "question",
          "answer",
          "idea",
          "ps",
          "nb");

  /** With these begins what sets words apart. */
  private static final CharacterSet EMPHASIS = CharacterSet.of("*_=<");

  private static final int MOST_EMPHASISED = 20;
  private static final int FEWEST_EMPHASISED_CHARACTERS = 8;
  private static final int MOST_EMPHASISED_CHARACTERS = 400;
  private static final int LONGEST_TAG = 8;

  /** Elements of HTML that set words apart. */
  private static final Set<String> ELEMENTS = Set.of("em", "i", "b", "strong", "mark", "q", "cite");

  /** Whether a line is one of a block quote; in an outline it may stand behind a bullet. */
  static boolean isQuotedLine(String line) {
    return endOfQuoteSign(line) > 0;
  }

  /** The first character behind the sign of a block quote and a space; -1 if none begins a line. */
  private static int endOfQuoteSign(String line) {
    int at = skipSpace(line, 0);
    if (at < line.length() && "-*+".indexOf(line.charAt(at)) >= 0) {
      int behind = skipSpace(line, at + 1);
      if (behind == at + 1) {
        return -1;
      }
      at = behind;
    }
    if (at >= line.length() || line.charAt(at) != '>') {
      return -1;
    }
    at++;
    return at < line.length() && isSpace(line, at) ? at + 1 : at;
  }

  private static int skipSpace(String line, int from) {
    int at = from;
    while (at < line.length() && isSpace(line, at)) {
      at++;
    }
    return at;
  }

  /** The quotation that a paragraph is; null if it is anything else. */
  static @Nullable WrittenQuote of(String paragraph, boolean markdown) {
    if (isQuotedLine(paragraph)) {
      StringBuilder inside = new StringBuilder(paragraph.length());
      for (String line : RawSource.linesOf(paragraph)) {
        inside.append(line, Math.max(0, endOfQuoteSign(line)), line.length()).append('\n');
      }
      String text = inside.toString().strip();
      Matcher callOut = CALL_OUT.matcher(text);
      if (text.startsWith("[!") && callOut.find()) {
        String kind = callOut.group(1).toLowerCase(Locale.ROOT);
        if (!kind.equals("quote") && !kind.equals("cite")) {
          return null;
        }
        text = text.substring(callOut.end());
      }
      return named(markdown ? MarkdownText.plain(text) : text, true);
    }
    if (!Quotations.hasMark(paragraph)) {
      return null;
    }
    String text = markdown ? MarkdownText.plain(paragraph) : paragraph.strip();
    return mayOpen(text) ? named(text, false) : null;
  }

  /** Whether a text opens a quotation at once, or behind the first colon. */
  private static boolean mayOpen(String text) {
    if (text.isEmpty()) {
      return false;
    }
    if (Quotations.isMark(text.charAt(0))) {
      return true;
    }
    int at = text.indexOf(':') + 1;
    while (at > 0 && at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at > 0 && at < text.length() && Quotations.isMark(text.charAt(at));
  }

  private static @Nullable WrittenQuote named(String text, boolean block) {
    String words = text;
    String speaker = null;
    Matcher behind = NAMED_BEHIND.matcher(words);
    if (hasDash(words) && behind.find() && EpisodeHeader.looksLikeName(name(behind.group(1)))) {
      speaker = name(behind.group(1));
      words = words.substring(0, behind.start()).strip();
    }
    Matcher before = NAMED_BEFORE.matcher(words);
    if (words.indexOf(':') > 1 && before.find() && isNameBefore(before.group(1), block)) {
      speaker = speaker == null ? before.group(1) : speaker;
      words = words.substring(before.end()).strip();
    }
    String unmarked = withoutMarks(words);
    if (unmarked == null && !block) {
      return null;
    }
    words = unmarked == null ? words : unmarked;
    return Words.of(words).count() < Quotations.FEWEST_WORDS
        ? null
        : new WrittenQuote(words, speaker);
  }

  /** Whether there is any of the signs behind which people sign. */
  private static boolean hasDash(String text) {
    for (int i = text.length() - 1; i >= 0; i--) {
      if (DASHES.has(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** One word before a colon is a name only in a block quote, and if it is no usual label. */
  private static boolean isNameBefore(String text, boolean block) {
    return EpisodeHeader.looksLikeName(text)
        && (Words.of(text).count() > 1 || (block && !LABELS.contains(Words.fold(text))));
  }

  /** A name as people sign with it, without what they say of the time or the place. */
  private static String name(String signed) {
    int end = signed.length();
    for (char c : new char[] {',', '(', '@', '['}) {
      int at = signed.indexOf(c);
      end = at > 0 ? Math.min(end, at) : end;
    }
    return signed.substring(0, end).strip();
  }

  /** What stands in the one pair of marks around a text; null if there is none. */
  private static @Nullable String withoutMarks(String text) {
    List<Quotations.Quotation> quoted = Quotations.in(text);
    if (quoted.size() != 1) {
      return null;
    }
    Quotations.Quotation only = quoted.getFirst();
    String rest = text.substring(Math.min(text.length(), only.to() + 1)).strip();
    boolean whole = only.from() <= 1 && (rest.isEmpty() || rest.equals(".") || rest.equals(","));
    return whole ? only.in(text) : null;
  }

  /** What a paragraph in Markdown sets apart by emphasis and somebody may have said, in order. */
  static List<String> emphasised(String paragraph) {
    List<String> found = new ArrayList<>(0);
    for (int at = 0; at < paragraph.length() && found.size() < MOST_EMPHASISED; at++) {
      char c = paragraph.charAt(at);
      if (!EMPHASIS.has(c)) {
        continue;
      }
      int from = c == '<' ? endOfTag(paragraph, at) : isMark(c) ? endOfRun(paragraph, at) : -1;
      int to = from < 0 ? -1 : endOfEmphasis(paragraph, from, c == '<');
      int end = to < 0 ? -1 : closed(paragraph, at, from, to);
      if (end > 0) {
        String words = MarkdownText.plain(paragraph.substring(from, to));
        if (Words.of(words).count() >= Quotations.FEWEST_WORDS) {
          found.add(words);
        }
        at = end - 1;
      }
    }
    return found;
  }

  private static boolean isMark(char c) {
    return c == '*' || c == '_' || c == '=';
  }

  /** Where one to three marks that open an emphasis end; -1 if these do not. */
  private static int endOfRun(String text, int at) {
    if (at > 0 && !isApart(text.codePointBefore(at))) {
      return -1;
    }
    char mark = text.charAt(at);
    int end = at + 1;
    while (end < text.length() && end - at < 3 && text.charAt(end) == mark) {
      end++;
    }
    boolean run = mark != '=' || end - at == 2;
    boolean before = end < text.length() && !isMark(text.charAt(end)) && !isSpace(text, end);
    return run && before ? end : -1;
  }

  /** Where the tag of an element that sets words apart ends; -1 if this is none. */
  private static int endOfTag(String text, int at) {
    int close = text.indexOf('>', at, Math.min(text.length(), at + LONGEST_TAG));
    return close > 0 && ELEMENTS.contains(text.substring(at + 1, close)) ? close + 1 : -1;
  }

  /** Where the words end that begin here, at the next mark or tag; -1 if too few or many do. */
  private static int endOfEmphasis(String text, int from, boolean tag) {
    int to = from;
    int last = Math.min(text.length(), from + 2 * MOST_EMPHASISED_CHARACTERS + 1);
    while (to < last && !(tag ? "<>".indexOf(text.charAt(to)) >= 0 : isMark(text.charAt(to)))) {
      to++;
    }
    int characters = text.codePointCount(from, to);
    boolean long_ =
        characters >= FEWEST_EMPHASISED_CHARACTERS && characters <= MOST_EMPHASISED_CHARACTERS;
    return long_ && (tag || !isSpace(text, to - 1)) ? to : -1;
  }

  /** Where what closes an emphasis ends, which is as long as what opened it; -1 if it is not. */
  private static int closed(String text, int open, int from, int to) {
    if (text.charAt(open) == '<') {
      String close = "</" + text.substring(open + 1, from);
      return text.startsWith(close, to) ? to + close.length() : -1;
    }
    int end = to + from - open;
    boolean same = text.regionMatches(to, text, open, from - open);
    boolean apart = same && (end == text.length() || isApart(text.codePointAt(end)));
    return apart ? end : -1;
  }

  /** Whether a character is no mark, and part of no word. */
  private static boolean isApart(int c) {
    return !(c < 0x80 && isMark((char) c))
        && !Character.isLetterOrDigit(c)
        && Character.getType(c) != Character.LETTER_NUMBER
        && Character.getType(c) != Character.OTHER_NUMBER;
  }

  private static boolean isSpace(String text, int at) {
    return " \t\n\u000B\f\r".indexOf(text.charAt(at)) >= 0;
  }
}
