package dev.earmark.source.document;

import com.google.auto.service.AutoService;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.FormatDescriptor;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.source.syntax.JsonReader;
import dev.earmark.source.syntax.JsonShape;

/**
 * A transcript as oTranscribe saves it: JSON whose {@code text} is the page that was written, in
 * HTML, with its timestamps; beside it what was listened to, and up to where. Read as {@link
 * HtmlDocument} reads a page.
 *
 * @see <a href="https://otranscribe.com/help/">oTranscribe</a>
 */
@AutoService(SourceFormat.class)
public final class OtrFormat implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "otr", "transcripts of oTranscribe (.otr)", "JSON with text, media and media-time");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    return JsonShape.of(source).has("text", "media", "media-time")
        ? Recognition.CERTAIN
        : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    StringBuilder page = new StringBuilder();
    new JsonReader(source, problems)
        .on("text", (value, line) -> page.append(value.asText()))
        .read();
    if (page.isEmpty()) {
      throw new SourceException(0, "nothing to read: there is no text");
    }
    RawSource html = RawSource.ofText(source.name() + ".html", page.toString());
    return new HtmlDocument().read(html, problems);
  }
}
