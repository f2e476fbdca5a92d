package dev.earmark.source.turn;

import com.google.auto.service.AutoService;
import dev.earmark.model.Cue;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.FormatDescriptor;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.source.time.Stamp;
import dev.earmark.source.time.Times;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A log of the voice traffic of a space flight: a line with the time since lift-off, {@code
 * [dd:hh:mm:ss]}, then a line for each role that speaks, {@code CDR: words}, which may go on over
 * further lines.
 *
 * <p>Times before lift-off are negative; they count as lift-off and are reported. {@code _page} and
 * other keys with an underscore are about the paper it was typed on. {@code [glossary:MAX Q|max.
 * Q]} stands for what comes after the bar.
 */
@AutoService(SourceFormat.class)
public final class MissionLog implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "mission-log",
          "log of a space flight: a time with days in brackets, then role and words",
          "lines such as [00:00:01:06] alone, with days first");

  /** Whether a line is a time with days, alone in brackets. */
  static boolean isStamp(String line) {
    return line.startsWith("[") && colons(line) == 3 && stamp(line) != null;
  }

  private static int colons(String line) {
    int colons = 0;
    for (int i = 0; i < line.length() && i < 40; i++) {
      colons += line.charAt(i) == ':' ? 1 : 0;
    }
    return colons;
  }

  private static @Nullable Stamp stamp(String line) {
    Stamp stamp = Stamp.at(line, 0, Stamp.FourParts.DAYS);
    return stamp != null && stamp.end() == line.stripTrailing().length() ? stamp : null;
  }

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public boolean isRunningText() {
    return true;
  }

  @Override
  public Recognition recognise(RawSource source) {
    TextShape shape = TextShape.of(source);
    return shape.isMissionLog() ? Recognition.CERTAIN : Recognition.NO;
  }

  private static final int LONGEST_ROLE = 24;

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    Turns turns = new Turns(problems);
    List<String> lines = source.lines();
    StringBuilder words = new StringBuilder();
    String role = null;
    long stampMs = Times.NONE;
    int wordsLine = 0;
    for (int i = 0; i <= lines.size(); i++) {
      String line = i < lines.size() ? lines.get(i) : "";
      Stamp stamp = line.startsWith("[") ? stamp(line) : null;
      int colon = roleEnd(line);
      if (line.isBlank() || stamp != null || colon > 0) {
        if (!words.isEmpty()) {
          turns.paragraph(role, stampMs, withoutLinks(words.toString()), wordsLine);
          words.setLength(0);
          stampMs = Times.NONE;
        }
      }
      if (stamp != null) {
        stampMs = stamp.millis();
        if (stamp.beforeStart()) {
          problems.notice(
              "time-before-start",
              i + 1,
              line.strip() + " lies before the start of the recording",
              "counted as the start");
        }
      } else if (colon > 0) {
        role = line.substring(0, colon);
        wordsLine = i + 1;
        words.append(line.substring(colon + 1).strip());
      } else if (!line.isBlank() && !line.startsWith("_")) {
        wordsLine = words.isEmpty() ? i + 1 : wordsLine;
        words.append(words.isEmpty() ? "" : "\n").append(line.strip());
      }
    }
    if (turns.isEmpty()) {
      throw new SourceException(1, "nothing to read: [dd:hh:mm:ss] and then ROLE: words is needed");
    }
    List<Cue> cues = new ArrayList<>();
    turns.into(cues, new ArrayList<>(), null);
    return ParsedSource.ofCues(EpisodeFields.NONE, cues);
  }

  /** Where the role at the beginning of a line ends; -1 if there is none. */
  private static int roleEnd(String line) {
    int colon = line.indexOf(':');
    if (colon <= 0 || colon > LONGEST_ROLE || !Character.isUpperCase(line.charAt(0))) {
      return -1;
    }
    for (int i = 0; i < colon; i++) {
      char c = line.charAt(i);
      if (Character.isLowerCase(c) || ".,?!".indexOf(c) >= 0) {
        return -1;
      }
    }
    return colon;
  }

  /** Replaces {@code [glossary:TERM|shown]} by what is shown. */
  private static String withoutLinks(String text) {
    int open = text.indexOf('[');
    if (open < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int at = 0;
    while (open >= 0) {
      int close = text.indexOf(']', open);
      if (close < 0) {
        break;
      }
      String inside = text.substring(open + 1, close);
      int colon = inside.indexOf(':');
      if (colon > 0 && inside.chars().limit(colon).allMatch(Character::isLowerCase)) {
        int bar = inside.indexOf('|');
        out.append(text, at, open).append(inside.substring((bar < 0 ? colon : bar) + 1));
      } else {
        out.append(text, at, close + 1);
      }
      at = close + 1;
      open = text.indexOf('[', at);
    }
    return out.append(text.substring(at)).toString();
  }
}
