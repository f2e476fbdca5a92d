package dev.earmark.source.syntax;

/**
 * A few characters, of which it is asked again and again whether one is among them: a look into a
 * table for those of ASCII, which most texts are made of. Immutable.
 */
public final class CharacterSet {
  private static final int ASCII = 128;

  private final boolean[] ascii = new boolean[ASCII];
  private final String others;

  private CharacterSet(String characters) {
    StringBuilder rest = new StringBuilder();
    for (int i = 0; i < characters.length(); i++) {
      char c = characters.charAt(i);
      if (c < ASCII) {
        ascii[c] = true;
      } else {
        rest.append(c);
      }
    }
    others = rest.toString();
  }

  /** The set of the characters of a text. */
  public static CharacterSet of(String characters) {
    return new CharacterSet(characters);
  }

  /** The set of the characters of a text, and the digits of ASCII. */
  public static CharacterSet withDigits(String characters) {
    return new CharacterSet("0123456789" + characters);
  }

  public boolean has(char c) {
    return c < ASCII ? ascii[c] : others.indexOf(c) >= 0;
  }
}
