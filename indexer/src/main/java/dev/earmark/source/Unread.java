package dev.earmark.source;

import dev.earmark.model.Anchor;
import dev.earmark.model.Cue;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.ProblemLog;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a format left unread although it looks as if it meant something: times at the heads or ends
 * of lines, and words before colons and the like with which many lines begin.
 *
 * <p>A source of which this is much is reported, with what would settle it, so that no transcript
 * is taken for plain notes in silence. Linear in the length of the text.
 */
public final class Unread {
  private static final int FEW = 3;

  /** More lines than this say no more. */
  private static final int MOST_LINES = 20_000;

  private static final int LONGEST_LINE = 4_000;
  private static final int ENDS = 40;

  /** Something like a time, whether any format would read it or not. */
  private static final String TIME =
      "(?:\\d{1,3}[:;\u2236\uFF1A\u2032'h]\\s?\\d{2}(?:[:;.,\u2032'\"\u2033m]\\d{1,3}){0,3}"
          + "|\\d{1,2}\\.\\d{2}\\.\\d{2}(?![.\\d])"
          + "|\\d{1,3}\\s?(?:min|mins|minutes?|m)\\W{0,3}\\d{1,2}\\s?(?:s|sec|secs|seconds?))";

  private static final Pattern AT_START =
      Pattern.compile("^[\\s\\p{Punct}\u2022\u2013\u2014]{0,8}" + TIME + "(?![\\d/])");
  private static final Pattern AT_END =
      Pattern.compile("[\\s(\\[{<#@\u2013\u2014|-]" + TIME + "[\\s\\p{Punct}]{0,6}$");

  /** What a line begins with before a colon or the like; a prefix of an XML element is none. */
  private static final Pattern HEAD =
      Pattern.compile(
          "^(?!\\s{0,40}</?\\p{L}[\\w.-]{0,20}:\\p{L})[\\s\\p{Punct}]{0,4}([\\p{L}][^:\uFF1A\\t|\u2013\u2014\\n]{0,40}?)"
              + "(?:\\s?[:\uFF1A|\\t\u2013\u2014](?!//)|\\s-\\s|[\\])]\\s)");

  /** The signs after which {@link #HEAD} may end. */
  private static final String HEAD_ENDS = ":\uFF1A|\t\u2013\u2014-])";

  private static final int LONGEST_HEAD = 60;

  private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}]+");

  /** Marks of questions and answers, which name nobody. */
  private static final Set<String> QUESTIONS =
      Set.of(
          "q",
          "a",
          "question",
          "answer",
          "audience",
          "frage",
          "antwort",
          "publikum",
          "pregunta",
          "respuesta",
          "audiencia",
          "réponse");

  private Unread() {}

  /**
   * Reports what was not understood of a source.
   *
   * @param source as it was
   * @param read what a format made of it
   */
  public static void report(RawSource source, ParsedSource read, ProblemLog problems) {
    times(source, read, problems);
    boolean chapters =
        read.cues().isEmpty()
            && !read.moments().isEmpty()
            && read.moments().stream()
                .allMatch(moment ->
                    moment.kind() == Kind.CHAPTER && moment.anchor() instanceof Anchor.Exact);
    if (!chapters
        && read.cues().stream().allMatch(cue -> cue.speaker() == null)
        && read.moments().stream().allMatch(moment -> moment.speaker() == null)) {
      speakers(source, read, problems);
    }
  }

  private static void times(RawSource source, ParsedSource read, ProblemLog problems) {
    int timed = read.cues().size();
    for (Moment moment : read.moments()) {
      timed += moment.anchor() instanceof Anchor.Exact ? 1 : 0;
    }
    int lines = 0;
    int withTime = 0;
    int first = 0;
    int number = 0;
    for (String line : lines(source)) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      lines++;
      // Of captions whose times were read, several may have become one cue.
      if ((timed == 0 || !line.contains("-->")) && hasTime(line)) {
        withTime++;
        first = first == 0 ? number : first;
      }
    }
    if (withTime >= FEW && withTime * 5 >= lines && timed * 2 < withTime) {
      problems.warning(
          "times-not-read",
          first,
          withTime
              + " of "
              + lines
              + " lines begin or end with something like a time, and "
              + (timed == 0 ? "none was" : timed + " were")
              + " read",
          "see ./earmark parse --explain FILE; write times as [00:01:12] before the words, or say"
              + " the format: --format ID, or format: in episode.yaml");
    }
    int heads = 0;
    for (Cue cue : read.cues()) {
      heads += cue.text().length() < LONGEST_LINE && startsWithTime(cue.text()) ? 1 : 0;
    }
    if (heads >= FEW && heads * 5 >= read.cues().size()) {
      problems.warning(
          "times-not-read",
          read.cues().getFirst().line(),
          heads
              + " of "
              + read.cues().size()
              + " paragraphs begin with something like a time that was not read",
          "left in the text; see ./earmark parse --explain FILE");
    }
  }

  private static boolean hasTime(String line) {
    return startsWithTime(line) || (line.length() <= LONGEST_LINE && endsWithTime(line));
  }

  private static boolean startsWithTime(String line) {
    int end = Math.min(line.length(), ENDS);
    return hasDigit(line, 0, end) && AT_START.matcher(line.substring(0, end)).find();
  }

  private static boolean endsWithTime(String line) {
    int start = Math.max(0, line.length() - ENDS);
    return hasDigit(line, start, line.length()) && AT_END.matcher(line.substring(start)).find();
  }

  /** Most lines have no digit, which is seen sooner than that they have no time. */
  private static boolean hasDigit(String line, int from, int to) {
    for (int i = from; i < to; i++) {
      if (line.charAt(i) >= '0' && line.charAt(i) <= '9') {
        return true;
      }
    }
    return false;
  }

  private static void speakers(RawSource source, ParsedSource read, ProblemLog problems) {
    List<String> texts = new ArrayList<>();
    read.cues().forEach(cue -> texts.add(cue.text()));
    if (texts.isEmpty()) {
      lines(source).forEach(texts::add);
    }
    Map<String, Integer> counts = new HashMap<>();
    Map<String, String> written = new HashMap<>();
    int units = 0;
    for (String text : texts) {
      if (text.isBlank()) {
        continue;
      }
      units++;
      String head = head(text);
      if (head != null) {
        String key = Words.fold(head);
        if (QUESTIONS.contains(NO_LETTER.matcher(key).replaceAll(""))) {
          continue;
        }
        counts.merge(key, 1, Integer::sum);
        written.putIfAbsent(key, head);
      }
    }
    int alike = 0;
    int highest = 0;
    String most = null;
    for (Map.Entry<String, Integer> entry : counts.entrySet()) {
      if (entry.getValue() >= FEW) {
        alike += entry.getValue();
        if (entry.getValue() > highest) {
          highest = entry.getValue();
          most = entry.getKey();
        }
      }
    }
    if (most != null && alike >= 2 * FEW && alike * 5 >= units) {
      problems.warning(
          "speakers-not-read",
          0,
          "no speaker was found although "
              + alike
              + " lines begin alike, such as \""
              + written.get(most)
              + "\"",
          "if these are names, write them as Name: before the words; see ./earmark parse --explain"
              + " FILE");
    }
  }

  private static @Nullable String head(String text) {
    String start = text.substring(0, Math.min(text.length(), LONGEST_HEAD));
    if (!endsSomething(start)) {
      return null;
    }
    Matcher head = HEAD.matcher(start);
    return head.find() ? head.group(1).strip() : null;
  }

  /** Whether there is a sign that may end a head: most lines have none. */
  private static boolean endsSomething(String start) {
    for (int i = 1; i < start.length(); i++) {
      if (HEAD_ENDS.indexOf(start.charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }

  private static List<String> lines(RawSource source) {
    List<String> lines = source.text().lines().limit(MOST_LINES).toList();
    int end =
        !lines.isEmpty() && lines.getFirst().equals("---")
            ? lines.subList(1, lines.size()).indexOf("---")
            : -1;
    // The fields of front matter are no lines of the text; they stay, blank, for their numbers.
    List<String> text = new ArrayList<>(Collections.nCopies(end < 0 ? 0 : end + 2, ""));
    text.addAll(lines.subList(text.size(), lines.size()));
    return text;
  }
}
