package dev.earmark.source.asr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.auto.service.AutoService;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.FormatDescriptor;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.source.syntax.Excerpt;
import dev.earmark.source.syntax.JsonReader;
import dev.earmark.source.syntax.JsonShape;
import dev.earmark.source.syntax.LineCursor;
import java.util.ArrayList;
import java.util.List;

/**
 * JSON Lines: an object with a start, an end or a duration, and a text on each line, named and
 * timed as in {@link JsonList}. A damaged line is reported and the rest is read.
 *
 * @see <a href="https://jsonlines.org/">JSON Lines</a>
 */
@AutoService(SourceFormat.class)
public final class JsonLines implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "json-lines",
          "JSON Lines, a caption a line",
          "lines that are each a JSON object with a start and a text");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    LineCursor lines = new LineCursor(source.head());
    int objects = 0;
    String line = lines.next();
    while (line != null && objects < 2) {
      String json = line.strip();
      if (!json.isEmpty() && !isObject(json)) {
        return Recognition.NO;
      }
      objects += json.isEmpty() ? 0 : 1;
      line = lines.next();
    }
    boolean several = objects > 1 || source.hasExtension("jsonl", "ndjson");
    return objects > 0 && several && JsonList.areEntries(JsonShape.of(source))
        ? Recognition.LIKELY
        : Recognition.NO;
  }

  private static boolean isObject(String line) {
    return line.charAt(0) == '{' && line.charAt(line.length() - 1) == '}';
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    List<JsonList.Entry> entries = new ArrayList<>();
    LineCursor lines = new LineCursor(source.text());
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (line.isBlank()) {
        continue;
      }
      try {
        JsonList.entry(JsonReader.value(line), lines.number(), entries);
      } catch (JsonProcessingException e) {
        problems.warning(
            "json-damaged",
            lines.number(),
            "\"" + Excerpt.of(line) + "\" is not JSON: " + e.getOriginalMessage(),
            "the line is left out");
      }
    }
    if (entries.isEmpty()) {
      throw new SourceException(0, "nothing to read: lines with a start and a text are needed");
    }
    return ParsedSource.ofCues(
        EpisodeFields.NONE,
        JsonList.cues(entries, problems).orRefuse("lines with a start and a text are needed"));
  }
}
