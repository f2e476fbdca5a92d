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
import dev.earmark.source.time.Times;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cue sheets of recordings: {@code TRACK}s with a {@code TITLE}, which begin at their {@code INDEX
 * 01}, in minutes, seconds and 75ths of a second. The title above the first track is that of the
 * recording.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Cue_sheet_(computing)">Cue sheet</a>
 */
@AutoService(SourceFormat.class)
public final class CueSheet implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "cue-sheet", "cue sheet: tracks with a title and an index", "lines TRACK and INDEX");

  private static final int FRAMES_A_SECOND = 75;
  private static final Pattern TRACK = Pattern.compile("\\bTRACK \\d{1,3} [A-Z]");
  private static final Pattern INDEX =
      Pattern.compile("INDEX 0?1 +(\\d{1,4}):(\\d{1,2}):(\\d{1,2})");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    String head = source.head();
    return head.contains("INDEX 0") && TRACK.matcher(head).find()
        ? Recognition.CERTAIN
        : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    ChapterList chapters = new ChapterList(problems);
    EpisodeFields.Builder episode = EpisodeFields.builder();
    LineCursor lines = new LineCursor(source.text());
    boolean inTrack = false;
    String title = null;
    for (String raw = lines.next(); raw != null; raw = lines.next()) {
      String line = raw.strip();
      String command = line.toUpperCase(Locale.ROOT);
      if (command.startsWith("TRACK ")) {
        inTrack = true;
        title = "Track " + line.substring("TRACK ".length()).split(" ")[0];
      } else if (command.startsWith("TITLE ")) {
        title = unquoted(line.substring("TITLE ".length()));
        if (!inTrack) {
          episode.title(title);
        }
      } else if (command.startsWith("INDEX ") && inTrack) {
        Matcher index = INDEX.matcher(command);
        if (index.matches()) {
          chapters.add(millis(index), Times.NONE, title, null, lines.number());
        } else if (!command.startsWith("INDEX 00")) {
          problems.warning(
              "chapter-without-start",
              lines.number(),
              "\"" + Excerpt.of(line) + "\" is not a time",
              "left out; write INDEX 01 03:12:00");
        }
      }
    }
    return ParsedSource.ofMoments(
        episode.build(), chapters.orRefuse("lines TRACK, TITLE and INDEX 01 are needed"));
  }

  private static long millis(Matcher index) {
    long seconds = Long.parseLong(index.group(1)) * 60 + Long.parseLong(index.group(2));
    return seconds * 1_000 + Math.round(Long.parseLong(index.group(3)) * 1_000.0 / FRAMES_A_SECOND);
  }

  private static @Nullable String unquoted(String text) {
    String words = text.strip();
    boolean marked = words.length() > 1 && words.startsWith("\"") && words.endsWith("\"");
    return marked ? words.substring(1, words.length() - 1) : words;
  }
}
