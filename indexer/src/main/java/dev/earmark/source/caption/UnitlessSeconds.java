package dev.earmark.source.caption;

import com.google.auto.service.AutoService;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.FormatDescriptor;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.source.cue.CueBuilder;
import dev.earmark.source.syntax.Excerpt;
import dev.earmark.source.syntax.JsonValues;
import dev.earmark.source.syntax.LineCursor;
import dev.earmark.source.time.Times;
import dev.earmark.text.Words;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lines that begin with a number of seconds without a unit, as scripts print what a recogniser
 * says: {@code 12.5 Ada Quist: The crane is broken.}, {@code 0.00 - 4.20: The crane is broken.},
 * {@code [4.60] Then we wait.}, {@code Ada Quist (12.5): The crane is broken.} A line without a
 * time goes on with the text before.
 *
 * <p>Numbers of sections, prices and grades begin lines as well. So the numbers have to rise, with
 * digits behind the point, and between them there has to be as much as somebody says in that time.
 */
@AutoService(SourceFormat.class)
public final class UnitlessSeconds implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "unitless-seconds",
          "lines that begin with seconds without a unit",
          "lines that begin with a rising number such as 12.5, and between two of them as much as"
              + " is said in so many seconds");

  private static final String SECONDS = "(\\d{1,6}(?:\\.\\d{1,6})?)";
  private static final Pattern LINE =
      Pattern.compile(
          "\\s{0,8}(?<name>[^\\d\\s:\\[(][^\\d:\\[(]{0,60}?)??[\\[(]?\\s?"
              + SECONDS
              + "(?:\\s{0,4}(?:,|-|–|—|-->|->|→|to|\\s)\\s{0,4}"
              + SECONDS
              + ")?\\s?[\\])]?(?:\\s{0,4}[:|\\t–—-]|\\s|(?<=[\\])]))\\s{0,8}(?<text>\\S.*)?");

  private static final int START = 2;
  private static final int END = 3;
  private static final int LOOKED_AT = 200;
  private static final int FEWEST = 3;
  private static final double TIMED = 0.9;
  private static final double SPOKEN = 0.7;
  private static final double SLOWEST = 0.3;
  private static final double FASTEST = 6;
  private static final double WORDS_A_LINE = 3;

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    LineCursor lines = new LineCursor(source.head());
    Double before = null;
    int all = 0;
    int timed = 0;
    int fractions = 0;
    int words = 0;
    int gaps = 0;
    int spoken = 0;
    int said = 0;
    for (String line = lines.next(); line != null && all < LOOKED_AT; line = lines.next()) {
      if (line.isBlank()) {
        continue;
      }
      all++;
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        if (all - timed > 1 && timed < TIMED * all) {
          return Recognition.NO;
        }
        continue;
      }
      timed++;
      fractions += matcher.group(START).indexOf('.') > 0 ? 1 : 0;
      double start = Double.parseDouble(matcher.group(START));
      if (before != null) {
        if (start < before) {
          return Recognition.NO;
        }
        double pace = said / Math.max(start - before, 1e-3);
        gaps++;
        spoken += pace >= SLOWEST && pace <= FASTEST ? 1 : 0;
      }
      before = start;
      String text = matcher.group("text");
      said = text == null ? 0 : Words.of(text).count();
      words += said;
    }
    boolean speech =
        timed >= FEWEST
            && timed >= TIMED * all
            && 2 * fractions >= timed
            && words >= WORDS_A_LINE * timed
            && spoken >= SPOKEN * gaps;
    return speech ? Recognition.LIKELY : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    CueBuilder cues = new CueBuilder(problems);
    LineCursor lines = new LineCursor(source.text());
    Matcher open = null;
    int openLine = 0;
    StringBuilder text = new StringBuilder();
    for (String line = lines.next(); line != null; line = lines.next()) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        if (open == null && !text.isEmpty()) {
          problems.notice(
              "text-without-time",
              openLine,
              "\"" + Excerpt.of(text.toString()) + "\" stands before the first time",
              "left out");
          text.setLength(0);
        }
        add(open, text, openLine, cues);
        open = matcher;
        openLine = lines.number();
        text.append(matcher.group("text") == null ? "" : matcher.group("text"));
      } else if (!line.isBlank()) {
        openLine = open == null && text.isEmpty() ? lines.number() : openLine;
        text.append(text.isEmpty() ? "" : "\n").append(line.strip());
      }
    }
    add(open, text, openLine, cues);
    if (cues.size() == 0) {
      throw new SourceException(0, "no line begins with seconds, such as 12.5 and then words");
    }
    return cues.finish(EpisodeFields.NONE);
  }

  private static void add(@Nullable Matcher line, StringBuilder text, int number, CueBuilder cues) {
    if (line != null) {
      String name = line.group("name");
      cues.add(
          millis(line.group(START)),
          millis(line.group(END)),
          name == null ? null : name.strip(),
          text.toString(),
          number);
    }
    text.setLength(0);
  }

  private static long millis(@Nullable String seconds) {
    return seconds == null ? Times.NONE : JsonValues.fromSeconds(Double.parseDouble(seconds));
  }
}
