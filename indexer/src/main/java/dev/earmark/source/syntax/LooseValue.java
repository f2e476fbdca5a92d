package dev.earmark.source.syntax;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value as programs print it: JSON, JSON Lines, and what Python shows of its own dictionaries,
 * tuples and objects, such as {@code {'start': 0.5}}, {@code (0.5, 2.0, 'words')} and {@code
 * Segment(start=0.5, text='words')}.
 *
 * <p>Unlike {@link JsonReader} it asks for no quotation marks of one kind and for no end: of a text
 * that breaks off, what is whole is kept. Nesting is bounded; reading takes time linear in the
 * length of the text.
 *
 * @param line where it begins, counted from 1
 * @param text what a text, number or word says; empty for {@code null} and {@code None}; null if it
 *     is a list or an object
 * @param names the names of the values of an object; null if it is none
 * @param values those of a list or an object
 * @param python whether it is written as only Python does
 */
public record LooseValue(
    int line,
    @Nullable String text,
    @Nullable List<String> names,
    List<LooseValue> values,
    boolean python) {

  private static final int MAX_NESTING = 64;

  /** Whether its values have names. */
  public boolean isObject() {
    return names != null;
  }

  /** Whether it is a list or a tuple. */
  public boolean isList() {
    return names == null && text == null;
  }

  /** The value of this name; null if there is none. */
  public @Nullable LooseValue get(String name) {
    int at = names == null ? -1 : names.indexOf(name);
    return at < 0 ? null : values.get(at);
  }

  /** The values that stand one behind the other in a text, up to the first that is none. */
  public static List<LooseValue> all(String text) {
    Parser parser = new Parser(text);
    List<LooseValue> all = new ArrayList<>();
    while (true) {
      parser.skip(",;");
      LooseValue value = parser.at < text.length() ? parser.value(0) : null;
      if (value == null || value.text() != null) {
        return all;
      }
      all.add(value);
    }
  }

  private static final class Parser {
    private final String text;
    private int at;
    private int line = 1;

    Parser(String text) {
      this.text = text;
    }

    /** Skips white space, and these signs. */
    void skip(String signs) {
      while (at < text.length()) {
        char c = text.charAt(at);
        if (!Character.isWhitespace(c) && signs.indexOf(c) < 0) {
          return;
        }
        line += c == '\n' ? 1 : 0;
        at++;
      }
    }

    /** The value that begins here; null if none does, or it breaks off and has nothing in it. */
    @Nullable LooseValue value(int depth) {
      skip("");
      if (at >= text.length() || depth > MAX_NESTING) {
        return null;
      }
      char c = text.charAt(at);
      if (c == '{' || c == '[' || c == '(') {
        return container(depth, c);
      }
      if (c == '"' || c == '\'') {
        return quoted();
      }
      int from = at;
      while (at < text.length() && isPlain(text.charAt(at))) {
        at++;
      }
      if (at == from) {
        return null;
      }
      String word = text.substring(from, at);
      if (at < text.length()) {
        char next = text.charAt(at);
        if (next == '(' && Character.isLetter(word.charAt(0))) {
          return call(depth);
        }
        if ((next == '\'' || next == '"') && word.length() == 1) {
          // A prefix such as that of u'words'.
          return quoted();
        }
      }
      boolean nothing = word.equals("null") || word.equals("None");
      return new LooseValue(line, nothing ? "" : word, null, List.of(), false);
    }

    private static boolean isPlain(char c) {
      return Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '-' || c == '+';
    }

    /** {@code Segment(start=0.5)}; {@code np.float64(0.5)} is the value in it. */
    private @Nullable LooseValue call(int depth) {
      LooseValue inside = container(depth, '(');
      if (inside != null && inside.isList() && inside.values().size() == 1) {
        return inside.values().getFirst();
      }
      return inside;
    }

    private @Nullable LooseValue container(int depth, char open) {
      int begun = line;
      char close = open == '{' ? '}' : open == '[' ? ']' : ')';
      at++;
      List<String> names = new ArrayList<>();
      List<LooseValue> values = new ArrayList<>();
      boolean python = open == '(';
      while (true) {
        skip(",");
        if (at < text.length() && text.charAt(at) == close) {
          at++;
          break;
        }
        LooseValue value = value(depth + 1);
        if (value == null) {
          break;
        }
        skip("");
        char sign = at < text.length() ? text.charAt(at) : ' ';
        String name = value.text();
        if (name != null && ((open == '{' && sign == ':') || (open == '(' && sign == '='))) {
          python |= value.python();
          at++;
          value = value(depth + 1);
          if (value == null) {
            break;
          }
          names.add(name);
        }
        values.add(value);
        python |= value.python();
      }
      boolean named = open != '[' && names.size() == values.size() && !names.isEmpty();
      return new LooseValue(begun, null, named ? names : null, values, python);
    }

    /** A text in quotation marks; null if they do not close. */
    private @Nullable LooseValue quoted() {
      int begun = line;
      char quote = text.charAt(at);
      StringBuilder words = new StringBuilder();
      int from = ++at;
      while (at < text.length()) {
        char c = text.charAt(at);
        if (c == quote) {
          words.append(text, from, at++);
          return new LooseValue(begun, words.toString(), null, List.of(), quote == '\'');
        }
        if (c == '\\' && at + 1 < text.length()) {
          words.append(text, from, at);
          escape(words);
          from = at;
          continue;
        }
        line += c == '\n' ? 1 : 0;
        at++;
      }
      return null;
    }

    private void escape(StringBuilder words) {
      char c = text.charAt(at + 1);
      int digits = c == 'u' ? 4 : c == 'x' ? 2 : c == 'U' ? 8 : 0;
      at += 2;
      if (digits > 0) {
        int code = 0;
        int end = at;
        while (end < text.length()
            && end < at + digits
            && Character.digit(text.charAt(end), 16) >= 0) {
          code = code * 16 + Character.digit(text.charAt(end++), 16);
        }
        if (end == at + digits && Character.isValidCodePoint(code)) {
          words.appendCodePoint(code);
          at = end;
        }
        return;
      }
      line += c == '\n' ? 1 : 0;
      words.append(
          switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r', 'b', 'f', '\n' -> ' ';
            default -> c;
          });
    }
  }
}
