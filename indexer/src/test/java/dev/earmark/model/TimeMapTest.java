package dev.earmark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TimeMapTest {
  private record Piece(int words, long startMs, long lengthMs) {}

  @Provide
  Arbitrary<List<Piece>> pieces() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 40),
            Arbitraries.longs().between(0, 3_600_000_000_000L),
            Arbitraries.longs().between(0, 600_000))
        .as(Piece::new)
        .list()
        .ofMaxSize(30);
  }

  private static TimeMap map(List<Piece> pieces) {
    TimeMap.Builder builder = TimeMap.builder();
    for (Piece piece : pieces) {
      builder.add(piece.words(), piece.startMs(), piece.startMs() + piece.lengthMs());
    }
    return builder.build();
  }

  @Property
  void bytesRoundTrip(@ForAll("pieces") List<Piece> pieces) {
    TimeMap map = map(pieces);

    assertThat(TimeMap.fromBytes(map.toBytes())).isEqualTo(map);
    assertThat(map.words()).isEqualTo(pieces.stream().mapToInt(Piece::words).sum());
    assertThat(map.pieces()).isEqualTo(pieces.stream().filter(p -> p.words() > 0).count());
  }

  @Property
  void timeGrowsInsideAPiece(@ForAll("pieces") List<Piece> pieces) {
    TimeMap map = map(pieces);
    int word = 0;
    for (Piece piece : pieces) {
      long before = piece.startMs();
      for (int i = 0; i < piece.words(); i++, word++) {
        assertThat(map.startOf(word)).isEqualTo(before);
        assertThat(map.endOf(word)).isGreaterThanOrEqualTo(before);
        before = map.endOf(word);
      }
      if (piece.words() > 0) {
        assertThat(before).isEqualTo(piece.startMs() + piece.lengthMs());
      }
    }
  }

  @Property
  void anyBytesAreReadOrRefused(@ForAll byte[] bytes) {
    try {
      TimeMap map = TimeMap.fromBytes(bytes);
      assertThat(map.words()).isNotNegative();
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageNotContaining("null");
    }
  }

  @Test
  void interpolates() {
    TimeMap map = TimeMap.builder().add(4, 1_000, 3_000).add(1, 5_000, 5_500).build();

    assertThat(map.startOf(2)).isEqualTo(2_000);
    assertThat(map.endOf(3)).isEqualTo(3_000);
    assertThat(map.startOf(4)).isEqualTo(5_000);
    assertThat(map.wordAt(0)).isZero();
    assertThat(map.wordAt(2_100)).isEqualTo(2);
    assertThat(map.wordAt(4_000)).isEqualTo(3);
    assertThat(map.wordAt(9_000)).isEqualTo(4);
    assertThat(map).hasToString("5 words in 2 pieces");
  }

  @Test
  void refusesWhatIsNoMap() {
    assertThatThrownBy(() -> TimeMap.builder().add(1, 2, 1)).hasMessageContaining("1 words at 2");
    assertThatThrownBy(() -> TimeMap.fromBytes(new byte[] {2, 1}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> map(List.of(new Piece(2, 0, 1))).startOf(2))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("word must be 0 to 1, got 2");
  }
}
