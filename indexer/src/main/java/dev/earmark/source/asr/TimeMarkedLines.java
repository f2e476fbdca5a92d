package dev.earmark.source.asr;

import dev.earmark.model.Cue;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.syntax.Excerpt;
import dev.earmark.source.syntax.JsonValues;
import dev.earmark.source.syntax.LineCursor;
import dev.earmark.source.time.Times;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines of the time marked files that NIST's scoring toolkit reads. Blanks stand between
 * fields, of which the first two name the recording and its channel. {@code ;;} begins a comment.
 *
 * <p>Only the lines of the first recording are given; the others are named in a warning. Not
 * thread-safe.
 */
final class TimeMarkedLines {
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern NUMBER =
      Pattern.compile("-?\\d{1,9}(?:\\.\\d{0,12})?|-?\\.\\d{1,12}");

  /** How another way to say a word is numbered: {@code and(2)}. */
  private static final Pattern VARIANT = Pattern.compile("(?<=\\p{L})\\(\\d\\)$");

  private static final int NAMED = 5;

  private final LineCursor lines;
  private final int fewest;
  private final int most;
  private final ProblemLog problems;
  private final Set<String> others = new LinkedHashSet<>();
  private @Nullable String recording;

  /** The lines that name nobody. */
  private final BitSet nameless = new BitSet();

  private @Nullable String unsaid;
  private int unsaidLine;
  private int unsaidCount;

  /**
   * @param fewest how many fields a line has at least
   * @param most into how many fields it is split; the last holds the rest
   */
  TimeMarkedLines(String text, int fewest, int most, ProblemLog problems) {
    this.lines = new LineCursor(text);
    this.fewest = fewest;
    this.most = most;
    this.problems = problems;
  }

  /** The fields of a line; null if it is empty or a comment. */
  static String @Nullable [] fields(String line, int most) {
    String text = line.strip();
    return text.isEmpty() || text.startsWith(";;") ? null : BLANKS.split(text, most);
  }

  /** The fields of the next line of the first recording; null after the last, and all is told. */
  String @Nullable [] next() {
    for (String line = lines.next(); line != null; line = lines.next()) {
      String[] fields = fields(line, most);
      if (fields == null) {
        continue;
      }
      if (fields.length < fewest) {
        problems.warning(
            "unreadable-row",
            lines.number(),
            "\"" + Excerpt.of(line) + "\" has " + fields.length + " of " + fewest + " fields",
            "left out");
      } else if (recording == null || recording.equals(fields[0])) {
        recording = fields[0];
        return fields;
      } else {
        others.add(fields[0]);
      }
    }
    tell();
    return null;
  }

  int number() {
    return lines.number();
  }

  private void tell() {
    if (!others.isEmpty()) {
      List<String> named = others.stream().limit(NAMED).map(Excerpt::of).toList();
      int more = others.size() - named.size();
      problems.warning(
          "several-recordings",
          0,
          "besides "
              + Excerpt.of(String.valueOf(recording))
              + " there are lines of "
              + String.join(", ", named)
              + (more == 0 ? "" : " and " + more + " more"),
          "left out; put those of each recording into a file of its own");
    }
    if (unsaidCount > 0) {
      problems.notice(
          "not-speech",
          unsaidLine,
          "\""
              + Excerpt.of(String.valueOf(unsaid))
              + "\""
              + (unsaidCount == 1 ? " was not said" : " and the like were not said"),
          "left out");
    }
  }

  /** Remembers what was said by nobody, to be told after the last line. */
  void leaveOut(String what) {
    if (unsaidCount == 0) {
      unsaid = what;
      unsaidLine = lines.number();
    }
    unsaidCount++;
  }

  /**
   * A word as it was said; empty if it is none: a sound in brackets or behind a percent sign, or
   * the sign for no word. What may be left out, {@code (uh)}, was said.
   */
  String said(String word) {
    String bare =
        word.length() > 2 && isEnclosed(word, '(', ')')
            ? word.substring(1, word.length() - 1)
            : word;
    if (isEnclosed(bare, '[', ']')
        || isEnclosed(bare, '<', '>')
        || isEnclosed(bare, '{', '}')
        || (bare.startsWith("%") && bare.length() > 1)) {
      leaveOut(word);
      return "";
    }
    return bare.equals("@") ? "" : VARIANT.matcher(bare).replaceFirst("");
  }

  private static boolean isEnclosed(String word, char open, char close) {
    return word.length() > 1 && word.charAt(0) == open && word.charAt(word.length() - 1) == close;
  }

  /** Who speaks; null if that is not known. Blanks in names are written as underscores. */
  @Nullable String speaker(String field) {
    String label =
        isUnknown(field) || field.equalsIgnoreCase("unknown") || field.equalsIgnoreCase("<unk>")
            ? null
            : JsonValues.label(field);
    nameless.set(lines.number(), label == null);
    return field.equals(label) ? field.replace('_', ' ').strip() : label;
  }

  /** The cues, of which those whose lines name nobody do not go on with the speaker before. */
  List<Cue> asNamed(List<Cue> cues) {
    List<Cue> named = new ArrayList<>(cues.size());
    for (Cue cue : cues) {
      named.add(nameless.get(cue.line()) ? cue.withSpeaker(null) : cue);
    }
    return named;
  }

  /** Whether a field says that its value is not known. */
  static boolean isUnknown(String field) {
    return field.equals("*") || field.equals("-") || field.equals("<NA>") || field.equals("NA");
  }

  static boolean isNumber(String field) {
    return NUMBER.matcher(field).matches();
  }

  /** A number of seconds in milliseconds; {@link Times#NONE} if it is none. */
  static long millis(String field) {
    return isNumber(field) ? JsonValues.fromSeconds(Double.parseDouble(field)) : Times.NONE;
  }
}
