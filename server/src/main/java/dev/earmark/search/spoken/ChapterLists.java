package dev.earmark.search.spoken;

import dev.earmark.index.StoredMoment;
import dev.earmark.model.TimeSpan;
import dev.earmark.search.Outline.Chapter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers the chapters of episodes: of each those of the document that has most of them. Not
 * thread-safe.
 */
public final class ChapterLists {
  private final Map<String, Map<String, List<Chapter>>> bySource = new HashMap<>();

  /** Adds a chapter; one without a time is left out. */
  public void add(StoredMoment stored) {
    TimeSpan span = stored.moment().anchor().span().orElse(null);
    if (span != null) {
      String title = stored.moment().title();
      bySource
          .computeIfAbsent(stored.episodeId(), id -> new LinkedHashMap<>())
          .computeIfAbsent(stored.source(), source -> new ArrayList<>())
          .add(new Chapter(span.startMs(), title == null ? stored.moment().body() : title));
    }
  }

  /** The chapters in the order of the recording, by the ids of the episodes. */
  public Map<String, List<Chapter>> byEpisode() {
    Map<String, List<Chapter>> chapters = new HashMap<>();
    bySource.forEach((id, sources) -> {
      List<Chapter> most = List.of();
      for (List<Chapter> of : sources.values()) {
        most = of.size() > most.size() ? of : most;
      }
      chapters.put(id, most.stream().sorted(Comparator.comparingLong(Chapter::startMs)).toList());
    });
    return chapters;
  }
}
