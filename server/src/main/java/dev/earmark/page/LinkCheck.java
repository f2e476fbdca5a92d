package dev.earmark.page;

import dev.earmark.model.DeepLink;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import dev.earmark.search.Hit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the words of a link are now.
 *
 * <p>A link to a moment carries its second and, often, its words. A transcript may be replaced, and
 * a recording is cut anew when advertisements go into it or out; then the second is another, but
 * the words are still the words. If they are no longer at the second, the nearest place that has
 * them is meant.
 *
 * @param at the instant or clip to show; null if the link names none
 * @param notice what to tell the reader; null if the link still holds
 * @param stay whether the reader may want the old second instead
 */
record LinkCheck(@Nullable TimeSpan at, @Nullable String notice, boolean stay) {
  /** Addresses have whole seconds, and recognisers do not agree on when a word begins. */
  private static final long TOLERANCE_MS = 2_500;

  private static final int MOST = 40;

  static LinkCheck of(DeepLink.Time time, String words, List<Hit.Match> matches) {
    TimeSpan at = time.at();
    if (time.notUnderstood() != null) {
      return new LinkCheck(
          null,
          "The time of this link, \u201C"
              + shortened(time.notUnderstood())
              + "\u201D, is not understood and was ignored; write it as 13:55, 835 or 13m55s, and a clip"
              + " as 835,842.",
          false);
    }
    if (at == null || words.isBlank()) {
      return new LinkCheck(at, null, false);
    }
    if (matches.isEmpty()) {
      return new LinkCheck(
          at, "The words of this link are not said in this episode, or not any more.", false);
    }
    Hit.Match nearest = null;
    long distance = Long.MAX_VALUE;
    for (Hit.Match match : matches) {
      if (match.atMs() != null) {
        long far = distance(at, match.atMs());
        if (far < distance) {
          distance = far;
          nearest = match;
        }
      }
    }
    if (nearest == null || nearest.atMs() == null || distance <= TOLERANCE_MS) {
      return new LinkCheck(at, null, false);
    }
    Timestamp now = Timestamp.clamped(nearest.atMs());
    TimeSpan moved =
        at.end() == null
            ? TimeSpan.from(now)
            : TimeSpan.ofMillis(now.millis(), now.millis() + at.durationMs());
    return new LinkCheck(
        moved,
        "The words of this link are no longer at "
            + at.start().clock()
            + "; the nearest place that has them is "
            + now.clock()
            + ".",
        true);
  }

  private static long distance(TimeSpan at, long ms) {
    return ms < at.startMs() ? at.startMs() - ms : Math.max(0, ms - at.endMs());
  }

  private static String shortened(String text) {
    return text.length() <= MOST ? text : text.substring(0, MOST - 1) + "…";
  }
}
