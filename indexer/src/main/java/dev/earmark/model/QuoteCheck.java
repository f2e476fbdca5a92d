package dev.earmark.model;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the transcript of a recording says of a quotation from it.
 *
 * @param result whether it was said
 * @param at where it is said; null if it was not, if the transcript has no times, or if it is said
 *     at several places and nothing tells which of them is meant
 * @param stated where its source puts it, if it is not said there; else null
 * @param speaker who says it there; null if the transcript does not say so
 */
public record QuoteCheck(
    Result result, @Nullable TimeSpan at, @Nullable TimeSpan stated, @Nullable String speaker) {

  /** Whether the words of a quotation were said. */
  public enum Result {
    /** Word for word, but for fillers, words said twice, and how numbers are written. */
    SAID,
    /** In other words. */
    REWORDED,
    /** Nowhere in the transcript. */
    NOT_FOUND;

    /** The name in the API: {@code said}, {@code reworded} or {@code not-found}. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The result of this name, if there is one. */
    public static Optional<Result> of(String id) {
      for (Result result : values()) {
        if (result.id().equals(id)) {
          return Optional.of(result);
        }
      }
      return Optional.empty();
    }
  }

  /** That a quotation is nowhere in the transcript. */
  public static QuoteCheck notFound() {
    return new QuoteCheck(Result.NOT_FOUND, null, null, null);
  }
}
