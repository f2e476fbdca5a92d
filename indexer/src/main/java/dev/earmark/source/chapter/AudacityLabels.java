package dev.earmark.source.chapter;

import com.google.auto.service.AutoService;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.FormatDescriptor;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.source.cue.ChapterList;
import dev.earmark.source.syntax.Excerpt;
import dev.earmark.source.syntax.JsonValues;
import dev.earmark.source.syntax.LineCursor;
import dev.earmark.source.time.Times;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Labels of Audacity: start and end in seconds and the label, separated by tabs. A line that begins
 * with a backslash holds the frequencies of the label before it and is skipped. A decimal comma is
 * read, too.
 *
 * @see <a href="https://manual.audacityteam.org/man/importing_and_exporting_labels.html">Importing
 *     and Exporting Labels</a>
 */
@AutoService(SourceFormat.class)
public final class AudacityLabels implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "audacity-labels",
          "label tracks of Audacity",
          "lines of start, end and label, separated by tabs");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  private static final Pattern LABEL =
      Pattern.compile("(\\d{1,7}[.,]\\d{1,9})\\t(\\d{1,7}[.,]\\d{1,9})(?:\\t(.*))?");

  @Override
  public Recognition recognise(RawSource source) {
    LineCursor lines = new LineCursor(source.head());
    int labels = 0;
    for (String line = lines.next(); line != null && labels < 3; line = lines.next()) {
      if (LABEL.matcher(line).matches()) {
        labels++;
      } else if (!line.isBlank() && !line.startsWith("\\")) {
        return Recognition.NO;
      }
    }
    return labels > 0 ? Recognition.CERTAIN : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    ChapterList chapters = new ChapterList(problems);
    LineCursor lines = new LineCursor(source.text());
    for (String line = lines.next(); line != null; line = lines.next()) {
      Matcher label = LABEL.matcher(line);
      if (label.matches()) {
        long start = seconds(label.group(1));
        long end = seconds(label.group(2));
        chapters.add(start, end > start ? end : Times.NONE, label.group(3), null, lines.number());
      } else if (!line.isBlank() && !line.startsWith("\\")) {
        problems.warning(
            "chapter-without-start",
            lines.number(),
            "\"" + Excerpt.of(line) + "\" is not a label",
            "left out; write start, end and label, separated by tabs");
      }
    }
    return ParsedSource.ofMoments(
        EpisodeFields.NONE, chapters.orRefuse("lines of start, end and label are needed"));
  }

  private static long seconds(String number) {
    return JsonValues.fromSeconds(Double.parseDouble(number.replace(',', '.')));
  }
}
