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
import dev.earmark.source.syntax.LineCursor;
import dev.earmark.source.time.CueTiming;
import org.jspecify.annotations.Nullable;

/**
 * YouTube's SBV captions: a line {@code 0:00:01.000,0:00:03.500}, then text up to the next such.
 *
 * <p>Whatever mark stands for the decimal point and between the times is taken.
 */
@AutoService(SourceFormat.class)
public final class SbvFormat implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "sbv",
          "YouTube SBV captions",
          "a first line with two times and a comma, 0:00:01.000,0:00:03.500");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    LineCursor lines = new LineCursor(source.head());
    String line = lines.next();
    while (line != null && line.isBlank()) {
      line = lines.next();
    }
    if (line != null && CueTiming.ofPair(line) != null) {
      return source.hasExtension("sbv") || isMillis(line)
          ? Recognition.CERTAIN
          : Recognition.LIKELY;
    }
    return source.hasExtension("sbv") ? Recognition.BY_NAME : Recognition.NO;
  }

  /** SubViewer has the same shape with two digits behind the point. */
  private static boolean isMillis(String line) {
    String pair = line.strip();
    return pair.length() > 3 && ".,".indexOf(pair.charAt(pair.length() - 4)) >= 0;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    return readPairs(new LineCursor(source.text()), EpisodeFields.NONE, problems);
  }

  /** Reads captions whose times stand on a line as a pair; text before the first is skipped. */
  static ParsedSource readPairs(LineCursor lines, EpisodeFields episode, ProblemLog problems)
      throws SourceException {
    CueBuilder cues = new CueBuilder(problems);
    StringBuilder text = new StringBuilder();
    CueTiming open = null;
    int openLine = 0;
    for (String line = lines.next(); line != null; line = lines.next()) {
      CueTiming timing = CueTiming.ofPair(line);
      if (timing != null) {
        flush(cues, open, text, openLine);
        open = timing;
        openLine = lines.number();
      } else if (open != null) {
        text.append(line).append('\n');
      }
    }
    if (open == null) {
      throw new SourceException(
          0, "no caption found: there is no line like 0:00:01.000,0:00:03.500");
    }
    flush(cues, open, text, openLine);
    return cues.finish(episode);
  }

  private static void flush(
      CueBuilder cues, @Nullable CueTiming timing, StringBuilder text, int line) {
    if (timing != null) {
      CaptionMarkup plain = CaptionMarkup.of(text.toString().replace("[br]", "\n"));
      cues.add(timing.startMs(), timing.endMs(), plain.speaker(), plain.text(), line);
    }
    text.setLength(0);
  }
}
