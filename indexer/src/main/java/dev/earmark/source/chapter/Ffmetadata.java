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
import dev.earmark.source.episode.LanguageNames;
import dev.earmark.source.syntax.Excerpt;
import dev.earmark.source.time.Times;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * FFmpeg's metadata file: {@code key=value} lines about the recording, then sections {@code
 * [CHAPTER]} with {@code TIMEBASE}, {@code START}, {@code END} and {@code title}. A backslash takes
 * the meaning from {@code =}, {@code ;}, {@code #}, itself and the end of a line. Without a time
 * base, times are nanoseconds.
 *
 * @see <a href="https://ffmpeg.org/ffmpeg-formats.html#Metadata-2">FFmpeg Formats, Metadata</a>
 */
@AutoService(SourceFormat.class)
public final class Ffmetadata implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "ffmetadata", "FFmpeg metadata file with chapters", "the first line is ;FFMETADATA");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    return source.head().startsWith(";FFMETADATA") ? Recognition.CERTAIN : Recognition.NO;
  }

  private static final double NANOSECOND = 1e-9;

  /** A section as it is read: where it is, and its values by their key in lower case. */
  private record Section(String name, int line, Map<String, String> values) {}

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    List<Section> sections = new ArrayList<>();
    sections.add(new Section("", 1, new HashMap<>()));
    List<String> lines = source.lines();
    for (int i = 0; i < lines.size(); i++) {
      int first = i + 1;
      StringBuilder line = new StringBuilder(lines.get(i));
      while (endsInBackslash(line) && i + 1 < lines.size()) {
        line.setLength(line.length() - 1);
        line.append('\n').append(lines.get(++i));
      }
      if (line.isEmpty() || line.charAt(0) == ';' || line.charAt(0) == '#') {
        continue;
      }
      if (line.charAt(0) == '[') {
        sections.add(new Section(line.toString().strip(), first, new HashMap<>()));
      } else {
        value(line, sections.getLast().values(), first, problems);
      }
    }
    EpisodeFields.Builder episode = EpisodeFields.builder();
    ChapterList chapters = new ChapterList(problems);
    for (Section section : sections) {
      Map<String, String> values = section.values();
      if (section.name().isEmpty()) {
        episode.title(values.get("title")).show(values.get("album"));
        episode.description(values.getOrDefault("description", values.get("comment")));
        episode.language(LanguageNames.tag(values.get("language")));
      } else if (section.name().equals("[CHAPTER]")) {
        double unit = unit(values.get("timebase"), section.line(), problems);
        chapters.add(
            time(values.get("start"), unit),
            time(values.get("end"), unit),
            values.get("title"),
            null,
            section.line());
      }
    }
    return ParsedSource.ofMoments(
        episode.build(), chapters.orRefuse("[CHAPTER] sections with START and title are needed"));
  }

  private static boolean endsInBackslash(StringBuilder line) {
    int slashes = 0;
    while (slashes < line.length() && line.charAt(line.length() - 1 - slashes) == '\\') {
      slashes++;
    }
    return slashes % 2 == 1;
  }

  private static void value(
      StringBuilder line, Map<String, String> values, int lineNumber, ProblemLog problems) {
    StringBuilder part = new StringBuilder();
    String key = null;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && i + 1 < line.length()) {
        part.append(line.charAt(++i));
      } else if (c == '=' && key == null) {
        key = part.toString().strip().toLowerCase(Locale.ROOT);
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    if (key == null) {
      problems.notice(
          "not-key-value",
          lineNumber,
          "\"" + Excerpt.of(part.toString()) + "\" is not key=value",
          "left out");
    } else {
      values.put(key, part.toString().strip());
    }
  }

  /** How many seconds one unit of a section's times is. */
  private static double unit(@Nullable String base, int line, ProblemLog problems) {
    if (base == null) {
      return NANOSECOND;
    }
    int slash = base.indexOf('/');
    double numerator = number(slash < 0 ? base : base.substring(0, slash));
    double denominator = slash < 0 ? 1 : number(base.substring(slash + 1));
    if (numerator > 0 && denominator > 0) {
      return numerator / denominator;
    }
    problems.warning(
        "bad-time-base", line, "TIMEBASE=" + base + " is not a fraction", "read as nanoseconds");
    return NANOSECOND;
  }

  private static double number(String text) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException notANumber) {
      return Double.NaN;
    }
  }

  private static long time(@Nullable String value, double unit) {
    double units = value == null ? Double.NaN : number(value);
    return Double.isNaN(units) ? Times.NONE : Timestamp.ofSeconds(units * unit).millis();
  }
}
