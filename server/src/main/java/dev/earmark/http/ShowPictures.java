package dev.earmark.http;

import dev.earmark.index.EpisodeEntry;
import dev.earmark.model.Artwork;
import dev.earmark.model.Episode;
import dev.earmark.search.RequestBudget;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.ShowProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The picture of each show, as {@link ShowProfile#pictureOf} has it. Looked for among the newest
 * {@value #MOST} episodes, once a snapshot of the index. Thread-safe.
 */
final class ShowPictures {
  private static final int MOST = 5_000;
  private static final int AT_ONCE = 1_000;

  private record Known(OptionalLong state, Map<String, Artwork> byName) {}

  private final SearchEngine engine;
  private volatile Known known = new Known(OptionalLong.empty(), Map.of());

  ShowPictures(SearchEngine engine) {
    this.engine = engine;
  }

  Map<String, Artwork> byName() throws IOException {
    OptionalLong state = engine.state();
    Known before = known;
    if (state.isPresent() && before.state().equals(state)) {
      return before.byName();
    }
    Map<String, Artwork> byName = read();
    if (!RequestBudget.isCurrentCut()) {
      known = new Known(state, byName);
    }
    return byName;
  }

  private Map<String, Artwork> read() throws IOException {
    Map<String, List<Episode>> byShow = new HashMap<>();
    List<EpisodeEntry> page = List.of();
    for (int from = 0; from < MOST && from % AT_ONCE == 0; from += Math.max(1, page.size())) {
      page = engine.episodes(from, AT_ONCE);
      for (EpisodeEntry entry : page) {
        Episode episode = entry.episode();
        if (episode.show() != null && episode.picture() != null) {
          byShow.computeIfAbsent(episode.show(), show -> new ArrayList<>()).add(episode);
        }
      }
    }
    Map<String, Artwork> pictures = new HashMap<>();
    byShow.forEach((show, episodes) -> {
      Artwork picture = ShowProfile.pictureOf(episodes);
      if (picture != null) {
        pictures.put(show, picture);
      }
    });
    return Map.copyOf(pictures);
  }
}
