package dev.earmark.source.document;

import dev.earmark.source.RawSource;
import dev.earmark.text.Quotations;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.List;

/** What the forms of written documents share: telling them from other text, and their sentences. */
final class Prose {
  /** A document up to this size is looked at whole when it is recognised, in bytes. */
  private static final int SMALL = 64 << 10;

  private Prose() {}

  /** The lines that are looked at; kept with the source, since several formats look at them. */
  private record Sample(List<ProseLine> lines) {

    static Sample look(RawSource source) {
      String text = source.bytes().length <= SMALL ? source.text() : source.head();
      return new Sample(isPlain(text) ? ProseLine.of(text) : List.of());
    }
  }

  /** The lines to recognise a document by: all of a small one, else those of its head. */
  static List<ProseLine> sample(RawSource source) {
    return source.look(Sample.class, Sample::look).lines();
  }

  /**
   * Whether a text could be a document whose markup is lost: not JSON, XML, captions, front matter
   * or Markdown with headings, which have formats of their own.
   */
  private static boolean isPlain(String text) {
    String start = text.stripLeading();
    if (start.isEmpty()
        || start.charAt(0) == '{'
        || start.charAt(0) == '<'
        || start.startsWith("WEBVTT")
        || start.startsWith("---")
        || text.contains("-->")) {
      return false;
    }
    if (start.charAt(0) == '[') {
      String inside = start.substring(1).stripLeading();
      if (inside.isEmpty() || inside.charAt(0) == '{' || inside.charAt(0) == '"') {
        return false;
      }
    }
    return text.lines().noneMatch(Prose::isMarkdownHeading);
  }

  private static boolean isMarkdownHeading(String line) {
    int signs = 0;
    while (signs < line.length() && line.charAt(signs) == '#') {
      signs++;
    }
    return signs > 0 && signs <= 6 && signs < line.length() && line.charAt(signs) == ' ';
  }

  /** How many words a text has. */
  static int wordCount(String text) {
    return Words.of(text).count();
  }

  /**
   * The character after the first sentence: after a full stop, question or exclamation mark, and
   * what closes behind it, where white space and the start of another sentence follow. The length
   * of the text if it is one sentence. Marks inside quotation marks do not end a sentence, unless
   * the quotation ends with them.
   */
  static int endOfFirstSentence(String text) {
    List<Quotations.Quotation> quoted = Quotations.in(text);
    int next = 0;
    for (int i = 0; i < text.length(); i++) {
      while (next < quoted.size() && quoted.get(next).to() <= i) {
        next++;
      }
      if (next < quoted.size() && quoted.get(next).from() <= i) {
        int last = quoted.get(next).to() - 1;
        if (!isStop(text.charAt(last))) {
          i = last;
          continue;
        }
        i = last;
      }
      if (!isStop(text.charAt(i))) {
        continue;
      }
      int end = i + 1;
      while (end < text.length() && "”’\"')]»".indexOf(text.charAt(end)) >= 0) {
        end++;
      }
      if (end == text.length()) {
        return end;
      }
      int after = end;
      while (after < text.length() && Character.isWhitespace(text.charAt(after))) {
        after++;
      }
      if (after > end && after < text.length() && startsSentence(text, after)) {
        return end;
      }
    }
    return text.length();
  }

  private static boolean isStop(char c) {
    return c == '.' || c == '?' || c == '!';
  }

  private static boolean startsSentence(String text, int at) {
    int c = text.codePointAt(at);
    return !Character.isLowerCase(c)
        && (Character.isLetterOrDigit(c) || "“‘\"'([«$€£".indexOf(c) >= 0);
  }

  /** The parts between separators, trimmed, without the empty ones. */
  static List<String> parts(String text, String separators) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || separators.indexOf(text.charAt(i)) >= 0) {
        String part = text.substring(from, i).strip();
        if (!part.isEmpty()) {
          parts.add(part);
        }
        from = i + 1;
      }
    }
    return parts;
  }

  /** A text cut short for a message. */
  static String shorten(String text) {
    if (text.length() <= 60) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(59)) ? 59 : 60;
    return text.substring(0, end) + "…";
  }
}
