package dev.earmark.export;

import dev.earmark.model.DeepLink;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import dev.earmark.search.Hit;
import org.jspecify.annotations.Nullable;

/** What several forms say of a hit in words. */
final class HitText {
  /** How long a moment without an end is shown or played, in milliseconds. */
  static final long USUAL_MS = 10_000;

  private HitText() {}

  /** The episode and the time, such as {@code On compute, 1:01:50}. */
  static String title(Hit hit) {
    Long at = hit.atMs();
    return hit.episode().title() + (at == null ? "" : ", " + Timestamp.clamped(at).clock());
  }

  /** What is shown of its text, with who says it. */
  static String said(Hit hit) {
    Moment moment = hit.moment().moment();
    return (moment.speaker() == null ? "" : moment.speaker() + ": ") + hit.snippet().text();
  }

  /** The page of the episode at the hit. */
  static String page(Hit hit, Asked asked) {
    Long at = hit.atMs();
    return asked.base()
        + DeepLink.page(
            hit.episode().id(),
            at == null ? null : Timestamp.clamped(at),
            asked.request().query().text());
  }

  static @Nullable TimeSpan span(Hit hit) {
    return hit.moment().moment().anchor().span().orElse(null);
  }

  /** When a stretch ends; some seconds after its start if nobody said. */
  static long end(TimeSpan span) {
    return span.end() == null || span.endMs() <= span.startMs()
        ? span.startMs() + USUAL_MS
        : span.endMs();
  }

  static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
