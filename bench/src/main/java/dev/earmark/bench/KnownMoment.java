package dev.earmark.bench;

import dev.earmark.model.TimeSpan;
import dev.earmark.search.Hit;
import java.util.List;

/**
 * A question with its answer: what is asked, and where it is spoken of.
 *
 * @param query words somebody might type
 * @param episode the recording that answers it
 * @param spans where in it
 */
record KnownMoment(String query, String episode, List<TimeSpan> spans) {
  /** Who lands this much too early still hears the answer begin. */
  static final long LEAD_IN_MS = 45_000;

  KnownMoment {
    spans = List.copyOf(spans);
  }

  /** Whether a hit lands in the answer or shortly before it. */
  boolean isAnsweredBy(Hit hit) {
    Long at = hit.atMs();
    return at != null
        && hit.episode().id().equals(episode)
        && spans.stream().anyMatch(span -> at >= span.startMs() - LEAD_IN_MS && at <= span.endMs());
  }

  /** A description as a query: its words, with no sign that the query language would read. */
  static String asQuery(String description) {
    return description
        .replaceAll("[^\\p{L}\\p{M}\\p{N}'’]+", " ")
        .strip()
        .toLowerCase(java.util.Locale.ROOT);
  }
}
