package dev.earmark.source.caption;

import com.google.auto.service.AutoService;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.ProblemLog;
import dev.earmark.model.TimedWord;
import dev.earmark.source.FormatDescriptor;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.source.cue.CueBuilder;
import dev.earmark.source.cue.WordTimes;
import dev.earmark.source.syntax.Excerpt;
import dev.earmark.source.syntax.LineCursor;
import dev.earmark.source.time.CaptionTime;
import dev.earmark.source.time.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * SubStation Alpha captions, versions 4 (SSA) and 4+ (ASS).
 *
 * <p>The {@code Format} line of the events names the fields, the last of which is the text and may
 * hold commas. {@code {…}} holds styles, of which only the karaoke times {@code \k} matter: they
 * become word times. Drawings are left out. The field {@code Name} or {@code Actor} is the speaker.
 */
@AutoService(SourceFormat.class)
public final class AssFormat implements SourceFormat {
  /** A colour, bold or underlining, by which karaoke captions mark the word that is said. */
  private static final Pattern SETS_APART = Pattern.compile("\\\\(?:1?c&H|b1|u1)");

  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "ass",
          "SubStation Alpha captions, SSA and ASS",
          "the sections [Script Info] and [Events]");

  private static final List<String> USUAL_FIELDS =
      List.of(
          "layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect",
          "text");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    String head = source.lowerHead();
    if (head.stripLeading().startsWith("[script info]") || head.contains("\n[v4")) {
      return Recognition.CERTAIN;
    }
    if (head.startsWith("dialogue:") || head.contains("\ndialogue:")) {
      return Recognition.LIKELY;
    }
    return source.hasExtension("ass", "ssa") ? Recognition.BY_NAME : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    CueBuilder cues = new CueBuilder(problems);
    EpisodeFields.Builder episode = EpisodeFields.builder();
    List<String> fields = USUAL_FIELDS;
    boolean inEvents = false;
    boolean any = false;
    LineCursor lines = new LineCursor(source.text());
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (line.startsWith("[")) {
        inEvents = line.strip().equalsIgnoreCase("[events]");
        any |= inEvents;
        continue;
      }
      int colon = line.indexOf(':');
      String name = colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      String value = colon < 0 ? "" : line.substring(colon + 1).strip();
      if (name.equals("dialogue")) {
        any = true;
        dialogue(cues, fields, value, lines.number(), problems);
      } else if (name.equals("format") && inEvents) {
        fields = fields(value);
      } else if (name.equals("title") && !inEvents) {
        episode.title(value);
      }
    }
    if (!any) {
      throw new SourceException(0, "no section [Events] and no line Dialogue: found");
    }
    return cues.finish(episode.build());
  }

  private static List<String> fields(String value) {
    List<String> names = new ArrayList<>();
    for (String name : value.split(",", 64)) {
      names.add(name.strip().toLowerCase(Locale.ROOT));
    }
    return names.contains("start") && names.contains("text") ? names : USUAL_FIELDS;
  }

  private static void dialogue(
      CueBuilder cues, List<String> fields, String value, int line, ProblemLog problems) {
    String[] parts = value.split(",", fields.size());
    long start = time(parts, fields.indexOf("start"));
    long end = time(parts, fields.indexOf("end"));
    if (parts.length < fields.size() || start == Times.NONE) {
      problems.warning(
          "unreadable-dialogue",
          line,
          "\"" + Excerpt.of(value) + "\" lacks fields or a start time",
          "the caption is left out; the fields are " + String.join(", ", fields));
      return;
    }
    int who = Math.max(fields.indexOf("name"), fields.indexOf("actor"));
    String speaker = who < 0 ? null : parts[who];
    styled(
        cues,
        start,
        end == Times.NONE ? Times.NONE : end,
        speaker,
        parts[fields.indexOf("text")],
        line);
  }

  private static long time(String[] parts, int field) {
    return field < 0 || field >= parts.length ? Times.NONE : CaptionTime.parse(parts[field]);
  }

  private static void styled(
      CueBuilder cues, long start, long end, @Nullable String speaker, String marked, int line) {
    StringBuilder text = new StringBuilder(marked.length());
    List<TimedWord> words = new ArrayList<>();
    long syllableStart = Math.max(0, start);
    long syllableEnd = syllableStart;
    int from = 0;
    boolean drawing = false;
    int markFrom = -1;
    int markTo = -1;
    int at = 0;
    while (at < marked.length()) {
      char c = marked.charAt(at);
      int close = c == '{' ? marked.indexOf('}', at) : -1;
      if (close > 0) {
        String style = marked.substring(at + 1, close);
        long length = karaoke(style);
        if (length >= 0) {
          WordTimes.add(words, text, from, text.length(), syllableStart, syllableEnd);
          from = text.length();
          syllableStart = syllableEnd;
          syllableEnd += length;
        }
        drawing = drawing(style, drawing);
        if (markFrom < 0 && SETS_APART.matcher(style).find()) {
          markFrom = text.length();
        } else if (markFrom >= 0 && markTo < 0) {
          markTo = text.length();
        }
        at = close + 1;
      } else if (c == '{') {
        // An open brace without a close is text, and so is all that follows.
        text.append(marked, at, marked.length());
        break;
      } else if (c == '\\'
          && at + 1 < marked.length()
          && "Nnh".indexOf(marked.charAt(at + 1)) >= 0) {
        text.append(marked.charAt(at + 1) == 'h' ? ' ' : '\n');
        at += 2;
      } else {
        if (!drawing) {
          text.append(c);
        }
        at++;
      }
    }
    WordTimes.add(words, text, from, text.length(), syllableStart, syllableEnd);
    boolean sung = syllableEnd > Math.max(0, start);
    int to = markTo < 0 ? text.length() : markTo;
    CueBuilder.Mark mark =
        sung || markFrom < 0 || to - markFrom >= text.length()
            ? null
            : new CueBuilder.Mark(markFrom, to);
    cues.addMarked(start, end, speaker, text.toString(), sung ? words : List.of(), mark, line);
  }

  /** The length of a syllable, {@code \k20} or {@code \kf20}, in milliseconds; -1 for none. */
  private static long karaoke(String style) {
    for (int at = style.indexOf('\\'); at >= 0; at = style.indexOf('\\', at + 1)) {
      int number = at + 1;
      if (number >= style.length() || Character.toLowerCase(style.charAt(number)) != 'k') {
        continue;
      }
      number++;
      if (number < style.length() && (style.charAt(number) == 'f' || style.charAt(number) == 'o')) {
        number++;
      }
      long hundredths = 0;
      int digits = 0;
      while (number < style.length() && CaptionTime.isDigit(style.charAt(number)) && digits < 8) {
        hundredths = hundredths * 10 + (style.charAt(number++) - '0');
        digits++;
      }
      if (digits > 0) {
        return hundredths * 10;
      }
    }
    return -1;
  }

  /** Whether what follows a style is a drawing: {@code \p1} turns it on, {@code \p0} off. */
  private static boolean drawing(String style, boolean before) {
    boolean now = before;
    for (int at = style.indexOf("\\p"); at >= 0; at = style.indexOf("\\p", at + 1)) {
      if (at + 2 < style.length() && CaptionTime.isDigit(style.charAt(at + 2))) {
        now = style.charAt(at + 2) != '0';
      }
    }
    return now;
  }
}
