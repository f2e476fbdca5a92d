package dev.earmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * No regular expression backtracks more than in proportion to its input.
 *
 * <p>Takes every expression out of the sources and matches it against long repetitions of what it
 * is made of. Counted are the characters that the matcher looks at, so that the machine does not
 * matter: twice the input may take little more than twice as many looks. Expressions that only see
 * short texts are listed with what bounds them.
 */
class RegularExpressionsTest {
  private static final int LENGTH = 1_000;

  /** Twice, and what small terms add. */
  private static final double MOST = 2.3;

  /** By file: what keeps the texts short that its expressions see. */
  private static final Map<String, String> SHORT =
      Map.of("PathFacts.java", "names of files and folders, at most 255 bytes");

  /** Escapes of letters, which the compiler reads before it reads texts. */
  private static final Pattern UNICODE = Pattern.compile("(?<!\\\\)\\\\u+([0-9a-fA-F]{4})");

  private static final Pattern USE =
      Pattern.compile("(?:Pattern\\.compile|\\.matches|\\.replaceAll|\\.replaceFirst|\\.split)\\(");

  /** Counts how often it is looked at. */
  private static final class Counted implements CharSequence {
    private final String text;
    private long looks;

    Counted(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      looks++;
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** The first argument of a call, its literals joined; what is not literal stands as a letter. */
  private static String argument(String source, int from) {
    StringBuilder literal = new StringBuilder();
    int at = from;
    int depth = 0;
    boolean other = false;
    while (at < source.length()) {
      char c = source.charAt(at);
      if (c == '"') {
        int end = at + 1;
        while (source.charAt(end) != '"') {
          end += source.charAt(end) == '\\' ? 2 : 1;
        }
        literal.append(other ? "a" : "").append(source, at + 1, end);
        other = false;
        at = end;
      } else if (depth == 0 && (c == ',' || c == ')')) {
        break;
      } else {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        other |= Character.isLetter(c);
      }
      at++;
    }
    String text = literal.append(other && !literal.isEmpty() ? "a" : "").toString();
    return UNICODE
        .matcher(text)
        .replaceAll(one -> Character.toString(Integer.parseInt(one.group(1), 16)))
        .translateEscapes();
  }

  /** An expression, and whether it is asked to match the whole of a text only. */
  private record Expression(String text, boolean whole) {}

  private static Map<String, Set<Expression>> expressions() throws IOException {
    Map<String, Set<Expression>> byFile = new TreeMap<>();
    for (String module : List.of("../indexer", "../server", "opensearch")) {
      try (Stream<Path> files = Files.walk(Path.of(module, "src/main/java"))) {
        for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
          String source = Files.readString(file);
          Matcher use = USE.matcher(source);
          while (use.find()) {
            String expression = argument(source, use.end());
            if (expression.length() > 1) {
              byFile
                  .computeIfAbsent(String.valueOf(file.getFileName()), key -> new LinkedHashSet<>())
                  .add(new Expression(expression, use.group().equals(".matches(")));
            }
          }
        }
      }
    }
    return byFile;
  }

  /** What an expression may be made of: its own characters, and one of each class. */
  private static List<String> pieces(String expression) {
    List<String> letters =
        (expression.chars().mapToObj(c -> String.valueOf((char) c)).collect(Collectors.joining())
                + " \t\naA1.")
            .chars()
            .filter(c -> "{}^$?*+\\".indexOf(c) < 0)
            .distinct()
            .mapToObj(c -> String.valueOf((char) c))
            .toList();
    List<String> pieces = new ArrayList<>(letters);
    for (String one : letters) {
      for (String two : List.of(" ", "a", "1", ".", "-")) {
        pieces.add(one + two);
      }
    }
    return pieces;
  }

  private static long looks(Pattern pattern, boolean whole, String text) {
    Counted find = new Counted(text);
    Matcher found = pattern.matcher(find);
    while (!whole && found.find()) {
      find.looks++;
    }
    Counted match = new Counted(text);
    var unused = pattern.matcher(match).matches();
    return find.looks + match.looks;
  }

  /** The repetition on which an expression looks too often; null if there is none. */
  private static @Nullable String slow(String expression, boolean whole) {
    Pattern pattern = Pattern.compile(expression);
    for (String piece : pieces(expression)) {
      for (String end : List.of("", "\u0001", "!\n")) {
        int times = LENGTH / piece.length();
        long once = looks(pattern, whole, piece.repeat(times) + end);
        long twice = looks(pattern, whole, piece.repeat(2 * times) + end);
        if (twice > MOST * once + 2_000) {
          return "\"" + expression + "\" on \"" + piece + "\"…: " + once + " looks, then " + twice;
        }
      }
    }
    return null;
  }

  @Test
  void noExpressionBacktracksMoreThanInProportion() throws IOException {
    Map<String, Set<Expression>> byFile = expressions();
    assertThat(byFile.values().stream().mapToInt(Set::size).sum()).isGreaterThan(60);
    List<String> slow = new ArrayList<>();
    byFile.forEach((file, expressions) -> {
      if (!SHORT.containsKey(file)) {
        for (Expression one : expressions) {
          String where = slow(one.text(), one.whole());
          if (where != null) {
            slow.add(file + ": " + where);
          }
        }
      }
    });
    assertThat(slow).isEmpty();
  }

  @Test
  void theMeasureFindsWhatBacktracks() {
    assertThat(slow("(a+)+b", false)).contains("looks");
    assertThat(slow("\\s+$", false)).contains("looks");
    assertThat(slow("a.*b.*c", false)).contains("looks");
    assertThat(slow("\\s*$", false)).contains("looks");
    assertThat(slow("[a-z]{1,20}:", false)).isNull();
    assertThat(slow("[a-z]*:", true)).isNull();
  }
}
