package dev.earmark.source.chapter;

import com.google.auto.service.AutoService;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.ProblemLog;
import dev.earmark.model.Timestamp;
import dev.earmark.source.FormatDescriptor;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.source.cue.ChapterList;
import dev.earmark.source.syntax.Excerpt;
import dev.earmark.source.time.Times;
import java.util.List;
import java.util.Optional;

/**
 * The chapter file of mp4chaps, which podcast tools call chapters.txt: a line a chapter, {@code
 * 00:01:59.000 Title}, and perhaps an address in angle brackets at its end, which is not read.
 */
@AutoService(SourceFormat.class)
public final class Mp4Chaps implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "mp4chaps",
          "mp4chaps chapter file: a time such as 00:00:00.000 and a title a line",
          "lines begin with a time of three parts and milliseconds");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    int chapters = 0;
    int others = 0;
    String head = source.head();
    int cut = head.length() < source.bytes().length ? head.lastIndexOf('\n') : head.length();
    for (String line : head.substring(0, Math.max(0, cut)).split("\n", -1)) {
      if (line.isBlank()) {
        continue;
      }
      int end = timeEnd(line);
      if (end >= 0 && isRow(line.substring(end).strip())) {
        // Two times, or columns: captions.
        return Recognition.NO;
      }
      chapters += end >= 0 ? 1 : 0;
      others += end >= 0 ? 0 : 1;
    }
    return chapters > 0 && chapters > 2 * others ? Recognition.CERTAIN : Recognition.NO;
  }

  private static boolean isRow(String rest) {
    int from = rest.startsWith("- ") ? 2 : 0;
    return rest.startsWith("-->") || rest.startsWith("|") || timeEnd(rest.substring(from)) >= 0;
  }

  /** Where the time of a line ends, if it is {@code h:mm:ss.mmm} and a space; else -1. */
  private static int timeEnd(String line) {
    int at = 0;
    int colons = 0;
    int digits = 0;
    while (at < line.length() && at < 16) {
      char c = line.charAt(at++);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (c == ':' && digits > 0 && digits < 3) {
        colons++;
        digits = 0;
      } else if (c == '.' && colons == 2 && digits == 2) {
        return endOfMillis(line, at);
      } else {
        return -1;
      }
    }
    return -1;
  }

  private static int endOfMillis(String line, int from) {
    int at = from;
    while (at < line.length() && Character.isDigit(line.charAt(at))) {
      at++;
    }
    boolean spaced = at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t');
    return at - from == 3 && spaced ? at : -1;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    ChapterList chapters = new ChapterList(problems);
    List<String> lines = source.lines();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty()) {
        continue;
      }
      int end = line.indexOf(' ') < 0 ? line.indexOf('\t') : line.indexOf(' ');
      Optional<Timestamp> start =
          end < 0 ? Optional.empty() : Timestamp.tryParse(line.substring(0, end));
      if (start.isEmpty()) {
        problems.warning(
            "chapter-without-start",
            i + 1,
            "\"" + Excerpt.of(line) + "\" does not begin with a time",
            "left out; write 00:01:59.000 Title");
        continue;
      }
      String title = line.substring(end + 1).strip();
      int address = title.lastIndexOf('<');
      if (title.endsWith(">") && address > 0) {
        title = title.substring(0, address).strip();
      }
      chapters.add(start.get().millis(), Times.NONE, title, null, i + 1);
    }
    return ParsedSource.ofMoments(
        EpisodeFields.NONE, chapters.orRefuse("lines such as 00:01:59.000 Title are needed"));
  }
}
