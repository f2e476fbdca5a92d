package dev.earmark.source.turn;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines with a number before each, as courts have them: {@code 12 Q. Where were you?}, from 1 on
 * every page.
 */
final class NumberedLines {
  private static final int FEWEST = 8;

  private NumberedLines() {}

  /** The lines without their numbers; the same list if they have none. */
  static List<String> without(List<String> lines) {
    List<String> plain = new ArrayList<>();
    int before = 0;
    int numbered = 0;
    int others = 0;
    for (String line : lines) {
      int from = indent(line, 0);
      int end = from;
      while (end < line.length()
          && end - from < 3
          && line.charAt(end) >= '0'
          && line.charAt(end) <= '9') {
        end++;
      }
      int number = end == from ? 0 : Integer.parseInt(line, from, end, 10);
      // A list has one blank behind its numbers.
      boolean apart = end == line.length() || indent(line, end) > end + 1;
      if (number > 0 && apart && (number == before + 1 || number == 1)) {
        before = number;
        numbered++;
        plain.add(line.substring(end).strip());
      } else {
        others += line.isBlank() ? 0 : 1;
        plain.add(line);
        if (others > FEWEST && others > numbered) {
          return lines;
        }
      }
    }
    return numbered >= FEWEST && numbered >= 9 * others ? plain : lines;
  }

  private static int indent(String line, int from) {
    int at = from;
    while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }
}
