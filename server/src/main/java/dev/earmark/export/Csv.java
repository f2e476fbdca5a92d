package dev.earmark.export;

import org.jspecify.annotations.Nullable;

/**
 * Cells of a table (RFC 4180).
 *
 * <p>One that a spreadsheet would take for a formula begins with an apostrophe, as OWASP recommends
 * ("CSV Injection").
 */
final class Csv {
  private Csv() {}

  /** A cell; nothing for what is not known. */
  static String cell(@Nullable String value) {
    if (value == null || value.isEmpty()) {
      return "";
    }
    String safe = "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? '"' + safe.replace("\"", "\"\"") + '"'
        : safe;
  }
}
