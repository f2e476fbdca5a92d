package dev.earmark.search.spoken;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Estimates the memory a value takes, in bytes, to about a third: text, numbers, collections and
 * records. Bounds caches whose values vary in size a thousandfold.
 */
public final class Footprint {
  private static final int OBJECT = 24;
  private static final int REFERENCE = 8;
  private static final int MAP_ENTRY = 48;

  private static final ClassValue<Method[]> PARTS =
      new ClassValue<>() {
        @Override
        protected Method[] computeValue(Class<?> type) {
          Method[] parts =
              Arrays.stream(type.getRecordComponents())
                  .map(RecordComponent::getAccessor)
                  .toArray(Method[]::new);
          Arrays.stream(parts).forEach(part -> part.setAccessible(true));
          return parts;
        }
      };

  private Footprint() {}

  /** A cache of as many values as fit into so many bytes; those used least go first. */
  public static <K, V> Cache<K, V> cache(long bytes) {
    return Caffeine.newBuilder()
        .executor(Runnable::run)
        .maximumWeight(bytes)
        .<K, V>weigher((key, value) -> MAP_ENTRY + of(key) + of(value))
        .build();
  }

  static int of(@Nullable Object value) {
    return switch (value) {
      case null -> 0;
      case String text -> 2 * OBJECT + 2 * text.length();
      case Optional<?> optional -> OBJECT + of(optional.orElse(null));
      case Collection<?> all -> OBJECT + all.stream().mapToInt(one -> REFERENCE + of(one)).sum();
      case Map<?, ?> map ->
          OBJECT
              + map.entrySet().stream()
                  .mapToInt(one -> MAP_ENTRY + of(one.getKey()) + of(one.getValue()))
                  .sum();
      case Record parts -> OBJECT + ofParts(parts);
      default -> OBJECT;
    };
  }

  private static int ofParts(Record parts) {
    int sum = 0;
    for (Method part : PARTS.get(parts.getClass())) {
      try {
        sum += REFERENCE + of(part.invoke(parts));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
    return sum;
  }
}
