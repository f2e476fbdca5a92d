package dev.earmark.source.chapter;

import com.google.auto.service.AutoService;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.FormatDescriptor;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.source.document.NotesReader;
import dev.earmark.source.turn.TextShape;

/**
 * A list of times and titles as people write it into descriptions and show notes: {@code 0:00
 * Intro}, {@code (12:34) Topic}, {@code - 01:02:03 – Topic}, with other text around it or not.
 *
 * <p>A line with a time is a chapter, the lines right below it are its text; all other paragraphs
 * are notes. A source that is such a list for the most part is likely this; one that only has such
 * a list may well be something better.
 */
@AutoService(SourceFormat.class)
public final class ChapterLines implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "chapter-list",
          "list of times and titles, as in video descriptions and show notes",
          "lines such as 0:00 Intro, (12:34) Topic or - 01:02:03 – Topic, in rising order");

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
    if (!shape.hasChapterList()
        || shape.isStampedNotes()
        || shape.isSpeakerTurns()
        || shape.isTurnMarkdown()) {
      return Recognition.NO;
    }
    return shape.isChapterList() ? Recognition.LIKELY : Recognition.BY_NAME;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    return NotesReader.readNotes(source, problems);
  }
}
