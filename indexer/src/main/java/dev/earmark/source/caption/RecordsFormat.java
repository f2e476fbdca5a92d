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
import org.jspecify.annotations.Nullable;

/**
 * Captions as records of data, whatever their fields are called: objects or lists in JSON, a line
 * each or all in one list however deep; what Python prints of dictionaries, tuples and objects;
 * lines of {@code Time: …}, {@code Speaker: …} and {@code Text: …}.
 *
 * <p>{@link Records} makes a table of them, and {@link TableColumns} finds out which column is
 * which, as in {@link CsvFormat}. JSON of a known service is never read so.
 */
@AutoService(SourceFormat.class)
public final class RecordsFormat implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "records",
          "records of data with times and texts, in JSON, as Python prints them or as labelled"
              + " lines",
          "several records with the same fields, among them a time that rises and sentences");

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
    Records records = Records.of(source.head());
    if (records == null || source.hasExtension("md", "markdown", "html", "htm")) {
      return Recognition.NO;
    }
    // JSON may be that of a service, whose format knows more of it.
    return records.isJson() ? Recognition.BY_NAME : Recognition.CERTAIN;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    @Nullable Records records = Records.of(source.text());
    if (records == null) {
      throw new SourceException(
          0, "no records with a time and a text found; name the fields start, speaker and text");
    }
    return CsvFormat.cues(records.columns(), records.rows(), records.lines(), ',', problems)
        .finish(EpisodeFields.NONE);
  }
}
