package dev.earmark.search.opensearch;

import com.github.benmanes.caffeine.cache.Cache;
import dev.earmark.search.spoken.Footprint;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * The best hits of a search, in their final order.
 *
 * @param hits all hits of some episodes, in order
 * @param episodes those episodes
 * @param complete whether there are no other hits
 */
record Ranking(List<Ranked> hits, Set<String> episodes, boolean complete) {
  static final Ranking NONE = new Ranking(List.of(), Set.of(), false);

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
    episodes = Set.copyOf(episodes);
  }
}
