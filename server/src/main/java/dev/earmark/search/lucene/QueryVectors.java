package dev.earmark.search.lucene;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.earmark.vector.ByteVectors;
import dev.earmark.vector.TextEmbedder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of what is asked for, by the model that made those of the index.
 *
 * <p>The pages of a list and its explanation ask for the same text, so the last few are kept.
 * Thread-safe.
 */
final class QueryVectors {
  /** That of an engine without a model. */
  static final QueryVectors NONE = new QueryVectors(() -> null);

  private static final int MOST_KEPT = 256;

  private final Supplier<@Nullable TextEmbedder> model;
  private final Cache<String, byte[]> known =
      Caffeine.newBuilder().executor(Runnable::run).maximumSize(MOST_KEPT).build();

  /**
   * @param model gives null while there is none
   */
  QueryVectors(Supplier<@Nullable TextEmbedder> model) {
    this.model = model;
  }

  /** The model; null while there is none. */
  @Nullable TextEmbedder model() {
    return model.get();
  }

  /** The vector of a text that is asked for. */
  byte[] of(TextEmbedder by, String text) {
    return known.get(by.model() + '\n' + text, key -> ByteVectors.of(by.query(text)));
  }

  /** The same, turned to where in a recording it is answered. */
  byte[] turned(TextEmbedder by, String text) {
    return known.get(by.model() + "\n\n" + text, key -> ByteVectors.of(by.question(text)));
  }
}
