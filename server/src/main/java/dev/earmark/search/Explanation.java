package dev.earmark.search;

import java.util.List;

/**
 * Why something scores what it does: a tree of values, each with what it is.
 *
 * @param value what it counts
 * @param description what that is, and how it comes from its details
 * @param details what it is made of
 */
public record Explanation(double value, String description, List<Explanation> details) {
  public Explanation {
    details = List.copyOf(details);
  }

  /** A value that is made of nothing else. */
  public static Explanation of(double value, String description) {
    return new Explanation(value, description, List.of());
  }

  /** The tree as text: a line a value, details indented by two blanks. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    write(text, 0);
    return text.toString();
  }

  private void write(StringBuilder text, int depth) {
    text.append("  ".repeat(depth))
        .append(String.format(java.util.Locale.ROOT, "%.4g", value))
        .append("  ")
        .append(description)
        .append('\n');
    details.forEach(each -> each.write(text, depth + 1));
  }
}
