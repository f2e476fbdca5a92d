package dev.earmark.search.opensearch;

import java.util.List;
import java.util.Set;

/**
 * The best hits of a search in the order in which they are shown.
 *
 * @param hits all hits of some episodes, the first to show first
 * @param episodes those episodes
 * @param complete whether these are all hits there are
 */
record Ranking(List<Ranked> hits, Set<String> episodes, boolean complete) {
  static final Ranking NONE = new Ranking(List.of(), Set.of(), false);

  /** A hit and what it scores. */
  record Ranked(String episode, int ordinal, float score) {
    String id() {
      return Session.id(episode, ordinal);
    }
  }

  Ranking {
    hits = List.copyOf(hits);
    episodes = Set.copyOf(episodes);
  }
}
