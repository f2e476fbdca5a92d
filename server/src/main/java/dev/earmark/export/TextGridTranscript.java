package dev.earmark.export;

import dev.earmark.model.TimeSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Writes a transcript as a TextGrid of Praat: an interval tier a speaker, in seconds, with empty
 * intervals where the speaker is silent. Stateless.
 *
 * @see <a href="https://www.fon.hum.uva.nl/praat/manual/TextGrid_file_formats.html">TextGrid file
 *     formats</a>
 */
final class TextGridTranscript {
  private TextGridTranscript() {}

  private record Interval(long fromMs, long toMs, String text) {}

  static String write(List<TranscriptCue> cues) {
    List<SpeakerTier> tiers = SpeakerTier.of(cues);
    long end = 1;
    for (TranscriptCue cue : cues) {
      end = cue.span() == null ? end : Math.max(end, cue.span().endMs());
    }
    StringBuilder out =
        new StringBuilder("File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n");
    out.append("xmin = 0\nxmax = ").append(seconds(end)).append("\ntiers? <exists>\nsize = ");
    out.append(tiers.size()).append("\nitem []:\n");
    for (int i = 0; i < tiers.size(); i++) {
      List<Interval> intervals = intervals(tiers.get(i), end);
      out.append("    item [").append(i + 1).append("]:\n");
      out.append("        class = \"IntervalTier\"\n        name = ");
      out.append(quoted(tiers.get(i).name())).append("\n        xmin = 0\n        xmax = ");
      out.append(seconds(end)).append("\n        intervals: size = ").append(intervals.size());
      out.append('\n');
      for (int k = 0; k < intervals.size(); k++) {
        Interval interval = intervals.get(k);
        out.append("        intervals [").append(k + 1).append("]:\n            xmin = ");
        out.append(seconds(interval.fromMs())).append("\n            xmax = ");
        out.append(seconds(interval.toMs())).append("\n            text = ");
        out.append(quoted(interval.text())).append('\n');
      }
    }
    return out.toString();
  }

  /** The cues of a tier with the silences between; an interval has a length. */
  private static List<Interval> intervals(SpeakerTier tier, long end) {
    List<Interval> all = new ArrayList<>();
    long at = 0;
    for (TranscriptCue cue : tier.cues()) {
      TimeSpan span = Objects.requireNonNull(cue.span());
      if (span.endMs() <= span.startMs()) {
        continue;
      }
      if (span.startMs() > at) {
        all.add(new Interval(at, span.startMs(), ""));
      }
      all.add(new Interval(span.startMs(), span.endMs(), cue.text()));
      at = span.endMs();
    }
    if (at < end) {
      all.add(new Interval(at, end, ""));
    }
    return all;
  }

  private static String seconds(long ms) {
    return String.format(Locale.ROOT, "%d.%03d", ms / 1_000, ms % 1_000);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }
}
