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
import dev.earmark.source.time.Times;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Captions of TMPlayer: a line a caption, {@code 00:00:03:Good morning|all}, with an equals sign
 * instead of the last colon as well, and with a number for each of its rows, {@code 00:00:03,1=}.
 *
 * <p>A caption is shown until the next; a time with nothing behind it clears it. A bar is a line
 * break.
 */
@AutoService(SourceFormat.class)
public final class TmPlayerFormat implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "tmplayer",
          "captions of TMPlayer",
          "lines such as 00:00:03:Text or 00:00:03,1=Text, with nothing between");

  private static final Pattern LINE =
      Pattern.compile("\\s{0,4}(\\d{1,2}):(\\d\\d):(\\d\\d)(?:,(\\d))?([:=])(.*)");
  private static final int FEW = 2;
  private static final int SAMPLE = 40;

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    LineCursor lines = new LineCursor(source.head());
    int all = 0;
    int captions = 0;
    int tight = 0;
    for (String line = lines.next(); line != null && all < SAMPLE; line = lines.next()) {
      if (line.isBlank()) {
        continue;
      }
      all++;
      Matcher caption = LINE.matcher(line);
      if (caption.matches()) {
        captions++;
        String text = caption.group(6);
        // A digit may count frames, and a blank stands behind the colon of a turn.
        boolean plain =
            text.isEmpty() || !(Character.isDigit(text.charAt(0)) || text.charAt(0) == ' ');
        tight += caption.group(5).equals("=") || plain ? 1 : 0;
      } else if (all == 1) {
        return Recognition.NO;
      }
    }
    boolean most = captions >= FEW && captions * 10 >= all * 8;
    return most && tight * 2 > captions ? Recognition.CERTAIN : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    CueBuilder cues = new CueBuilder(problems);
    LineCursor lines = new LineCursor(source.text());
    @Nullable String text = null;
    long start = Times.NONE;
    int startLine = 0;
    for (String line = lines.next(); line != null; line = lines.next()) {
      Matcher caption = LINE.matcher(line);
      if (!caption.matches()) {
        if (!line.isBlank()) {
          problems.notice(
              "text-without-time",
              lines.number(),
              "\"" + Excerpt.of(line) + "\" has no time",
              "left out");
        }
        continue;
      }
      long at = millis(caption);
      String said = CaptionMarkup.of(caption.group(6).replace('|', '\n')).text().strip();
      boolean another = caption.group(4) != null && at == start && text != null;
      if (another) {
        text = text + "\n" + said;
        continue;
      }
      if (text != null) {
        cues.add(start, at < start ? Times.NONE : at, null, text, startLine);
      }
      text = said;
      start = at;
      startLine = lines.number();
    }
    if (text != null) {
      cues.add(start, Times.NONE, null, text, startLine);
    }
    return ParsedSource.ofCues(
        EpisodeFields.NONE, cues.orRefuse("lines such as 00:00:03:Text are needed"));
  }

  private static long millis(Matcher caption) {
    return (Long.parseLong(caption.group(1)) * 3_600
            + Long.parseLong(caption.group(2)) * 60
            + Long.parseLong(caption.group(3)))
        * 1_000;
  }
}
