package dev.earmark.source.document;

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
  private static final Pattern QUOTED_LINE = Pattern.compile("^\\s*(?:[-*+]\\s+)?>\\s?");
  private static final Pattern CALL_OUT = Pattern.compile("^\\[!([\\w-]+)][+-]?[^\\n]*\\n?");
  private static final Pattern NAMED_BEFORE = Pattern.compile("^([^\\n:.!?]{2,60}):\\s+");
  private static final Pattern NAMED_BEHIND =
      Pattern.compile("(?:^|\\s)(?:[—–―~]|--|-)\\s*([^\\n—–―]{2,60})$");
  private static final Pattern EMPHASIS =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}*_=])(\\*{1,3}|_{1,3}|==)(?=[^\\s*_=])([^*_=]{8,400})(?<=\\S)\\1"
              + "(?![\\p{L}\\p{N}*_=])"
              + "|<(em|i|b|strong|mark|q|cite)>([^<>]{8,400})</\\3>");
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
  private static final int MOST_EMPHASISED = 20;

  /** Whether a line is one of a block quote; in an outline it may stand behind a bullet. */
  static boolean isQuotedLine(String line) {
    return line.indexOf('>') >= 0 && QUOTED_LINE.matcher(line).find();
  }

  /** The quotation that a paragraph is; null if it is anything else. */
  static @Nullable WrittenQuote of(String paragraph, boolean markdown) {
    if (isQuotedLine(paragraph)) {
      List<String> lines = paragraph.lines().toList();
      StringBuilder inside = new StringBuilder();
      for (String line : lines) {
        inside.append(QUOTED_LINE.matcher(line).replaceFirst("")).append('\n');
      }
      String text = inside.toString().strip();
      Matcher callOut = CALL_OUT.matcher(text);
      if (callOut.find()) {
        String kind = callOut.group(1).toLowerCase(Locale.ROOT);
        if (!kind.equals("quote") && !kind.equals("cite")) {
          return null;
        }
        text = text.substring(callOut.end());
      }
      return named(markdown ? MarkdownText.plain(text) : text, true);
    }
    return Quotations.hasMark(paragraph)
        ? named(markdown ? MarkdownText.plain(paragraph) : paragraph.strip(), false)
        : null;
  }

  private static @Nullable WrittenQuote named(String text, boolean block) {
    String words = text;
    String speaker = null;
    Matcher behind = NAMED_BEHIND.matcher(words);
    if (behind.find() && EpisodeHeader.looksLikeName(name(behind.group(1)))) {
      speaker = name(behind.group(1));
      words = words.substring(0, behind.start()).strip();
    }
    Matcher before = NAMED_BEFORE.matcher(words);
    if (before.find() && isNameBefore(before.group(1), block)) {
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
    if (!mayEmphasise(paragraph)) {
      return List.of();
    }
    List<String> found = new ArrayList<>();
    Matcher matcher = EMPHASIS.matcher(paragraph);
    while (found.size() < MOST_EMPHASISED && matcher.find()) {
      String words =
          MarkdownText.plain(matcher.group(2) == null ? matcher.group(4) : matcher.group(2));
      if (Words.of(words).count() >= Quotations.FEWEST_WORDS) {
        found.add(words);
      }
    }
    return found;
  }

  private static boolean mayEmphasise(String paragraph) {
    return paragraph.indexOf('*') >= 0
        || paragraph.indexOf('_') >= 0
        || paragraph.indexOf('=') >= 0
        || paragraph.indexOf('<') >= 0;
  }
}
