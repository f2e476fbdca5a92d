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
  private final Map<Class<?>, Part> parts = new ConcurrentHashMap<>();

  /** Works out a part. */
  public interface Maker<T> {
    T make() throws IOException;
  }

  /**
   * The object of a class.
   *
   * @param maker makes it for the first who asks, while others wait; is asked again if it fails
   */
  public <T> T once(Class<T> type, Maker<T> maker) throws IOException {
    return type.cast(parts.computeIfAbsent(type, key -> new Part()).get(maker));
  }

  /** The object of a class, if it was made already. */
  public <T> @Nullable T known(Class<T> type) {
    Part part = parts.get(type);
    return part == null || part.made == null ? null : type.cast(part.made);
  }

  /** Forgets all of them; what is asked for is made again. */
  public void forget() {
    parts.clear();
  }

  private static final class Part {
    private volatile @Nullable Object made;

    Object get(Maker<?> maker) throws IOException {
      Object known = made;
      if (known == null) {
        synchronized (this) {
          known = made;
          if (known == null) {
            known = maker.make();
            made = known;
          }
        }
      }
      return known;
    }
  }
}
