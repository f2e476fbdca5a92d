package dev.earmark.search.spoken;

import org.jspecify.annotations.Nullable;

/**
 * What a request narrows its query to.
 *
 * @param query the moments that are asked for at all
 * @param episode the one episode they are of; null if they are not of one
 * @param thenSome whether what has all that is asked for is followed by what has some of it
 */
public record Scope(SpokenQuery query, @Nullable String episode, boolean thenSome) {
  /** All moments. */
  public static final Scope EVERYWHERE = new Scope(new SpokenQuery.All(), null, false);

  /** Whether it leaves moments out. */
  boolean isNarrow() {
    return !(query instanceof SpokenQuery.All);
  }
}
