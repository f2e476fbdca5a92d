package dev.earmark.source.asr;

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
import dev.earmark.source.syntax.LineCursor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A segment time marked file of NIST (STM), the transcripts that recognisers are measured by: a
 * segment a line, {@code recording channel speaker start end <labels> text}. Times are in seconds;
 * the labels may be missing.
 *
 * <p>Of words to choose from, <code>{ going to / gonna }</code>, the first are taken; words that
 * may be left out, {@code (uh)}, were said; sounds in brackets are no words. Segments that are not
 * to be scored, and gaps, were said by nobody. Only the first recording is read, its channels in
 * order of time.
 *
 * @see <a href="https://github.com/usnistgov/SCTK">NIST's scoring toolkit, SCTK</a>
 */
@AutoService(SourceFormat.class)
public final class StmFormat implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "stm",
          "segment time marks of NIST (STM), a segment a line",
          "lines of recording, channel, speaker, start, end and text, in seconds that rise");

  private static final int SPEAKER = 2;
  private static final int START = 3;
  private static final int END = 4;
  private static final int TEXT = 5;
  private static final int LOOKED_AT = 8;
  private static final String NOT_SCORED = "ignore_time_segment_in_scoring";
  private static final Set<String> NOBODY =
      Set.of("inter_segment_gap", "excluded_region", "interseg_gap");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    LineCursor lines = new LineCursor(source.head());
    boolean named = source.hasExtension("stm");
    Map<String, Double> starts = new HashMap<>();
    int segments = 0;
    boolean words = false;
    boolean fractions = false;
    String line = lines.next();
    for (; line != null && segments < LOOKED_AT; line = lines.next()) {
      String[] fields = TimeMarkedLines.fields(line, TEXT + 1);
      if (fields == null) {
        continue;
      }
      boolean timed =
          fields.length >= TEXT
              && TimeMarkedLines.isNumber(fields[START])
              && TimeMarkedLines.isNumber(fields[END]);
      if (!timed && !named) {
        return Recognition.NO;
      }
      if (!timed) {
        continue;
      }
      double start = Double.parseDouble(fields[START]);
      Double before = starts.put(fields[0] + ' ' + fields[1], start);
      boolean rises =
          start < Double.parseDouble(fields[END]) && (before == null || before <= start);
      if (!rises && !named) {
        return Recognition.NO;
      }
      segments++;
      words |= fields.length > TEXT && fields[TEXT].chars().anyMatch(Character::isLetter);
      fractions |= fields[START].indexOf('.') >= 0 || fields[END].indexOf('.') >= 0;
    }
    if (!words || !fractions) {
      return Recognition.NO;
    }
    return named || segments > 2 ? Recognition.CERTAIN : Recognition.LIKELY;
  }

  private record Segment(
      long startMs, long endMs, @Nullable String speaker, String text, int line) {}

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    TimeMarkedLines lines = new TimeMarkedLines(source.text(), TEXT, TEXT + 1, problems);
    List<Segment> segments = new ArrayList<>();
    for (String[] fields = lines.next(); fields != null; fields = lines.next()) {
      String text = fields.length > TEXT ? fields[TEXT] : "";
      boolean nobody = NOBODY.contains(fields[SPEAKER].toLowerCase(Locale.ROOT));
      if (nobody || text.toLowerCase(Locale.ROOT).contains(NOT_SCORED)) {
        lines.leaveOut(nobody ? fields[SPEAKER] : text);
        continue;
      }
      segments.add(
          new Segment(
              TimeMarkedLines.millis(fields[START]),
              TimeMarkedLines.millis(fields[END]),
              lines.speaker(fields[SPEAKER]),
              said(withoutLabels(text), lines),
              lines.number()));
    }
    segments.sort(Comparator.comparingLong(Segment::startMs));
    CueBuilder cues = new CueBuilder(problems);
    for (Segment each : segments) {
      cues.add(each.startMs(), each.endMs(), each.speaker(), each.text(), each.line());
    }
    return ParsedSource.ofCues(
        EpisodeFields.NONE,
        lines.asNamed(
            cues.orRefuse("lines of recording, channel, speaker, start, end and text are needed")));
  }

  /** The text behind labels such as {@code <o,f0,female>}. */
  private static String withoutLabels(String text) {
    int close = text.startsWith("<") ? text.indexOf('>') : -1;
    return close < 0 ? text : text.substring(close + 1);
  }

  /** What was said, with the first of words to choose from and without sounds. */
  private static String said(String text, TimeMarkedLines lines) {
    StringBuilder said = new StringBuilder(text.length());
    boolean chooses = false;
    boolean skips = false;
    String[] fields = TimeMarkedLines.fields(text, 0);
    List<String> tokens = fields == null ? List.of() : List.of(fields);
    int lastClose = tokens.lastIndexOf("}");
    for (int i = 0; i < tokens.size(); i++) {
      String token = tokens.get(i);
      if (token.equals("{") && i < lastClose) {
        chooses = true;
      } else if (token.equals("}")) {
        chooses = false;
        skips = false;
      } else if (token.equals("/") && chooses) {
        skips = true;
      } else if (!skips) {
        String word = lines.said(token);
        said.append(said.isEmpty() || word.isEmpty() ? "" : " ").append(word);
      }
    }
    return said.toString();
  }
}
