package dev.earmark.source.turn;

import com.google.auto.service.AutoService;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.FormatDescriptor;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;

/**
 * A transcript in Markdown: a turn begins with {@code **Name:**}, and every few minutes a turn or a
 * paragraph begins with a time, {@code [04:33]}, its brackets escaped or not.
 *
 * <p>A paragraph with a time is exact; the others get their share of the time between two of them,
 * as {@link Turns} describes.
 */
@AutoService(SourceFormat.class)
public final class TurnMarkdown implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "turn-markdown",
          "Markdown transcript: speakers in bold, with a time only every few minutes",
          "repeated names in bold at the beginning of lines, and times in brackets");

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
    return shape.isTurnMarkdown() ? Recognition.LIKELY : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    return TurnReader.read(source, problems);
  }
}
