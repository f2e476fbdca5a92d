package dev.earmark.search.spoken;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request restricts its query to.
 *
 * @param query the moments in scope
 * @param episode the episode they belong to; null if there may be several
 * @param thenSome whether moments with all of the query are followed by those with some of it
 * @param languages the languages it filters by; empty if it does not
 */
public record Scope(
    SpokenQuery query, @Nullable String episode, boolean thenSome, List<String> languages) {
  /** All moments. */
  public static final Scope EVERYWHERE = new Scope(new SpokenQuery.All(), null, false, List.of());

  /** Whether it leaves moments out. */
  boolean isNarrow() {
    return !(query instanceof SpokenQuery.All);
  }
}
