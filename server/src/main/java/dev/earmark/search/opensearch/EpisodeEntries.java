package dev.earmark.search.opensearch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.earmark.index.EpisodeEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The entries of episodes, remembered.
 *
 * <p>What was read is given to whoever asked for it, whatever the cache keeps: another thread may
 * push entries out while they are being read. Thread-safe.
 */
final class EpisodeEntries {
  private final Cache<String, EpisodeEntry> known;

  /**
   * @param kept how many are remembered
   */
  EpisodeEntries(int kept) {
    known = Caffeine.newBuilder().executor(Runnable::run).maximumSize(kept).build();
  }

  /**
   * The entries of some episodes, by id; those that are not there are left out.
   *
   * @param reader reads some that are not known
   */
  Map<String, EpisodeEntry> of(
      Set<String> ids, Function<List<String>, Collection<EpisodeEntry>> reader) {
    Map<String, EpisodeEntry> all = new LinkedHashMap<>(known.getAllPresent(ids));
    List<String> unknown = new ArrayList<>(ids);
    unknown.removeAll(all.keySet());
    if (!unknown.isEmpty()) {
      for (EpisodeEntry entry : reader.apply(unknown)) {
        all.put(entry.episode().id(), entry);
        known.put(entry.episode().id(), entry);
      }
    }
    Map<String, EpisodeEntry> inOrder = new LinkedHashMap<>();
    for (String id : ids) {
      EpisodeEntry entry = all.get(id);
      if (entry != null) {
        inOrder.put(id, entry);
      }
    }
    return inOrder;
  }
}
