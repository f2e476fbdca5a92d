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
import dev.earmark.source.syntax.LineCursor;
import dev.earmark.source.time.Times;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text descriptors of QuickTime: {@code {QTtext}} at the top, then times in brackets, each before
 * the text that is shown from then on; no text clears what was shown.
 *
 * <p>The part of a time behind the full stop counts units of {@code {timeScale:30}}; where nothing
 * says the scale, it is a decimal fraction. With {@code {timeStamps:relative}} each time says how
 * long the text before it lasted. Other descriptors say how the text looks.
 *
 * @see <a
 *     href="https://developer.apple.com/library/archive/documentation/QuickTime/QT6WhatsNew/Chap1/QT6WhatsNew.html">QuickTime
 *     text descriptors</a>
 */
@AutoService(SourceFormat.class)
public final class QuickTimeText implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "quicktime-text", "QuickTime text descriptors", "{QTtext} at the top, times in brackets");

  private static final Pattern STAMP =
      Pattern.compile("\\s{0,8}\\[(\\d{1,3}):(\\d{1,2}):(\\d{1,2})(?:[.:](\\d{1,6}))?\\]");
  private static final Pattern DESCRIPTION =
      Pattern.compile("\\{([A-Za-z]{1,30})\\s*:?([^{}]{0,80})\\}");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    return source.head().stripLeading().regionMatches(true, 0, "{QTtext}", 0, 8)
        ? Recognition.CERTAIN
        : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    Reader reader = new Reader(problems);
    LineCursor lines = new LineCursor(source.text());
    for (String line = lines.next(); line != null; line = lines.next()) {
      reader.line(line, lines.number());
    }
    reader.show(Times.NONE);
    return ParsedSource.ofCues(
        EpisodeFields.NONE, reader.cues.orRefuse("times such as [00:00:05.00] are needed"));
  }

  private static final class Reader {
    final CueBuilder cues;
    private double scale;
    private boolean relative;
    private @Nullable Long start;
    private int startLine;
    private final StringBuilder text = new StringBuilder();

    Reader(ProblemLog problems) {
      this.cues = new CueBuilder(problems);
    }

    void line(String line, int number) {
      Matcher stamp = STAMP.matcher(line);
      String rest = line;
      if (stamp.lookingAt()) {
        long at = millis(stamp);
        Long before = start;
        at = relative && before != null ? before + at : at;
        show(at);
        start = at;
        startLine = number;
        rest = line.substring(stamp.end());
      }
      String plain = plain(rest);
      if (start != null && !plain.isBlank()) {
        text.append(text.isEmpty() ? "" : "\n").append(plain.strip());
      }
    }

    private long millis(Matcher stamp) {
      long seconds =
          Long.parseLong(stamp.group(1)) * 3_600
              + Long.parseLong(stamp.group(2)) * 60
              + Long.parseLong(stamp.group(3));
      String part = stamp.group(4);
      if (part == null) {
        return seconds * 1_000;
      }
      double units = Long.parseLong(part);
      double share = units < scale ? units / scale : units / Math.pow(10, part.length());
      return seconds * 1_000 + Math.round(share * 1_000);
    }

    /** Ends what is shown. */
    void show(long untilMs) {
      Long from = start;
      if (from != null) {
        cues.add(from, untilMs, null, text.toString(), startLine);
      }
      text.setLength(0);
    }

    /** A line without its descriptors, which it takes note of. */
    private String plain(String line) {
      if (line.indexOf('{') < 0) {
        return line;
      }
      Matcher description = DESCRIPTION.matcher(line);
      StringBuilder plain = new StringBuilder();
      while (description.find()) {
        String name = description.group(1).toLowerCase(Locale.ROOT);
        String value = description.group(2).strip().toLowerCase(Locale.ROOT);
        if (name.equals("timescale") && value.matches("\\d{1,6}")) {
          scale = Double.parseDouble(value);
        } else if (name.equals("timestamps")) {
          relative = value.startsWith("rel");
        }
        description.appendReplacement(plain, "");
      }
      return description.appendTail(plain).toString();
    }
  }
}
