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
import dev.earmark.source.head.SpeakerName;
import dev.earmark.source.syntax.Excerpt;
import dev.earmark.source.syntax.LineCursor;
import dev.earmark.source.time.CaptionTime;
import dev.earmark.source.time.CueTiming;
import dev.earmark.source.time.Times;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * SubRip captions, as they are found.
 *
 * <p>SubRip has no specification. What all files share is a line with two times and an arrow; so
 * such a line starts a caption, and everything up to the next one is its text, blank lines too. Off
 * its end go blank lines and the number of the caption that follows. A number is that only if it
 * stands right before the times, and it belongs to the text if the caption would else be empty and
 * the number does not go on from the one before: a caption that reads only {@code 1984} stays. Text
 * that stands behind the times on their line belongs to the caption, too.
 */
@AutoService(SourceFormat.class)
public final class SrtFormat implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "srt",
          "SubRip captions, as found in the wild",
          "a line with two times and an arrow, 00:00:01,000 --> 00:00:02,000");

  /** Documents about captions quote some; in a caption file they come at once. */
  private static final int MOST_LINES_BEFORE = 8;

  private static final String ARROW = "-->";

  /** No time, however damaged, is longer. */
  private static final int LONGEST_TIME = 24;

  private static final int FEWEST_NAMED = 4;

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    boolean named = source.hasExtension("srt");
    LineCursor lines = new LineCursor(source.head());
    int other = 0;
    boolean numbered = false;
    for (String line = lines.next();
        line != null && (named || other < MOST_LINES_BEFORE);
        line = lines.next()) {
      if (CueTiming.ofArrow(line) != null || (named && oddTiming(line) != null)) {
        boolean first = other == 0 || (other == 1 && numbered);
        return first && !source.hasExtension("md", "markdown") && isSubRip(line)
            ? Recognition.CERTAIN
            : Recognition.LIKELY;
      }
      if (!line.isBlank()) {
        other++;
        numbered = CueTiming.isNumber(line);
      }
    }
    return named ? Recognition.BY_NAME : Recognition.NO;
  }

  /** Whether the first time is written as SubRip does, with hours and a comma. */
  private static boolean isSubRip(String line) {
    String time = line.strip();
    return time.length() > 12
        && time.charAt(2) == ':'
        && time.charAt(5) == ':'
        && time.charAt(8) == ','
        && time.charAt(12) == ' ';
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    Reader reader = new Reader(problems);
    LineCursor lines = new LineCursor(source.text());
    // WebVTT without its first line is read as SubRip, and has comments and styles all the same.
    boolean web = source.hasExtension("vtt");
    if (web) {
      problems.notice(
          "no-webvtt-line", 1, "the file does not begin with the line WEBVTT", "read as SubRip");
    }
    boolean blank = true;
    boolean skipped = false;
    for (String line = lines.next(); line != null; line = lines.next()) {
      skipped = web && !line.isBlank() && (skipped || (blank && isWebBlock(line)));
      blank = line.isBlank();
      if (skipped) {
        continue;
      }
      CueTiming timing = CueTiming.ofArrow(line);
      CueTiming odd = timing == null ? oddTiming(line) : null;
      if (timing != null) {
        reader.timing(timing, lines.number());
      } else if (odd != null) {
        problems.notice(
            "loose-time",
            lines.number(),
            "\"" + Excerpt.of(line) + "\" has no arrow --> between its times",
            "read all the same; write 00:01:02,000 --> 00:01:04,000");
        reader.timing(odd, lines.number());
      } else {
        reader.text(line, lines.number());
      }
    }
    return reader.finish();
  }

  /** Two times with something between them that is no arrow; null for any other line. */
  private static @Nullable CueTiming oddTiming(String line) {
    String start = line.stripLeading();
    boolean maybe =
        start.length() > 16
            && start.charAt(0) <= '['
            && (start.charAt(0) == '[' || CaptionTime.isDigit(start.charAt(0)));
    return maybe ? CueTiming.ofTwoClocks(start) : null;
  }

  /** Whether a line begins a block of WebVTT that is no caption. */
  private static boolean isWebBlock(String line) {
    return line.equals("NOTE")
        || line.startsWith("NOTE ")
        || line.strip().equals("STYLE")
        || line.strip().equals("REGION")
        || line.strip().equalsIgnoreCase("WEBVTT");
  }

  /** A caption as it stands there. */
  private record Caption(CueTiming timing, String text, int line) {
    String behind() {
      return timing.behind();
    }
  }

  /** Gathers the text of one caption after the other. */
  private static final class Reader {
    private final ProblemLog problems;
    private final CueBuilder cues;
    private @Nullable CueTiming open;
    private int openLine;

    /** Whether the times of what would be the first caption could not be read. */
    private boolean firstIsDamaged;

    /** What stands before the first caption, and on which lines. */
    private final List<String> before = new ArrayList<>();

    private final List<Integer> beforeLines = new ArrayList<>();

    /** How many captions have a number. */
    private int numbered;

    private final StringBuilder text = new StringBuilder();
    private final List<Caption> captions = new ArrayList<>();

    /** The number before the open caption's times; null if it has none. */
    private @Nullable String number;

    Reader(ProblemLog problems) {
      this.problems = problems;
      this.cues = new CueBuilder(problems);
    }

    void text(String line, int lineNumber) {
      if (isDamagedTiming(line)) {
        damaged(line, lineNumber);
        return;
      }
      if (open == null && !firstIsDamaged && !line.isBlank() && !CueTiming.isNumber(line)) {
        before.add(line.strip());
        beforeLines.add(lineNumber);
      }
      text.append(line).append('\n');
    }

    /** A start alone is enough: the next caption says where this one ends. */
    private void damaged(String line, int lineNumber) {
      int arrow = line.indexOf(ARROW);
      String from = line.substring(0, arrow).strip();
      String to = line.substring(arrow + ARROW.length()).strip();
      long start = CaptionTime.parse(from);
      String done;
      if (start != Times.NONE) {
        done = "it ends with the next caption";
      } else if (open != null) {
        done = "the text below is added to the caption before";
      } else {
        done = "the caption is left out";
        firstIsDamaged = true;
      }
      problems.warning(
          "unreadable-time",
          lineNumber,
          "\"" + Excerpt.of(line) + "\" " + fault(from, to, start == Times.NONE),
          done + "; write 00:01:02,000 --> 00:01:04,000");
      if (start == Times.NONE) {
        takeNumber();
      } else {
        timing(new CueTiming(start, start), lineNumber);
      }
    }

    private static String fault(String from, String to, boolean startIsBad) {
      String side = startIsBad ? "start" : "end";
      String time = startIsBad ? from : to;
      return time.isEmpty()
          ? "has no " + side
          : "has "
              + (startIsBad ? "a start" : "an end")
              + " that is not a time, \""
              + Excerpt.of(time)
              + "\"";
    }

    /** Whether a line has an arrow between what were times; a sentence may have one, too. */
    private static boolean isDamagedTiming(String line) {
      int arrow = line.indexOf(ARROW);
      if (arrow < 0 || arrow > LONGEST_TIME) {
        return false;
      }
      String from = line.substring(0, arrow).strip();
      String to = line.substring(arrow + ARROW.length()).strip();
      return beginsAsTime(from) && beginsAsTime(to) && (hasClock(from) || hasClock(to));
    }

    private static boolean beginsAsTime(String text) {
      return text.isEmpty() || CaptionTime.isDigit(text.charAt(0));
    }

    private static boolean hasClock(String text) {
      String hours = text.substring(0, Math.min(text.length(), 4));
      return hours.indexOf(':') > 0 || hours.indexOf('h') > 0;
    }

    void timing(CueTiming timing, int line) {
      String next = takeNumber();
      flush();
      open = timing;
      openLine = line;
      number = next;
      numbered += next == null ? 0 : 1;
    }

    /** Takes the number of the next caption off the end of the text. */
    private @Nullable String takeNumber() {
      int end = text.length() - 1;
      int start = end < 0 ? 0 : text.lastIndexOf("\n", end - 1) + 1;
      String last = end < 0 ? "" : text.substring(start, end).strip();
      if (!CueTiming.isNumber(last)) {
        return null;
      }
      boolean aloneInCaption = open != null && start == 0;
      if (aloneInCaption && !follows(last)) {
        return null;
      }
      text.setLength(start);
      // Some tools number a caption twice; the second number is no text either.
      int before = start < 2 ? -1 : text.lastIndexOf("\n", start - 2);
      if (start > 0 && text.substring(before + 1, start - 1).strip().equals(last)) {
        boolean blankAbove =
            before <= 0 || text.charAt(before - 1) == '\n' || text.substring(0, before).isBlank();
        if (blankAbove) {
          text.setLength(before + 1);
        }
      }
      return last;
    }

    /** Whether a number is one more than that of the open caption. */
    private boolean follows(String next) {
      String known = number;
      return known != null && Double.parseDouble(next) == Double.parseDouble(known) + 1;
    }

    private void flush() {
      CueTiming timing = open;
      if (timing != null) {
        captions.add(new Caption(timing, text.toString(), openLine));
      }
      text.setLength(0);
    }

    ParsedSource finish() throws SourceException {
      if (open == null) {
        throw new SourceException(
            0, "no caption found: there is no line like 00:00:01,000 --> 00:00:02,000");
      }
      flush();
      List<String> names = takeNames();
      for (int i = names.isEmpty() ? 0 : 1; i < before.size(); i++) {
        problems.notice(
            "text-without-time",
            beforeLines.get(i),
            "\"" + Excerpt.of(before.get(i)) + "\" stands before the first caption",
            "left out");
      }
      boolean behindIsText = behindIsText();
      boolean behindIsName = !behindIsText && behindIsName();
      for (int i = 0; i < captions.size(); i++) {
        Caption caption = captions.get(i);
        String name = names.isEmpty() ? null : names.get(i);
        add(caption, behindIsText || caption.text().isBlank(), behindIsName, name);
      }
      return cues.finish(EpisodeFields.NONE);
    }

    /**
     * Takes the names that stand where others have numbers, above the times of a caption, off the
     * text before; none unless all captions have one, of few that come again and again.
     */
    private List<String> takeNames() {
      int size = captions.size();
      if (numbered > 0 || size < FEWEST_NAMED || before.size() != 1) {
        return List.of();
      }
      List<String> names = new ArrayList<>(before);
      List<Caption> rest = new ArrayList<>();
      for (Caption caption : captions) {
        String said = caption.text().stripTrailing();
        int cut = said.lastIndexOf('\n');
        boolean apart = cut > 0 && said.charAt(cut - 1) == '\n';
        if (rest.size() == size - 1) {
          rest.add(caption);
        } else if (apart) {
          names.add(said.substring(cut + 1).strip());
          rest.add(new Caption(caption.timing(), said.substring(0, cut), caption.line()));
        } else {
          return List.of();
        }
      }
      boolean again = new HashSet<>(names).size() * 2 <= size;
      if (!again || !names.stream().allMatch(SpeakerName::looksLikeName)) {
        return List.of();
      }
      captions.clear();
      captions.addAll(rest);
      return names;
    }

    /** A text without the blank lines it begins with. */
    private static String withoutBlankLines(String text) {
      int from = 0;
      int at = 0;
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        from = text.charAt(at++) == '\n' ? at : from;
      }
      return text.substring(from);
    }

    /**
     * Whether text behind the times of a line is said: it is in a file where most captions that
     * have it have no other. Else it is what some program keeps for itself.
     */
    private boolean behindIsText() {
      int with = 0;
      int only = 0;
      for (Caption caption : captions) {
        if (!caption.behind().isEmpty()) {
          with++;
          only += caption.text().isBlank() ? 1 : 0;
        }
      }
      return only > 0 && only * 2 >= with;
    }

    /** Whether names in brackets come again and again behind the times. */
    private boolean behindIsName() {
      int named = 0;
      Set<String> names = new HashSet<>();
      for (Caption caption : captions) {
        String name = nameIn(caption.behind());
        named += name == null ? 0 : 1;
        if (name != null) {
          names.add(name);
        }
      }
      return named > 1 && names.size() > 1 && names.size() < named && named * 2 > captions.size();
    }

    private static @Nullable String nameIn(String behind) {
      boolean brackets =
          behind.length() > 2
              && "[(<".indexOf(behind.charAt(0)) >= 0
              && "])>".indexOf(behind.charAt(behind.length() - 1)) >= 0;
      return brackets ? SpeakerName.of(behind) : null;
    }

    private void add(Caption caption, boolean withBehind, boolean withName, @Nullable String name) {
      String below = caption.text();
      String whole = withBehind ? caption.behind() + '\n' + below : below;
      // A space before the first word says that a word begins here, where cues are tokens.
      String marked = withoutBlankLines(whole.stripTrailing());
      CaptionMarkup plain = CaptionMarkup.of(marked);
      String beside = withName && name == null ? nameIn(caption.behind()) : name;
      cues.addMarked(
          caption.timing().startMs(),
          caption.timing().endMs(),
          plain.speaker() == null ? beside : plain.speaker(),
          plain.text(),
          List.of(),
          CaptionMarkup.onlyMark(marked, plain.text()),
          caption.line());
    }
  }
}
