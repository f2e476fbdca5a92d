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
import dev.earmark.source.syntax.LineCursor;
import dev.earmark.source.time.BroadcastHour;
import dev.earmark.source.time.FrameRate;
import dev.earmark.source.time.TimeMark;
import dev.earmark.source.time.Times;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Markers in an edit decision list (CMX 3600), as video editors export them: an event line, whose
 * last two time codes are where it stands in the finished programme, and below it {@code |M:} and
 * the marker's name (DaVinci Resolve), {@code * COMMENT:} and a remark, or {@code * LOC:} with a
 * time code of its own, a colour and the name (Avid, Premiere Pro).
 *
 * <p>{@code FCM: DROP FRAME} says that frame numbers are dropped; else frames are counted at the
 * lowest usual rate that has them all. A programme that begins at a full hour is counted from
 * there.
 */
@AutoService(SourceFormat.class)
public final class EdlMarkers implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "edl-markers",
          "markers in an edit decision list (CMX 3600)",
          "a line TITLE: or FCM:, and lines |M:, * LOC: or * COMMENT:");

  private static final String MARKER = "|M:";
  private static final String LOCATOR = "* LOC:";
  private static final String COMMENT = "* COMMENT:";

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    String head = source.head();
    boolean list = head.startsWith("TITLE:") || head.startsWith("FCM:");
    return list && (head.contains(MARKER) || head.contains(LOCATOR) || head.contains(COMMENT))
        ? Recognition.CERTAIN
        : Recognition.NO;
  }

  /** A marker and the time code it stands at; null if none was found. */
  private record Marker(@Nullable TimeMark at, String name, int line) {}

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    EpisodeFields.Builder episode = EpisodeFields.builder();
    List<Marker> markers = new ArrayList<>();
    boolean drops = false;
    TimeMark event = null;
    LineCursor lines = new LineCursor(source.text());
    for (String raw = lines.next(); raw != null; raw = lines.next()) {
      String line = raw.strip();
      if (line.startsWith("TITLE:")) {
        episode.title(line.substring("TITLE:".length()).strip());
      } else if (line.startsWith("FCM:")) {
        drops |= line.contains("DROP") && !line.contains("NON");
      } else if (line.startsWith(LOCATOR)) {
        markers.add(locator(line.substring(LOCATOR.length()).strip(), lines.number()));
      } else if (line.startsWith(COMMENT)) {
        markers.add(new Marker(event, line.substring(COMMENT.length()).strip(), lines.number()));
      } else if (line.contains(MARKER)) {
        markers.add(new Marker(event, name(line), lines.number()));
      } else {
        event = programmeTime(line, event);
      }
    }
    return ParsedSource.ofMoments(
        episode.build(),
        chapters(markers, drops, problems)
            .orRefuse(
                "events with four time codes and lines |M:, * LOC: or * COMMENT: are needed"));
  }

  private static ChapterList chapters(List<Marker> markers, boolean drops, ProblemLog problems) {
    FrameRate rate = new FrameRate();
    for (Marker marker : markers) {
      if (marker.at() != null) {
        rate.count(marker.at());
      }
    }
    double framesASecond = drops ? FrameRate.NTSC : rate.framesASecond();
    TimeMark first = markers.isEmpty() ? null : markers.getFirst().at();
    long zero = first == null ? 0 : BroadcastHour.startMs(first.startMs(framesASecond), problems);
    ChapterList chapters = new ChapterList(problems);
    for (Marker marker : markers) {
      TimeMark at = marker.at();
      chapters.add(
          at == null ? Times.NONE : at.startMs(framesASecond) - zero,
          Times.NONE,
          marker.name(),
          null,
          marker.line());
    }
    return chapters;
  }

  /** {@code |C:ResolveColorBlue |M:The crane |D:1}: what stands before the length. */
  private static String name(String line) {
    int from = line.indexOf(MARKER) + MARKER.length();
    int to = line.lastIndexOf(" |D:");
    to = to < from ? line.length() : to;
    return line.substring(from, to).strip();
  }

  /** {@code 01:00:12:05 RED The crane}. */
  private static Marker locator(String text, int line) {
    TimeMark at = TimeMark.at(text, 0);
    String behind = at == null ? text : text.substring(at.end()).strip();
    int colour = at == null ? -1 : behind.indexOf(' ');
    return new Marker(at, behind.substring(colour + 1).strip(), line);
  }

  /**
   * The third of four time codes of an event, null if it is none; on other lines the one before.
   */
  private static @Nullable TimeMark programmeTime(String line, @Nullable TimeMark before) {
    String[] fields = line.split("\\s+");
    int count = fields.length;
    if (count < 8 || !Character.isDigit(line.charAt(0))) {
      return before;
    }
    TimeMark in = TimeMark.whole(fields[count - 2]);
    return in != null && in.hasFrames() ? in : null;
  }
}
