package dev.earmark.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.search.Hit.Range;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RunTest {
  private static String show(List<Run> runs) {
    return runs.stream()
        .map(run -> run.marked() ? "[" + run.text() + "]" : run.text())
        .collect(Collectors.joining());
  }

  @Test
  void cutsAtTheEdges() {
    assertThat(show(Run.of("a big blob", List.of(new Range(2, 5))))).isEqualTo("a [big] blob");
    assertThat(show(Run.of("abc", List.of(new Range(0, 3))))).isEqualTo("[abc]");
    assertThat(show(Run.of("abc", List.of()))).isEqualTo("abc");
    assertThat(Run.of("", List.of(new Range(0, 0)))).isEmpty();
  }

  @Test
  void joinsWhatOverlapsAndTouches() {
    assertThat(show(Run.of("abcdef", List.of(new Range(1, 3), new Range(2, 4), new Range(4, 5)))))
        .isEqualTo("a[bcde]f");
  }

  @Test
  void ignoresWhatLiesOutside() {
    assertThat(show(Run.of("abc", List.of(new Range(-5, 1), new Range(2, 99), new Range(50, 60)))))
        .isEqualTo("[a]b[c]");
    assertThat(show(Run.of("abc", List.of(new Range(2, 1))))).isEqualTo("abc");
  }

  @Test
  void neverCutsASurrogatePair() {
    String text = "a😀b";
    assertThat(show(Run.of(text, List.of(new Range(1, 3))))).isEqualTo("a[😀]b");
    assertThat(show(Run.of(text, List.of(new Range(3, 4))))).isEqualTo("a😀[b]");
    assertThat(show(Run.of(text, List.of(new Range(2, 4))))).isEqualTo("a[😀b]");
    assertThat(show(Run.of(text, List.of(new Range(0, 2))))).isEqualTo("[a]😀b");
  }

  @Test
  void shiftsNothingAfterCharactersOfTwoUnits() {
    String text = "😀😀 country of 𝒢eniuses 😀 in";
    int from = text.indexOf("country");
    int second = text.indexOf("in", from + 20);
    assertThat(
            show(Run.of(text, List.of(new Range(from, from + 7), new Range(second, second + 2)))))
        .isEqualTo("😀😀 [country] of 𝒢eniuses 😀 [in]");
  }

  @Test
  void marksWhatABitSetWould() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      int length = random.nextInt(30);
      String text = "x".repeat(length);
      List<Range> ranges = new ArrayList<>();
      BitSet expected = new BitSet();
      for (int i = random.nextInt(5); i > 0; i--) {
        int from = random.nextInt(35);
        int to = from + random.nextInt(10);
        ranges.add(new Range(from, to));
        expected.set(Math.min(from, length), Math.min(to, length));
      }
      ranges.sort(Comparator.comparingInt(Range::from));
      BitSet marked = new BitSet();
      int at = 0;
      boolean before = false;
      for (Run run : Run.of(text, ranges)) {
        assertThat(run.text()).as("seed %d", seed).isNotEmpty();
        assertThat(at > 0 && run.marked() == before).as("seed %d", seed).isFalse();
        marked.set(at, at + run.text().length(), run.marked());
        at += run.text().length();
        before = run.marked();
      }
      assertThat(at).as("seed %d", seed).isEqualTo(length);
      assertThat(marked).as("seed %d, %s", seed, ranges).isEqualTo(expected);
    }
  }
}
