package dev.earmark.source.document;

import dev.earmark.model.Anchor;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import dev.earmark.source.head.LineHead;
import dev.earmark.source.time.Times;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The times that the lines of a written document give ({@link NoteTimes}), and the lines without
 * them: a time belongs to the paragraph, heading, quotation or entry that its line is.
 */
final class ProseTimes {
  private final List<ProseLine> lines;
  private final Map<Integer, Anchor> anchors = new HashMap<>();

  ProseTimes(List<ProseLine> written) {
    NoteTimes times =
        new NoteTimes(
            written.stream().map(ProseLine::text).filter(LineHead::hasDigit).toList(), null);
    if (times.isEmpty()) {
      lines = written;
      return;
    }
    lines = new ArrayList<>(written.size());
    Anchor above = null;
    for (ProseLine line : written) {
      NoteTimes.Timed timed = times.in(line.text());
      Anchor time = timed == null ? above : anchor(timed);
      above = null;
      if (timed != null && timed.text().isBlank()) {
        // A time alone is that of what follows.
        above = time;
        continue;
      }
      if (time != null) {
        anchors.put(line.number(), time);
      }
      lines.add(timed == null ? line : line.withText(timed.text().strip()));
    }
  }

  private static Anchor anchor(NoteTimes.Timed timed) {
    return Anchor.exact(
        timed.endMs() == Times.NONE
            ? TimeSpan.from(Timestamp.clamped(timed.startMs()))
            : TimeSpan.ofMillis(timed.startMs(), timed.endMs()));
  }

  /** The lines without what gives their times. */
  List<ProseLine> lines() {
    return lines;
  }

  /** When what a line says is said; null if the line does not tell. */
  @Nullable Anchor of(int line) {
    return anchors.get(line);
  }
}
