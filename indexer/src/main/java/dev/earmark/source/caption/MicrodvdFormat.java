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
import dev.earmark.source.cue.CueBuilder;
import dev.earmark.source.syntax.Excerpt;
import dev.earmark.source.syntax.LineCursor;
import dev.earmark.source.time.CaptionTime;
import dev.earmark.source.time.Times;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * MicroDVD captions: {@code {start frame}{end frame}first line|second line}.
 *
 * <p>Where the first caption is {@code {1}{1}25} it gives the frames a second; without it 23.976 is
 * assumed, as players do, and reported. {@code {y:i}} and other style codes are taken out.
 */
@AutoService(SourceFormat.class)
public final class MicrodvdFormat implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "microdvd",
          "MicroDVD captions, timed in frames",
          "a first line that starts with two numbers in braces, {25}{50}");

  private static final double FILM = 24_000 / 1_001.0;

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    LineCursor lines = new LineCursor(source.head());
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (!line.isBlank()) {
        return frames(line) == null ? Recognition.NO : Recognition.CERTAIN;
      }
    }
    return Recognition.NO;
  }

  /** The two frames and where the text starts; null if the line does not start so. */
  private static long @Nullable [] frames(String line) {
    long[] found = new long[3];
    int at = 0;
    for (int i = 0; i < 2; i++) {
      if (at >= line.length() || line.charAt(at) != '{') {
        return null;
      }
      int from = ++at;
      while (at < line.length() && CaptionTime.isDigit(line.charAt(at)) && at - from < 10) {
        found[i] = found[i] * 10 + (line.charAt(at++) - '0');
      }
      boolean empty = at == from;
      if (at >= line.length() || line.charAt(at) != '}' || (empty && i == 0)) {
        return null;
      }
      found[i] = empty ? -1 : found[i];
      at++;
    }
    found[2] = at;
    return found;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    CueBuilder cues = new CueBuilder(problems);
    double rate = 0;
    boolean any = false;
    LineCursor lines = new LineCursor(source.text());
    for (String line = lines.next(); line != null; line = lines.next()) {
      long[] frames = frames(line);
      if (frames == null) {
        if (!line.isBlank()) {
          problems.warning(
              "unreadable-time",
              lines.number(),
              "\"" + Excerpt.of(line) + "\" does not start with two frames",
              "left out; write {25}{50}text");
        }
        continue;
      }
      String text = line.substring((int) frames[2]);
      if (!any && frames[0] <= 1 && frames[1] <= 1 && rate(text) > 0) {
        rate = rate(text);
        any = true;
        continue;
      }
      any = true;
      if (rate == 0) {
        rate = FILM;
        problems.notice(
            "no-frame-rate",
            lines.number(),
            "the file does not say how many frames a second has",
            "23.976 is assumed; a first line {1}{1}25 would say 25");
      }
      cues.add(
          Math.round(frames[0] * 1_000 / rate),
          frames[1] < 0 ? Times.NONE : Math.round(frames[1] * 1_000 / rate),
          null,
          plain(text),
          lines.number());
    }
    if (!any) {
      throw new SourceException(0, "no line found that starts with two frames like {25}{50}");
    }
    return cues.finish(EpisodeFields.NONE);
  }

  private static double rate(String text) {
    String number = text.strip().replace(',', '.').toLowerCase(Locale.ROOT).replace("fps", "");
    if (number.isEmpty() || number.length() > 10) {
      return 0;
    }
    for (int i = 0; i < number.length(); i++) {
      if (!CaptionTime.isDigit(number.charAt(i)) && number.charAt(i) != '.') {
        return 0;
      }
    }
    try {
      double rate = Double.parseDouble(number);
      return rate >= 1 && rate <= 1_000 ? rate : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** The text with its lines, without {@code {y:i}} and the like. */
  private static String plain(String marked) {
    StringBuilder text = new StringBuilder(marked.length());
    int at = 0;
    while (at < marked.length()) {
      char c = marked.charAt(at);
      int close = c == '{' ? styleEnd(marked, at) : -1;
      if (close > 0) {
        at = close;
      } else {
        text.append(c == '|' ? '\n' : c);
        at++;
      }
    }
    return text.toString();
  }

  private static int styleEnd(String text, int open) {
    boolean style =
        open + 2 < text.length()
            && Character.isLetter(text.charAt(open + 1))
            && text.charAt(open + 2) == ':';
    int limit = Math.min(text.length(), open + 100);
    for (int i = open + 3; style && i < limit; i++) {
      if (text.charAt(i) == '}') {
        return i + 1;
      }
    }
    return -1;
  }
}
