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
 * A transcript in text or Markdown without times: turns that begin with {@code Name:} or {@code
 * **Name:**}, or front matter that says who speaks, in what recording.
 *
 * <p>Paragraphs become segments that are not placed, each going on from the one before; headings
 * become chapters that are not placed.
 */
@AutoService(SourceFormat.class)
public final class UntimedTranscript implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "untimed-transcript",
          "transcript in text or Markdown without times",
          "repeated names at the beginning of lines, or front matter that names speakers and"
              + " media");

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
    if (shape.isTurnMarkdown()
        || shape.isSpeakerTurns()
        || shape.isMissionLog()
        || shape.isStampedNotes()) {
      return Recognition.NO;
    }
    return shape.isUntimedTranscript() ? Recognition.LIKELY : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    return TurnReader.read(source, problems);
  }
}
