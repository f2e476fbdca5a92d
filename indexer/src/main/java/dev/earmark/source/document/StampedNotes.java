package dev.earmark.source.document;

import com.google.auto.service.AutoService;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.FormatDescriptor;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.source.turn.TextShape;

/**
 * Show notes in Markdown whose lists give times in bold or as links: {@code * **[00:34](#t=00:34)**
 * Topic} and {@code **[00:22]** Topic}.
 *
 * <p>A line with a time is a chapter, the lines right below it are its text; all other paragraphs
 * are notes under their headings.
 */
@AutoService(SourceFormat.class)
public final class StampedNotes implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "stamped-notes",
          "show notes in Markdown with times in bold or as links",
          "list lines such as **[00:34](#t=00:34)** text");

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
    return shape.isStampedNotes() && !shape.isTurnMarkdown() ? Recognition.LIKELY : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    return NotesReader.readNotes(source, problems);
  }
}
