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
 * Any document in Markdown: paragraphs become notes under their headings, front matter fills the
 * fields of the episode. The last resort for sources in Markdown.
 */
@AutoService(SourceFormat.class)
public final class MarkdownDocument implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "markdown",
          "any other document in Markdown",
          "a name such as notes.md, or headings in a text; if nothing better is found");

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
    boolean named = source.hasExtension("md", "markdown", "mdown", "mkd");
    if (!named && !source.hasExtension("txt", "text")) {
      return Recognition.NO;
    }
    TextShape shape = TextShape.of(source);
    return shape.isText() && (named || shape.hasHeadings()) ? Recognition.FALLBACK : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    return NotesReader.readMarkdown(source, problems);
  }
}
