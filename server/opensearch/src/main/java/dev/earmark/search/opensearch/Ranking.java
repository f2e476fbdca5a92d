package dev.earmark.search.opensearch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.github.benmanes.caffeine.cache.Cache;
import dev.earmark.search.spoken.Footprint;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The best hits of a search, in their final order.
 *
 * @param hits the best
 * @param after where the others begin in the order of the cluster; null if there are none
 */
record Ranking(List<Ranked> hits, @Nullable ArrayNode after) {
  static final Ranking NONE = new Ranking(List.of(), null);

  /** A hit and what it scores. */
  record Ranked(String episode, int ordinal, float score) {
    String id() {
      return Session.id(episode, ordinal);
    }
  }

  /** The rankings that a snapshot remembers, by the identity of the request. */
  static final class Kept {
    private static final long BYTES_KEPT = 8 << 20;

    private final Cache<String, Ranking> byRequest = Footprint.cache(BYTES_KEPT);

    static Cache<String, Ranking> of(Snapshot snapshot) throws IOException {
      return snapshot.once(Kept.class, Kept::new).byRequest;
    }
  }

  Ranking {
    hits = List.copyOf(hits);
  }
}
