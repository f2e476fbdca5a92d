package dev.earmark.source.syntax;

/** The start of a text on one line, as messages show it. */
public final class Excerpt {
  private static final int LONGEST = 60;

  private Excerpt() {}

  public static String of(String text) {
    String line = text.strip();
    String head = line.length() > LONGEST ? line.substring(0, LONGEST - 1) + "…" : line;
    return head.replace('\n', ' ');
  }
}
