package dev.earmark.search.lucene;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;

/**
 * Caches one value a segment. Segments are immutable, so a value stays valid; it is dropped when
 * the last reader of its segment closes. Thread-safe.
 */
final class SegmentCache<T> {
  private final Map<IndexReader.CacheKey, T> known = new ConcurrentHashMap<>();
  private final Source<T> source;

  /** Reads a segment. */
  interface Source<T> {
    T read(LeafReader segment) throws IOException;
  }

  SegmentCache(Source<T> source) {
    this.source = source;
  }

  T of(LeafReader segment) throws IOException {
    IndexReader.CacheHelper life = segment.getCoreCacheHelper();
    T value = life == null ? null : known.get(life.getKey());
    if (value == null) {
      value = source.read(segment);
      if (life != null && known.putIfAbsent(life.getKey(), value) == null) {
        life.addClosedListener(known::remove);
      }
    }
    return value;
  }
}
