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
 * Any document in plain text: paragraphs, which blank lines part, become notes. The last resort for
 * text sources.
 */
@AutoService(SourceFormat.class)
public final class PlainText implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "text",
          "any other document in plain text",
          "a name such as notes.txt and readable text; if nothing better is found");

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
    return source.hasExtension("txt", "text") && TextShape.of(source).isText()
        ? Recognition.FALLBACK
        : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    return NotesReader.readPlain(source, problems);
  }
}
