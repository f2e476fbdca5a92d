package dev.earmark.search.spoken;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Objects that are computed once for a snapshot and dropped with it, at most one of each class.
 * Thread-safe.
 */
public final class SnapshotParts {
  private final Map<Class<?>, Once<Object>> parts = new ConcurrentHashMap<>();

  /**
   * The object of a class.
   *
   * @param maker makes it for the first who asks, as {@link Once} says
   */
  public <T> T once(Class<T> type, Once.Maker<T> maker) throws IOException {
    return type.cast(parts.computeIfAbsent(type, key -> new Once<>()).get(maker));
  }

  /** The object of a class, if it was made already. */
  public <T> @Nullable T known(Class<T> type) {
    Once<Object> part = parts.get(type);
    return part == null ? null : type.cast(part.known());
  }

  /** Forgets all of them; what is asked for is made again. */
  public void forget() {
    parts.clear();
  }
}
