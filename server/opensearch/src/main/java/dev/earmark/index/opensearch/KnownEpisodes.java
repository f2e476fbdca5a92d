package dev.earmark.index.opensearch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.earmark.index.EpisodeEntry;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The episodes of an index that is being written, read there as they are asked about: an index may
 * hold more than fit into memory.
 *
 * <p>Going through all of them reads a page at a time; of those that are looked up the last {@value
 * #KEPT} are kept. It shows what a search sees, so what is written meanwhile appears after a
 * commit. While another index is replaced, its episodes are shown, too, until this one has them;
 * they count as changed. Thread-safe.
 */
final class KnownEpisodes extends AbstractMap<String, EpisodeEntry> {
  private static final int KEPT = 4_000;

  private final OpenSearchClient client;
  private final String index;

  /** The index that is replaced; null if none is. */
  private final @Nullable String replaced;

  private final Cache<String, Optional<EpisodeEntry>> lately =
      Caffeine.newBuilder().executor(Runnable::run).maximumSize(KEPT).build();

  KnownEpisodes(OpenSearchClient client, String index, @Nullable String replaced) {
    this.client = client;
    this.index = index;
    this.replaced = replaced;
  }

  /** Reads some episodes, which are asked about next. */
  void lookUp(Collection<String> ids) {
    List<String> unknown =
        ids.stream().distinct().filter(id -> lately.getIfPresent(id) == null).toList();
    for (int from = 0; from < unknown.size(); from += OpenSearchIndex.PAGE) {
      var unused =
          read(unknown.subList(from, Math.min(unknown.size(), from + OpenSearchIndex.PAGE)));
    }
  }

  /** Forgets an episode that is being written, so that it is read again. */
  void written(String id) {
    lately.invalidate(id);
  }

  private Map<String, EpisodeEntry> read(List<String> ids) {
    Map<String, EpisodeEntry> found = new HashMap<>();
    if (replaced != null) {
      OpenSearchIndex.entries(client, replaced, ids)
          .forEach(old -> found.put(old.episode().id(), changed(old)));
    }
    // What is written already is as it is there.
    OpenSearchIndex.entries(client, index, ids)
        .forEach(entry -> found.put(entry.episode().id(), entry));
    ids.forEach(id -> lately.put(id, Optional.ofNullable(found.get(id))));
    return found;
  }

  /** An entry without a fingerprint: its episode counts as changed, and is written again. */
  static EpisodeEntry changed(EpisodeEntry entry) {
    return entry.withFingerprint("");
  }

  @Override
  public @Nullable EpisodeEntry get(@Nullable Object key) {
    if (!(key instanceof String id)) {
      return null;
    }
    Optional<EpisodeEntry> known = lately.getIfPresent(id);
    return known == null ? read(List.of(id)).get(id) : known.orElse(null);
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return get(key) != null;
  }

  @Override
  public int size() {
    return OpenSearchIndex.episodesOf(client, index) + notYetWritten().mapToInt(List::size).sum();
  }

  @Override
  public Set<Map.Entry<String, EpisodeEntry>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<String, EpisodeEntry>> iterator() {
        return Stream.concat(OpenSearchIndex.entries(client, index), notYetWritten())
            .flatMap(List::stream)
            .map(entry -> Map.entry(entry.episode().id(), entry))
            .iterator();
      }

      @Override
      public int size() {
        return KnownEpisodes.this.size();
      }
    };
  }

  /** The episodes that only the replaced index has so far, a page after another. */
  Stream<List<EpisodeEntry>> notYetWritten() {
    return replaced == null
        ? Stream.of()
        : OpenSearchIndex.entries(client, replaced).map(this::notYetWritten);
  }

  private List<EpisodeEntry> notYetWritten(List<EpisodeEntry> old) {
    List<String> ids = old.stream().map(entry -> entry.episode().id()).toList();
    Set<String> written =
        OpenSearchIndex.entries(client, index, ids).stream()
            .map(entry -> entry.episode().id())
            .collect(Collectors.toSet());
    return old.stream()
        .filter(entry -> !written.contains(entry.episode().id()))
        .map(KnownEpisodes::changed)
        .toList();
  }
}
