package dev.earmark.search.spoken;

import org.jspecify.annotations.Nullable;

/**
 * What a request restricts its query to.
 *
 * @param query the moments in scope
 * @param episode the episode they belong to; null if there may be several
 * @param thenSome whether moments with all of the query are followed by those with some of it
 */
public record Scope(SpokenQuery query, @Nullable String episode, boolean thenSome) {
  /** All moments. */
  public static final Scope EVERYWHERE = new Scope(new SpokenQuery.All(), null, false);

  /** Whether it leaves moments out. */
  boolean isNarrow() {
    return !(query instanceof SpokenQuery.All);
  }
}
