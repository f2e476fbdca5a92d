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
 * A transcript in text or Markdown whose turns begin with a name and a time: {@code Name:
 * 00:00:19}, {@code Name (00:12:34):}, {@code Name – 00:02:46:}, {@code [00:12:34] Name: words}; or
 * with a time alone every sentence or so.
 *
 * <p>A paragraph with a time is exact; those that go on after it get their share of the time up to
 * the next, as {@link Turns} describes. Headings become chapters.
 */
@AutoService(SourceFormat.class)
public final class SpeakerTurns implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "speaker-turns",
          "transcript in text or Markdown whose turns give the speaker and the time",
          "lines such as Name: 00:00:19, Name (00:12:34): or [00:12:34] Name:");

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
    return !shape.isTurnMarkdown() && shape.isSpeakerTurns() && !shape.isMissionLog()
        ? Recognition.LIKELY
        : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    return TurnReader.read(source, problems);
  }
}
