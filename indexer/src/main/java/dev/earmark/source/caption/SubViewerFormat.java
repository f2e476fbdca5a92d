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
import dev.earmark.source.syntax.LineCursor;
import dev.earmark.source.time.CueTiming;

/**
 * SubViewer 2 captions: a header of {@code [NAME]value} lines, then {@code 00:00:01.00,00:00:03.50}
 * before each caption, with {@code [br]} for line breaks.
 */
@AutoService(SourceFormat.class)
public final class SubViewerFormat implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "sub-viewer",
          "SubViewer 2 captions",
          "the line [INFORMATION] or [SUBTITLE], or pairs of times with hundredths");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    boolean header = false;
    LineCursor lines = new LineCursor(source.head());
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (line.indexOf('[') >= 0) {
        String name = line.strip();
        header |= name.equalsIgnoreCase("[INFORMATION]") || name.equalsIgnoreCase("[SUBTITLE]");
      }
      if (CueTiming.ofPair(line) != null) {
        boolean hundredths = line.strip().matches("[^,]*\\.\\d\\d,.*\\.\\d\\d");
        return header
            ? Recognition.CERTAIN
            : hundredths && !source.hasExtension("sbv") ? Recognition.CERTAIN : Recognition.NO;
      }
    }
    return header ? Recognition.LIKELY : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    EpisodeFields.Builder episode = EpisodeFields.builder();
    LineCursor lines = new LineCursor(source.text());
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (CueTiming.ofPair(line) != null) {
        lines.back();
        break;
      }
      if (line.startsWith("[TITLE]")) {
        episode.title(line.substring("[TITLE]".length()));
      }
    }
    return SbvFormat.readPairs(lines, episode.build(), problems);
  }
}
