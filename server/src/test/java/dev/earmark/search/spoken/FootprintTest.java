package dev.earmark.search.spoken;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What values take in memory, and caches that are bounded by it. */
class FootprintTest {
  private record Chapter(String title, List<String> names, long ms) {}

  @Test
  void whatIsLargerTakesMore() {
    assertThat(Footprint.of(null)).isZero();
    assertThat(Footprint.of("x".repeat(1_000))).isBetween(1_000, 2_100);
    List<String> names = List.of("a".repeat(500), "b".repeat(500));
    Chapter chapter = new Chapter("c".repeat(500), names, 7);
    int parts = Footprint.of(chapter.title()) + Footprint.of(names);
    assertThat(Footprint.of(chapter)).isBetween(parts, parts + 100);
    assertThat(Footprint.of(Optional.of(chapter))).isGreaterThan(Footprint.of(chapter));
    assertThat(Footprint.of(Map.of("k", chapter))).isGreaterThan(Footprint.of(chapter));
  }

  @Test
  void aCacheHoldsAsMuchAsItsBytes() {
    Cache<String, Optional<Chapter>> cache = Footprint.cache(1 << 20);
    for (int i = 0; i < 10_000; i++) {
      cache.put("k" + i, Optional.of(new Chapter("t".repeat(i % 5_000), List.of(), i)));
    }
    cache.cleanUp();
    int held =
        cache.asMap().values().stream().mapToInt(one -> 2 * one.orElseThrow().title.length()).sum();
    assertThat(held).isBetween(1 << 17, 1 << 20);
    Optional<Chapter> huge = Optional.of(new Chapter("t".repeat(1 << 20), List.of(), 0));
    cache.put("huge", huge);
    cache.cleanUp();
    assertThat(cache.getIfPresent("huge")).isNull();
  }
}
