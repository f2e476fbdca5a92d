package dev.earmark.transcript;

import dev.earmark.model.Cue;

/** Running text from captions: line breaks and runs of white space become one space. */
final class OneLine {
  private OneLine() {}

  /** The cue with its text on one line. */
  static Cue of(Cue cue) {
    String text = cue.text();
    if (isOneLine(text)) {
      return cue;
    }
    Rewrite rewrite = new Rewrite(cue);
    while (!rewrite.atEnd()) {
      int end = rewrite.at();
      while (end < text.length() && isSpace(text.charAt(end))) {
        end++;
      }
      if (end == rewrite.at()) {
        rewrite.keep(end + 1);
      } else {
        boolean edge = rewrite.at() == 0 || end == text.length();
        boolean tight = !edge && isUnspaced(rewrite.last()) && isUnspaced(text.charAt(end));
        rewrite.replace(end, edge || tight ? "" : " ");
      }
    }
    return rewrite.finish();
  }

  /** Whether all white space in a text is single spaces between words of scripts that use them. */
  private static boolean isOneLine(String text) {
    char before = ' ';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > ' ' && c < 0x80) {
        // Most characters there are.
        before = c;
        continue;
      }
      if (before == ' ' && isSpace(c)) {
        return false;
      }
      boolean other = c != ' ' && isSpace(c);
      if (other || (before == ' ' && i > 0 && isUnspaced(c))) {
        return false;
      }
      before = c;
    }
    return text.isEmpty() || before != ' ';
  }

  /** Appends running text, with a space between unless the script uses none. */
  static void join(StringBuilder text, String more) {
    if (!text.isEmpty()
        && !more.isEmpty()
        && !(isUnspaced(text.charAt(text.length() - 1)) && isUnspaced(more.charAt(0)))) {
      text.append(' ');
    }
    text.append(more);
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || c == '\u00A0';
  }

  /** Kana, Han and full-width marks: text in them has no spaces between words. */
  private static boolean isUnspaced(char c) {
    return (c >= 0x3000 && c <= 0x30FF)
        || (c >= 0x3400 && c <= 0x9FFF)
        || (c >= 0xFF00 && c <= 0xFF65);
  }
}
