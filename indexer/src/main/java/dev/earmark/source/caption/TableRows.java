package dev.earmark.source.caption;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Splits a text into rows of fields, quoted as in RFC 4180; one row is held at a time.
 *
 * <p>What parts the fields is found out: the sign that comes equally often in most of the first
 * rows, unless a first line {@code sep=;} says it, as spreadsheets write. Not thread-safe.
 */
final class TableRows {
  private static final String SEPARATORS = "\t|;,^~¦§";

  private static final byte WORD = -1;
  private static final byte SPACE = -2;

  /** What the characters of ASCII are: a separator by its number, part of a word, or space. */
  private static final byte[] KINDS = new byte[128];

  static {
    for (char c = 0; c < KINDS.length; c++) {
      KINDS[c] = kind(c);
    }
  }

  private static byte kind(char c) {
    int separator = SEPARATORS.indexOf(c);
    return separator >= 0 ? (byte) separator : Character.isWhitespace(c) ? SPACE : WORD;
  }

  private static final int MOST_FIELDS = 64;
  private static final int SAMPLE = 20;
  private static final int SAMPLE_CHARACTERS = 10_000;

  private final String text;
  private final char separator;
  private int at;
  private int nextLine = 1;
  private int line;

  /** Where the line of the next field ends, once a field of it was read. */
  private int lineEnd = -1;

  TableRows(String text) {
    this.text = text;
    int end = text.indexOf('\n');
    String first = end < 0 ? text : text.substring(0, end).strip();
    if (first.length() == 5 && first.toLowerCase(Locale.ROOT).startsWith("sep=")) {
      separator = first.charAt(4);
      at = end < 0 ? text.length() : end + 1;
      nextLine = 2;
    } else {
      separator = separator(text);
    }
  }

  /** The line that the row {@link #next} gave starts at, counted from 1. */
  int line() {
    return line;
  }

  char separator() {
    return separator;
  }

  /** The sign that most of the first lines have equally often, outside quotes. */
  private static char separator(String text) {
    int limit = Math.min(text.length(), SAMPLE_CHARACTERS);
    int[][] counts = new int[SEPARATORS.length()][];
    int lines = 0;
    boolean quoted = false;
    boolean any = false;
    for (int i = 0; i < limit && lines < SAMPLE; i++) {
      char c = text.charAt(i);
      int mark = c < KINDS.length ? KINDS[c] : kind(c);
      if (mark == WORD) {
        any = true;
        quoted ^= c == '"';
        continue;
      }
      if (c == '\n' && !quoted) {
        lines += any ? 1 : 0;
        any = false;
        continue;
      }
      any = any || (mark != SPACE && c != '\t');
      if (!quoted && mark >= 0) {
        counts[mark] = counts[mark] == null ? new int[SAMPLE] : counts[mark];
        counts[mark][lines]++;
      }
    }
    lines += any && lines < SAMPLE ? 1 : 0;
    int best = SEPARATORS.indexOf(',');
    double most = 0;
    for (int mark = 0; mark < SEPARATORS.length(); mark++) {
      double score = counts[mark] == null ? 0 : evenness(counts[mark], lines);
      if (score > most) {
        most = score;
        best = mark;
      }
    }
    return SEPARATORS.charAt(best);
  }

  /** The share of lines that have a sign as often as most of them have it, or oftener. */
  private static double evenness(int[] counts, int lines) {
    double best = 0;
    for (int i = 0; i < lines; i++) {
      int wanted = counts[i];
      int alike = 0;
      for (int j = 0; wanted > 0 && j < lines; j++) {
        alike += counts[j] == wanted ? 1 : 0;
      }
      best = Math.max(best, alike / (double) lines);
    }
    return best;
  }

  /** The fields of the next row that is not blank; null at the end. */
  @Nullable List<String> next() {
    while (at < text.length()) {
      line = nextLine;
      List<String> row = row();
      if (row.size() > 1 || !row.getFirst().isBlank()) {
        return row;
      }
    }
    return null;
  }

  private List<String> row() {
    List<String> fields = new ArrayList<>();
    while (true) {
      String field = field();
      if (fields.size() < MOST_FIELDS) {
        fields.add(field);
      }
      if (at >= text.length()) {
        return fields;
      }
      if (text.charAt(at++) == '\n') {
        nextLine++;
        return fields;
      }
    }
  }

  /** Reads up to the separator or line end, which stays unread. */
  private String field() {
    int start = at;
    while (start < text.length() && text.charAt(start) == ' ') {
      start++;
    }
    if (start < text.length() && text.charAt(start) == '"') {
      String quoted = quoted(start);
      if (quoted != null) {
        return quoted;
      }
    }
    if (lineEnd < at) {
      int next = text.indexOf('\n', at);
      lineEnd = next < 0 ? text.length() : next;
    }
    int part = text.indexOf(separator, at, lineEnd);
    int end = part < 0 ? lineEnd : part;
    String field = text.substring(at, end);
    at = end;
    return field;
  }

  /** A quoted field; null, and nothing read, if its quote is never closed. */
  private @Nullable String quoted(int open) {
    StringBuilder doubled = null;
    int from = open + 1;
    while (true) {
      int close = text.indexOf('"', from);
      if (close < 0) {
        return null;
      }
      if (close + 1 < text.length() && text.charAt(close + 1) == '"') {
        doubled = doubled == null ? new StringBuilder() : doubled;
        doubled.append(text, from, close + 1);
        from = close + 2;
        continue;
      }
      int end = close + 1;
      while (end < text.length() && text.charAt(end) != separator && text.charAt(end) != '\n') {
        end++;
      }
      String last = text.substring(from, close);
      String value = doubled == null ? last : doubled.append(last).toString();
      for (int i = value.indexOf('\n'); i >= 0; i = value.indexOf('\n', i + 1)) {
        nextLine++;
      }
      at = end;
      return value;
    }
  }
}
