package dev.earmark.search.lucene;

import dev.earmark.search.spoken.Once;
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
  private final Map<IndexReader.CacheKey, Once<T>> known = new ConcurrentHashMap<>();
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
    if (life == null) {
      return source.read(segment);
    }
    Once<T> value = known.get(life.getKey());
    if (value == null) {
      Once<T> mine = new Once<>();
      Once<T> others = known.putIfAbsent(life.getKey(), mine);
      if (others == null) {
        life.addClosedListener(known::remove);
      }
      value = others == null ? mine : others;
    }
    return value.get(() -> source.read(segment));
  }
}
