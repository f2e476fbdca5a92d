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
import dev.earmark.source.syntax.LineCursor;
import dev.earmark.source.time.CaptionTime;
import dev.earmark.source.time.Times;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Chapters as OGM tools write them: {@code CHAPTER01=00:00:00.000} and {@code CHAPTER01NAME=Intro},
 * in any order.
 *
 * @see <a href="https://mkvtoolnix.download/doc/mkvmerge.html#mkvmerge.chapters.simple">the simple
 *     chapter format of mkvmerge</a>
 */
@AutoService(SourceFormat.class)
public final class OgmChapters implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "ogm-chapters",
          "chapters of OGM tools: CHAPTER01=… and CHAPTER01NAME=…",
          "lines that begin with CHAPTER, a number and an equals sign");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  private static final Pattern LINE =
      Pattern.compile("^\\s*CHAPTER(\\d{1,6})(NAME)?\\s*=(.*)", Pattern.CASE_INSENSITIVE);

  /** What is known of a chapter so far. */
  private record Half(long startMs, String title, int line) {}

  @Override
  public Recognition recognise(RawSource source) {
    LineCursor lines = new LineCursor(source.head());
    String line = lines.next();
    while (line != null && line.isBlank()) {
      line = lines.next();
    }
    return line != null && LINE.matcher(line).matches() ? Recognition.CERTAIN : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    Map<Integer, Half> halves = new TreeMap<>();
    LineCursor lines = new LineCursor(source.text());
    for (String line = lines.next(); line != null; line = lines.next()) {
      Matcher part = LINE.matcher(line);
      if (part.matches()) {
        int number = Integer.parseInt(part.group(1));
        Half half = halves.getOrDefault(number, new Half(Times.NONE, "", lines.number()));
        String value = part.group(3).strip();
        halves.put(
            number,
            part.group(2) != null
                ? new Half(half.startMs(), value, half.line())
                : new Half(CaptionTime.parse(value), half.title(), half.line()));
      } else if (!line.isBlank()) {
        problems.notice(
            "text-without-time",
            lines.number(),
            "\"" + Excerpt.of(line) + "\" is not a chapter",
            "left out; write CHAPTER01=00:01:59.000 and CHAPTER01NAME=Title");
      }
    }
    ChapterList chapters = new ChapterList(problems);
    halves.forEach((number, half) -> {
      String title = half.title().isEmpty() ? "Chapter " + number : half.title();
      chapters.add(half.startMs(), Times.NONE, title, null, half.line());
    });
    return ParsedSource.ofMoments(
        EpisodeFields.NONE, chapters.orRefuse("lines such as CHAPTER01=00:01:59.000 are needed"));
  }
}
