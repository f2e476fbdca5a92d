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
import dev.earmark.source.cue.CueBuilder;
import dev.earmark.source.syntax.Excerpt;
import dev.earmark.source.syntax.JsonValues;
import dev.earmark.source.syntax.LineCursor;
import dev.earmark.source.time.Times;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Labels of Audacity: start and end in seconds and the label, separated by tabs. A line that begins
 * with a backslash holds the frequencies of the label before it and is skipped. A decimal comma is
 * read, too. Labels with as many words as are said in their time are what was said, as recognisers
 * write them; all others are chapters.
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

  private static final long FASTEST_WORD_MS = 100;
  private static final long SLOWEST_WORD_MS = 1_500;

  /** Titles may be as short, where a chapter is. */
  private static final int FEWEST_WORDS = 3;

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
    List<Label> labels = new ArrayList<>();
    LineCursor lines = new LineCursor(source.text());
    for (String line = lines.next(); line != null; line = lines.next()) {
      Matcher label = LABEL.matcher(line);
      if (label.matches()) {
        labels.add(
            new Label(
                seconds(label.group(1)), seconds(label.group(2)), label.group(3), lines.number()));
      } else if (!line.isBlank() && !line.startsWith("\\")) {
        problems.warning(
            "chapter-without-start",
            lines.number(),
            "\"" + Excerpt.of(line) + "\" is not a label",
            "left out; write start, end and label, separated by tabs");
      }
    }
    if (areSaid(labels)) {
      CueBuilder cues = new CueBuilder(problems);
      for (Label label : labels) {
        cues.add(label.startMs(), label.endMs(), null, label.text(), label.line());
      }
      return cues.finish(EpisodeFields.NONE);
    }
    ChapterList chapters = new ChapterList(problems);
    for (Label label : labels) {
      chapters.add(
          label.startMs(),
          label.endMs() > label.startMs() ? label.endMs() : Times.NONE,
          label.text(),
          null,
          label.line());
    }
    return ParsedSource.ofMoments(
        EpisodeFields.NONE, chapters.orRefuse("lines of start, end and label are needed"));
  }

  /** A label; without a text it is empty. */
  private record Label(long startMs, long endMs, String text, int line) {
    Label(long startMs, long endMs, @Nullable String text, int line) {
      this.startMs = startMs;
      this.endMs = endMs;
      this.text = text == null ? "" : text;
      this.line = line;
    }
  }

  /** Whether labels have as many words as people say, or nearly. */
  private static boolean areSaid(List<Label> labels) {
    long lengthMs = 0;
    long words = 0;
    for (Label label : labels) {
      lengthMs += Math.max(0, label.endMs() - label.startMs());
      words += Words.of(label.text()).count();
    }
    return words >= FEWEST_WORDS * (long) labels.size()
        && lengthMs > words * FASTEST_WORD_MS
        && lengthMs < words * SLOWEST_WORD_MS;
  }

  private static long seconds(String number) {
    return JsonValues.fromSeconds(Double.parseDouble(number.replace(',', '.')));
  }
}
